package corpus

import (
	"testing"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/validators/law"
)

func TestLawIsWhole(t *testing.T) {
	book, err := law.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	want := 0
	for _, l := range book {
		want += len(l.Articles)
	}
	c, err := Law()
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Items) != want || want < 1694 {
		t.Errorf("%d items for %d articles", len(c.Items), want)
	}
	it, ok := c.Item("wcl2024:9")
	if !ok || it.Heading() != "流动资金贷款管理办法 第九条" || it.From != dossier.NewDate(2024, 7, 1) || it.Doc.TypeName != it.Heading() {
		t.Errorf("wcl2024:9: %+v", it)
	}
	if it, _ := c.Item("infopub2014:17"); it.Note == "" || it.Label != "第十七条（修订前文本）" {
		t.Errorf("a text that was amended says nothing of it: %q %q", it.Label, it.Note)
	}
	again, err := Law()
	if err != nil || again.SHA256() != c.SHA256() {
		t.Error("the same corpus has another hash")
	}
}

func oldLaw(t *testing.T) *Corpus {
	t.Helper()
	art := []law.Article{{No: 1, Label: "第一条", Chapter: "第一章 总则", Text: "贷款不得用于购买股票。"}}
	c, err := FromLaw(law.Book{
		"old":  {ID: "old", Name: "旧办法", Effective: dossier.NewDate(2010, 2, 12), Repealed: dossier.NewDate(2024, 7, 1), Successor: "new", Articles: art},
		"new":  {ID: "new", Name: "新办法", Effective: dossier.NewDate(2024, 7, 1), Articles: art},
		"next": {ID: "next", Name: "后办法", Effective: dossier.NewDate(2027, 1, 1), Articles: art},
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func ids(items []Item) (out []string) {
	for _, it := range items {
		out = append(out, it.ID)
	}
	return out
}

func TestOnlyWhatIsInForceIsServed(t *testing.T) {
	c := oldLaw(t)
	for day, want := range map[dossier.Date]string{
		dossier.NewDate(2009, 1, 1):  "",
		dossier.NewDate(2010, 2, 12): "old:1",
		dossier.NewDate(2024, 6, 30): "old:1", // the last day
		dossier.NewDate(2024, 7, 1):  "new:1", // the first day
		dossier.NewDate(2026, 9, 30): "new:1",
	} {
		got := ids(c.On(day))
		if want == "" && len(got) != 0 || want != "" && (len(got) != 1 || got[0] != want) {
			t.Errorf("on %s: %v, want %s", day, got, want)
		}
	}
	if got := ids(c.On(dossier.Date{})); len(got) != 2 || got[0] != "new:1" || got[1] != "next:1" {
		t.Errorf("without a day: %v, want what has not ended", got)
	}
	if it, _ := c.Item("old:1"); it.Note != "《旧办法》已于2024年7月1日废止，现行规定见《新办法》" {
		t.Errorf("note %q", it.Note)
	}
}

func TestAbout(t *testing.T) {
	for _, c := range []struct {
		item, code string
		want       bool
	}{
		{"", "C3525", true}, {"C", "C3525", true}, {"C35", "C3525", true}, {"C352", "3525", true}, {"C3525", "C3525", true},
		{"C36", "C3525", false}, {"F", "C3525", false}, {"C3525", "C35", false}, {"C", "", true}, {"C", "nonsense", false},
	} {
		if got := (Item{Industry: c.item}).About(c.code); got != c.want {
			t.Errorf("%q about %q: %v", c.item, c.code, got)
		}
	}
}

package law

import (
	"testing"
	"testing/fstest"

	"github.com/xindiao/xindiao/dossier"
)

func TestEmbedded(t *testing.T) {
	book, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, l := range book {
		n += len(l.Articles)
		if l.Effective.IsZero() || l.Name == "" {
			t.Errorf("%s: no name or effective date", l.ID)
		}
	}
	if n < 1600 {
		t.Errorf("%d articles, want the whole stock", n)
	}
	if got := book.Name("wcl2024", "16(四)"); got != "《流动资金贷款管理办法》第十六条（四）" {
		t.Errorf("Name = %q", got)
	}
	if _, _, ok := book.Article("wcl2024", "0"); !ok {
		t.Error("the annex of wcl2024 is not found")
	}
	if _, _, ok := book.Article("wcl2024", "99"); ok {
		t.Error("article 99 of wcl2024 was found")
	}
	if book["wcl2024"].InForce(dossier.NewDate(2024, 6, 30)) {
		t.Error("wcl2024 was not in force before July 2024")
	}
}

func TestLoadRefuses(t *testing.T) {
	for name, body := range map[string]string{
		"unknown key": "id: x\nname: n\nwho: me\n",
		"wrong id":    "id: y\nname: n\n",
		"empty text":  "id: x\nname: n\narticles:\n  - {no: 1, label: 第一条, text: ''}\n",
	} {
		if _, err := Load(fstest.MapFS{"x.yaml": {Data: []byte(body)}}); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

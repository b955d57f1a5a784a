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

		"repealed without a day":   "id: x\nname: n\nstatus: repealed\n",
		"repealed before in force": "id: x\nname: n\nstatus: repealed\neffective: 2024-07-01\nrepealed: 2024-07-01\n",
		"amended without a day":    "id: x\nname: n\nstatus: amended\n",
		"unknown status":           "id: x\nname: n\nstatus: old\n",
		"successor not held":       "id: x\nname: n\nstatus: repealed\neffective: 2020-01-01\nrepealed: 2024-07-01\nsuccessor: y\n",
		"repeals what it does not": "id: x\nname: n\nreplaces: [{name: 旧办法, date: 2024-07-01, article: 1}]\narticles:\n  - {no: 1, label: 第一条, text: 自2024年7月1日起施行}\n",
	} {
		if _, err := Load(fstest.MapFS{"x.yaml": {Data: []byte(body)}}); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestReplaced(t *testing.T) {
	book, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	for rule, want := range map[string]string{
		"流动资金贷款管理暂行办法": "wcl2024", "银监发〔2009〕71号": "fal2024", "流动资金贷款管理办法": "",
		"金融机构客户尽职调查和客户身份资料及交易记录保存管理办法": "", // the new text keeps the name
	} {
		if l, _, _ := book.Replaced(rule, dossier.NewDate(2026, 9, 30)); l.ID != want {
			t.Errorf("%s: replaced by %q, want %q", rule, l.ID, want)
		}
	}
	if _, _, ok := book.Replaced("流动资金贷款管理暂行办法", dossier.NewDate(2024, 6, 30)); ok {
		t.Error("the old rule still held in June 2024")
	}
	if got := book["infopub2014"].Caution(dossier.NewDate(2024, 3, 10)); got == "" {
		t.Error("no caution on a text that was amended")
	}
	if got := book["infopub2014"].Caution(dossier.NewDate(2024, 3, 9)); got != "" {
		t.Errorf("a caution before the amendment: %s", got)
	}
}

package templates

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xindiao/xindiao/dossier"
)

func TestChoose(t *testing.T) {
	lib, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		app  dossier.Application
		code string
		want string
	}{
		{dossier.Application{Product: "流动资金贷款", Guarantee: "抵押", ReportKind: dossier.ReportCredit}, "C3525", "credit.base+guarantee.mortgage+product.working_capital+industry.C"},
		{dossier.Application{Product: "流动资金贷款（普惠小微）", Guarantee: "信用", CustomerType: "small_micro"}, "F5135", "credit.base+customer.small_micro+product.working_capital+industry.F"},
		{dossier.Application{Product: "固定资产贷款", Guarantee: "保证"}, "H6110", "credit.base+guarantee.surety+industry.H"},
		{dossier.Application{Product: "流动资金贷款", Guarantee: "抵押", ReportKind: dossier.ReportPostLoan}, "C1432", "postloan.base"},
	} {
		got, err := lib.Choose(c.app, c.code, "某业", "")
		if err != nil || strings.Join(got.IDs, "+") != c.want {
			t.Errorf("%v %s: %v %v, want %s", c.app.Product, c.code, got.IDs, err, c.want)
		}
		if len(got.Why) < len(got.IDs) {
			t.Errorf("%v: reasons %v", got.IDs, got.Why)
		}
	}
	if _, err := lib.Choose(dossier.Application{}, "", "", "no.such"); dossier.KindOf(err) != dossier.ErrInput {
		t.Errorf("an unknown template gave %v", err)
	}
}

// Laying an overlay over a base must leave the library as it was.
func TestChooseDoesNotChangeTheLibrary(t *testing.T) {
	lib, _ := Embedded()
	app := dossier.Application{Product: "流动资金贷款", Guarantee: "抵押"}
	a, _ := lib.Choose(app, "C3525", "", "")
	b, _ := lib.Choose(app, "C3525", "", "")
	count := func(c Choice) (n int) {
		_ = c.Walk(func(s *Section) error { n += 1 + len(s.Blocks); return nil })
		return n
	}
	if count(a) != count(b) {
		t.Errorf("%d blocks, then %d", count(a), count(b))
	}
}

func TestExamples(t *testing.T) {
	lib, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	if err := lib.RunExamples(); err != nil {
		t.Error(err)
	}
}

// The nine items of article 16 each have a section.
func TestArticle16(t *testing.T) {
	lib, _ := Embedded()
	seen := map[string]bool{}
	c, _ := lib.Choose(dossier.Application{Product: "流动资金贷款", Guarantee: "抵押"}, "C3525", "", "")
	_ = c.Walk(func(s *Section) error {
		for _, l := range s.Law {
			seen[l] = true
		}
		return nil
	})
	for _, n := range strings.Split("一二三四五六七八九", "") {
		if !seen["wcl2024:16("+n+")"] {
			t.Errorf("no section for item %s of article 16", n)
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	good := "id: x\nname: n\nkind: credit\ntitle: t\nsections:\n  - id: a\n    title: A\n    blocks:\n      - paragraph: [{id: i, say: [s]}]\nexamples: [{name: a, applies: true}, {name: b, report: postloan}]\n"
	load := func(s string) error { _, err := Load(fstest.MapFS{"x.yaml": {Data: []byte(s)}}); return err }
	if err := load(good); err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]string{
		"unknown key":        good + "colour: red\n",
		"other id":           strings.Replace(good, "id: x", "id: y", 1),
		"required, no needs": strings.Replace(good, "{id: i, say: [s]}", "{id: i, required: true, say: [s]}", 1),
		"says nothing":       strings.Replace(good, "say: [s]", "say: []", 1),
		"section twice":      strings.Replace(good, "examples:", "  - id: a\n    title: B\nexamples:", 1),
		"no examples":        strings.Replace(good, "{name: b, report: postloan}", "", 1),
		"base and overlay":   good + "over: {product: [p]}\n",
	} {
		if load(s) == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

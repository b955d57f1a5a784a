package plan

import (
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"pgregory.net/rapid"

	_ "github.com/xindiao/xindiao/internal/rapidtest"

	"github.com/xindiao/xindiao/dossier"
)

func TestLint(t *testing.T) {
	if err := Lint(); err != nil {
		t.Fatal(err)
	}
}

func TestSection(t *testing.T) {
	p, err := Section("关联方", []string{"关联方、关联交易、资金占用、对外担保", "示例公司的实际控制人是谁？"}, Options{AsOf: dossier.NewDate(2026, 9, 30)})
	if err != nil {
		t.Fatal(err)
	}
	var asked []string
	vectors := 0
	for _, q := range p.Queries {
		asked = append(asked, q.Terms[0].Text)
		if q.Vector {
			vectors++
		}
		for i, term := range q.Terms {
			if (i == 0) != (term.Why == "") {
				t.Errorf("what was asked counts whole, the rest less: %+v", q.Terms)
			}
		}
	}
	if got := strings.Join(asked, "|"); got != "关联方、关联交易、资金占用、对外担保|示例公司的实际控制人是谁？|关联方|关联交易|资金占用|对外担保" || vectors != 2 {
		t.Errorf("%s, %d vectors", got, vectors)
	}
	if p, _ := Section("行业", nil, Options{}); len(p.Queries) != 1 || !p.Queries[0].Vector {
		t.Errorf("a title alone: %+v", p)
	}
}

// Whatever is asked: bounded, deterministic, and what was asked comes first.
func TestAnyQuestion(t *testing.T) {
	piece := rapid.SampledFrom([]string{"流贷", "应收款", "上年末", "示例机械有限公司", "示例机械", "多少", "的", "、", "？", " ", "\x00", "\xff", "銀行", "炒股", "法人", "货币资金"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 0, 400).Draw(t, "pieces"), "")
		o := Options{Names: []string{"示例机械有限公司"}, AsOf: dossier.NewDate(2026, 9, 30)}
		p, err := New(text, o)
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range p.Queries {
			if len(q.Terms) == 0 || len(q.Terms) > maxTerms || utf8.RuneCountInString(q.Text) > maxRunes {
				t.Fatalf("%d terms, %d runes", len(q.Terms), utf8.RuneCountInString(q.Text))
			}
			seen := map[string]bool{}
			for _, x := range q.Terms {
				if x.Text == "" || x.Weight <= 0 || x.Weight > 1 || seen[x.Text] {
					t.Fatalf("%+v", q.Terms)
				}
				seen[x.Text] = true
			}
		}
		if strings.Contains(text, "流贷") && len(p.Queries) == 0 {
			t.Fatal("a question was lost")
		}
	})
}

func TestFaultsAreNamed(t *testing.T) {
	good := "owner: x\ndate: 2026-01-01\nweights: {synonym: 0.4, item: 0.4, period: 0.4, topic: 0.6, title: 0.4}\nexamples: [{ask: 流贷}]\n"
	group := "owner: x\ndate: 2026-01-01\ngroups:\n  - "
	for name, c := range map[string]struct{ plan, syn, says string }{
		"unknown key":   {good + "colour: red\n", "", "plan.yaml:5:1"},
		"no owner":      {strings.Replace(good, "owner: x", "owner: ''", 1), "", "owner and date"},
		"weight":        {strings.Replace(good, "0.6", "1.6", 1), "", "weight"},
		"period":        {good + "periods: [{words: [昨天], at: day}]\n", "", "at \"day\""},
		"lonely word":   {good, group + "{id: a, same: [流贷]}\n", "synonyms/s.yaml: group \"a\""},
		"half a group":  {good, group + "{id: a, asked: [流贷]}\n", "synonyms/s.yaml: group \"a\""},
		"one character": {good, group + "{id: a, same: [钱, 资金]}\n", "too short"},
	} {
		fsys := fstest.MapFS{"plan.yaml": {Data: []byte(c.plan)}, "synonyms/s.yaml": {Data: []byte(c.syn)}}
		if c.syn == "" {
			fsys["synonyms/s.yaml"] = &fstest.MapFile{Data: []byte(group + "{id: a, same: [流贷, 流动资金贷款]}\n")}
		}
		if _, err := Load(fsys); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	b, err := Load(fstest.MapFS{"plan.yaml": {Data: []byte(good)}, "synonyms/s.yaml": {Data: []byte(group + "{id: a, same: [流贷, 流动资金贷款]}\nexamples: [{ask: 流贷, adds: [房贷]}]\n")}})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.RunExamples(); err == nil || !strings.Contains(err.Error(), "房贷 is not added") {
		t.Errorf("an example that fails: %v", err)
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		if _, err := New("示例机械有限公司上年末的应收款和银行存款分别是多少，有没有对外担保？", Options{AsOf: dossier.NewDate(2026, 9, 30)}); err != nil {
			b.Fatal(err)
		}
	}
}

func FuzzNew(f *testing.F) {
	for _, s := range []string{"流贷最长几年？", "上年末的应收款、存货，银行存款", "示例机械有限公司", "\x00\xff", "法人法人代表", "近三年 近3年", ""} {
		f.Add(s, "示例机械有限公司")
	}
	f.Fuzz(func(t *testing.T, text, name string) {
		if len(text)+len(name) > 64<<10 {
			t.Skip()
		}
		o := Options{Names: []string{name}, AsOf: dossier.NewDate(2026, 9, 30)}
		p, err := Section(text, []string{text, name}, o)
		if err != nil || len(p.Queries) > maxQueries {
			t.Fatalf("%d queries, %v", len(p.Queries), err)
		}
		for _, q := range p.Queries {
			if len(q.Terms) == 0 || len(q.Terms) > maxTerms || q.Weight <= 0 {
				t.Fatalf("%+v", q)
			}
		}
	})
}

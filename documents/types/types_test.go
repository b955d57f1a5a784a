package types

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestCatalogue(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range Lint(Files()) {
		t.Error(err)
	}
	listed := 0
	for _, k := range c.All() {
		if !k.Foreign {
			listed++
		}
		if k.ValidityZH() == "" {
			t.Errorf("%s: validity in words", k.ID)
		}
		for _, p := range k.Products {
			if ProductZH(p) == p {
				t.Errorf("%s: product %s has no Chinese name", k.ID, p)
			}
		}
	}
	if listed != 265 {
		t.Errorf("%d kinds of the bank's list, want 265", listed)
	}
	if c.Name("irrelevant") != "无关文件" || c.Name("nothing") != "未能识别" {
		t.Error("names of the kinds outside the catalogue")
	}
}

const good = `id: a
name: 甲
category: 主体资格
validity: case
cues: [{text: 甲, weight: 1}]
fields:
  - {key: x, label: 乙, find: [{labels: [乙]}]}
examples:
  - {text: 甲甲, fields: {x: "2"}}
  - {text: 甲, fields: {x: "1"}}
  - {text: 丙, not: true}
`

func TestLintFindsFaults(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"", "", ""},
		{"id: a", "id: b", "want the file's name"},
		{"weight: 1", "wait: 1", "a.yaml:5"},
		{"text: 甲, weight", "pattern: '(', weight", "missing closing"},
		{"validity: case", "validity: some day", "validity"},
		{"fields: {x:", "fields: {y:", "no field"},
		{"  - {text: 丙, not: true}\n", "", "needs an example"},
		{"labels: [乙]", "count: rows", "must stand before"},
		{"labels: [乙]", "labels: [乙], func: f", "want one"},
		{"category: 主体资格", "category: 主体资格\nparty_field: z", `no field "z"`},
		{"validity: case", "validity: until:z", `no field "z"`},
		{"validity: case", "validity: abolished", "replaced_by says nothing"},
		{"validity: case", "validity: abolished\nreplaced_by: {kinds: [b], since: '2018-01-01', say: 不再需要}", "no kind that says replaces"},
		{"validity: case", "validity: case\nold_forms: [{pattern: 丁, name: 丁, since: soon, say: 已停用}]", "old_forms"},
		{"validity: case", "validity: case\nseals: [{where: [章]}]", "without an owner"},
		{"labels: [乙]}]}", "labels: [乙]}]}\n  - {key: y, label: 丙, use: nothing}", `no shared finders "nothing"`},
		{"labels: [乙]}]}", "labels: [乙]}]}\n  - {key: y, label: 丙, use: signed}", "no example says it"},
		{"  - {text: 甲甲, fields: {x: \"2\"}}\n", "", "want two or more"},
	} {
		errs := Lint(fstest.MapFS{"a.yaml": {Data: []byte(strings.Replace(good, c.from, c.to, 1))}})
		if c.want == "" {
			if len(errs) != 0 {
				t.Errorf("the good one: %v", errs)
			}
			continue
		}
		if len(errs) == 0 || !strings.Contains(errs[0].Error(), c.want) {
			t.Errorf("%s -> %s: %v, want %q", c.from, c.to, errs, c.want)
		}
	}
}

func TestLintTellsTitlesApart(t *testing.T) {
	other := strings.NewReplacer("id: a", "id: b", "name: 甲", "name: 乙").Replace(good)
	errs := Lint(fstest.MapFS{"a.yaml": {Data: []byte(titled(good))}, "b.yaml": {Data: []byte(titled(other))}})
	if len(errs) == 0 || !strings.Contains(errs[0].Error(), "no other cue parts them") {
		t.Errorf("one title for two kinds: %v", errs)
	}
	parting := strings.Replace(titled(other), "where: title}]", "where: title}, {text: 丁, weight: -0.8}]", 1)
	if errs := Lint(fstest.MapFS{"a.yaml": {Data: []byte(titled(good))}, "b.yaml": {Data: []byte(parting)}}); len(errs) > 0 {
		t.Errorf("with a parting cue: %v", errs)
	}
}

func titled(s string) string { return strings.Replace(s, "weight: 1}", "weight: 1, where: title}", 1) }

func TestOldForms(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	k := c.Get("zhongzheng_code")
	if len(k.OldForms) != 1 || !k.OldForms[0].In("中国人民银行贷款卡") || k.OldForms[0].In("中征码") {
		t.Errorf("old forms of 中征码: %+v", k.OldForms)
	}
	if m := (Mark{Min: 2}).AtLeast() + (Mark{}).AtLeast() + (Mark{Optional: true}).AtLeast(); m != 3 {
		t.Errorf("marks asked for: %d", m)
	}
}

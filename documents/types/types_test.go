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
	if n := len(c.All()); n < 60 {
		t.Errorf("%d kinds, want 60 or more", n)
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

package prompts

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestEmbedded(t *testing.T) {
	book, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	p := book["section"]
	text, err := p.Render(p.Example)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"f1：资产负债率", "<<<负债合计", "{{fig:编号}}", "只作数据"} {
		if !strings.Contains(text, want) {
			t.Errorf("prompt lacks %q:\n%s", want, text)
		}
	}
	if _, err := p.Render(map[string]interface{}{"title": "x"}); err == nil {
		t.Error("absent inputs were accepted")
	}
}

func TestLoadRefuses(t *testing.T) {
	good := "---\nname: x\nversion: 1\npurpose: p\ninputs: [a]\nexample: {a: b}\n---\n{{.a}}\n"
	load := func(s string) error { _, err := Load(fstest.MapFS{"x.prompt": {Data: []byte(s)}}); return err }
	if err := load(good); err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]string{
		"no front matter": "hello",
		"unknown key":     strings.Replace(good, "version: 1", "version: 1\ncolour: red", 1),
		"unknown input":   strings.Replace(good, "{{.a}}", "{{.b}}", 1),
		"bad schema":      strings.Replace(good, "inputs: [a]", "inputs: [a]\nschema: '{'", 1),
		"other name":      strings.Replace(good, "name: x", "name: y", 1),
	} {
		if load(s) == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

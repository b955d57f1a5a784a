package validators

import (
	"testing"
	"testing/fstest"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/validators/law"
)

func TestDefaultLoadsAndExamplesHold(t *testing.T) {
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Rules) < 40 {
		t.Errorf("%d rules, want at least 40", len(c.Rules))
	}
	if err := c.RunExamples(); err != nil {
		t.Error(err)
	}
	if err := c.RunRequirementExamples(); err != nil {
		t.Error(err)
	}
}

// Every rule's examples hold at least one dossier on which it fires and one on which it stays silent.
func TestExamplesShowBothSides(t *testing.T) {
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range c.Rules {
		var fires, silent bool
		for _, ex := range r.Examples {
			fires = fires || ex.Expect == "fail"
			silent = silent || ex.Expect == "pass" || ex.Expect == "none"
		}
		if !fires || !silent {
			t.Errorf("%s: fires %v, silent %v", r.ID, fires, silent)
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	laws, err := law.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	good := `id: X1
title: t
kind: validity
severity: minor
present: {types: [business_license]}
basis: [{law: wcl2024, article: "9"}]
message: m
remedy: r
examples:
  - {name: a, expect: fail, documents: [{type: business_license}]}
  - {name: b, expect: pass}
`
	load := func(body string) error {
		_, err := Load(fstest.MapFS{"rules/X1_x.yaml": {Data: []byte(body)},
			"requirements/r.yaml": {Data: []byte("id: r\nname: n\nowner: o\nsince: s\nitems:\n  - {rule: C1, name: n, types: [a], level: must, basis: [{bank: b}]}\nexamples:\n  - {name: a, applies: true, missing: [C1]}\n  - {name: b, applies: true, has: [a]}\n")}}, laws)
		return err
	}
	if err := load(good); err != nil {
		t.Fatalf("a good rule was refused: %v", err)
	}
	for name, bad := range map[string]string{
		"unknown key":        good + "colour: red\n",
		"no such article":    replace(good, `"9"`, `"99"`),
		"unknown kind":       replace(good, "validity", "beauty"),
		"two checks":         good + "max_age: {types: [a], field: b, bank: c, default: 1}\n",
		"no check":           replace(good, "present: {types: [business_license]}\n", ""),
		"no examples":        replace(good, "examples:", "examples: []\nnote: |"),
		"other id":           replace(good, "id: X1", "id: Y1"),
		"template not whole": replace(good, "message: m", "message: '{{.a'"),
	} {
		if err := load(bad); err == nil {
			t.Errorf("%s: accepted", name)
		} else {
			t.Logf("%s: %v", name, err)
		}
	}
}

func replace(s, old, with string) string {
	i := 0
	for ; i+len(old) <= len(s); i++ {
		if s[i:i+len(old)] == old {
			return s[:i] + with + s[i+len(old):]
		}
	}
	panic(old)
}

func TestSameAddress(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"浙江省宁波市奉化区西坞街道尚桥科技工业园尚桥路66号", "宁波市奉化区西坞街道尚桥路66号", true},
		{"安徽省合肥市蜀山区长江西路689号润谷市场B区108号", "润谷市场B区106号", false},
		{"安徽省合肥市蜀山区长江西路689号润谷市场B区108号", "润谷市场B区108号", true},
		{"某市某区人民路１号", "", true},
		{"A市B区江口街道恒丰路12号", "A市B区西坞街道尚桥路66号", false},
	} {
		if got := sameAddress(c.a, c.b); got != c.want {
			t.Errorf("sameAddress(%q, %q) = %v", c.a, c.b, got)
		}
	}
}

func TestMissingBefore(t *testing.T) {
	for _, c := range []struct {
		n    int
		want string
	}{{4, "2025年9-12月"}, {1, "2025年12月"}, {13, "2024年12月至2025年12月"}, {0, ""}} {
		if got := missingBefore(dossier.NewDate(2026, 1, 1), c.n); got != c.want {
			t.Errorf("missingBefore(%d) = %q, want %q", c.n, got, c.want)
		}
	}
}

func TestSameBank(t *testing.T) {
	if !sameBank("江海银行宁波奉化支行", "江海银行股份有限公司") || sameBank("江海农商银行支行", "江海银行股份有限公司") || sameBank("某行", "") {
		t.Error("sameBank")
	}
}

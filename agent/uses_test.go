package agent

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xindiao/xindiao/validators"
)

const useRule = `id: CON900
title: 试
kind: consistency
severity: minor
rows: {types: [ar_aging], rows: rows, where: [{key: COLUMN, pattern: x}]}
basis:
  - {law: wcl2024, article: "16(四)"}
message: m
remedy: r
examples:
  - {name: a, expect: none}
  - {name: b, expect: none}
`

// A rule that reads what no paper of its kinds has never fires; lint names the file and the line.
func TestLintNamesUnknownFields(t *testing.T) {
	a, err := New()
	if err != nil {
		t.Fatal(err)
	}
	if errs := a.lintUses(); len(errs) != 0 || len(a.Checker.Uses()) < 100 {
		t.Fatalf("%d uses: %v", len(a.Checker.Uses()), errs)
	}
	lint := func(rule string) string {
		c, err := validators.Load(fstest.MapFS{"rules/CON900_x.yaml": {Data: []byte(rule)}, "requirements": {Mode: 0o755 | 1<<31}}, a.Checker.Laws)
		if err != nil {
			t.Fatal(err)
		}
		b := *a
		b.Checker = c
		var out []string
		for _, e := range b.lintUses() {
			out = append(out, e.Error())
		}
		return strings.Join(out, ";")
	}
	if got := lint(strings.Replace(useRule, "COLUMN", "customer", 1)); got != "" {
		t.Errorf("a column that is there: %s", got)
	}
	if got := lint(strings.Replace(useRule, "COLUMN", "colour", 1)); got != "rules/CON900_x.yaml:5: none of ar_aging has a field rows.colour" {
		t.Errorf("%s", got)
	}
	if got := lint(strings.Replace(strings.Replace(useRule, "rows: rows", "rows: lines", 1), "COLUMN", "customer", 1)); !strings.Contains(got, "rules/CON900_x.yaml:5: none of ar_aging has a field lines") {
		t.Errorf("%s", got)
	}
}

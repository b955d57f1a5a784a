package finance

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xindiao/xindiao/dossier"
)

func TestCheckExamples(t *testing.T) {
	for _, c := range theChecks() {
		if c.Method == "formula" && len(c.Examples) < 2 {
			t.Errorf("%s has %d examples", c.ID, len(c.Examples))
		}
		for i, ex := range c.Examples {
			s, p := checkSet(c, ex)
			scope := dossier.ScopeSingle
			if c.Scope != "" {
				scope = c.Scope
			}
			if c.Period == "balance" {
				p = Closing(p)
			}
			r, ok := s.checkAt(c, s.Workings(), "例", scope, p)
			if !ok || r.Outcome != ex.Want || !strings.Contains(r.Why, ex.Says) {
				t.Errorf("%s example %d: %v %s, want %s %s: %s", c.ID, i+1, ok, r.Outcome, ex.Want, ex.Says, r.Why)
			}
			if ok && (r.Why == "" || r.Outcome == CheckUntestable && len(r.Missing) == 0) {
				t.Errorf("%s example %d says nothing: %+v", c.ID, i+1, r)
			}
		}
	}
}

// checkSet prints the amounts of an example in one paper a year.
func checkSet(c *Check, ex CheckExample) (*Set, dossier.Period) {
	months := ex.Months
	if months == 0 {
		months = 12
	}
	p := dossier.Span(dossier.NewDate(2025, months, 1).MonthEnd(), months)
	s := NewSet("例")
	scope := dossier.ScopeSingle
	if c.Scope != "" {
		scope = c.Scope
	}
	put := func(id, v string, at dossier.Period) {
		f := printedYuan("例"+at.String()+".xlsx", id, v, at)
		f.Entity, f.Scope = "例", scope
		s.Add(f)
	}
	if ex.ZeroRest {
		for _, e := range []*expr{c.left, c.right, c.low} {
			if e == nil {
				continue
			}
			for _, id := range e.idents() {
				if _, ok := ex.Given[id]; ok {
					continue
				}
				if StatementOf(id) == BalanceSheet {
					put(id, "0", Closing(p))
					put(id, "0", Opening(p))
				} else {
					put(id, "0", p)
				}
			}
		}
	}
	for id, v := range ex.Given {
		at := p
		if StatementOf(id) == BalanceSheet {
			at = Closing(p)
		}
		put(id, v, at)
	}
	for id, v := range ex.Opening {
		put(id, v, Opening(p))
	}
	for id, v := range ex.Prior {
		put(id, v, PriorYear(p))
	}
	return s, p
}

func TestChecklistIsWhole(t *testing.T) {
	have := map[string]bool{}
	for _, c := range Checks() {
		have[strings.TrimRight(c.ID, "bc")] = true
	}
	for i := 1; i <= 19; i++ {
		if id := "A" + intD(i).String(); !have[id] {
			t.Errorf("%s has no data", id)
		}
	}
}

func TestChecksAreRefused(t *testing.T) {
	good := "source: s\nchecks:\n- {id: A13, name: n, method: formula, period: flow, left: revenue, right: cogs, relation: equal, fails: flag, basis: b, explains: [e], examples: [{want: pass}, {want: pass}]}\n"
	load := func(text string) error {
		_, err := newChecks(fstest.MapFS{"d/x.yaml": {Data: []byte(text)}}, "d")
		return err
	}
	if err := load(good); err != nil {
		t.Fatal(err)
	}
	for part, change := range map[string]string{"left: revenue": "left: revenues", "relation: equal": "relation: near", "fails: flag": "fails: pass",
		"id: A13": "id: X1", "explains: [e]": "explains: []", "method: formula": "method: guess", "period: flow": "period: day",
		"basis: b": "basis: b, kind: nothing", "right: cogs": "right: cogs +", "{want: pass}, {want": "{want", "name: n": "nam: n",
		"examples": "tolerance: {relative: '0.1', of: revenue}, examples", "- {id": "- {since: x, id"} {
		if text := strings.Replace(good, part, change, 1); text == good || load(text) == nil {
			t.Errorf("%s was taken", change)
		}
	}
}

package finance

import (
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

func TestLineExamples(t *testing.T) {
	c, err := loadChart()
	if err != nil {
		t.Fatal(err)
	}
	if len(c.examples) != 9 {
		t.Fatalf("%d line files, want 9", len(c.examples))
	}
	for _, f := range c.examples {
		for _, ex := range f.Examples {
			if id, _ := Lookup(f.Statement, ex.Text); id != ex.ID {
				t.Errorf("%s %s: %q is %q, want %q", f.Standard, f.Statement, ex.Text, id, ex.ID)
			}
		}
	}
}

func TestAccountExamples(t *testing.T) {
	f, err := loadAccounts()
	if err != nil || len(f.Examples) == 0 {
		t.Fatal(err, "no examples")
	}
	for _, a := range f.Accounts {
		if s := StatementOf(a.Indicator); s != BalanceSheet && s != IncomeStatement || a.Opposite != "" && StatementOf(a.Opposite) != BalanceSheet {
			t.Errorf("%s %s: unknown indicator %q", a.Code, a.Name, a.Indicator)
		}
		if a.Side != "debit" && a.Side != "credit" {
			t.Errorf("%s: side %q", a.Code, a.Side)
		}
	}
	for _, ex := range f.Examples {
		if a, _ := accountOf(ex.Code, ex.Text); a.Indicator != ex.Indicator {
			t.Errorf("%s %s is %q, want %q", ex.Code, ex.Text, a.Indicator, ex.Indicator)
		}
	}
}

func TestRatioExamples(t *testing.T) {
	b, err := loadRatios()
	if err != nil {
		t.Fatal(err)
	}
	if len(b.all) < 25 {
		t.Errorf("only %d ratios", len(b.all))
	}
	for _, r := range b.all {
		for i, ex := range r.Examples {
			s, p := exampleSet(t, ex)
			f, u := s.Compute(r.ID, "", p)
			switch {
			case ex.Want == "" && u == nil:
				t.Errorf("%s example %d: %s, want undefined", r.ID, i+1, f.Value)
			case ex.Want == "" && u.Why == "":
				t.Errorf("%s example %d: undefined without a reason", r.ID, i+1)
			case ex.Want != "" && u != nil:
				t.Errorf("%s example %d: %s", r.ID, i+1, u.Why)
			case ex.Want != "" && !f.Value.Equal(dossier.D(ex.Want)):
				t.Errorf("%s example %d: %s, want %s (%s)", r.ID, i+1, f.Value, ex.Want, s.Explain(f))
			}
		}
	}
}

func exampleSet(t *testing.T, ex RatioExample) (*Set, dossier.Period) {
	t.Helper()
	months := ex.Months
	if months == 0 {
		months = 12
	}
	p := dossier.Span(dossier.NewDate(2025, months, 1).MonthEnd(), months)
	s := NewSet("例")
	for _, g := range []struct {
		m       map[string]string
		balance dossier.Period
		flow    dossier.Period
	}{{ex.Given, Closing(p), p}, {ex.Opening, Opening(p), dossier.Period{}}, {ex.Prior, dossier.Period{}, PriorYear(p)}} {
		for id, v := range g.m {
			at, in := g.flow, inputByID(id)
			if StatementOf(id) == BalanceSheet || otherNames[id] != "" || in != nil && in.Period == "balance" {
				at = g.balance
			}
			if StatementOf(id) == "" && otherNames[id] == "" && in == nil || at == (dossier.Period{}) {
				t.Fatalf("example names %q where it cannot stand", id)
			}
			s.Add(dossier.Figure{Indicator: id, Period: at, Value: dossier.D(v), Unit: dossier.Yuan})
		}
	}
	return s, p
}

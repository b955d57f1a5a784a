package finance

import (
	"errors"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// ident reads a line item or computes a ratio that the formula uses.
func (ev *evaluation) ident(e *expr, role string) (*expr, dossier.Decimal, error) {
	plain := &expr{op: 'i', name: e.name}
	if r := ratioByID(e.name); r != nil {
		p := ev.p
		switch role {
		case "open":
			p = Opening(p)
		case "prior":
			p = PriorYear(p)
		}
		f, err := ev.set.compute(r, ev.entity, ev.scope, p)
		if err != nil {
			if e.opt && !errors.Is(err, errNotApplicable) {
				return nil, zero, nil
			}
			return nil, zero, err
		}
		ev.use(f.ID)
		if r.Period == "annualised" || len(r.Flags) > 0 || strings.Contains(f.Note, "代替平均数") {
			ev.note(f.Note)
		}
		return plain, f.Value, nil
	}
	if in := inputByID(e.name); in != nil {
		return ev.input(e, in, role)
	}
	stmt := theChart().stmt[e.name]
	p := ev.p
	if stmt == BalanceSheet || stmt == "" { // a head count belongs to a day, as a balance does
		switch role {
		case "open":
			p = Opening(p)
		case "prior":
			p = dossier.At(sameDay(p.End))
		default:
			p = Closing(p)
		}
	} else {
		if p.Months == 0 {
			return nil, zero, errNotApplicable
		}
		if role == "prior" {
			p = PriorYear(p)
		} else if role == "open" {
			return nil, zero, errNotApplicable
		}
	}
	if f, ok := ev.best(e.name, p); ok {
		ev.use(f.ID)
		return plain, f.Value, nil
	}
	if e.opt && (stmt == "" || ev.set.has(stmt, ev.entity, ev.scope, p)) {
		return nil, zero, nil
	}
	if role == "" && stmt != "" && !ev.set.has(stmt, ev.entity, ev.scope, p) {
		return nil, zero, noStatementError{missingError{e.name, p}}
	}
	return nil, zero, missingError{e.name, p}
}

func (ev *evaluation) use(id string) {
	for _, o := range ev.ops {
		if o == id {
			return
		}
	}
	ev.ops = append(ev.ops, id)
}

// best is the preferred figure of the evaluation's scope; no figure of another scope is mixed in.
func (ev *evaluation) best(id string, p dossier.Period) (dossier.Figure, bool) {
	for _, f := range ev.set.Candidates(id, ev.entity, p) {
		if f.Scope == ev.scope || ev.scope == "" {
			return f, true
		}
	}
	return dossier.Figure{}, false
}

// has tells whether the statement of that period was read at all.
func (s *Set) has(stmt Statement, entity string, scope dossier.Scope, p dossier.Period) bool {
	for _, id := range map[Statement][]string{BalanceSheet: {"total_assets", "total_liabilities", "total_current_assets"},
		IncomeStatement: {"revenue", "net_profit", "profit_before_tax"}, CashFlow: {"cfo", "cf_net_increase"}}[stmt] {
		for _, f := range s.Candidates(id, entity, p) {
			if f.Scope == scope || scope == "" {
				return true
			}
		}
	}
	return false
}

package finance

import (
	"slices"
	"strings"
	"sync"

	"github.com/xindiao/xindiao/dossier"
)

// standardOf tells which format the statements of a period follow: small2013 when a line of it shows that, else
// cas2019.
func (s *Set) standardOf(entity string, scope dossier.Scope, p dossier.Period) string {
	for _, f := range s.figs {
		if f.Period.End == p.End && f.Scope == scope && StatementOf(f.Indicator) != "" && theChart().lines[CAS2019][f.Indicator] == nil &&
			SameName(f.Entity, entity) {
			return Small2013
		}
	}
	return CAS2019
}

// provenZero tells whether a line that is not printed is zero for certain: the format has no such line, or the total
// that it belongs to adds up without it. What is neither is missing, not nothing.
func (w *Workings) provenZero(id, entity string, scope dossier.Scope, p dossier.Period) bool {
	key := strings.Join([]string{id, nameKey(entity), string(scope), p.String()}, "|")
	v, ok := w.zeros[key]
	if !ok {
		v = w.zero(id, entity, scope, p)
		w.zeros[key] = v
	}
	return v
}

func (w *Workings) zero(id, entity string, scope dossier.Scope, p dossier.Period) bool {
	s := w.set
	if !s.has(StatementOf(id), entity, scope, p) {
		return false
	}
	std := s.standardOf(entity, scope, p)
	if theChart().lines[std][id] == nil {
		return true
	}
	return w.closes(std, id, entity, scope, p, 0)
}

// closes tells whether a total above the line adds up over what is printed, be it as one paper prints it or with the
// values that other papers prove. A total that is not printed leaves it to the one above.
func (w *Workings) closes(std, id, entity string, scope dossier.Scope, p dossier.Period, depth int) bool {
	if depth > 5 {
		return false
	}
	s := w.set
	for _, total := range theParents()[std][id] {
		printed := false
		for _, f := range s.Candidates(total, entity, p) {
			b := w.books[bookKey(f)]
			if f.Scope != scope || f.Source == nil || b == nil || len(b.byID) < minRows {
				continue
			}
			printed = true
			ts, ok, checked := s.holds(b, f)
			if !checked {
				continue
			}
			if ok || within(preferredTotal(s, ts, scope), f.Value, b.tolerance(len(ts))) {
				return true
			}
		}
		if !printed && w.closes(std, total, entity, scope, p, depth+1) {
			return true
		}
	}
	return false
}

// preferredTotal adds up the preferred values of the terms.
func preferredTotal(s *Set, ts []term, scope dossier.Scope) dossier.Decimal {
	out := append([]term(nil), ts...)
	for i, t := range out {
		if f, ok := s.Best(t.f.Indicator, t.f.Entity, t.f.Period); ok && f.Scope == scope {
			out[i].f = f
		}
	}
	return total(out)
}

// theParents are the totals whose formulas name a line, by standard.
var theParents = sync.OnceValue(func() map[string]map[string][]string {
	out := map[string]map[string][]string{}
	for std, lines := range theChart().lines {
		out[std] = map[string][]string{}
		for _, l := range lines {
			if l.Formula == "" {
				continue
			}
			e, err := parseExpr(l.Formula)
			if err != nil {
				continue // Lint refuses such a formula
			}
			for _, id := range e.idents() {
				out[std][id] = append(out[std][id], l.ID)
			}
		}
		for _, ps := range out[std] {
			slices.Sort(ps)
		}
	}
	return out
})

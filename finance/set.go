package finance

import (
	"sort"
	"strconv"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// Set holds a dossier's figures under ids f1, f2…, several of them for the same thing where several papers say it,
// and knows which one to prefer, by papers/order.yaml:
//
//  1. the value that arithmetic proved against a misprint (Prefer);
//  2. audited, then official, stamped, unaudited papers, computed figures last;
//  3. statements before account balances;
//  4. the newest paper;
//  5. among papers of the same weight that agree within rounding, the one printed in the finest unit.
type Set struct {
	Entity string // the borrower, meant where a method is given no entity

	figs   []dossier.Figure
	byKey  map[setKey][]int
	same   map[signature]string
	names  map[string]string       // entity -> nameKey
	proven map[string]string       // indicator, entity, scope, period -> id
	newest map[string]dossier.Date // file -> last day of its figures
	rank   map[dossier.Basis]int
}

// NewSet makes a set for a borrower and adds figs.
func NewSet(entity string, figs ...dossier.Figure) *Set {
	s := &Set{Entity: entity, byKey: map[setKey][]int{}, same: map[signature]string{}, names: map[string]string{},
		proven: map[string]string{}, newest: map[string]dossier.Date{}, rank: thePapers().rank}
	for _, f := range figs {
		s.Add(f)
	}
	return s
}

// Add gives f an id and keeps it; the same figure from the same place, or the same computation, is kept once.
func (s *Set) Add(f dossier.Figure) string {
	if f.Entity == "" {
		f.Entity = s.Entity
	}
	if f.Scope == "" {
		f.Scope = dossier.ScopeSingle
	}
	if f.Name == "" {
		f.Name = NameOf(f.Indicator)
	}
	if _, ok := s.names[f.Entity]; !ok {
		s.names[f.Entity] = nameKey(f.Entity)
	}
	sig := s.signature(&f)
	if id, ok := s.same[sig]; ok {
		return id
	}
	f.ID = "f" + strconv.Itoa(len(s.figs)+1)
	s.same[sig] = f.ID
	s.byKey[sig.setKey] = append(s.byKey[sig.setKey], len(s.figs))
	s.figs = append(s.figs, f)
	if f.Source != nil && f.Period.End.After(s.newest[f.Source.File]) {
		s.newest[f.Source.File] = f.Period.End
	}
	return f.ID
}

// AddAll adds figures and returns them with their ids.
func (s *Set) AddAll(figs []dossier.Figure) []dossier.Figure {
	out := make([]dossier.Figure, 0, len(figs))
	for _, f := range figs {
		g, _ := s.Figure(s.Add(f))
		out = append(out, g)
	}
	return out
}

// Figure returns the figure with that id.
func (s *Set) Figure(id string) (dossier.Figure, bool) {
	if n, err := strconv.Atoi(strings.TrimPrefix(id, "f")); err == nil && n >= 1 && n <= len(s.figs) && strings.HasPrefix(id, "f") {
		return s.figs[n-1], true
	}
	return dossier.Figure{}, false
}

// All returns every figure in id order.
func (s *Set) All() []dossier.Figure { return append([]dossier.Figure(nil), s.figs...) }

// Candidates returns every figure for the indicator, the preferred one first. entity "" is the borrower.
func (s *Set) Candidates(indicator, entity string, p dossier.Period) []dossier.Figure {
	idx := s.byKey[s.key(indicator, entity, p)]
	out := make([]dossier.Figure, 0, len(idx))
	for _, i := range idx {
		out = append(out, s.figs[i])
	}
	if len(out) > 1 {
		sort.SliceStable(out, func(i, j int) bool { return s.better(out[i], out[j]) })
		s.finest(out)
	}
	return out
}

// Best returns the preferred figure for the indicator.
func (s *Set) Best(indicator, entity string, p dossier.Period) (dossier.Figure, bool) {
	switch idx := s.byKey[s.key(indicator, entity, p)]; len(idx) {
	case 0:
		return dossier.Figure{}, false
	case 1:
		return s.figs[idx[0]], true
	}
	return s.Candidates(indicator, entity, p)[0], true
}

// Get is Best for the borrower.
func (s *Set) Get(indicator string, p dossier.Period) (dossier.Figure, bool) {
	return s.Best(indicator, "", p)
}

// Over is the borrower's figure for a span: a flow over it, or a balance at its end.
func (s *Set) Over(indicator string, p dossier.Period) (dossier.Figure, bool) {
	if f, ok := s.Get(indicator, p); ok {
		return f, true
	}
	return s.Get(indicator, Closing(p))
}

// Prefer makes id the figure that Best returns for its indicator, entity, scope and period.
func (s *Set) Prefer(id string) {
	if f, ok := s.Figure(id); ok {
		s.proven[provenKey(f)] = id
	}
}

func provenKey(f dossier.Figure) string {
	return f.Indicator + "|" + nameKey(f.Entity) + "|" + string(f.Scope) + "|" + f.Period.String()
}

func (s *Set) better(a, b dossier.Figure) bool {
	if a.Scope != b.Scope { // the borrower alone owes the loan; its group is asked for by scope
		return a.Scope == dossier.ScopeSingle
	}
	if x, y := s.proven[provenKey(a)] == a.ID, s.proven[provenKey(b)] == b.ID; x != y {
		return x
	}
	if x, y := s.rank[a.Basis], s.rank[b.Basis]; x != y {
		return x < y
	}
	if x, y := FromTrial(a), FromTrial(b); x != y {
		return y
	}
	if x, y := s.asOf(a), s.asOf(b); x != y {
		return x.After(y)
	}
	return false
}

func (s *Set) asOf(f dossier.Figure) dossier.Date {
	if f.Source == nil {
		return f.Period.End
	}
	return s.newest[f.Source.File]
}

// finest moves the most exactly printed figure to the front when it agrees with the preferred one.
func (s *Set) finest(c []dossier.Figure) {
	best := 0
	for i := 1; i < len(c); i++ {
		if c[i].Scope == c[0].Scope && c[i].Basis == c[0].Basis && ulp(c[i]).LessThan(ulp(c[best])) &&
			c[i].Value.Sub(c[0].Value).Abs().LessThanOrEqual(ulp(c[0])) && s.proven[provenKey(c[0])] != c[0].ID {
			best = i
		}
	}
	if best > 0 {
		f := c[best]
		copy(c[1:best+1], c[:best])
		c[0] = f
	}
}

// ulp is one unit of the last place that a figure is printed with, in 元; at least that of four decimals in 万元.
func ulp(f dossier.Figure) dossier.Decimal {
	if f.Source == nil || !f.Source.Unit.Money() {
		return cent
	}
	n := 0
	for _, p := range strings.Split(f.Source.Printed, "＋") {
		n = max(n, decimals(p))
	}
	if n == 0 && f.Source.Unit != dossier.Yuan && strings.Contains(f.Source.Cell, "!") {
		n = 4 // a spreadsheet drops trailing zeros: 900 万元 is 900.0000
	}
	u := f.Source.Unit.Scale().Shift(int32(-n))
	if u.LessThan(cent) {
		return cent
	}
	return u
}

// Select returns the figures that keep wants, in id order.
func (s *Set) Select(keep func(dossier.Figure) bool) []dossier.Figure {
	var out []dossier.Figure
	for _, f := range s.figs {
		if keep(f) {
			out = append(out, f)
		}
	}
	return out
}

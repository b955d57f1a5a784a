package finance

import (
	"github.com/xindiao/xindiao/dossier"
)

// Workings are all sums that a set's statements must obey, each paper by itself and between papers, with what is
// needed to search for causes.
type Workings struct {
	Sums   []Sum
	others map[cell][]Other // by statement
	lines  map[cell][]Sum   // by the cells that they hold
	broken map[cell][]Sum   // by statement
	set    *Set
	books  map[cell]*book
	zeros  map[string]bool // lines that are not printed and proven to be zero
}

// Workings collects the sums of every statement (the formulas of lines/*.yaml, assets against liabilities and
// equity) and the comparisons of one figure between papers.
func (s *Set) Workings() *Workings {
	w := &Workings{others: map[cell][]Other{}, lines: map[cell][]Sum{}, broken: map[cell][]Sum{}, set: s, books: map[cell]*book{}, zeros: map[string]bool{}}
	books := s.books()
	for _, b := range books {
		w.books[bookKey(b.byID[b.order[0]])] = b
		w.Sums = append(w.Sums, s.sumsOf(b)...)
	}
	w.Sums = append(w.Sums, s.equals()...)
	s.gatherOthers(w, books)
	for _, x := range w.Sums {
		for _, f := range x.figures() {
			k := cellOf(f)
			w.lines[k] = append(w.lines[k], x)
		}
	}
	return w
}

// Broken returns the sums that do not close.
func (w *Workings) Broken() []Sum {
	var out []Sum
	for _, x := range w.Sums {
		if !x.Holds() {
			out = append(out, x)
		}
	}
	return out
}

// Causes is FindCause with the set's own evidence.
func (w *Workings) Causes(x Sum) []Cause {
	var ev Evidence
	seen := map[sumID]bool{sumKey(x): true}
	keep := func(ss []Sum) {
		for _, o := range ss {
			if k := sumKey(o); !seen[k] {
				seen[k] = true
				ev.Sums = append(ev.Sums, o)
			}
		}
	}
	for _, f := range x.figures() {
		keep(w.lines[cellOf(f)])
	}
	ev.Others = append(ev.Others, w.others[bookKey(x.Total)]...)
	keep(w.broken[bookKey(x.Total)])
	return FindCause(x, ev)
}

// bookKey names the statement that a figure stands in.
func bookKey(f dossier.Figure) cell {
	return cell{line: string(StatementOf(f.Indicator)), entity: nameKey(f.Entity), file: file(f), scope: f.Scope, period: f.Period}
}

// sumsOf are the sums of one statement.
func (s *Set) sumsOf(b *book) []Sum {
	if len(b.byID) < minRows {
		return nil
	}
	var out []Sum
	for _, id := range b.order {
		f := b.byID[id]
		ts, ok, checked := s.holds(b, f)
		if !checked {
			continue
		}
		x := Sum{Check: checkOf(id), Total: f, Tolerance: b.tolerance(len(ts))}
		if ok && !within(total(ts), f.Value, x.Tolerance) {
			ts = flipImpairment(ts)
		}
		for _, t := range ts {
			x.Terms = append(x.Terms, Term{t.f, t.sign})
		}
		out = append(out, x)
	}
	a, ok1 := b.byID["total_assets"]
	l, ok2 := b.byID["total_liabilities"]
	e, ok3 := b.byID["total_equity"]
	if ok1 && ok2 && ok3 {
		out = append(out, Sum{Check: "A1", Total: a, Terms: []Term{{l, 1}, {e, 1}}, Tolerance: b.tolerance(2)})
	}
	if t, ok := b.byID["total_liabilities_equity"]; ok && ok1 {
		out = append(out, Sum{Check: "A1e", Total: a, Terms: []Term{{t, 1}}, Tolerance: b.tolerance(1)})
	}
	return out
}

// checkOf is the articulation check that the formula of a line belongs to.
func checkOf(id string) string {
	switch id {
	case "cf_net_increase":
		return "A7"
	case "cf_end":
		return "A6"
	}
	return "A2"
}

// equals are the comparisons between papers: the preferred figure against each other paper's, and the opening cash of
// a cash flow statement against the closing cash of the year before.
func (s *Set) equals() []Sum {
	var out []Sum
	seen := map[string]bool{}
	for _, f := range s.figs {
		k := provenKey(f)
		if f.Source == nil || StatementOf(f.Indicator) == "" || seen[k] {
			continue
		}
		seen[k] = true
		var a *dossier.Figure
		files := map[string]bool{}
		for _, c := range s.Candidates(f.Indicator, f.Entity, f.Period) {
			if c.Source == nil || c.Scope != f.Scope || files[c.Source.File] {
				continue
			}
			files[c.Source.File] = true
			if a == nil {
				a = &c
				continue
			}
			out = append(out, Sum{Check: "A3", Total: *a, Terms: []Term{{c, 1}}, Tolerance: decMax(ulp(*a), ulp(c)).Add(cent), Equal: true})
		}
		if f.Indicator == "cf_begin" && a != nil && f.Period.Months == int(f.Period.End.Month) {
			for _, c := range s.Candidates("cf_end", f.Entity, dossier.Span(Opening(f.Period).End, 12)) {
				if c.Source != nil && c.Scope == f.Scope {
					out = append(out, Sum{Check: "A6b", Total: *a, Terms: []Term{{c, 1}}, Tolerance: ulp(*a).Add(ulp(c)), Equal: true})
					break
				}
			}
		}
	}
	return out
}

// gatherOthers sorts the values that may tell why a sum does not close.
func (s *Set) gatherOthers(w *Workings, books []*book) {
	byLine := map[cell][]dossier.Figure{}
	for _, f := range s.figs {
		if f.Source != nil && StatementOf(f.Indicator) != "" {
			k := cell{line: f.Indicator, entity: f.Entity}
			byLine[k] = append(byLine[k], f)
		}
	}
	of := func(b *book, p dossier.Period) cell {
		return cell{line: string(b.stmt), entity: nameKey(b.entity), scope: b.scope, period: p}
	}
	have := map[cell]*book{}
	for _, b := range books {
		have[of(b, b.period)] = b
	}
	for _, b := range books {
		var key cell
		for _, id := range b.order {
			f := b.byID[id]
			key = bookKey(f)
			kind := OtherLine
			if l := theChart().lines[b.standard][id]; l != nil && l.Kind == "of_which" {
				kind = OtherOfWhich
			}
			w.others[key] = append(w.others[key], Other{f, kind})
			for _, o := range byLine[cell{line: f.Indicator, entity: f.Entity}] {
				switch {
				case o.Scope != f.Scope && o.Period == f.Period:
					w.others[key] = append(w.others[key], Other{o, OtherScope})
				case o.Scope != f.Scope:
				case o.Period == f.Period && o.Source.File != b.file:
					w.others[key] = append(w.others[key], Other{o, OtherPaper})
				case o.Period != f.Period && o.Source.File == b.file:
					w.others[key] = append(w.others[key], Other{o, OtherColumn})
				}
			}
		}
		last := have[of(b, PriorYear(b.period))]
		if last == nil {
			continue
		}
		for _, id := range last.order {
			if _, ok := b.byID[id]; !ok {
				w.others[key] = append(w.others[key], Other{last.byID[id], OtherLastYear})
			}
		}
	}
	for _, x := range w.Sums {
		if !x.Holds() {
			k := bookKey(x.Total)
			w.broken[k] = append(w.broken[k], x)
		}
	}
}

// causes searches why two papers differ; the message names it when other sums prove it.
func (is *Issue) causes(w func() *Workings) {
	if is.Kind != KindOpening && is.Kind != KindDifference || len(is.Figures) != 2 {
		return
	}
	a, b := is.Figures[0], is.Figures[1]
	is.Causes = w().Causes(Sum{Check: "A3", Total: a, Terms: []Term{{b, 1}}, Tolerance: decMax(ulp(a), ulp(b)).Add(cent), Equal: true})
	if c, ok := Proof(is.Causes); ok {
		is.Message += "；" + c.Text
	}
}

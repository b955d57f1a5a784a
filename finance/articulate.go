package finance

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/xindiao/xindiao/dossier"
)

// Articulate checks every statement against itself and against the other papers (A1-A4, A6, A7 of the checklist in
// ratios.md). Where another paper's value makes a broken sum right, that value is proven, the set prefers it from
// then on, and the issue names both.
func (s *Set) Articulate() []Issue {
	var out []Issue
	w := sync.OnceValue(s.Workings) // of use only when something is wrong
	for _, b := range s.books() {
		out = append(out, s.subtotals(b, w)...)
	}
	out = append(out, s.openings()...)
	out = append(out, s.across()...)
	out = append(out, s.retained()...)
	out = append(out, s.cash()...)
	for i := range out {
		out[i].causes(w)
		for _, f := range out[i].Figures {
			out[i].Doubtful = out[i].Doubtful || strings.Contains(f.Note, ScanNote)
		}
	}
	return out
}

// book is one statement of one date as one paper prints it.
type book struct {
	file     string
	stmt     Statement
	entity   string
	scope    dossier.Scope
	period   dossier.Period
	byID     map[string]dossier.Figure
	order    []string
	ulp      dossier.Decimal // one unit of the last place
	standard string
}

// books groups the read figures into statements, in the order met.
func (s *Set) books() []*book {
	var out []*book
	byKey := map[string]*book{}
	for _, f := range s.figs {
		st := StatementOf(f.Indicator)
		if f.Source == nil || st == "" || FromTrial(f) {
			continue
		}
		k := strings.Join([]string{f.Source.File, string(st), nameKey(f.Entity), string(f.Scope), f.Period.String()}, "|")
		b := byKey[k]
		if b == nil {
			b = &book{file: f.Source.File, stmt: st, entity: f.Entity, scope: f.Scope, period: f.Period,
				byID: map[string]dossier.Figure{}, standard: CAS2019}
			byKey[k] = b
			out = append(out, b)
		}
		b.byID[f.Indicator] = f
		b.order = append(b.order, f.Indicator)
		if u := ulp(f); b.ulp.IsZero() || u.LessThan(b.ulp) {
			b.ulp = u
		}
		if len(theChart().lines[CAS2019]) > 0 && theChart().lines[CAS2019][f.Indicator] == nil {
			b.standard = Small2013
		}
	}
	return out
}

// term is one signed item of a sum.
type term struct {
	f    dossier.Figure
	sign int
}

// expand resolves a formula over the book: an item that is not printed is replaced by its own formula or by nothing.
func (b *book) expand(std, id string, sign, depth int, out *[]term) {
	if f, ok := b.byID[id]; ok {
		*out = append(*out, term{f, sign})
		return
	}
	l := theChart().lines[std][id]
	if l == nil || l.Formula == "" || depth > 6 {
		return
	}
	b.terms(std, l.Formula, sign, depth+1, out)
}

func (b *book) terms(std, formula string, sign, depth int, out *[]term) {
	e, err := parseExpr(formula)
	if err != nil {
		return
	}
	var walk func(e *expr, sign int)
	walk = func(e *expr, sign int) {
		switch e.op {
		case 'i':
			b.expand(std, e.name, sign, depth, out)
		case '+', '-':
			walk(e.args[0], sign)
			if e.op == '-' {
				sign = -sign
			}
			walk(e.args[1], sign)
		case '~':
			walk(e.args[0], -sign)
		}
	}
	walk(e, sign)
}

func total(ts []term) dossier.Decimal {
	v := zero
	for _, t := range ts {
		if t.sign < 0 {
			v = v.Sub(t.f.Value)
		} else {
			v = v.Add(t.f.Value)
		}
	}
	return v
}

// minRows is how many rows a statement needs before its sums are judged: a fragment proves nothing.
const minRows = 6

// subtotals checks A1, A2 and A7 within one book.
func (s *Set) subtotals(b *book, w func() *Workings) []Issue {
	if len(b.byID) < minRows {
		return nil
	}
	var out []Issue
	for _, id := range b.order {
		f := b.byID[id]
		ts, ok, checked := s.holds(b, f)
		if ok || !checked {
			continue
		}
		out = append(out, s.broken(b, f, ts, w))
	}
	return out
}

// holds tries the formula of each standard; ts is the sum of the one that counts the most of what is printed.
func (s *Set) holds(b *book, f dossier.Figure) (ts []term, ok, checked bool) {
	stds := []string{b.standard, CAS2019, Small2013}
	for _, std := range stds {
		l := theChart().lines[std][f.Indicator]
		if l == nil || l.Formula == "" {
			continue
		}
		var t []term
		b.terms(std, l.Formula, 1, 0, &t)
		if len(t) == 0 || len(t) == 1 && b.stmt != BalanceSheet {
			continue
		}
		if checked && !holdsAll(t, ts) { // the format of a statement that prints more lines than it counts is another one
			continue
		}
		if !checked || len(t) > len(ts) {
			ts = t
		}
		checked = true
		tol := b.tolerance(len(t))
		if within(total(t), f.Value, tol) || within(total(flipImpairment(t)), f.Value, tol) {
			return t, true, true
		}
	}
	return ts, false, checked
}

// holdsAll tells whether a holds every line of b that is not zero.
func holdsAll(a, b []term) bool {
	for _, t := range b {
		if !t.f.Value.IsZero() && !slices.ContainsFunc(a, func(o term) bool { return o.f.Indicator == t.f.Indicator }) {
			return false
		}
	}
	return true
}

// flipImpairment takes impairment losses as positive amounts that are subtracted, as statements before 2019 print them.
func flipImpairment(ts []term) []term {
	out := append([]term(nil), ts...)
	for i, t := range out {
		if t.f.Indicator == "credit_impairment" || t.f.Indicator == "asset_impairment" {
			out[i].sign = -t.sign
		}
	}
	return out
}

// tolerance grows with the number of rounded items: half a unit of the last place each.
func (b *book) tolerance(n int) dossier.Decimal {
	return div(b.ulp.Mul(intD(n+1)), intD(2)).Add(cent)
}

func within(a, b, tol dossier.Decimal) bool { return a.Sub(b).Abs().LessThanOrEqual(tol) }

func (s *Set) broken(b *book, f dossier.Figure, ts []term, w func() *Workings) Issue {
	want := total(ts)
	is := Issue{Kind: KindSubtotal, Indicator: f.Indicator, Name: f.Name, Entity: f.Entity, Period: f.Period,
		Expected: want, Actual: f.Value, Diff: f.Value.Sub(want), Figures: []dossier.Figure{f}, Docs: []string{b.file}}
	switch f.Indicator {
	case "total_assets", "total_liabilities_equity":
		is.Kind = KindBalance
	case "cf_net_increase":
		is.Kind = KindCashFlow
	}
	for _, t := range ts {
		is.Figures = append(is.Figures, t.f)
	}
	is.Arithmetic = sumText(ts) + " = " + Money(want) + "；" + f.Name + "列示 " + Money(f.Value) + "；差额 " + Money(is.Diff)
	is.Message = fmt.Sprintf("《%s》%s%s：分项合计%s元，%s列示%s元，相差%s元", b.file, f.Period.Chinese(), b.stmt.Chinese(),
		Money(want), f.Name, Money(f.Value), Money(is.Diff.Abs()))
	s.culprit(b, f, ts, &is, w)
	return is
}

// culprit looks for another paper's value that makes the sum right, else for the likeliest slip.
func (s *Set) culprit(b *book, f dossier.Figure, ts []term, is *Issue, w func() *Workings) {
	tol := b.tolerance(len(ts))
	diff := is.Diff
	try := func(bad, other dossier.Figure, delta dossier.Decimal) bool {
		if other.Source == nil || other.Source.File == b.file || other.Scope != bad.Scope || !within(delta, diff, tol) || diff.IsZero() {
			return false
		}
		bad, other = s.figs[index(bad)], s.figs[index(other)]
		is.Suspect, is.Proven = &bad, &other
		is.Docs = append(is.Docs, other.Source.File)
		is.Figures = append(is.Figures, other)
		is.Places = []dossier.Place{bad.Source.Place, other.Source.Place}
		is.Message += fmt.Sprintf("；《%s》中%s为%s元，代入后合计相符，《%s》中的%s%s元（%s）应为误填", other.Source.File, other.Name,
			Money(other.Value), b.file, bad.Name, Money(bad.Value), strings.TrimSpace(placeText(bad.Source.Place)))
		s.Prefer(other.ID)
		return true
	}
	for _, t := range ts {
		for _, o := range s.Candidates(t.f.Indicator, b.entity, b.period) {
			d := o.Value.Sub(t.f.Value)
			if t.sign < 0 {
				d = d.Neg()
			}
			if try(t.f, o, d) {
				return
			}
		}
	}
	for _, o := range s.Candidates(f.Indicator, b.entity, b.period) {
		if try(f, o, f.Value.Sub(o.Value)) {
			return
		}
	}
	x := Sum{Check: checkOf(f.Indicator), Total: f, Tolerance: tol}
	for _, t := range ts {
		x.Terms = append(x.Terms, Term{t.f, t.sign})
	}
	is.Causes = w().Causes(x)
	if c, ok := likely(is.Causes); ok {
		is.Message += "；" + c.Text
	}
}

func index(f dossier.Figure) int { return atoi(strings.TrimPrefix(f.ID, "f")) - 1 }

func sumText(ts []term) string {
	var b strings.Builder
	for i, t := range ts {
		switch {
		case t.sign < 0:
			b.WriteString(" － ")
		case i > 0:
			b.WriteString(" ＋ ")
		}
		b.WriteString(t.f.Name + " " + Money(t.f.Value))
	}
	return b.String()
}

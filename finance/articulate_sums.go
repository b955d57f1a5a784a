package finance

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// checkSums is A1, A2 and A7: each break is a row of its own, the sums of one statement that hold are one row.
func (s *Set) checkSums(c *Check, w *Workings) []CheckResult {
	named := map[string]bool{} // lines that other checks look at
	for _, o := range theChecks() {
		for _, id := range o.Lines {
			named[id] = named[id] || o.Method == "sums"
		}
	}
	var out []CheckResult
	at := map[cell]int{}
	for _, x := range w.Sums {
		id := x.Total.Indicator
		if x.Equal || !slices.Contains(c.Lines, id) && (!slices.Contains(c.Lines, "*") || named[id]) {
			continue
		}
		if !x.Holds() {
			out = append(out, s.brokenSum(c, w, x))
			continue
		}
		k := bookKey(x.Total)
		i, ok := at[k]
		if !ok {
			i = len(out)
			at[k] = i
			r := c.result(x.Total.Entity, x.Total.Scope, x.Total.Period)
			r.Outcome, r.Count = CheckPass, 0
			out = append(out, r)
		}
		r := &out[i]
		r.Count++
		r.Figures = append(r.Figures, x.Total)
		r.Why = fmt.Sprintf("《%s》%s：%s等%d项相符", file(x.Total), StatementOf(id).Chinese(), r.Figures[0].Name, r.Count)
		if r.Count == 1 {
			r.Why = fmt.Sprintf("《%s》%s：%s相符", file(x.Total), StatementOf(id).Chinese(), x.Total.Name)
			r.Arithmetic = x.text()
		}
	}
	sortResults(out)
	return out
}

// text prints the sum: 货币资金 1.00 ＋ 存货 2.00 = 3.00；流动资产合计列示 3.00（报表.xlsx 第1页）；差额 0.00.
func (s Sum) text() string {
	var ts []term
	for _, t := range s.Terms {
		ts = append(ts, term{t.Figure, t.Sign})
	}
	place := file(s.Total)
	if s.Total.Source != nil {
		place += placeText(s.Total.Source.Place)
	}
	return fmt.Sprintf("%s = %s；%s列示 %s（%s）；差额 %s", sumText(ts), Money(s.Want()), s.Total.Name, Money(s.Total.Value),
		strings.TrimSpace(place), Money(s.Diff()))
}

func (s *Set) brokenSum(c *Check, w *Workings, x Sum) CheckResult {
	t := x.Total
	r := c.result(t.Entity, t.Scope, t.Period)
	want := t
	want.ID, want.Source, want.Value, want.Formula, want.Basis = "", nil, x.Want(), x.formula(), dossier.BasisComputed
	want.Name = "分项合计"
	r.Left, r.Right, r.Diff, r.Tolerance, r.Outcome = &t, &want, x.Diff(), x.Tolerance, c.Fails
	r.Figures = x.figures()
	for _, f := range x.figures()[1:] {
		want.Operands = append(want.Operands, f.ID)
	}
	r.Causes = w.Causes(x)
	r.Arithmetic = x.text()
	r.Why = fmt.Sprintf("《%s》%s：分项合计%s元，%s列示%s元，相差%s元", file(t), StatementOf(t.Indicator).Chinese(), Money(x.Want()), t.Name,
		Money(t.Value), Money(x.Diff().Abs()))
	if c, ok := likely(r.Causes); ok {
		r.Why += "；" + c.Text
	}
	return r
}

// formula is the sum over line ids.
func (s Sum) formula() string {
	var b strings.Builder
	for i, t := range s.Terms {
		switch {
		case t.Sign < 0 && i == 0:
			b.WriteString("-")
		case t.Sign < 0:
			b.WriteString(" - ")
		case i > 0:
			b.WriteString(" + ")
		}
		b.WriteString(t.Figure.Indicator)
	}
	return b.String()
}

// checkEqual is A3: what one paper prints as opening against what another printed as closing of that day. Each
// difference is a row; the lines of two papers that agree are one row.
func (s *Set) checkEqual(c *Check, w *Workings) []CheckResult {
	var out []CheckResult
	at := map[[2]cell]int{}
	for _, x := range w.Sums {
		a, b := x.Total, Term{}.Figure
		if !x.Equal || x.Check != "A3" || StatementOf(a.Indicator) != BalanceSheet {
			continue
		}
		b = x.Terms[0].Figure
		if s.closing(a) == s.closing(b) || FromTrial(a) || FromTrial(b) {
			continue
		}
		if s.closing(a) {
			a, b = b, a // a is the opening
		}
		if x.Holds() {
			k := [2]cell{bookKey(a), bookKey(b)}
			i, ok := at[k]
			if !ok {
				i = len(out)
				at[k] = i
				r := c.result(a.Entity, a.Scope, a.Period)
				r.Outcome, r.Count = CheckPass, 0
				out = append(out, r)
			}
			r := &out[i]
			r.Count++
			r.Figures = append(r.Figures, a)
			r.Docs = []string{file(a), file(b)}
			r.Why = fmt.Sprintf("《%s》的期初数与《%s》的期末数：%d项相同", file(a), file(b), r.Count)
			continue
		}
		r := c.result(a.Entity, a.Scope, a.Period)
		r.Left, r.Right, r.Diff, r.Tolerance, r.Outcome = &a, &b, a.Value.Sub(b.Value), x.Tolerance, c.Fails
		r.Figures = []dossier.Figure{a, b}
		r.Causes = w.Causes(x)
		r.Arithmetic = fmt.Sprintf("期初 %s － 上年期末 %s = %s", Money(a.Value), Money(b.Value), Money(r.Diff))
		r.Why = fmt.Sprintf("%s：《%s》期初数%s元，《%s》期末数%s元，相差%s元", a.Name, file(a), Money(a.Value), file(b), Money(b.Value), Money(r.Diff.Abs()))
		if c, ok := likely(r.Causes); ok {
			r.Why += "；" + c.Text
		}
		out = append(out, r)
	}
	sortResults(out)
	return out
}

// closing tells whether a figure stands in the column of its paper's own date.
func (s *Set) closing(f dossier.Figure) bool { return s.asOf(f) == f.Period.End }

// sortResults puts the newest period first and keeps the order within it.
func sortResults(rs []CheckResult) {
	slices.SortStableFunc(rs, func(a, b CheckResult) int {
		switch {
		case a.Period.End.After(b.Period.End):
			return -1
		case b.Period.End.After(a.Period.End):
			return 1
		}
		return 0
	})
}

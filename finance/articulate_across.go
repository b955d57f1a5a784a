package finance

import (
	"fmt"

	"github.com/xindiao/xindiao/dossier"
)

// openings is A3: what one paper prints as opening against what another printed as closing of that day.
func (s *Set) openings() []Issue {
	return s.compare(func(a, b dossier.Figure) bool { return s.asOf(a) == a.Period.End != (s.asOf(b) == b.Period.End) },
		KindOpening, func(a, b dossier.Figure) string {
			if s.asOf(a) == a.Period.End {
				a, b = b, a
			}
			return fmt.Sprintf("《%s》中%s的%s为%s元，与《%s》的%s元不一致，相差%s元，须有追溯调整或更正说明", a.Source.File,
				a.Period.Chinese(), a.Name, Money(a.Value), b.Source.File, Money(b.Value), Money(a.Value.Sub(b.Value).Abs()))
		})
}

// across reports the same figure printed differently by papers of the same rank in time.
func (s *Set) across() []Issue {
	return s.compare(func(a, b dossier.Figure) bool { return s.asOf(a) == a.Period.End == (s.asOf(b) == b.Period.End) },
		KindDifference, func(a, b dossier.Figure) string {
			return fmt.Sprintf("%s的%s：《%s》为%s元，《%s》为%s元，相差%s元", a.Period.Chinese(), a.Name, a.Source.File, Money(a.Value),
				b.Source.File, Money(b.Value), Money(a.Value.Sub(b.Value).Abs()))
		})
}

// compare goes through the pairs of read figures for the same thing from different files, preferred figure first.
func (s *Set) compare(want func(a, b dossier.Figure) bool, kind string, text func(a, b dossier.Figure) string) []Issue {
	var out []Issue
	seen := map[string]bool{}
	for _, f := range s.figs {
		k := provenKey(f)
		if f.Source == nil || seen[k] || StatementOf(f.Indicator) == "" {
			continue
		}
		seen[k] = true
		c := s.Candidates(f.Indicator, f.Entity, f.Period)
		var a *dossier.Figure
		files := map[string]bool{}
		for i := range c {
			b := c[i]
			if b.Source == nil || b.Scope != f.Scope || files[b.Source.File] {
				continue
			}
			files[b.Source.File] = true
			if a == nil {
				a = &b
				continue
			}
			tol := decMax(ulp(*a), ulp(b)).Add(cent)
			if a.Source.File == b.Source.File || within(a.Value, b.Value, tol) || !want(*a, b) {
				continue
			}
			is := Issue{Kind: kind, Indicator: a.Indicator, Name: a.Name, Entity: a.Entity, Period: a.Period, Expected: a.Value,
				Actual: b.Value, Diff: b.Value.Sub(a.Value), Figures: []dossier.Figure{*a, b}, Docs: docsOf(*a, b),
				Message: text(*a, b), Arithmetic: Money(b.Value) + " － " + Money(a.Value) + " = " + Money(b.Value.Sub(a.Value)),
				Places: []dossier.Place{a.Source.Place, b.Source.Place}}
			if unit := unitGap(*a, b); unit != "" {
				is.Kind = KindUnit
				is.Message += "；" + unit
			}
			if s.proven[provenKey(*a)] == a.ID {
				bad, good := b, *a
				is.Suspect, is.Proven = &bad, &good
			}
			out = append(out, is)
		}
	}
	return out
}

func decMax(a, b dossier.Decimal) dossier.Decimal {
	if a.GreaterThan(b) {
		return a
	}
	return b
}

// unitGap tells whether two values differ by a power of ten, which a wrong or missing unit does.
func unitGap(a, b dossier.Figure) string {
	if a.Value.IsZero() || b.Value.IsZero() || a.Value.Sign() != b.Value.Sign() {
		return ""
	}
	big, small := a.Value.Abs(), b.Value.Abs()
	if big.LessThan(small) {
		big, small = small, big
	}
	for _, k := range []int{1000, 10000, 100000000} {
		q := div(big, small.Mul(intD(k)))
		if q.Sub(one).Abs().LessThan(dossier.D("0.0005")) {
			return fmt.Sprintf("两数相差%d倍，疑为金额单位标错", k)
		}
	}
	return ""
}

// retained is A4: retained earnings move by the net profit less what went to reserves and owners; more than the
// profit can only come from a restatement.
func (s *Set) retained() []Issue {
	var out []Issue
	for _, e := range s.Entities() {
		for _, p := range s.Periods("net_profit", e) {
			if p.Months != int(p.End.Month) {
				continue
			}
			np, ok1 := s.Best("net_profit", e, p)
			open, ok2 := s.Best("retained_earnings", e, Opening(p))
			end, ok3 := s.Best("retained_earnings", e, Closing(p))
			if !ok1 || !ok2 || !ok3 || open.Scope != end.Scope || np.Scope != end.Scope || np.Source == nil || end.Source == nil {
				continue
			}
			move := end.Value.Sub(open.Value)
			tol := ulp(np).Add(ulp(open)).Add(ulp(end)).Add(one)
			if move.LessThanOrEqual(np.Value.Add(tol)) {
				continue
			}
			out = append(out, Issue{Kind: KindRetained, Indicator: "retained_earnings", Name: end.Name, Entity: e, Period: p,
				Expected: open.Value.Add(np.Value), Actual: end.Value, Diff: move.Sub(np.Value), Figures: []dossier.Figure{open, end, np},
				Docs: docsOf(end, open, np), Places: []dossier.Place{end.Source.Place, np.Source.Place},
				Message: fmt.Sprintf("%s未分配利润增加%s元，大于同期净利润%s元，缺少追溯调整或转入的说明", p.Chinese(), Money(move), Money(np.Value)),
				Arithmetic: fmt.Sprintf("期末 %s － 期初 %s = %s ＞ 净利润 %s", Money(end.Value), Money(open.Value), Money(move),
					Money(np.Value))})
		}
	}
	return out
}

// cash is A6: the cash flow statement's closing cash against 货币资金; restricted money may explain less, never more.
func (s *Set) cash() []Issue {
	var out []Issue
	for _, b := range s.books() {
		end, ok := b.byID["cf_end"]
		if !ok {
			continue
		}
		cash, ok := s.Best("cash", b.entity, Closing(b.period))
		if !ok || cash.Scope != b.scope || cash.Source == nil {
			continue
		}
		d := cash.Value.Sub(end.Value)
		if d.Abs().LessThanOrEqual(ulp(cash).Add(ulp(end)).Add(cent)) {
			continue
		}
		if d.IsPositive() && d.LessThanOrEqual(cash.Value.Mul(dossier.D("0.05"))) {
			continue
		}
		out = append(out, Issue{Kind: KindCash, Indicator: "cf_end", Name: end.Name, Entity: b.entity, Period: b.period,
			Expected: cash.Value, Actual: end.Value, Diff: end.Value.Sub(cash.Value), Figures: []dossier.Figure{cash, end},
			Docs: docsOf(end, cash), Places: []dossier.Place{end.Source.Place, cash.Source.Place},
			Message: fmt.Sprintf("%s现金流量表期末现金及现金等价物%s元，资产负债表货币资金%s元，相差%s元，须以受限资金解释",
				b.period.Chinese(), Money(end.Value), Money(cash.Value), Money(d.Abs())),
			Arithmetic: fmt.Sprintf("货币资金 %s － 期末现金 %s = %s", Money(cash.Value), Money(end.Value), Money(d))})
	}
	return out
}

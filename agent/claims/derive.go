package claims

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/dossier"
)

// maxOperands bounds the pairs of different things that are tried: with many operands some pair fits any number by
// chance. Two periods of one figure are always tried.
const maxOperands = 12

// derive tries to recompute n from the cited figures and from numbers that the sentence itself states and that are
// borne out: a difference, a sum, a ratio, a growth rate, a distance of dates. It returns the arithmetic. Operands
// that the sentence states or names come first.
func derive(sentence string, n Number, operands []fact) (string, bool) {
	n.Approx = Exact // 近 and 逾 would let too many pairs fit
	for _, a := range operands {
		for _, b := range operands {
			if a.figure == nil || b.figure == nil || a.figure == b.figure {
				continue
			}
			if same, ordered := related(a, b); same && ordered {
				if how, ok := derivePair(n, a, b); ok {
					return how, true
				}
			}
		}
	}
	few := slices.Clone(operands)
	slices.SortStableFunc(few, func(a, b fact) int { return rank(sentence, a) - rank(sentence, b) })
	few = few[:min(len(few), maxOperands)]
	for i, a := range few {
		for j, b := range few {
			if i == j {
				continue
			}
			if how, ok := derivePair(n, a, b); ok {
				return how, true
			}
		}
	}
	return deriveSum(n, few)
}

func rank(sentence string, f fact) int {
	if f.figure == nil || f.figure.Name != "" && strings.Contains(sentence, f.figure.Name) {
		return 0
	}
	return 1
}

// derivePair recomputes n from a and b, in this order: a is the later or the part, b the earlier or the whole.
func derivePair(n Number, a, b fact) (string, bool) {
	if a.Kind == Date && b.Kind == Date && n.Kind == Count {
		return deriveDays(n, a, b)
	}
	if a.Kind != b.Kind || a.Unit != b.Unit || a.Kind == Date {
		return "", false
	}
	same, ordered := related(a, b)
	if a.figure != nil && b.figure != nil && !same && a.figure.Period.End != b.figure.Period.End {
		return "", false // different things of different dates
	}
	switch n.Kind {
	case a.Kind, Points:
		if n.Kind == Percent || n.Kind == Points && a.Kind != Percent || n.Unit != a.Unit && n.Kind != Points {
			break
		}
		if d := a.Value.Sub(b.Value); (!same || ordered) && fits(n, d) {
			return fmt.Sprintf("%s - %s", a.by, b.by), true
		}
		if s := a.Value.Add(b.Value); (!same || a.figure == nil || b.figure == nil) && n.Kind != Points && n.Change == 0 && near(n, n.Value, s) {
			return fmt.Sprintf("%s + %s", a.by, b.by), true
		}
	}
	if b.Value.IsZero() || n.Kind != Percent && n.Unit != "倍" || a.Kind != Money && a.Kind != Count {
		return "", false
	}
	q := a.Value.DivRound(b.Value, 12)
	if n.Kind == Percent && same && ordered {
		g := a.Value.Sub(b.Value).DivRound(b.Value.Abs(), 12)
		if fits(n, g) {
			return fmt.Sprintf("(%s - %s) / %s", a.by, b.by, b.by), true
		}
	}
	if n.Change == 0 && near(n, n.Value, q) {
		return fmt.Sprintf("%s / %s", a.by, b.by), true
	}
	return "", false
}

// related tells whether both figures measure the same thing, and whether a is the later of the two. Numbers of
// passages carry no indicator: any order is allowed and the words beside the number decide the sign.
func related(a, b fact) (same, ordered bool) {
	if a.figure == nil || b.figure == nil {
		return true, true
	}
	same = a.figure.Indicator == b.figure.Indicator && a.figure.Entity == b.figure.Entity && a.figure.Scope == b.figure.Scope
	return same, same && a.figure.Period.End.After(b.figure.Period.End) && a.figure.Period.Months == b.figure.Period.Months
}

// fits compares a computed change with what the words claim: 下降 wants a negative one, 增长 a positive one.
func fits(n Number, d dossier.Decimal) bool {
	if n.Change == 0 {
		return near(n, n.Value, d) || near(n, n.Value, d.Abs()) && !n.Value.IsNegative()
	}
	return near(n, signed(n), d)
}

func deriveSum(n Number, operands []fact) (string, bool) {
	sum, count := decimal.Zero, 0
	for _, o := range operands {
		if o.figure != nil && o.Kind == n.Kind && o.Unit == n.Unit && n.Kind == Money {
			sum = sum.Add(o.Value)
			count++
		}
	}
	if count >= 3 && n.Change == 0 && near(n, n.Value, sum) {
		return "合计", true
	}
	return "", false
}

func deriveDays(n Number, a, b fact) (string, bool) {
	if !a.Date.Valid() || !b.Date.Valid() || !a.Date.After(b.Date) {
		return "", false
	}
	how := fmt.Sprintf("%s - %s", a.Date, b.Date)
	switch n.Unit {
	case "天":
		return how, near(n, n.Value, decimal.NewFromInt(int64(a.Date.Sub(b.Date))))
	case "月":
		months := (a.Date.Year-b.Date.Year)*12 + int(a.Date.Month-b.Date.Month)
		for _, m := range []int{months, months - 1} { // full months, with or without the broken one
			if b.Date.AddMonths(m).After(a.Date) {
				continue
			}
			return how, n.Value.Equal(decimal.NewFromInt(int64(m)))
		}
	}
	return "", false
}

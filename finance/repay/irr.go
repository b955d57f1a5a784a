package repay

import (
	"errors"
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// ErrNoRoot is returned when no rate of return exists within -90 % and 1000 %.
var ErrNoRoot = errors.New("净现金流量没有由负转正，内部收益率不存在")

// maxFlows bounds a series.
const maxFlows = 100

var (
	lowRate  = dossier.D("-0.9")
	highRate = dossier.D("10")
	rateStop = dossier.D("0.00000001")
)

// NPV discounts flows that fall at the ends of years 1, 2, 3… at the yearly rate (建设项目经济评价's convention: the
// first year is discounted once). rate must exceed -1.
func NPV(rate dossier.Decimal, flows []dossier.Decimal) dossier.Decimal {
	x := div(one, one.Add(rate))
	v := zero
	for i := len(flows) - 1; i >= 0; i-- {
		v = v.Add(flows[i]).Mul(x).Round(digits)
	}
	return v
}

// IRR finds the rate at which NPV is zero, to 8 decimals. One change of sign means one root (Descartes), found by
// bisection; with more changes the whole range is searched in steps, and several roots are an error that names them.
func IRR(flows []dossier.Decimal) (dossier.Decimal, error) {
	if len(flows) > maxFlows {
		return zero, fmt.Errorf("现金流超过%d年", maxFlows)
	}
	changes, prev := 0, 0
	for _, f := range flows {
		if s := f.Sign(); s != 0 {
			if prev != 0 && s != prev {
				changes++
			}
			prev = s
		}
	}
	switch changes {
	case 0:
		return zero, ErrNoRoot
	case 1:
		if NPV(lowRate, flows).Sign() == NPV(highRate, flows).Sign() {
			return zero, fmt.Errorf("内部收益率不在%s至%s之间", percent(lowRate), percent(highRate))
		}
		return bisect(flows, lowRate, highRate), nil
	}
	var roots []dossier.Decimal
	a, va := lowRate, NPV(lowRate, flows)
	for _, b := range grid() {
		vb := NPV(b, flows)
		switch {
		case vb.IsZero():
			roots = append(roots, b)
		case !va.IsZero() && va.Sign() != vb.Sign():
			roots = append(roots, bisect(flows, a, b))
		}
		a, va = b, vb
	}
	switch len(roots) {
	case 0:
		return zero, ErrNoRoot
	case 1:
		return roots[0], nil
	}
	var names []string
	for _, r := range roots {
		names = append(names, percent(r))
	}
	return zero, fmt.Errorf("净现金流量多次变号，内部收益率有%d个解（%s），不具判断意义，应以净现值为准", len(roots), strings.Join(names, "、"))
}

// grid are the steps of the search: 0.5 points up to 100 %, 5 points beyond.
func grid() []dossier.Decimal {
	var out []dossier.Decimal
	step, wide := dossier.D("0.005"), dossier.D("0.05")
	for r := lowRate.Add(step); r.LessThanOrEqual(highRate); {
		out = append(out, r)
		if r.LessThan(one) {
			r = r.Add(step)
		} else {
			r = r.Add(wide)
		}
	}
	return out
}

// bisect narrows a bracket whose ends differ in sign.
func bisect(flows []dossier.Decimal, a, b dossier.Decimal) dossier.Decimal {
	va := NPV(a, flows)
	for b.Sub(a).GreaterThan(rateStop) {
		m := a.Add(b).DivRound(two, digits)
		vm := NPV(m, flows)
		if vm.IsZero() {
			return m
		}
		if vm.Sign() == va.Sign() {
			a, va = m, vm
		} else {
			b = m
		}
	}
	return a.Add(b).DivRound(two, 8)
}

// Payback is the time in years from the start of the first year until the cumulated flow is positive for good; ok is
// false when it never is.
func Payback(flows []dossier.Decimal) (dossier.Decimal, bool) {
	cum := make([]dossier.Decimal, len(flows))
	sum := zero
	for i, f := range flows {
		sum = sum.Add(f)
		cum[i] = sum
	}
	at := len(flows)
	for at > 0 && !cum[at-1].IsNegative() {
		at--
	}
	if at == len(flows) || len(flows) == 0 {
		return zero, false
	}
	if at == 0 {
		return zero, true
	}
	before := cum[at-1].Neg()
	return intD(at).Add(div(before, flows[at])).Round(2), true
}

// discounted brings each flow to the start of the first year.
func discounted(rate dossier.Decimal, flows []dossier.Decimal) []dossier.Decimal {
	out := make([]dossier.Decimal, len(flows))
	x, d := div(one, one.Add(rate)), one
	for i, f := range flows {
		d = d.Mul(x).Round(digits)
		out[i] = f.Mul(d).Round(8)
	}
	return out
}

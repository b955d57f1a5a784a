package chart

import (
	"math"

	"github.com/xindiao/xindiao/dossier"
)

// ticks returns round axis values that cover lo..hi, zero among them.
func ticks(lo, hi float64) []float64 {
	lo, hi = math.Min(lo, 0), math.Max(hi, 0)
	if hi == lo {
		hi = lo + 1
	}
	step := niceStep((hi - lo) / 4)
	var out []float64
	for i := math.Floor(lo/step + 1e-9); ; i++ {
		out = append(out, i*step)
		if i*step >= hi-step*1e-9 {
			return out
		}
	}
}

// niceStep rounds up to 1, 2, 2.5 or 5 times a power of ten.
func niceStep(raw float64) float64 {
	p := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, m := range []float64{1, 2, 2.5, 5} {
		if raw <= m*p*(1+1e-9) {
			return m * p
		}
	}
	return 10 * p
}

// valueLabel prints a value over its bar or point: the larger the number, the fewer its decimals.
func valueLabel(v dossier.Decimal, unit string) string {
	places := int32(2)
	switch a := v.Abs(); {
	case unit == "%":
		places = 1
	case a.GreaterThanOrEqual(dossier.D("1000")):
		places = 0
	case a.GreaterThanOrEqual(dossier.D("100")):
		places = 1
	}
	return dossier.Group(v.StringFixed(places))
}

// tickLabel prints an axis value; ticks are round, so trailing zeros carry nothing.
func tickLabel(v float64) string {
	s := dossier.D(trimFloat(v)).String()
	return dossier.Group(s)
}

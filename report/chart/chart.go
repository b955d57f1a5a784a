// Package chart draws a report's bar and line charts, as PNG for Word and as inline SVG for HTML, from one geometry.
package chart

import (
	"fmt"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
)

// Size of the drawing in points; the aspect fits an A4 text column.
const (
	Width  = 480.0
	Height = 252.0
)

// What one chart can hold and still be read.
const (
	maxLabels = 120
	maxSeries = 6
)

// canvas is what a backend offers; points, origin top left.
type canvas interface {
	line(pts []point, width float64, c rgb, dash []float64)
	fill(pts []point, c rgb)
	text(x, y, size float64, anchor anchor, c rgb, s string) // y is the baseline
}

type point struct{ x, y float64 }

type rgb struct{ r, g, b uint8 }

type anchor int

const (
	start anchor = iota
	middle
	end
)

// usable tells why a chart cannot be drawn; nil when it can.
func usable(c *report.Chart) error {
	switch {
	case c == nil || len(c.Labels) == 0 || len(c.Series) == 0:
		return fmt.Errorf("chart without labels or series")
	case len(c.Labels) > maxLabels || len(c.Series) > maxSeries:
		return fmt.Errorf("chart of %d labels and %d series: at most %d and %d", len(c.Labels), len(c.Series), maxLabels, maxSeries)
	}
	n := 0
	for _, s := range c.Series {
		if len(s.Values) > len(c.Labels) {
			return fmt.Errorf("chart: series %q has more values than labels", s.Name)
		}
		for _, v := range s.Values {
			if v != nil {
				n++
			}
		}
	}
	if n == 0 {
		return fmt.Errorf("chart without a value")
	}
	return nil
}

// shown returns the unit that the axis prints and what a value is multiplied by to be in it: money in 元 is shown
// in 万元, a ratio in percent, anything else as it comes.
func shown(unit string) (string, dossier.Decimal) {
	switch dossier.Unit(unit) {
	case dossier.Yuan:
		return "万元", dossier.D("0.0001")
	case dossier.Ratio:
		return "%", dossier.D("100")
	case dossier.Times:
		return "倍", dossier.D("1")
	case dossier.DaysUnit:
		return "天", dossier.D("1")
	}
	return unit, dossier.D("1")
}

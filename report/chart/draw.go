package chart

import (
	"math"
	"strconv"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
)

// The palette falls in even steps of lightness, so that a grey print keeps the series apart; lines also differ in
// dash and marker.
var (
	palette = []rgb{{0x1f, 0x3a, 0x5f}, {0x6f, 0x9b, 0xc8}, {0xb3, 0xc5, 0xd6}, {0x3f, 0x6b, 0x4f}, {0xa3, 0x7a, 0x3c}, {0x80, 0x80, 0x80}}
	dashes  = [][]float64{nil, {6, 3}, {2, 2}, {8, 3, 2, 3}, {4, 4}, {1, 3}}
	ink     = rgb{0x33, 0x33, 0x33}
	faint   = rgb{0x66, 0x66, 0x66}
	grid    = rgb{0xe3, 0xe6, 0xea}
	axisInk = rgb{0x80, 0x86, 0x8c}
)

const (
	labelSize = 9.0
	valueSize = 8.0
	left      = 58.0
	right     = 12.0
	top       = 34.0
	bottom    = 26.0
)

// plot is a chart made ready: values in the shown unit and the mapping to the page.
type plot struct {
	c      *report.Chart
	unit   string
	values [][]*dossier.Decimal
	ticks  []float64
	slot   float64 // width of one label's place
}

func prepare(c *report.Chart) (*plot, error) {
	if err := usable(c); err != nil {
		return nil, err
	}
	p := &plot{c: c, slot: (Width - left - right) / float64(len(c.Labels))}
	unit, scale := shown(c.Unit)
	p.unit = unit
	lo, hi := 0.0, 0.0
	for _, s := range c.Series {
		row := make([]*dossier.Decimal, len(c.Labels))
		for i, v := range s.Values {
			if v == nil {
				continue
			}
			d := v.Mul(scale)
			row[i] = &d
			f := d.InexactFloat64() // a place on the paper, not an amount
			lo, hi = math.Min(lo, f), math.Max(hi, f)
		}
		p.values = append(p.values, row)
	}
	p.ticks = ticks(lo, hi)
	return p, nil
}

func (p *plot) y(v float64) float64 {
	lo, hi := p.ticks[0], p.ticks[len(p.ticks)-1]
	return Height - bottom - (v-lo)/(hi-lo)*(Height-bottom-top)
}

func (p *plot) draw(cv canvas) {
	for _, t := range p.ticks {
		y := p.y(t)
		col, w := grid, 0.5
		if t == 0 {
			col, w = axisInk, 0.9
		}
		cv.line([]point{{left, y}, {Width - right, y}}, w, col, nil)
		cv.text(left-5, y+3, valueSize, end, faint, tickLabel(t))
	}
	if p.unit != "" {
		cv.text(left-5, top-10, valueSize, end, faint, p.unit)
	}
	every := int(math.Ceil(p.widestLabel() / p.slot))
	for i, l := range p.c.Labels {
		if i%every == 0 {
			cv.text(left+(float64(i)+0.5)*p.slot, Height-bottom+15, labelSize, middle, ink, l)
		}
	}
	p.legend(cv)
	if p.c.Kind == "line" {
		p.lines(cv)
	} else {
		p.bars(cv)
	}
}

func (p *plot) widestLabel() float64 {
	w := 1.0
	for _, l := range p.c.Labels {
		w = math.Max(w, textWidth(l, labelSize)+4)
	}
	return w
}

// legend stands above the plot, flush right, in the order of the series.
func (p *plot) legend(cv canvas) {
	x := Width - right
	for i := len(p.c.Series) - 1; i >= 0; i-- {
		x -= textWidth(p.c.Series[i].Name, labelSize)
		cv.text(x, 15, labelSize, start, ink, p.c.Series[i].Name)
		x -= 22
		if p.c.Kind == "line" {
			cv.line([]point{{x, 12}, {x + 18, 12}}, 1.6, palette[i], dashes[i])
			marker(cv, i, x+9, 12)
		} else {
			cv.fill(rect(x+8, 7, 10, 9), palette[i])
		}
		x -= 12
	}
}

func (p *plot) bars(cv canvas) {
	n := float64(len(p.values))
	w := math.Min(p.slot*0.72/n, 46)
	for i := range p.c.Labels {
		x0 := left + (float64(i)+0.5)*p.slot - w*n/2
		for s, row := range p.values {
			if row[i] == nil {
				continue
			}
			v := row[i].InexactFloat64()
			x, y, z := x0+float64(s)*w, p.y(v), p.y(0)
			cv.fill(rect(x+1, math.Min(y, z), w-2, math.Abs(z-y)), palette[s])
			l := valueLabel(*row[i], p.unit)
			if size := fit(l, w*1.12); size > 0 {
				cv.text(x+w/2, above(v, y), size, middle, ink, l)
			}
		}
	}
}

func (p *plot) lines(cv canvas) {
	taken := make([][]float64, len(p.c.Labels)) // baselines of the labels already over a place
	for s, row := range p.values {
		var run []point
		flush := func() {
			if len(run) > 1 {
				cv.line(run, 1.6, palette[s], dashes[s])
			}
			run = nil
		}
		for i := range p.c.Labels {
			if row[i] == nil { // a gap breaks the line, it is never bridged
				flush()
				continue
			}
			v := row[i].InexactFloat64()
			pt := point{left + (float64(i)+0.5)*p.slot, p.y(v)}
			run = append(run, pt)
			marker(cv, s, pt.x, pt.y)
			l := valueLabel(*row[i], p.unit)
			size := fit(l, p.slot)
			if at, ok := free(taken[i], pt.y); ok && size > 0 {
				taken[i] = append(taken[i], at)
				cv.text(pt.x, at, size, middle, ink, l)
			}
		}
		flush()
	}
}

// free finds a baseline over or under a point that no other label covers.
func free(taken []float64, y float64) (float64, bool) {
	for _, at := range []float64{y - 6, y + valueSize + 5} {
		clear := true
		for _, t := range taken {
			clear = clear && math.Abs(t-at) >= valueSize
		}
		if clear {
			return at, true
		}
	}
	return 0, false
}

func above(v, y float64) float64 {
	if v < 0 {
		return y + valueSize + 1
	}
	return y - 3
}

// fit returns the size at which a value label fits into w, 0 when it would be too small to read.
func fit(l string, w float64) float64 {
	for size := valueSize; size >= 5.5; size -= 0.5 {
		if textWidth(l, size) <= w {
			return size
		}
	}
	return 0
}

func rect(x, y, w, h float64) []point {
	return []point{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}}
}

// marker is a square, a triangle, a diamond… by series.
func marker(cv canvas, s int, x, y float64) {
	const r = 3.0
	switch s % 3 {
	case 0:
		cv.fill(rect(x-r+0.5, y-r+0.5, 2*r-1, 2*r-1), palette[s])
	case 1:
		cv.fill([]point{{x, y - r - 0.5}, {x + r + 0.5, y + r}, {x - r - 0.5, y + r}}, palette[s])
	default:
		cv.fill([]point{{x, y - r - 0.5}, {x + r + 0.5, y}, {x, y + r + 0.5}, {x - r - 0.5, y}}, palette[s])
	}
}

// textWidth is near enough for placing: a Chinese character is one em, any other 0.56 em.
func textWidth(s string, size float64) float64 {
	w := 0.0
	for _, r := range s {
		if r > 0x2e80 {
			w++
		} else {
			w += 0.56
		}
	}
	return w * size
}

// trimFloat prints an axis value without binary noise.
func trimFloat(v float64) string { return strconv.FormatFloat(v, 'g', 10, 64) }

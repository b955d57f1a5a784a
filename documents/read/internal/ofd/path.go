package ofd

import (
	"math"
	"strings"

	"github.com/xindiao/xindiao/documents/read/internal/layout"
	"github.com/xindiao/xindiao/documents/read/internal/xmltree"
)

const (
	thin    = 2.5     // points; a filled rectangle up to this is a line
	maxData = 2 << 20 // bytes of one path or of one list of deltas
)

// operators parts operators that were written without blanks.
var operators = strings.NewReplacer("S", " S ", "M", " M ", "L", " L ", "C", " C ")

// path takes the straight lines of a PathObject as rules, and thin filled rectangles, which is how many programs draw
// them. Anything with a curve in it is a seal's ring or an ornament.
func (w *walk) path(n *xmltree.Node, outer matrix) {
	stroke, fill := n.Attr("Stroke") != "false", n.Attr("Fill") == "true"
	if !stroke && !fill {
		return
	}
	b, _ := boxOf(n.Attr("Boundary"))
	m := ctm(n, b, outer)
	var polys [][][2]float64
	var poly [][2]float64
	end := func() {
		if len(poly) > 1 {
			polys = append(polys, poly)
		}
		poly = nil
	}
	// Operators and operands stand in one list: M x y, L x y, C, and the curves Q, B, A (clause 9.1, table 36).
	data := n.Kid("AbbreviatedData").Value()
	if len(data) > maxData {
		w.page.Cut = true
		return
	}
	fields := strings.Fields(operators.Replace(data))
	for i := 0; i < len(fields); {
		if w.objects++; w.objects > maxObjects {
			w.page.Cut = true
			break
		}
		op := fields[i]
		i++
		switch op {
		case "S", "M", "L":
			if i+2 > len(fields) {
				i = len(fields)
				break
			}
			v := numbers(fields[i]+" "+fields[i+1], 2)
			i += 2
			if len(v) < 2 {
				return
			}
			if op != "L" {
				end()
			}
			x, y := m.apply(v[0], v[1])
			poly = append(poly, [2]float64{x * point, y * point})
		case "C":
			if len(poly) > 0 {
				poly = append(poly, poly[0])
			}
		default:
			return
		}
	}
	end()
	for _, p := range polys {
		w.polygon(p, stroke)
	}
}

func (w *walk) polygon(poly [][2]float64, stroke bool) {
	x0, y0, x1, y1 := poly[0][0], poly[0][1], poly[0][0], poly[0][1]
	for _, p := range poly[1:] {
		x0, y0, x1, y1 = min(x0, p[0]), min(y0, p[1]), max(x1, p[0]), max(y1, p[1])
	}
	switch {
	case y1-y0 <= thin && x1-x0 > 2*(y1-y0):
		w.rule(true, (y0+y1)/2, x0, x1)
	case x1-x0 <= thin && y1-y0 > 2*(x1-x0):
		w.rule(false, (x0+x1)/2, y0, y1)
	case stroke:
		for i := 1; i < len(poly); i++ {
			a, b := poly[i-1], poly[i]
			if math.Abs(a[1]-b[1]) < 0.5 {
				w.rule(true, (a[1]+b[1])/2, min(a[0], b[0]), max(a[0], b[0]))
			} else if math.Abs(a[0]-b[0]) < 0.5 {
				w.rule(false, (a[0]+b[0])/2, min(a[1], b[1]), max(a[1], b[1]))
			}
		}
	}
}

func (w *walk) rule(horizontal bool, pos, from, to float64) {
	if to-from >= 1 && pos > -50 && !math.IsNaN(pos+from+to) && !math.IsInf(pos+from+to, 0) && math.Abs(pos+from+to) < 1e7 && len(w.page.Rules) < maxObjects {
		w.page.Rules = append(w.page.Rules, layout.Rule{Horizontal: horizontal, Pos: pos, From: from, To: to})
	}
}

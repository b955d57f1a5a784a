package ofd

import (
	"strings"

	"github.com/xindiao/xindiao/documents/read/internal/layout"
	"github.com/xindiao/xindiao/documents/read/internal/xmltree"
)

const maxData = 2 << 20 // bytes of one path or of one list of deltas

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
		if len(w.page.Rules) < maxObjects {
			w.page.Rules = append(w.page.Rules, layout.Drawn(p, stroke)...)
		}
	}
}

package ofd

import (
	"math"
	"strconv"
	"strings"

	"github.com/xindiao/xindiao/documents/read/internal/xmltree"
	"github.com/xindiao/xindiao/dossier"
)

const point = 72 / 25.4 // points of a millimetre, the unit of OFD

// matrix is a transformation: x' = ax + cy + e, y' = bx + dy + f (GB/T 33190 table 38 writes it a b c d e f).
type matrix struct{ a, b, c, d, e, f float64 }

func (m matrix) apply(x, y float64) (float64, float64) {
	return m.a*x + m.c*y + m.e, m.b*x + m.d*y + m.f
}

// turn applies the matrix without its shift.
func (m matrix) turn(x, y float64) (float64, float64) { return m.a*x + m.c*y, m.b*x + m.d*y }

// then is m first, n after it.
func (m matrix) then(n matrix) matrix {
	return matrix{
		m.a*n.a + m.b*n.c, m.a*n.b + m.b*n.d,
		m.c*n.a + m.d*n.c, m.c*n.b + m.d*n.d,
		m.e*n.a + m.f*n.c + n.e, m.e*n.b + m.f*n.d + n.f,
	}
}

var identity = matrix{1, 0, 0, 1, 0, 0}

// box is x, y, width and height in millimetres.
type box struct{ x, y, w, h float64 }

// place is the box as drawn under m, in points.
func (b box) place(m matrix) dossier.Box {
	out := dossier.Box{X0: math.Inf(1), Y0: math.Inf(1), X1: math.Inf(-1), Y1: math.Inf(-1)}
	for _, c := range [][2]float64{{b.x, b.y}, {b.x + b.w, b.y}, {b.x, b.y + b.h}, {b.x + b.w, b.y + b.h}} {
		x, y := m.apply(c[0], c[1])
		out.X0, out.Y0, out.X1, out.Y1 = min(out.X0, x*point), min(out.Y0, y*point), max(out.X1, x*point), max(out.Y1, y*point)
	}
	return out
}

// finite tells whether a box can be used.
func finite(b dossier.Box) bool {
	s := b.X0 + b.Y0 + b.X1 + b.Y1
	return !math.IsNaN(s) && !math.IsInf(s, 0) && math.Abs(s) < 1e7
}

// numbers reads up to n numbers parted by blanks; what is none ends the list.
func numbers(s string, n int) []float64 {
	out := make([]float64, 0, min(n, 8))
	for len(out) < n {
		s = strings.TrimLeft(s, " \t\r\n,")
		end := strings.IndexAny(s, " \t\r\n,")
		if end < 0 {
			end = len(s)
		}
		if end == 0 {
			break
		}
		v, err := strconv.ParseFloat(s[:end], 64)
		if err != nil || math.IsNaN(v) || math.Abs(v) > 1e6 {
			break
		}
		out, s = append(out, v), s[end:]
	}
	return out
}

func number(s string, otherwise float64) float64 {
	if v := numbers(s, 1); len(v) == 1 {
		return v[0]
	}
	return otherwise
}

func boxOf(s string) (box, bool) {
	v := numbers(s, 4)
	if len(v) < 4 || v[2] < 0 || v[3] < 0 {
		return box{}, false
	}
	return box{v[0], v[1], v[2], v[3]}, true
}

// areaOf is a page's box: the physical one, or what stands for it.
func areaOf(n *xmltree.Node, otherwise box) box {
	for _, name := range []string{"PhysicalBox", "ApplicationBox", "ContentBox"} {
		if b, ok := boxOf(n.Kid(name).Value()); ok && b.w > 1 && b.h > 1 && b.w < 20_000 && b.h < 20_000 {
			return b
		}
	}
	return otherwise
}

// ctm is an object's own matrix, then its shift to the boundary, then what is around it.
func ctm(n *xmltree.Node, b box, outer matrix) matrix {
	m := identity
	if v := numbers(n.Attr("CTM"), 6); len(v) == 6 {
		m = matrix{v[0], v[1], v[2], v[3], v[4], v[5]}
	}
	return m.then(matrix{1, 0, 0, 1, b.x, b.y}).then(outer)
}

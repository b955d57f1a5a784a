package pdfium

import "github.com/tetratelabs/wazero/api"

// Matrix is a PDF transformation: x' = ax + cy + e, y' = bx + dy + f.
type Matrix struct{ A, B, C, D, E, F float64 }

// Identity changes nothing.
var Identity = Matrix{A: 1, D: 1}

// Apply maps a point.
func (m Matrix) Apply(x, y float64) (float64, float64) {
	return m.A*x + m.C*y + m.E, m.B*x + m.D*y + m.F
}

// Then is m first, n after it.
func (m Matrix) Then(n Matrix) Matrix {
	return Matrix{
		m.A*n.A + m.B*n.C, m.A*n.B + m.B*n.D,
		m.C*n.A + m.D*n.C, m.C*n.B + m.D*n.D,
		m.E*n.A + m.F*n.C + n.E, m.E*n.B + m.F*n.D + n.F,
	}
}

// Segment is one step of a path, in user space.
type Segment struct {
	Kind  SegmentKind
	X, Y  float64
	Close bool
}

// SegmentKind is how a path goes on.
type SegmentKind int32

// Kinds as PDFium numbers them.
const (
	LineTo   SegmentKind = 0
	BezierTo SegmentKind = 1
	MoveTo   SegmentKind = 2
)

// Visitor takes what Walk finds.
type Visitor struct {
	Path  func(segs []Segment, stroke, fill bool) // straight ones only; segs is valid during the call
	Image func(Box)
	Text  func() // a text object, whether or not its glyphs have a meaning
}

// Walk visits paths and images, those in forms too, at most limit objects and segments in all.
func (p *Page) Walk(v Visitor, limit int) error {
	n, err := p.r.call("FPDFPage_CountObjects", p.p)
	if err != nil {
		return err
	}
	w := walk{Raw: p.r, v: v, left: limit}
	w.get, w.kind, w.mode, w.count = w.function("FPDFPage_GetObject"), w.function("FPDFPageObj_GetType"), w.function("FPDFPath_GetDrawMode"), w.function("FPDFPath_CountSegments")
	w.bounds, w.transform = w.function("FPDFPageObj_GetBounds"), w.function("FPDFPageObj_GetMatrix")
	w.segment, w.point = w.function("FPDFPath_GetPathSegment"), w.function("FPDFPathSegment_GetPoint")
	w.segKind, w.closes = w.function("FPDFPathSegment_GetType"), w.function("FPDFPathSegment_GetClose")
	for i := 0; i < int(int32(uint32(n))) && w.left > 0; i++ {
		o, err := w.fast(w.get, p.p, uint64(i))
		if err != nil {
			return err
		}
		if err := w.object(o, Identity, 0); err != nil {
			return err
		}
	}
	return nil
}

type walk struct {
	*Raw
	v    Visitor
	segs []Segment
	left int

	get, kind, mode, count, bounds, transform, segment, point, segKind, closes api.Function
}

func (w *walk) object(o uint64, outer Matrix, depth int) error {
	if w.left--; o == 0 || w.left < 0 {
		return nil
	}
	kind, err := w.fast(w.kind, o)
	if err != nil {
		return err
	}
	switch uint32(kind) {
	case 1:
		w.v.Text()
	case 2:
		return w.path(o, outer)
	case 3:
		b, ok, err := w.box(o, outer)
		if err != nil || !ok {
			return err
		}
		w.v.Image(b)
	case 5:
		m, err := w.matrix(o)
		if err != nil || depth > 8 {
			return err
		}
		n, err := w.call("FPDFFormObj_CountObjects", o)
		if err != nil {
			return err
		}
		for i := 0; i < int(int32(uint32(n))) && w.left > 0; i++ {
			in, err := w.call("FPDFFormObj_GetObject", o, uint64(i))
			if err != nil {
				return err
			}
			if err := w.object(in, m.Then(outer), depth+1); err != nil {
				return err
			}
		}
	}
	return nil
}

// box is what an object covers.
func (w *walk) box(o uint64, outer Matrix) (b Box, ok bool, err error) {
	done, err := w.fast(w.bounds, o, w.at(0), w.at(4), w.at(8), w.at(12))
	if err != nil || uint32(done) == 0 {
		return b, false, err
	}
	m := w.read(16)
	x0, y0 := outer.Apply(f32(m, 0), f32(m, 1))
	x1, y1 := outer.Apply(f32(m, 2), f32(m, 3))
	return Box{min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)}, true, nil
}

func (w *walk) matrix(o uint64) (Matrix, error) {
	ok, err := w.fast(w.transform, o, w.at(0))
	if err != nil || uint32(ok) == 0 {
		return Identity, err
	}
	m := w.read(24)
	return Matrix{f32(m, 0), f32(m, 1), f32(m, 2), f32(m, 3), f32(m, 4), f32(m, 5)}, nil
}

func (w *walk) path(o uint64, outer Matrix) error {
	ok, err := w.fast(w.mode, o, w.at(0), w.at(4))
	if err != nil || uint32(ok) == 0 {
		return err
	}
	m := w.read(8)
	fill, stroke := u32(m, 0) != 0, u32(m, 1) != 0
	if !fill && !stroke {
		return nil // clip paths and invisible ones
	}
	n, err := w.fast(w.count, o)
	if err != nil {
		return err
	}
	if !stroke && int32(uint32(n)) <= 5 { // one filled quadrangle, as cells' borders are: its box tells all
		w.left--
		b, ok, err := w.box(o, outer)
		if err == nil && ok {
			w.segs = append(w.segs[:0], Segment{MoveTo, b.L, b.B, false}, Segment{LineTo, b.R, b.B, false}, Segment{LineTo, b.R, b.T, false}, Segment{LineTo, b.L, b.T, true})
			w.v.Path(w.segs, stroke, fill)
		}
		return err
	}
	own, err := w.matrix(o)
	if err != nil {
		return err
	}
	own = own.Then(outer)
	w.segs = w.segs[:0]
	for i := 0; i < int(int32(uint32(n))) && w.left > 0; i++ {
		w.left--
		s, err := w.fast(w.segment, o, uint64(i))
		if err != nil {
			return err
		}
		if s == 0 {
			return nil
		}
		kind, err := w.fast(w.segKind, s)
		if err != nil {
			return err
		}
		if SegmentKind(int32(uint32(kind))) == BezierTo {
			return nil // rounded shapes and seals rule no tables
		}
		if _, err := w.fast(w.point, s, w.at(0), w.at(4)); err != nil {
			return err
		}
		m := w.read(8)
		x, y := own.Apply(f32(m, 0), f32(m, 1))
		closed, err := w.fast(w.closes, s)
		if err != nil {
			return err
		}
		w.segs = append(w.segs, Segment{SegmentKind(int32(uint32(kind))), x, y, uint32(closed) != 0})
	}
	w.v.Path(w.segs, stroke, fill)
	return nil
}

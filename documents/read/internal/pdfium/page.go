package pdfium

import (
	"errors"
	"math"
)

// ErrNoPage is returned for a page that PDFium cannot make; the instance is still good.
var ErrNoPage = errors.New("pdfium: page cannot be loaded")

// Page is a loaded page; Close it.
type Page struct {
	r *Raw
	p uint64
	i int
}

// Box is a rectangle in the page's user space, y upwards, in points.
type Box struct{ L, B, R, T float64 }

// Load makes page i, from 0.
func (r *Raw) Load(i int) (*Page, error) {
	p, err := r.call("FPDF_LoadPage", r.doc, uint64(i))
	if err != nil {
		return nil, err
	}
	if p == 0 {
		return nil, ErrNoPage
	}
	return &Page{r, p, i}, nil
}

// Close gives the page's memory back.
func (p *Page) Close() {
	if p.p != 0 {
		_, _ = p.r.call("FPDF_ClosePage", p.p)
		p.p = 0
	}
}

// Bounds is the visible part of the page, and the quarter turns clockwise at which it is shown.
func (p *Page) Bounds() (b Box, turn int, err error) {
	ok, err := p.r.call("FPDF_GetPageBoundingBox", p.p, p.r.at(0))
	if err != nil {
		return b, 0, err
	}
	if uint32(ok) == 0 {
		return b, 0, ErrNoPage
	}
	m := p.r.read(16)
	b = Box{L: f32(m, 0), T: f32(m, 1), R: f32(m, 2), B: f32(m, 3)}
	if s := b.L + b.T + b.R + b.B; math.IsNaN(s) || math.IsInf(s, 0) {
		return b, 0, ErrNoPage
	}
	n, err := p.r.call("FPDFPage_GetRotation", p.p)
	return b, int(n) & 3, err
}

// Char is one character of the text layer. Places are in user space, y upwards.
type Char struct {
	R              rune
	Box            Box     // loose: the font's height, the glyph's advance
	OX, OY         float64 // origin
	A, B           float64 // where the text's x axis points
	Size           float64 // em, in user space
	Color          uint32  // 0xRRGGBB
	Generated      bool    // not in the file: PDFium guessed a blank from the distance
	Invisible      bool    // text render mode 3
	Unmapped       bool    // the font does not say which character the glyph is
	Object, Number int     // its text object, counted along the page; its index in PDFium's text
}

// style is what all characters of a text object share.
type style struct {
	a, b, size float64
	color      uint32
	invisible  bool
}

// Chars reads up to limit characters. It stops early without an error when stop says so.
func (p *Page) Chars(limit int, stop func() bool) ([]Char, error) {
	r := p.r
	tp, err := r.call("FPDFText_LoadPage", p.p)
	if err != nil || tp == 0 {
		return nil, err
	}
	defer func() { _, _ = r.call("FPDFText_ClosePage", tp) }()
	count, err := r.call("FPDFText_CountChars", tp)
	n := int(int32(uint32(count)))
	if err != nil || n <= 0 {
		return nil, err
	}
	unicode, box, origin, object := r.function("FPDFText_GetUnicode"), r.function("FPDFText_GetLooseCharBox"), r.function("FPDFText_GetCharOrigin"), r.function("FPDFText_GetTextObject")
	generated, unmapped := r.function("FPDFText_IsGenerated"), r.function("FPDFText_HasUnicodeMapError")
	out := make([]Char, 0, min(n, limit))
	var last uint64
	var st style
	objects := 0
	for i := 0; i < n && len(out) < limit; i++ {
		if i%4096 == 4095 && stop != nil && stop() {
			break
		}
		u, err := r.fast(unicode, tp, uint64(i))
		if err != nil {
			return out, err
		}
		c := Char{R: rune(uint32(u) & 0x1fffff), Number: i}
		if c.R == '\r' || c.R == '\n' {
			continue
		}
		ok, err := r.fast(box, tp, uint64(i), r.at(0))
		if err != nil {
			return out, err
		}
		if uint32(ok) == 0 {
			continue
		}
		m := r.read(16)
		c.Box = Box{L: f32(m, 0), T: f32(m, 1), R: f32(m, 2), B: f32(m, 3)}
		if ok, err = r.fast(origin, tp, uint64(i), r.at(0), r.at(8)); err != nil {
			return out, err
		}
		if uint32(ok) != 0 {
			m = r.read(16)
			c.OX, c.OY = f64(m, 0), f64(m, 1)
		} else {
			c.OX, c.OY = c.Box.L, c.Box.B
		}
		o, err := r.fast(object, tp, uint64(i))
		if err != nil {
			return out, err
		}
		if o != last || i == 0 {
			if st, err = r.style(tp, i, uint32(o)); err != nil {
				return out, err
			}
			last = o
			objects++
		}
		c.A, c.B, c.Size, c.Color, c.Invisible, c.Object = st.a, st.b, st.size, st.color, st.invisible, objects
		if c.R == ' ' {
			g, err := r.fast(generated, tp, uint64(i))
			if err != nil {
				return out, err
			}
			c.Generated = int32(uint32(g)) == 1
		}
		if c.R < ' ' || c.R == 0xfffd || c.R >= 0xe000 && c.R <= 0xf8ff {
			g, err := r.fast(unmapped, tp, uint64(i))
			if err != nil {
				return out, err
			}
			c.Unmapped = int32(uint32(g)) == 1
		}
		out = append(out, c)
	}
	return out, nil
}

func (r *Raw) style(tp uint64, i int, object uint32) (s style, err error) {
	s.a = 1
	if _, err = r.call("FPDFText_GetFontSize", tp, uint64(i)); err != nil {
		return s, err
	}
	s.size = math.Float64frombits(r.stack[0])
	ok, err := r.call("FPDFText_GetMatrix", tp, uint64(i), r.at(0))
	if err != nil {
		return s, err
	}
	if uint32(ok) != 0 {
		m := r.read(24)
		s.a, s.b = f32(m, 0), f32(m, 1)
		s.size *= math.Hypot(f32(m, 2), f32(m, 3))
	}
	if ok, err = r.call("FPDFText_GetFillColor", tp, uint64(i), r.at(0), r.at(4), r.at(8), r.at(12)); err != nil {
		return s, err
	}
	if uint32(ok) != 0 {
		m := r.read(16)
		s.color = u32(m, 0)&255<<16 | u32(m, 1)&255<<8 | u32(m, 2)&255
	}
	if object != 0 {
		mode, err := r.call("FPDFTextObj_GetTextRenderMode", uint64(object))
		if err != nil {
			return s, err
		}
		s.invisible = uint32(mode) == 3
	}
	return s, nil
}

package read

import (
	"sort"
	"unicode"

	"github.com/xindiao/xindiao/documents/read/internal/layout"
	"github.com/xindiao/xindiao/documents/read/internal/pdfium"
	"github.com/xindiao/xindiao/dossier"
)

// textLayer is a page's text layer as it is shown.
type textLayer struct {
	glyphs    []layout.Glyph
	visible   int // glyphs that are no blanks
	invisible int // of those: drawn without ink
	lost      int // glyphs whose font does not tell what they mean
	v         view
}

func toGlyphs(chars []pdfium.Char, v view) *textLayer {
	t := &textLayer{v: v, glyphs: make([]layout.Glyph, 0, len(chars))}
	ox, oy := v.point(0, 0)
	for _, c := range chars {
		if c.Unmapped || c.R == 0 || c.R == 0xfffd {
			t.lost++
		}
		r := cleanRune(c.R)
		if r <= 0 {
			continue
		}
		b := v.box(c.Box)
		g := layout.Glyph{R: r, Seq: c.Number, X0: b.X0, Y0: b.Y0, X1: b.X1, Y1: b.Y1, Em: c.Size, Color: c.Color, Soft: c.Generated}
		g.OX, g.OY = v.point(c.OX, c.OY)
		dx, dy := v.point(c.A, c.B)
		g.DX, g.DY = dx-ox, dy-oy
		if !g.Finite() {
			continue
		}
		if r != ' ' {
			t.visible++
			if c.Invisible {
				t.invisible++
			}
		}
		t.glyphs = append(t.glyphs, g)
	}
	return t
}

// odd counts letters that Chinese papers do not have, accented Latin ones and private codes, and the sound ones.
func (t *textLayer) odd() (odd, sound int) {
	for _, g := range t.glyphs {
		switch r := g.R; {
		case r >= 0xc0 && r <= 0x24f && r != 0xd7 && r != 0xf7, r == 0xa5 || r == 0xaf || r == 0xa8 || r == 0xb8, r >= 0xe000 && r <= 0xf8ff:
			odd++
		case unicode.IsLetter(r):
			sound++
		}
	}
	return odd, sound
}

// garbled tells a text layer whose fonts map Chinese characters to anything. Digits often survive, so they are no sign
// of health.
func (t *textLayer) garbled() bool {
	odd, sound := t.odd()
	return odd >= 10 && 2*odd > sound
}

// spotty tells a text layer in which single characters are mapped wrongly.
func (t *textLayer) spotty() bool {
	odd, sound := t.odd()
	return odd >= 5 && 40*odd > sound && !t.garbled()
}

// within counts the glyphs with ink that stand on a picture.
func (t *textLayer) within(b dossier.Box) (n int) {
	for _, g := range t.glyphs {
		if g.R != ' ' && inside(b, g) {
			n++
		}
	}
	return n
}

func inside(b dossier.Box, g layout.Glyph) bool {
	x, y := (g.X0+g.X1)/2, (g.Y0+g.Y1)/2
	return x > b.X0 && x < b.X1 && y > b.Y0 && y < b.Y1
}

// beside puts the text layer's words onto a page that was read by OCR, in place of what OCR read of them: the text
// layer is exact. What stands on the picture itself stays as OCR read it.
func (t *textLayer) beside(p *dossier.Page, picture dossier.Box) {
	var out []layout.Glyph
	for _, g := range t.glyphs {
		if !inside(picture, g) {
			out = append(out, g)
		}
	}
	res := layout.Build(out, nil, p.Width, p.Height)
	if len(res.Lines) == 0 {
		return
	}
	var lines []dossier.Line
	for _, l := range p.Lines {
		if l.Box == nil || !overlaps(*l.Box, res.Lines) {
			lines = append(lines, l)
		}
	}
	p.Lines = append(lines, res.Lines...)
	p.Tables = append(p.Tables, res.Tables...)
	sort.SliceStable(p.Lines, func(i, j int) bool { return top(p.Lines[i]) < top(p.Lines[j]) })
}

// overlaps tells whether a line's box lies mostly on one of the lines.
func overlaps(b dossier.Box, lines []dossier.Line) bool {
	for _, l := range lines {
		w := min(b.X1, l.Box.X1) - max(b.X0, l.Box.X0)
		h := min(b.Y1, l.Box.Y1) - max(b.Y0, l.Box.Y0)
		if w > 0.5*(b.X1-b.X0) && h > 0.5*(b.Y1-b.Y0) {
			return true
		}
	}
	return false
}

func top(l dossier.Line) float64 {
	if l.Box == nil {
		return 0
	}
	return l.Box.Y0
}

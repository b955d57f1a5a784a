package read

import (
	"strings"

	"github.com/xindiao/xindiao/documents/read/internal/layout"
	"github.com/xindiao/xindiao/documents/read/internal/pdfium"
	"github.com/xindiao/xindiao/dossier"
)

// commentMark begins a line that holds a reviewer's remark, which is no part of the paper itself.
const commentMark = "[批注] "

// noteGlyphs sets what form fields hold, and free text without an appearance, in its place among the page's glyphs.
func noteGlyphs(notes []pdfium.Annot, v view) (out []layout.Glyph) {
	seq := maxGlyphs
	for _, n := range notes {
		b := v.box(n.Box)
		var lines []string
		switch n.Kind {
		case pdfium.CheckBox:
			lines = []string{"☐"}
			if n.Checked {
				lines = []string{"☑"}
			}
		case pdfium.Field, pdfium.Note:
			lines = textLines(n.Text)
		default:
			continue
		}
		h := (b.Y1 - b.Y0) / float64(max(len(lines), 1))
		em := min(12, max(0.7*h, 1))
		for i, l := range lines {
			mid := b.Y0 + (float64(i)+0.5)*h
			w := min(max(b.X1-b.X0-4, 1), em*width(l))
			g := layout.Glyph{Text: l, Seq: seq, Em: em, X0: b.X0 + 2, X1: b.X0 + 2 + w, Y0: mid - em/2, Y1: mid + em/2,
				OX: b.X0 + 2, OY: mid + 0.35*em, DX: 1}
			if l != "" && g.Finite() {
				out = append(out, g)
				seq++
			}
		}
	}
	return out
}

// width is how wide a text is set, in em.
func width(s string) (w float64) {
	for _, r := range s {
		if r < 0x2e80 {
			w += 0.55
		} else {
			w++
		}
	}
	return w
}

// textLines cuts a value into cleaned lines, at most 200.
func textLines(s string) (out []string) {
	for _, l := range strings.Split(Clean(s), "\n") {
		if l = oneLine(l); l != "" && len(out) < 200 {
			out = append(out, l)
		}
	}
	return out
}

// comments are the lines that hold remarks; they come last.
func comments(notes []pdfium.Annot, v view) (out []dossier.Line) {
	for _, n := range notes {
		if n.Kind != pdfium.Comment {
			continue
		}
		text := oneLine(Clean(n.Text))
		if who := oneLine(Clean(n.Author)); who != "" {
			text = who + "：" + text
		}
		b := v.box(n.Box)
		out = append(out, dossier.Line{Text: commentMark + text, Box: &b, Confidence: 1})
	}
	return out
}

// addNotes puts fields and remarks onto a page that was read by OCR.
func addNotes(p *dossier.Page, notes []pdfium.Annot, v view) {
	res := layout.Build(noteGlyphs(notes, v), nil, v.w, v.h)
	p.Lines = append(append(p.Lines, res.Lines...), comments(notes, v)...)
}

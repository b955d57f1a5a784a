package layout

import "github.com/xindiao/xindiao/dossier"

// turned is a page whose text runs from left to right; turn says how it was turned to get there.
type turned struct {
	glyphs []Glyph
	rules  []Rule
	turn   int // quarter turns clockwise of the writing direction on the page as shown
	w, h   float64
}

// upright finds the direction that most glyphs run in and turns the page so that it is left to right.
func upright(glyphs []Glyph, rules []Rule, w, h float64) turned {
	var n [4]int
	for _, g := range glyphs {
		if q := quarter(g.DX, g.DY); q >= 0 {
			n[q]++
		}
	}
	turn := 0
	for q := 1; q < 4; q++ {
		if n[q] > n[turn] {
			turn = q
		}
	}
	t := turned{glyphs: append([]Glyph(nil), glyphs...), rules: append([]Rule(nil), rules...), turn: turn, w: w, h: h}
	if turn == 0 {
		return t
	}
	for i := range t.glyphs {
		g := &t.glyphs[i]
		x0, y0 := t.point(g.X0, g.Y0)
		x1, y1 := t.point(g.X1, g.Y1)
		g.X0, g.Y0, g.X1, g.Y1 = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
		g.OX, g.OY = t.point(g.OX, g.OY)
		ox, oy := t.point(0, 0)
		dx, dy := t.point(g.DX, g.DY)
		g.DX, g.DY = dx-ox, dy-oy
	}
	for i, r := range t.rules {
		var x0, y0, x1, y1 float64
		if r.Horizontal {
			x0, y0 = t.point(r.From, r.Pos)
			x1, y1 = t.point(r.To, r.Pos)
		} else {
			x0, y0 = t.point(r.Pos, r.From)
			x1, y1 = t.point(r.Pos, r.To)
		}
		if r.Horizontal == (turn == 2) {
			t.rules[i] = Rule{true, y0, min(x0, x1), max(x0, x1)}
		} else {
			t.rules[i] = Rule{false, x0, min(y0, y1), max(y0, y1)}
		}
	}
	return t
}

// quarter is the number of quarter turns clockwise of a direction, -1 for slanted ones.
func quarter(dx, dy float64) int {
	ax, ay := abs(dx), abs(dy)
	switch {
	case ay <= 0.04*ax && dx >= 0:
		return 0
	case ay <= 0.04*ax:
		return 2
	case ax <= 0.04*ay && dy > 0:
		return 1
	case ax <= 0.04*ay:
		return 3
	}
	return -1
}

// point turns a place on the page as shown into one on the page with upright text.
func (t turned) point(x, y float64) (float64, float64) {
	switch t.turn {
	case 1: // text runs downwards: turn the page anticlockwise
		return y, t.w - x
	case 2:
		return t.w - x, t.h - y
	case 3:
		return t.h - y, x
	}
	return x, y
}

// restore gives the boxes their places on the page as shown.
func (t turned) restore(res *Result) {
	if t.turn == 0 {
		return
	}
	for i := range res.Lines {
		t.back(res.Lines[i].Box)
	}
	for _, tab := range res.Tables {
		for _, row := range tab.Rows {
			for i := range row {
				t.back(row[i].Box)
			}
		}
	}
}

func (t turned) back(b *dossier.Box) {
	if b == nil {
		return
	}
	inv := func(x, y float64) (float64, float64) {
		switch t.turn {
		case 1:
			return t.w - y, x
		case 2:
			return t.w - x, t.h - y
		}
		return y, t.h - x
	}
	x0, y0 := inv(b.X0, b.Y0)
	x1, y1 := inv(b.X1, b.Y1)
	*b = dossier.Box{X0: min(x0, x1), Y0: min(y0, y1), X1: max(x0, x1), Y1: max(y0, y1)}
}

func abs(x float64) float64 {
	if x < 0 {
		return -x
	}
	return x
}

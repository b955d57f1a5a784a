package ofd

import (
	"math"
	"strconv"
	"strings"
	"unicode"

	"github.com/xindiao/xindiao/documents/read/internal/layout"
	"github.com/xindiao/xindiao/documents/read/internal/xmltree"
)

// text reads a TextObject (GB/T 33190 clause 11): every TextCode is a run of characters whose origins lie DeltaX and
// DeltaY apart.
func (w *walk) text(n *xmltree.Node, outer matrix) {
	b, _ := boxOf(n.Attr("Boundary"))
	r := &run{w: w, m: ctm(n, b, outer), size: number(n.Attr("Size"), 0), stretch: number(n.Attr("HScale"), 1), width: b.w}
	if r.size <= 0 || r.size > 5000 {
		r.size = 3.175 // 9 points
	}
	if r.stretch <= 0 || r.stretch > 10 {
		r.stretch = 1
	}
	r.dx, r.dy = r.m.turn(direction(n.Attr("CharDirection")))
	r.colour = colour(n.Kid("FillColor"))
	var all strings.Builder
	for _, c := range n.All("TextCode") {
		r.code(c)
		all.WriteString(c.Text)
	}
	if id := n.Attr("ID"); id != "" && len(w.page.Texts) < maxObjects {
		w.page.Texts[id] = trimSpace(all.String())
	}
}

// direction is where a character's foot points to, by its CharDirection in degrees clockwise.
func direction(s string) (x, y float64) {
	switch s {
	case "90":
		return 0, 1
	case "180":
		return -1, 0
	case "270":
		return 0, -1
	}
	return 1, 0
}

// run is one text object on its way to glyphs; x and y are where its next TextCode begins when it does not say.
type run struct {
	w             *walk
	m             matrix
	size, stretch float64
	width         float64 // of the object's boundary
	dx, dy        float64
	colour        uint32
	x, y          float64
}

func (r *run) code(c *xmltree.Node) {
	rs := []rune(strings.Trim(c.Text, "\r\n\t"))
	if room := maxGlyphs - len(r.w.page.Glyphs); len(rs) > room {
		rs, r.w.page.Cut = rs[:max(room, 0)], true
	}
	if len(rs) == 0 {
		return
	}
	r.x, r.y = number(c.Attr("X"), r.x), number(c.Attr("Y"), r.y)
	dxs, dys := deltas(c.Attr("DeltaX"), len(rs)-1), deltas(c.Attr("DeltaY"), len(rs)-1)
	if len(dxs) == 0 && len(dys) == 0 {
		dxs = r.natural(rs)
	}
	if r.column(rs, dxs, dys) {
		return
	}
	x, y := r.x, r.y
	for i, ch := range rs {
		step := math.Hypot(at(dxs, i), at(dys, i))
		if i == len(rs)-1 {
			step = 0
		}
		r.glyph(ch, x, y, step)
		x, y = x+at(dxs, i), y+at(dys, i)
	}
}

// at is the i-th delta; a list that is too short goes on as it ended.
func at(list []float64, i int) float64 {
	switch {
	case i < len(list):
		return list[i]
	case len(list) > 0:
		return list[len(list)-1]
	}
	return 0
}

// natural makes up the distances that a run leaves to the font: a square for Chinese, half of one for the rest,
// pressed together when the boundary is narrower.
func (r *run) natural(rs []rune) []float64 {
	if len(rs) < 2 {
		return nil
	}
	out := make([]float64, len(rs)-1)
	sum := 0.0
	for i := range out {
		out[i] = r.advance(rs[i])
		sum += out[i]
	}
	if room := r.width - r.x - r.advance(rs[len(rs)-1]); room > 0 && sum > room {
		for i := range out {
			out[i] *= room / sum
		}
	}
	return out
}

// advance is about how wide a character is set.
func (r *run) advance(ch rune) float64 {
	if square(ch) {
		return r.size * r.stretch
	}
	return 0.5 * r.size * r.stretch
}

func square(ch rune) bool { return ch >= 0x2e80 || ch >= 0x2010 && ch <= 0x2027 }

// glyph adds one character whose origin is x, y on the baseline; the next one stands step away, 0 for the last.
func (r *run) glyph(ch rune, x, y, step float64) {
	if ch == '\n' || ch == '\r' || ch == '\t' {
		ch = ' '
	}
	if ch == '¤' || unicode.Is(unicode.Co, ch) {
		r.w.page.Garbled++
	}
	wide := r.advance(ch)
	if step > 0 && step <= 1.2*r.size*max(r.stretch, 1) {
		wide = step // set tight or a little apart: they belong together
	}
	g := layout.Glyph{R: ch, Seq: r.w.seq, Color: r.colour, DX: r.dx, DY: r.dy}
	r.w.seq++
	b := box{x, y - 0.86*r.size, wide, r.size}.place(r.m)
	g.X0, g.Y0, g.X1, g.Y1 = b.X0, b.Y0, b.X1, b.Y1
	ox, oy := r.m.apply(x, y)
	g.OX, g.OY = ox*point, oy*point
	g.Em = r.size * math.Hypot(r.m.c, r.m.d) * point
	if g.Finite() && finite(b) {
		r.w.page.Glyphs = append(r.w.page.Glyphs, g)
	}
}

// column takes upright Chinese set from top to bottom as one word: 购买方信息 beside the rows of its box.
func (r *run) column(rs []rune, dxs, dys []float64) bool {
	if len(rs) < 2 || len(rs) > 40 || len(dys) == 0 || math.Abs(r.dy) > 0.04*math.Abs(r.dx) || r.dx <= 0 {
		return false
	}
	for i := range len(rs) - 1 {
		if at(dys, i) <= 0.5*r.size || math.Abs(at(dxs, i)) > 0.1*r.size || !square(rs[i]) {
			return false
		}
	}
	end := r.y
	for i := range len(rs) - 1 {
		end += at(dys, i)
	}
	b := box{r.x, r.y - 0.86*r.size, r.size * r.stretch, end - r.y + r.size}.place(r.m)
	g := layout.Glyph{Text: string(rs), Seq: r.w.seq, Color: r.colour, DX: r.dx, DY: r.dy, X0: b.X0, Y0: b.Y0, X1: b.X1, Y1: b.Y1}
	r.w.seq++
	g.Em = r.size * math.Hypot(r.m.c, r.m.d) * point
	g.OX, g.OY = b.X0, (b.Y0+b.Y1)/2+0.36*g.Em
	if !g.Finite() || !finite(b) {
		return false
	}
	r.w.page.Glyphs = append(r.w.page.Glyphs, g)
	return true
}

// deltas reads distances; "g n v" stands for n times v (GB/T 33190 clause 11.3). No more than max are made, however
// many are asked for.
func deltas(s string, max int) []float64 {
	var out []float64
	fields := strings.Fields(s[:min(len(s), maxData)])
	for i := 0; i < len(fields) && len(out) < max; i++ {
		if fields[i] == "g" && i+2 < len(fields) {
			n, err := strconv.ParseFloat(fields[i+1], 64)
			v := numbers(fields[i+2], 1)
			if err != nil || len(v) == 0 {
				return out
			}
			for ; n >= 1 && len(out) < max; n-- {
				out = append(out, v[0])
			}
			i += 2
			continue
		}
		v := numbers(fields[i], 1)
		if len(v) == 0 {
			return out
		}
		out = append(out, v[0])
	}
	return out
}

// colour reads 0xRRGGBB of a colour of one (grey), three (RGB) or four (CMYK) parts, 0 when there is none.
func colour(n *xmltree.Node) uint32 {
	v := numbers(n.Attr("Value"), 4)
	part := func(x float64) uint32 { return uint32(min(max(x, 0), 255)) }
	switch len(v) {
	case 1:
		return part(v[0]) * 0x010101
	case 3:
		return part(v[0])<<16 | part(v[1])<<8 | part(v[2])
	case 4:
		k := 255 - min(max(v[3], 0), 255)
		return part((255-v[0])*k/255)<<16 | part((255-v[1])*k/255)<<8 | part((255-v[2])*k/255)
	}
	return 0
}

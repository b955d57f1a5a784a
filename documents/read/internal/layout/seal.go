package layout

import (
	"sort"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// splitSeals takes slanted and turned glyphs out of the flow. Those of one place make a seal; upright glyphs of the
// same ink within its circle (the middle of an arc, the date across it) belong to it.
func splitSeals(glyphs []Glyph) (seals []dossier.Line, rest []Glyph) {
	var slanted []Glyph
	for _, g := range glyphs {
		if quarter(g.DX, g.DY) == 0 {
			rest = append(rest, g)
		} else {
			slanted = append(slanted, g)
		}
	}
	sort.SliceStable(slanted, func(i, j int) bool { return slanted[i].Seq < slanted[j].Seq })
	for _, c := range clusters(slanted) {
		b := bounds(c)
		size := 0.0
		for _, g := range c {
			size = max(size, g.X1-g.X0, g.Y1-g.Y0)
		}
		var kept []Glyph
		for _, g := range rest {
			x, y := (g.X0+g.X1)/2, (g.Y0+g.Y1)/2
			if g.Color == c[0].Color && coloured(g.Color) && x > b.X0-size && x < b.X1+size && y > b.Y0-size && y < b.Y1+size {
				c = append(c, g)
			} else {
				kept = append(kept, g)
			}
		}
		rest = kept
		sort.SliceStable(c, func(i, j int) bool { return c[i].Seq < c[j].Seq })
		var s strings.Builder
		for _, g := range c {
			s.WriteString(g.text())
		}
		if text := strings.TrimSpace(s.String()); text != "" {
			box := bounds(c)
			seals = append(seals, dossier.Line{Text: SealMark + text, Box: &box, Confidence: 1})
		}
	}
	return seals, rest
}

func coloured(c uint32) bool {
	r, g, b := int(c>>16), int(c>>8&255), int(c&255)
	return max(r, g, b)-min(r, g, b) > 60
}

// clusters groups glyphs that follow each other in the file and stand within a few glyphs' distance of the group.
func clusters(glyphs []Glyph) [][]Glyph {
	var out [][]Glyph
next:
	for _, g := range glyphs {
		reach := 5 * max(g.X1-g.X0, g.Y1-g.Y0)
		for i := len(out) - 1; i >= 0 && i >= len(out)-4; i-- {
			for k := len(out[i]) - 1; k >= 0 && k >= len(out[i])-40; k-- {
				p := out[i][k]
				if p.Color == g.Color && abs(p.OX-g.OX) < reach && abs(p.OY-g.OY) < reach {
					out[i] = append(out[i], g)
					continue next
				}
			}
		}
		out = append(out, []Glyph{g})
	}
	return out
}

func bounds(glyphs []Glyph) dossier.Box {
	b := dossier.Box{X0: glyphs[0].X0, Y0: glyphs[0].Y0, X1: glyphs[0].X1, Y1: glyphs[0].Y1}
	for _, g := range glyphs[1:] {
		b.X0, b.Y0, b.X1, b.Y1 = min(b.X0, g.X0), min(b.Y0, g.Y0), max(b.X1, g.X1), max(b.Y1, g.Y1)
	}
	return b
}

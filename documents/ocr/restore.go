package ocr

import (
	"sort"

	"github.com/xindiao/xindiao/dossier"
)

// restore gives words boxes on the original, and one common bottom and top to the words of a line: single characters
// are lower or higher than the line is.
func (p prepared) restore(words []Word) []Word {
	type edge struct{ tops, bottoms []float64 }
	lines := map[int]*edge{}
	for _, w := range words {
		if lines[w.Line] == nil {
			lines[w.Line] = &edge{}
		}
		e := lines[w.Line]
		e.tops, e.bottoms = append(e.tops, w.Box.Y0), append(e.bottoms, w.Box.Y1)
	}
	for _, e := range lines {
		sort.Float64s(e.tops)
		sort.Float64s(e.bottoms)
	}
	last := map[int]float64{}
	for i := range words {
		e := lines[words[i].Line]
		// The engine's order within a line is right where its boxes, guessed for some characters, are not.
		if x, seen := last[words[i].Line]; seen && words[i].Box.X0 <= x {
			words[i].Box.X0 = x + 0.5
			words[i].Box.X1 = max(words[i].Box.X1, x+1)
		}
		last[words[i].Line] = words[i].Box.X0
		b := dossier.Box{X0: words[i].Box.X0, X1: words[i].Box.X1, Y0: e.tops[len(e.tops)/2], Y1: e.bottoms[len(e.bottoms)/2]}
		words[i].Box = p.level(b)
	}
	return words
}

func (p prepared) restoreRules(rules []Rule) []Rule {
	out := make([]Rule, len(rules))
	for i, r := range rules {
		if r.Horizontal {
			b := p.level(dossier.Box{X0: r.From, Y0: r.Pos, X1: r.To, Y1: r.Pos})
			out[i] = Rule{true, b.Y0, b.X0, b.X1}
		} else {
			b := p.level(dossier.Box{X0: r.Pos, Y0: r.From, X1: r.Pos, Y1: r.To})
			out[i] = Rule{false, b.X0, b.Y0, b.Y1}
		}
	}
	return out
}

package layout

import (
	"math/rand/v2"
	"testing"
)

// Pages of random glyphs and rules, some on a grid so that tables, columns and tight gaps arise: no character that is
// not a blank may be lost or doubled, and a table's rows are equally wide.
func TestRandomPages(t *testing.T) {
	const runes = "项目金额甲乙丙abc0123456789.,-元：。"
	all := []rune(runes)
	laid := 0
	for seed := range uint64(600) {
		r := rand.New(rand.NewPCG(seed, 7))
		var glyphs []Glyph
		var rules []Rule
		for range 1 + r.IntN(30) {
			x, y := float64(r.IntN(40))*14.5, 20+float64(r.IntN(30))*24
			step := []float64{10, 10.5, 12.6, 16, 30}[r.IntN(5)]
			for range 1 + r.IntN(14) {
				c := all[r.IntN(len(all))]
				glyphs = append(glyphs, Glyph{R: c, X0: x, X1: x + 9, Y0: y - 8, Y1: y + 2, OX: x, OY: y, Em: 10, DX: 1, Seq: len(glyphs)})
				x += step
			}
		}
		for range r.IntN(12) {
			rules = append(rules, Rule{r.IntN(2) == 0, float64(r.IntN(60)) * 10, float64(r.IntN(20)) * 10, 200 + float64(r.IntN(40))*10})
		}
		twice := false
		for i, a := range glyphs {
			for _, b := range glyphs[:i] {
				twice = twice || a.R == b.R && a.OY == b.OY && abs(a.OX-b.OX) < 2
			}
		}
		if twice {
			continue // one character nearly in one place is printed twice to look bold
		}
		want := len(glyphs)
		laid++
		res := Build(glyphs, rules, 600, 800)
		got := 0
		for _, l := range res.Lines {
			for _, c := range l.Text {
				if c != ' ' && c != '\t' && c != '\n' {
					got++
				}
			}
		}
		if got != want {
			t.Fatalf("seed %d: %d characters of %d", seed, got, want)
		}
		for _, tab := range res.Tables {
			for _, row := range tab.Rows {
				if len(row) != len(tab.Rows[0]) {
					t.Fatalf("seed %d: rows of different width", seed)
				}
			}
		}
	}
	if laid < 100 {
		t.Errorf("only %d pages were fit to try", laid)
	}
}

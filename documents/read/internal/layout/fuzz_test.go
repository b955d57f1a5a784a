package layout

import (
	"encoding/binary"
	"testing"
)

// FuzzBuild lays out glyphs and rules of any geometry: nine bytes a glyph, seven a rule.
func FuzzBuild(f *testing.F) {
	var seed []byte
	for i, g := range page(set(50, 60, "项目 金额"), set(55, 80, "存货 1,234.50")) {
		seed = append(seed, byte(i%3), byte(g.X0), 0, byte(g.OY), 0, byte(g.X1-g.X0), 10, byte(g.R), byte(g.R>>8))
	}
	f.Add(seed, []byte{1, 40, 0, 30, 0, 200, 0, 0, 40, 0, 30, 0, 90, 0})
	f.Add([]byte{}, []byte{1, 1, 1, 1, 1, 1, 1})
	f.Fuzz(func(t *testing.T, g, r []byte) {
		if len(g)+len(r) > 16<<10 {
			t.Skip()
		}
		var glyphs []Glyph
		u := func(b []byte) float64 { return float64(int16(binary.LittleEndian.Uint16(b))) }
		for ; len(g) >= 9; g = g[9:] {
			x, y, w, h := u(g[1:]), u(g[3:]), float64(g[5])/4, float64(int8(g[6]))
			dir := [][2]float64{{1, 0}, {0, 1}, {-1, 0}, {0, -1}, {0.7, 0.7}, {0, 0}}[int(g[0])%6]
			gl := Glyph{R: rune(binary.LittleEndian.Uint16(g[7:])), X0: x, X1: x + w, Y0: y - h, Y1: y, OX: x, OY: y, Em: h, DX: dir[0], DY: dir[1], Seq: len(glyphs)}
			if g[0] > 200 {
				gl.R, gl.Text, gl.Color = 0, string(gl.R)+"0", 0xff0000
			}
			glyphs = append(glyphs, gl)
		}
		var rules []Rule
		for ; len(r) >= 7; r = r[7:] {
			rules = append(rules, Rule{r[0]&1 == 1, u(r[1:]), u(r[3:]), u(r[5:])})
		}
		res := Build(glyphs, rules, 600, 800)
		for _, tab := range res.Tables {
			for _, row := range tab.Rows {
				if len(row) != len(tab.Rows[0]) {
					t.Fatal("rows of different width")
				}
			}
		}
	})
}

package layout

import (
	"math"
	"strings"
	"testing"
)

// set puts a text on a page, ten points high, Han characters ten wide and others five, origin at the left.
func set(x, base float64, text string) (out []Glyph) {
	for _, r := range text {
		w := 5.0
		if wide(r) {
			w = 10
		}
		out = append(out, Glyph{R: r, X0: x, Y0: base - 8, X1: x + w, Y1: base + 2, OX: x, OY: base, Em: 10, DX: 1, Seq: len(out)})
		x += w
	}
	return out
}

func page(parts ...[]Glyph) (out []Glyph) {
	for _, p := range parts {
		for _, g := range p {
			g.Seq = len(out)
			out = append(out, g)
		}
	}
	return out
}

// frame draws a grid with lines at the given places.
func frame(xs, ys []float64) (out []Rule) {
	for _, x := range xs {
		out = append(out, Rule{false, x, ys[0], ys[len(ys)-1]})
	}
	for _, y := range ys {
		out = append(out, Rule{true, y, xs[0], xs[len(xs)-1]})
	}
	return out
}

func texts(r Result) string {
	var s []string
	for _, l := range r.Lines {
		s = append(s, l.Text)
	}
	return strings.Join(s, "\n")
}

func TestLinesAndGaps(t *testing.T) {
	got := texts(Build(page(set(50, 40, "户名：某公司"), set(200, 40, "账号：6222"), set(50, 60, "a"), set(58, 60, "b")), nil, 600, 800))
	if want := "户名：某公司  账号：6222\na b"; got != want {
		t.Errorf("got %q", got)
	}
}

func TestQuarterEmIsNoBlank(t *testing.T) {
	if got := texts(Build(page(set(50, 40, "截至"), set(72.5, 40, "2025"), set(95, 40, "年末")), nil, 600, 800)); got != "截至2025年末" {
		t.Errorf("%q", got)
	}
}

// A cell whose text wraps is one cell, centred neighbours do not part it, and an empty cell keeps its place.
func TestRuledTable(t *testing.T) {
	res := Build(page(
		set(50, 30, "缴费明细"),
		set(55, 60, "险种"), set(150, 60, "金额"), set(230, 60, "备注"), set(302, 60, "到账日期"),
		set(52, 85, "基本养老保险"), set(52, 97, "等五险"), set(150, 91, "395,600.00"), set(303, 85, "2026-03-"), set(303, 97, "18"),
	), frame([]float64{50, 114, 220, 300, 345}, []float64{45, 70, 105}), 600, 800)
	if want := "缴费明细\n险种\t金额\t备注\t到账日期\n基本养老保险等五险\t395,600.00\t\t2026-03-18"; texts(res) != want {
		t.Errorf("got  %q\nwant %q", texts(res), want)
	}
	tab := res.Tables[0]
	if tab.Name != "缴费明细" || len(tab.Rows) != 2 || len(tab.Rows[1]) != 4 || tab.Rows[1][3].Ref != "r2c4" {
		t.Fatalf("%+v", tab)
	}
	if b := tab.Rows[1][1].Box; b == nil || b.X0 != 114 || b.Y1 != 105 {
		t.Errorf("box %+v", b)
	}
}

func TestMeantLineBreakInCell(t *testing.T) {
	res := Build(page(set(52, 60, "短"), set(52, 72, "句"), set(402, 60, "x")), frame([]float64{50, 400, 500}, []float64{45, 80}), 600, 800)
	if got := res.Tables[0].Rows[0][0].Text; got != "短 句" {
		t.Errorf("%q", got)
	}
}

func TestMergedCells(t *testing.T) {
	rules := []Rule{{true, 50, 50, 350}, {true, 75, 150, 350}, {true, 100, 50, 350}, {true, 125, 50, 350},
		{false, 50, 50, 125}, {false, 150, 50, 125}, {false, 250, 75, 125}, {false, 350, 50, 125}}
	res := Build(page(set(60, 78, "项目"), set(200, 65, "金额"), set(160, 90, "本月"), set(260, 90, "累计"),
		set(60, 115, "收入"), set(160, 115, "1.00"), set(260, 115, "2.00")), rules, 600, 800)
	if want := "项目\t金额\n本月\t累计\n收入\t1.00\t2.00"; texts(res) != want {
		t.Errorf("got %q", texts(res))
	}
	if rows := res.Tables[0].Rows; len(rows) != 3 || rows[1][2].Text != "累计" || rows[1][0].Text != "" {
		t.Errorf("%+v", rows)
	}
}

// Three-line tables have no side lines at all.
func TestAlignedTable(t *testing.T) {
	var parts [][]Glyph
	for i, row := range [][3]string{{"项目", "期末余额", "期初余额"}, {"货币资金", "2,880,537.60", "2,620,479.49"}, {"应收账款", "", "12,599,680.19"}, {"合计", "1.00", "2.00"}} {
		y := 50 + 20*float64(i)
		parts = append(parts, set(50, y, row[0]), right(220, y, row[1]), right(340, y, row[2]))
	}
	res := Build(page(parts...), nil, 600, 800)
	if len(res.Tables) != 1 || len(res.Tables[0].Rows) != 4 {
		t.Fatalf("%q", texts(res))
	}
	if row := res.Tables[0].Rows[2]; row[0].Text != "应收账款" || row[1].Text != "" || row[2].Text != "12,599,680.19" {
		t.Errorf("%+v", row)
	}
}

// right sets a text so that it ends at x.
func right(x, base float64, text string) []Glyph {
	w := 0.0
	for _, g := range set(0, 0, text) {
		w = g.X1
	}
	return set(x-w, base, text)
}

// A seal over a line: its ring is read from where it is open, and the line below stays whole.
func TestSeal(t *testing.T) {
	glyphs := set(250, 300, "出具机构名称在此处")
	const words = "某某市市场监督管理局"
	for i, r := range []rune(words) {
		a := math.Pi*1.5 + (float64(i)-4.5)*0.45
		x, y := 290+40*math.Cos(a), 300+40*math.Sin(a)
		g := Glyph{R: r, OX: x, OY: y, X0: x - 4, Y0: y - 4, X1: x + 4, Y1: y + 4, Em: 9, DX: -math.Sin(a), DY: math.Cos(a), Color: 0xc81515, Seq: 100 - i}
		glyphs = append(glyphs, g)
	}
	for i, g := range set(272, 320, "业务章") {
		g.Color, g.Seq = 0xc81515, 200+i
		glyphs = append(glyphs, g)
	}
	if want := "出具机构名称在此处\n" + SealMark + words + " 业务章"; texts(Build(glyphs, nil, 600, 800)) != want {
		t.Errorf("got %q", texts(Build(glyphs, nil, 600, 800)))
	}
}

// A page whose text runs upwards is read as if it were turned, and its boxes stay where they are on the page.
func TestTurnedPage(t *testing.T) {
	for turn, place := range map[int]func(x, y float64) (float64, float64){
		1: func(x, y float64) (float64, float64) { return 600 - y, x },
		2: func(x, y float64) (float64, float64) { return 600 - x, 800 - y },
		3: func(x, y float64) (float64, float64) { return y, 800 - x },
	} {
		var glyphs []Glyph
		for _, g := range page(set(50, 60, "第一行"), set(50, 90, "第二行")) {
			x0, y0 := place(g.X0, g.Y0)
			x1, y1 := place(g.X1, g.Y1)
			dx, dy := place(1, 0)
			ox, oy := place(0, 0)
			g.X0, g.Y0, g.X1, g.Y1 = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
			g.OX, g.OY = place(g.OX, g.OY)
			g.DX, g.DY = dx-ox, dy-oy
			glyphs = append(glyphs, g)
		}
		res := Build(glyphs, nil, 600, 800)
		if texts(res) != "第一行\n第二行" {
			t.Errorf("turn %d: %q", turn, texts(res))
			continue
		}
		x, y := place(50, 52)
		if b := res.Lines[0].Box; b == nil || math.Abs(b.X0-x) > 31 || math.Abs(b.Y0-y) > 31 {
			t.Errorf("turn %d: box %+v, want near %v %v", turn, b, x, y)
		}
	}
}

func TestHostileGeometry(t *testing.T) {
	var rules []Rule
	for i := range 30000 {
		rules = append(rules, Rule{i%2 == 0, float64(i % 997), 0, float64(i % 1013)})
	}
	Build([]Glyph{{R: 'x', X0: math.Inf(-1)}, {R: '一', Em: -5}, {Text: ""}}, rules, 0, 0)
	if (Glyph{X0: math.NaN()}).Finite() || (Glyph{OX: math.Inf(1)}).Finite() {
		t.Error("not finite")
	}
}

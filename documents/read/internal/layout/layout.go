// Package layout puts glyphs that were found on a page back into lines, table rows and cells.
//
// Coordinates are those of the page as shown: origin top left, y downwards, in points or pixels. Sizes are measured
// against the glyphs themselves, so both work.
package layout

import (
	"math"
	"sort"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// Glyph is one printed character, or a word read by OCR.
type Glyph struct {
	R              rune   // 0 when Text is set
	Text           string // of a word
	X0, Y0, X1, Y1 float64
	OX, OY         float64 // origin on the baseline
	Em             float64 // font size on the page; 0: the height of the box
	DX, DY         float64 // writing direction, (1,0) from left to right; (0,0) counts as that
	Seq            int     // order in the file
	Color          uint32  // 0xRRGGBB
	Confidence     float64 // 0 counts as 1
	Soft           bool    // a blank that is not in the file but was guessed from the distance
}

// Finite tells whether the glyph has a usable place.
func (g Glyph) Finite() bool {
	s := g.X0 + g.Y0 + g.X1 + g.Y1 + g.OX + g.OY
	return !math.IsNaN(s) && !math.IsInf(s, 0) && math.Abs(s) < 1e7
}

func (g Glyph) text() string {
	if g.Text != "" {
		return g.Text
	}
	return string(g.R)
}

func (g Glyph) size() float64 {
	if g.Em > 0 {
		return g.Em
	}
	return g.Y1 - g.Y0
}

// Rule is a straight line of a table's grid.
type Rule struct {
	Horizontal    bool
	Pos, From, To float64 // y and x range of a horizontal one, x and y range of a vertical one
}

// Result is a page in reading order. A table's rows stand in Lines too, their cells parted by tabs; the words of round
// seals come last, as lines that begin with SealMark.
type Result struct {
	Lines  []dossier.Line
	Tables []dossier.Table
}

// SealMark begins a line that holds the words of a seal.
const SealMark = dossier.SealMark

// block is something that takes a place in the reading order: a line of text or a table.
type block struct {
	top, left float64
	lines     []dossier.Line
	table     *dossier.Table
}

// Build lays out one page of the given width and height.
func Build(glyphs []Glyph, rules []Rule, width, height float64) Result {
	t := upright(glyphs, rules, width, height)
	seals, rest := splitSeals(t.glyphs)
	grids := findGrids(t.rules)
	var blocks []block
	for _, g := range grids {
		var b *block
		if b, rest = g.fill(rest); b != nil {
			blocks = append(blocks, *b)
		}
	}
	blocks = order(rest, blocks, t.rules, t.w, 0)
	var res Result
	for _, b := range blocks {
		if b.table != nil {
			b.table.Name = nameOf(res.Lines)
			res.Tables = append(res.Tables, *b.table)
		}
		res.Lines = append(res.Lines, b.lines...)
	}
	res.Lines = append(res.Lines, seals...)
	t.restore(&res)
	return res
}

// order puts blocks and the text between them into reading order: from the top, but one column of running text after
// the other.
func order(rest []Glyph, blocks []block, rules []Rule, width float64, depth int) []block {
	lines := makeLines(rest)
	if g, ok := findGutter(rest, lines, width); ok && depth < 4 {
		var parts [4][]block // above, left, right, below
		var text [4][]Glyph
		side := func(x, y float64) int {
			switch {
			case y < g.y0:
				return 0
			case y > g.y1:
				return 3
			case x < g.x:
				return 1
			}
			return 2
		}
		for _, gl := range rest {
			k := side((gl.X0+gl.X1)/2, (gl.Y0+gl.Y1)/2)
			text[k] = append(text[k], gl)
		}
		for _, b := range blocks {
			k := side(b.left, b.top)
			parts[k] = append(parts[k], b)
		}
		var out []block
		for k := range parts {
			out = append(out, order(text[k], parts[k], rules, width, depth+1)...)
		}
		return out
	}
	findTight(lines)
	blocks = append(blocks, flow(lines, rules)...)
	sort.SliceStable(blocks, func(i, j int) bool {
		if d := blocks[i].top - blocks[j].top; math.Abs(d) > 0.5 {
			return d < 0
		}
		return blocks[i].left < blocks[j].left
	})
	return blocks
}

// nameOf takes the line above a table as its name when it reads like a heading.
func nameOf(lines []dossier.Line) string {
	if len(lines) == 0 {
		return ""
	}
	s := lines[len(lines)-1].Text
	if len([]rune(s)) > 40 || strings.ContainsAny(s, "\t。；") || strings.HasPrefix(s, SealMark) {
		return ""
	}
	return s
}

func han(r rune) bool { return r >= 0x3400 && r <= 0x9fff || r >= 0x20000 && r <= 0x3ffff }

// wide tells characters that are set without blanks around them: Han and Chinese punctuation.
func wide(r rune) bool {
	return han(r) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xff60 || r == '“' || r == '”' || r == '‘' || r == '’' || r == '—' || r == '…' || r == '·'
}

func letter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }
func digit(r rune) bool  { return r >= '0' && r <= '9' }

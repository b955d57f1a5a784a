package layout

import (
	"fmt"
	"sort"

	"github.com/xindiao/xindiao/dossier"
)

// flow turns lines into blocks, taking runs of aligned lines as tables without side lines.
func flow(lines []textLine, rules []Rule) []block {
	var out []block
	hs := merge(rules, true)
	for i := 0; i < len(lines); {
		j := run(lines, i)
		if b := aligned(lines[i:j], hs); b != nil {
			out = append(out, *b)
			i = j
			continue
		}
		l := lines[i]
		out = append(out, block{top: l.box.Y0, left: l.box.X0, lines: []dossier.Line{l.line()}})
		i++
	}
	return out
}

// run finds how far lines of several parts follow each other from i; a single part may stand between them.
func run(lines []textLine, i int) int {
	if len(lines[i].segs) < 2 {
		return i
	}
	j, last := i+1, i
	for ; j < len(lines); j++ {
		if lines[j].box.Y0-lines[j-1].box.Y1 > 2.2*max(lines[j].size, lines[j-1].size) {
			break
		}
		if len(lines[j].segs) >= 2 {
			last = j
		} else if j-last > 1 {
			break
		}
	}
	return last + 1
}

// aligned makes a table of at least three lines whose parts stand in at least two common columns.
func aligned(lines []textLine, hs []Rule) *block {
	if len(lines) < 3 {
		return nil
	}
	cols := columns(lines)
	if len(cols) < 2 {
		return nil
	}
	fit := 0
	for _, l := range lines {
		if len(l.segs) >= 2 {
			fit++
		}
	}
	if fit < 3 {
		return nil
	}
	t := &dossier.Table{}
	b := &block{top: lines[0].box.Y0, left: lines[0].box.X0, table: t}
	for i, l := range lines {
		row := make([]dossier.Cell, len(cols))
		for _, s := range l.segs {
			c := &row[column(cols, s.box)]
			box := s.box
			if c.Text != "" {
				c.Text += "  " + s.text
				box = union(*c.Box, box)
			} else {
				c.Text = s.text
			}
			c.Box = &box
		}
		if i > 0 && continues(lines[i-1], l, row, hs) {
			prev := t.Rows[len(t.Rows)-1]
			for x, c := range row {
				if c.Text == "" {
					continue
				}
				if prev[x].Text == "" {
					prev[x].Text, prev[x].Box = c.Text, c.Box
					continue
				}
				if letter(lastOf(prev[x].Text)) && letter(firstOf(c.Text)) {
					prev[x].Text += " "
				}
				prev[x].Text += c.Text
				box := union(*prev[x].Box, *c.Box)
				prev[x].Box = &box
			}
			line := &b.lines[len(b.lines)-1]
			box := union(*line.Box, l.box)
			line.Text, line.Box = joinAll(prev), &box
			continue
		}
		for x := range row {
			row[x].Ref = fmt.Sprintf("r%dc%d", len(t.Rows)+1, x+1)
		}
		t.Rows = append(t.Rows, row)
		box := l.box
		b.lines = append(b.lines, dossier.Line{Text: joinAll(row), Box: &box, Confidence: l.confidence()})
	}
	return b
}

// continues tells whether a line goes on with the row above: its first column is empty, it has fewer parts, it stands
// close below, and no rule parts them.
func continues(above, l textLine, row []dossier.Cell, hs []Rule) bool {
	if row[0].Text != "" || len(l.segs) >= len(above.segs) || l.box.Y0-above.box.Y1 > 0.35*l.size {
		return false
	}
	for _, c := range row {
		for _, r := range c.Text {
			if digit(r) {
				return false // a total without a label is a row of its own
			}
		}
	}
	for _, h := range hs {
		if h.Pos > above.base && h.Pos < l.box.Y1 && h.From < l.box.X1 && h.To > l.box.X0 {
			return false
		}
	}
	return true
}

// columns are the bands that the parts of well filled lines cover.
func columns(lines []textLine) [][2]float64 {
	most := 0
	for _, l := range lines {
		most = max(most, len(l.segs))
	}
	var spans [][2]float64
	for _, l := range lines {
		if 10*len(l.segs) >= 6*most && len(l.segs) >= 2 {
			for _, s := range l.segs {
				spans = append(spans, [2]float64{s.box.X0, s.box.X1})
			}
		}
	}
	sort.Slice(spans, func(i, j int) bool { return spans[i][0] < spans[j][0] })
	var cols [][2]float64
	for _, s := range spans {
		if n := len(cols); n > 0 && s[0] < cols[n-1][1] {
			cols[n-1][1] = max(cols[n-1][1], s[1])
		} else {
			cols = append(cols, s)
		}
	}
	return cols
}

// column is the band that a part overlaps most, or stands nearest to.
func column(cols [][2]float64, b dossier.Box) int {
	best, score := 0, -1e18
	for i, c := range cols {
		if s := min(c[1], b.X1) - max(c[0], b.X0); s > score {
			best, score = i, s
		}
	}
	return best
}

func joinAll(row []dossier.Cell) string {
	last := len(row) - 1
	for last > 0 && row[last].Text == "" {
		last--
	}
	s := ""
	for i := 0; i <= last; i++ {
		if i > 0 {
			s += "\t"
		}
		s += row[i].Text
	}
	return s
}

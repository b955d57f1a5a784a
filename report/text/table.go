package text

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/report/layout"
)

const gutter = 2

// table prints columns as wide as they need; when that is more than there is room for, words are wrapped, never numbers.
func table(b *strings.Builder, t *report.Block, cols int) {
	n := len(t.Columns)
	for _, r := range t.Rows {
		n = max(n, len(r))
	}
	if n == 0 {
		return
	}
	width, floor := make([]int, n), make([]int, n)
	right := make([]bool, n) // the head of a column that holds a number stands above it
	for j := range n {
		if j < len(t.Columns) {
			width[j] = Width(Clean(t.Columns[j]))
		}
		for _, r := range t.Rows {
			if j < len(r) {
				s := Clean(sentence(&r[j]))
				width[j] = max(width[j], Width(s))
				if layout.Numeric(s) {
					floor[j], right[j] = max(floor[j], Width(s)), j > 0
				}
			}
		}
	}
	fit(width, floor, cols)
	head := make([]string, n)
	copy(head, t.Columns)
	line(b, head, width, func(j int, _ string) bool { return right[j] })
	total := -gutter
	for _, w := range width {
		total += w + gutter
	}
	b.WriteString(strings.Repeat("─", max(total, 1)) + "\n")
	for _, r := range t.Rows {
		cells := make([]string, n)
		for j := range r {
			cells[j] = sentence(&r[j])
		}
		line(b, cells, width, func(j int, s string) bool { return j > 0 && layout.Numeric(s) })
	}
}

// fit takes room from the widest columns until the table fits or each is down to a readable width; no column falls
// below its widest number.
func fit(width, floor []int, cols int) {
	const least = 12
	room := cols + gutter
	for _, w := range width {
		room -= w + gutter
	}
	for room < 0 {
		widest := -1
		for j, w := range width {
			if w > max(least, floor[j]) && (widest < 0 || w > width[widest]) {
				widest = j
			}
		}
		if widest < 0 {
			return
		}
		width[widest]--
		room++
	}
}

func line(b *strings.Builder, cells []string, width []int, right func(int, string) bool) {
	parts := make([][]string, len(cells))
	rows := 1
	for j, c := range cells {
		parts[j] = Wrap(Clean(c), max(width[j], 2))
		rows = max(rows, len(parts[j]))
	}
	for i := range rows {
		var out strings.Builder
		for j := range cells {
			s := ""
			if i < len(parts[j]) {
				s = parts[j][i]
			}
			if right(j, Clean(cells[j])) {
				s = strings.Repeat(" ", max(0, width[j]-Width(s))) + s
			}
			out.WriteString(Pad(s, width[j]+gutter))
		}
		b.WriteString(strings.TrimRight(out.String(), " ") + "\n")
	}
}

// bars draws a chart's values as lines of blocks, the largest over the whole room.
func bars(b *strings.Builder, c *report.Chart, cols int) {
	if c == nil {
		return
	}
	largest := dossier.Decimal{}
	name, label := 0, 0
	for _, s := range c.Series {
		name = max(name, Width(s.Name))
		for _, v := range s.Values {
			if v != nil && v.Abs().GreaterThan(largest) {
				largest = v.Abs()
			}
		}
	}
	for _, l := range c.Labels {
		label = max(label, Width(l))
	}
	room := cols - label - name - 2*gutter - 20
	if largest.IsZero() || room < 10 {
		return
	}
	for i, l := range c.Labels {
		for _, s := range c.Series {
			if i >= len(s.Values) || s.Values[i] == nil {
				continue
			}
			v := *s.Values[i]
			n := int(v.Abs().Div(largest).Mul(dossier.D(fmt.Sprint(room))).Round(0).IntPart())
			mark := "█"
			if v.IsNegative() {
				mark = "░"
			}
			fmt.Fprintf(b, "%s  %s  %s %s\n", Pad(Clean(l), label), Pad(Clean(s.Name), name), strings.Repeat(mark, n), layout.Amount(v, c.Unit))
			l = ""
		}
	}
}

package chunk

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// table is what the rows of a table have in common; it is not changed once rows refer to it.
type table struct {
	caption   []words // title, day, unit, from the lines above it
	heads     []words // header rows
	keys      []uint64
	period    dates
	statement bool
	grid      bool // found by the reader, not by its look
	width     int  // cells of its first row
	dateCol   int  // column with each row's day, -1 when none
}

const (
	headRows       = 4  // a header has at most so many rows
	headDepth      = 12 // rows down to which the first header is looked for
	evidence       = 6  // rows below a header that are looked at for values
	captionRows    = 6  // lines above a table that may belong to it
	longestCaption = 80 // runes
)

// dayOf is what stands in the row's column of days.
func (c *cutter) dayOf(l line, t *table) dates {
	if t.dateCol < 0 {
		return dates{}
	}
	n := 0
	for s := range c.row(l) {
		if n == t.dateCol {
			return periodIn(strings.TrimSpace(s))
		}
		n++
	}
	return dates{}
}

// next is the table of the rows that begin a page without a header, where rows of t ended the page before: the same
// title and unit, and the same columns if they are as many.
func (t *table) next(width int) *table {
	n := *t
	if n.width = width; width != t.width {
		n.heads, n.keys, n.dateCol = nil, nil, -1
	}
	return &n
}

// newTable begins a table with its captions: the lines [i, pre) of its own, or the lines above it.
func (c *cutter) newTable(i, pre, heads int) *table {
	t := &table{dateCol: -1, grid: c.lines[i].table >= 0}
	for k := i; k < pre; k++ {
		if k == i || c.lines[k].runes <= 2*longestWords && c.telling(c.text(c.lines[k])) {
			t.caption = append(t.caption, c.at(c.lines[k]))
		}
	}
	t.caption = append(c.above(i), t.caption...)
	for k := pre; k < pre+heads; k++ {
		w := c.at(c.lines[k])
		w.text = head(c.tabbed(c.lines[k]), longestWords)
		t.heads = append(t.heads, w)
		t.keys = append(t.keys, solidHash(c.text(c.lines[k])))
	}
	t.finish(c)
	return t
}

// tabbed is a row with a tab between its cells, the empty ones at the end dropped.
func (c *cutter) tabbed(l line) string {
	var b strings.Builder
	gap := 0
	for cell := range c.row(l) {
		if cell = strings.Join(strings.Fields(head(cell, longestWords)), " "); cell != "" {
			for ; gap > 0; gap-- {
				b.WriteByte('\t')
			}
			b.WriteString(cell)
		}
		if gap++; b.Len() > 4*longestWords || gap > longestWords {
			break
		}
	}
	return b.String()
}

// telling tells whether a line above a table says what holds for all of its rows: the unit, the period, whose it is.
func (c *cutter) telling(text string) bool {
	return c.isUnit(text) || c.isStatement(text) || len(periodsIn(text)) > 0 || containsAny(solid(head(text, longestCaption)), c.o.Config.Words.Holder)
}

// above collects the title, the day and the unit from the short lines above a table, and keeps them with it.
func (c *cutter) above(i int) []words {
	var out []words
	for k := i - 1; k >= 0 && k >= i-captionRows; k-- {
		l, text := c.lines[k], c.text(c.lines[k])
		if l.row && l.table >= 0 {
			if c.table == nil || len(c.table.heads) > 0 {
				break
			}
			if l.runes <= longestCaption && c.telling(text) {
				out = append([]words{c.at(l)}, out...)
			}
			continue // labels and values between the title and the table
		}
		if l.seal || l.margin || l.runes > longestCaption || strings.HasSuffix(text, "。") || strings.HasSuffix(text, "；") {
			break
		}
		isTitle := c.isStatement(text)
		if isTitle || c.telling(text) {
			out = append([]words{c.at(l)}, out...)
			c.keepFrom(l.start, l.end)
		}
		if _, n := numbered(text); n > 0 || isTitle {
			break
		}
	}
	return out
}

// keepFrom keeps the units of the bytes [start, end) with what follows them.
func (c *cutter) keepFrom(start, end int) {
	for k := len(c.out) - 1; k >= 0 && c.out[k].end > start; k-- {
		c.out[k].keep = c.out[k].keep || c.out[k].start >= start && c.out[k].end <= end
	}
}

// finish reads off the captions and headers what is asked of every row.
func (t *table) finish(c *cutter) {
	w := &c.o.Config.Words
	t.statement = containsAny(solid(c.page0.Name), w.Statement)
	for _, s := range t.caption {
		t.statement = t.statement || containsAny(solid(s.text), w.Statement)
	}
	if n := len(c.path); n > 0 {
		t.statement = t.statement || containsAny(solid(c.path[n-1].text), w.Statement)
	}
	t.period = captionPeriod(t.caption)
	var columns dates
	for _, h := range t.heads {
		n := 0
		for s := range cells(h.text) {
			if p := periodIn(s); p.ok() {
				columns = columns.cover(p)
			}
			for _, name := range w.DateColumn {
				if t.dateCol < 0 && solid(s) == name {
					t.dateCol = n
				}
			}
			n++
		}
	}
	if columns.ok() {
		t.period = columns
	}
}

func (t *table) repeats(row string) bool {
	if len(t.keys) == 0 {
		return false
	}
	h := solidHash(row)
	for _, k := range t.keys {
		if k == h {
			return true
		}
	}
	return false
}

func sameHeads(a, b *table) bool {
	for i := range b.keys {
		if i >= len(a.keys) || a.keys[i] != b.keys[i] {
			return false
		}
	}
	return true
}

func firstCell(s string) string {
	for c := range cells(s) {
		return head(strings.TrimSpace(c), longestWords)
	}
	return ""
}

// row yields the cells of a line: those of the reader's grid, or those that its look tells.
func (c *cutter) row(l line) iter.Seq[string] {
	if l.table < 0 || l.trow < 0 {
		return cells(c.page0.Text[l.from:l.end])
	}
	return func(yield func(string) bool) {
		for _, cell := range c.page0.Tables[l.table].Rows[l.trow] {
			if !yield(cell.Text) {
				return
			}
		}
	}
}

// cells yields the cells of a printed row: between tabs, or between bars and gaps where there is no tab.
func cells(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		if strings.IndexByte(s, '\t') >= 0 {
			for {
				cell, rest, more := strings.Cut(s, "\t")
				if !yield(cell) || !more {
					return
				}
				s = rest
			}
		}
		start, gap := 0, 0
		for i, r := range s {
			switch {
			case r == '|':
				if !yield(s[start:i]) {
					return
				}
				start, gap = i+1, 0
			case unicode.IsSpace(r):
				gap++
			default:
				if gap >= 2 && i > start {
					if !yield(s[start:i]) {
						return
					}
					start = i
				}
				gap = 0
			}
		}
		yield(s[start:])
	}
}

// runesUpTo counts the runes of s, no further than most+1.
func runesUpTo(s string, most int) int {
	if len(s) > utf8.UTFMax*most {
		return most + 1
	}
	return utf8.RuneCountInString(s)
}

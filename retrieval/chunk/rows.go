package chunk

import (
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// mailHead is how many lines the header of a mail has at most.
const mailHead = 12

// rows adds the units of the table rows [i, j).
func (c *cutter) rows(i, j int) {
	first := c.lines[i]
	var own *dossier.Table
	if first.table >= 0 {
		own = &c.page0.Tables[first.table]
	}
	t := &table{dateCol: -1}
	goesOn := own != nil && c.table != nil && (own.Continues && c.lastTable != first.table || c.lastTable == first.table)
	c.lastTable = first.table
	if goesOn {
		t = c.table
	}
	t0, next := t, i // rows before next are captions and headers
	if pre, heads := c.header(i, j); heads > 0 || !goesOn {
		t = c.newTable(i, pre, heads)
		if goesOn && len(t0.heads) > 0 && sameHeads(t0, t) {
			t = t0
		}
		next = pre + heads
	}
	if own != nil && len(own.Rows) > 0 && !goesOn {
		t.width = len(own.Rows[0])
		if len(t.heads) == 0 && len(t.caption) == 0 && c.rowAbove && c.top() && c.table != nil {
			t = c.table.next(t.width)
		}
	}
	c.table = t
	group, block := words{page: -1}, words{page: -1}
	if goesOn {
		group, block = c.headLabel, c.sideLabel
	}
	defer func() { c.headLabel, c.sideLabel = group, block }()
	for k := i; k < j; k++ {
		l, text := c.lines[k], c.text(c.lines[k])
		if l.table < 0 && containsPrefix(text, c.o.Config.Words.Closing) {
			c.leaveClause()
		}
		if c.mail && k < mailHead && firstCell(text) == "主题" {
			subject := strings.TrimSpace(strings.TrimPrefix(text, "主题"))
			c.enter(levelTitle, words{c.index, l.start, l.end, head(subject, longestWords)})
		}
		u := unit{start: l.start, end: l.end, line: l.number, kind: Row, row: true, cell: l.cell, table: t}
		switch sh := shapeOf(c.row(l)); {
		case k < next:
			u.keep, u.opens = true, k == i
		case t.repeats(text):
			u.keep = true
		case c.isHeader(k, j, sh, true):
			n := c.headerRows(k, j)
			caption := t.caption
			t = c.newTable(k, k, n)
			t.caption, next = append(caption[:len(caption):len(caption)], t.caption...), k+n
			t.finish(c)
			c.table, u.table, u.keep, u.opens = t, t, true, true
			group.page, block.page = -1, -1
		case sh.group():
			group, block = c.at(l), words{page: -1}
			group.text = solid(group.text)
			u.keep, u.opens, u.label = true, true, true
		default:
			u.day = c.dayOf(l, t)
			if sh.firstEmpty {
				u.group = block
			} else if block = (words{page: -1}); sh.firstLabel {
				block = words{c.index, l.start, l.start, firstCell(text)}
			}
			if sh.filled == 1 && l.runes > longestHeading {
				u.kind, u.row = Prose, false // a paragraph in a cell
			}
		}
		if u.group.text == "" {
			u.group = group
		}
		if u.kind == Row && t.statement {
			u.kind = Line
		}
		if c.clause != nil {
			u.kind = Clause
		}
		if len(t.heads) == 0 && l.table < 0 && u.kind == Row && j-i < 3 {
			u.kind = Prose // words set apart by blanks
		}
		c.add(u)
	}
}

package chunk

import (
	"strings"
	"unicode/utf8"

	"github.com/xindiao/xindiao/dossier"
)

// unit is what a chunk never cuts: a sentence over one or more lines, or a table row.
type unit struct {
	start, end int
	line       int // of the page
	size       size
	kind       Kind
	row        bool
	keep       bool // goes with what follows it
	label      bool // heads the rows below it
	opens      bool // a new chunk may begin here rather than before its neighbours
	margin     bool
	cell       string
	path       []title // headings in force, itself included
	clause     *clause
	table      *table
	day        dates // in the row's own column
	group      words // the label above a group of rows
	resumed    words // the half sentence on the page before
}

// tabular tells a row of a table from words that are only set apart by blanks.
func (u unit) tabular() bool { return u.row && u.kind != Prose && u.kind != Note }

// words stand on a page; the text is what context repeats.
type words struct {
	page       int // index in the document, -1 nowhere
	start, end int
	text       string
}

// title is a heading in force.
type title struct {
	level int
	words
}

// clause is 第X条 of a contract, a statute or a law.
type clause struct {
	label  string
	no     int
	outer  []title // headings above it
	begins words   // its label, where it stands
	lead   words   // its first sentence, where that leads into a list, or its title
}

// cutter goes through one document's pages and keeps what goes on over the pages.
type cutter struct {
	o       Options
	limit   size
	hard    size
	doc     *dossier.Document
	period  string
	running map[string]bool

	page0                *dossier.Page // in work
	index                int
	lines                []line
	out                  []unit
	path                 []title
	clause               *clause
	table                *table
	headLabel, sideLabel words // above and beside the last row
	lastTable            int   // index on the page of the last rows' table, -1 none
	half                 words // sentence that the page before left open
	notes                bool  // among the notes to statements
	mail                 bool  // the document is an e-mail
	rowAbove             bool  // the page before ended with a row
	hanging              bool  // the page before ended with a heading
	first                int   // index of the first page with words
}

func newCutter(d *dossier.Document, o Options) *cutter {
	c := &cutter{o: o, limit: size{o.Runes, o.Tokens}, hard: size{o.HardRunes, o.HardTokens}, doc: d, half: words{page: -1}}
	c.period = documentPeriod(d, o.Config.PeriodFields)
	c.running = runningLines(d)
	c.mail = d.Format == "eml" || d.Format == "msg"
	for c.first < len(d.Pages) && strings.TrimSpace(d.Pages[c.first].Text) == "" {
		c.first++
	}
	return c
}

// page makes the units of the document's i-th page.
func (c *cutter) page(p *dossier.Page, i int) []unit {
	c.page0, c.index, c.lines = p, i, pageLines(p)
	c.out = make([]unit, 0, len(c.lines)+8)
	if p.Name != "" { // a sheet stands for itself
		c.path, c.clause, c.half.page = nil, nil, -1
	}
	c.lastTable = -1
	c.margins()
	for k := range c.lines {
		l := &c.lines[k]
		if l.row && l.table < 0 {
			if _, n := numbered(c.text(*l)); n > 0 && titled(c.text(*l), l.runes) {
				l.row = false // 第四节  经营情况
			} else if _, no := clauseStart(c.text(*l), c.o.Config.Words.Mention); no > 0 || c.isAnnex(c.text(*l), l.runes) {
				l.row = false
			}
		}
		l.row = l.row || c.between(k)
		if l.row && l.table >= 0 {
			c.fill(k)
		}
	}
	var w wrapping
	for k := 0; k < len(c.lines); k++ {
		l := c.lines[k]
		switch {
		case l.margin:
			if k < len(c.lines)/2 {
				c.closeSentence(&w)
			} else {
				c.leaveOpen(&w)
			}
			c.add(unit{start: l.start, end: l.end, line: l.number, kind: Prose, margin: true})
		case l.row:
			c.closeSentence(&w)
			end := k + 1
			for end < len(c.lines) && c.lines[end].row && c.lines[end].table == l.table && !c.lines[end].margin {
				end++
			}
			c.rows(k, end)
			k = end - 1
		default:
			c.prose(&w, k)
		}
	}
	c.leaveOpen(&w)
	c.hanging, c.rowAbove = false, false
	for i := len(c.out) - 1; i >= 0; i-- {
		if u := c.out[i]; !u.margin {
			c.hanging, c.rowAbove = u.kind == Heading, u.table != nil
			break
		}
	}
	return c.divide(c.out)
}

// broken is how many lines of a table's cell may stand between its rows without being found in the grid.
const broken = 3

// fill makes rows of the few short lines between row k and the row of the same table before it: words of a cell that
// was printed on several lines.
func (c *cutter) fill(k int) {
	j := k - 1
	for j >= 0 && j >= k-broken-1 && !c.lines[j].row && !c.lines[j].seal && !c.lines[j].margin && c.lines[j].runes <= 30 && !strings.ContainsAny(c.text(c.lines[j]), "。；：") {
		j--
	}
	if j < k-1-broken || j == k-1 {
		return
	}
	goesOn := c.page0.Tables[c.lines[k].table].Continues && (j < 0 || c.lines[j].margin)
	if !goesOn && (j < 0 || c.lines[j].table != c.lines[k].table) {
		return
	}
	for j++; j < k; j++ {
		c.lines[j].row, c.lines[j].table, c.lines[j].trow = true, c.lines[k].table, -1
	}
}

// between tells whether a short line is a row with one cell among rows that only their look makes rows: 流动资产：
func (c *cutter) between(k int) bool {
	if k == 0 || k+1 >= len(c.lines) {
		return false
	}
	l, a, b := c.lines[k], c.lines[k-1], c.lines[k+1]
	if l.table >= 0 || l.seal || l.margin || l.runes > 20 || !a.row || !b.row || a.table >= 0 || b.table >= 0 {
		return false
	}
	text := c.text(l)
	if strings.HasSuffix(text, "：") || strings.HasSuffix(text, ":") {
		return true
	}
	n := shapeOf(c.row(a)).cells
	return n >= 2 && n == shapeOf(c.row(b)).cells && !strings.ContainsAny(text, "。；，：:")
}

// text of a line.
func (c *cutter) text(l line) string { return c.page0.Text[l.start:l.end] }

func (c *cutter) at(l line) words {
	return words{c.index, l.start, l.end, closed(head(c.text(l), longestWords))}
}

// closed takes the blanks out of a title that is set with one between any two characters: 资 产 负 债 表.
func closed(s string) string {
	if s == "" || !startsHan(s) || strings.Count(s, " ") < 2 {
		return s
	}
	n := 0
	for f := range strings.FieldsSeq(s) {
		if n++; utf8.RuneCountInString(f) > 1 {
			return s
		}
	}
	return strings.ReplaceAll(s, " ", "")
}

// longestWords bounds each piece of context in runes: it is repeated by many chunks.
const longestWords = 120

// add completes a unit with what is in force.
func (c *cutter) add(u unit) {
	u.path, u.clause = c.path, c.clause
	if c.half.page >= 0 && !u.margin {
		if !u.row && u.kind != Heading && u.kind != Seal {
			u.resumed = c.half
		}
		c.half.page = -1
	}
	if c.notes && u.kind == Prose && !u.margin {
		u.kind = Note
	}
	c.out = append(c.out, u)
}

// leaveClause ends the clause in force, and the headings inside it.
func (c *cutter) leaveClause() {
	if c.clause != nil {
		c.path, c.clause = c.clause.outer, nil
	}
}

// enter puts a heading into force. A chapter, and whatever stood above the clause at the same level, ends the clause.
func (c *cutter) enter(level int, w words) {
	if c.clause != nil {
		beside := level > levelTitle && level < levelHan
		for _, t := range c.clause.outer {
			beside = beside || t.level == level
		}
		if beside {
			c.leaveClause()
		}
	}
	keep := c.path
	if n := len(keep); n > 0 && level >= levelHan && level < levelPlain && c.isStatement(keep[n-1].text) {
		keep = keep[:n-1] // a numbered heading ends the statement before it
	}
	if n := len(keep); level == levelPlain && n > 0 && keep[n-1].level == levelPage && !c.isStatement(keep[n-1].text) && !c.notes {
		level = levelPage // two parts without numbers stand side by side
	}
	for len(keep) > 0 && keep[len(keep)-1].level >= level {
		keep = keep[:len(keep)-1]
	}
	c.path = append(keep[:len(keep):len(keep)], title{level, w})
	c.notes = false
	for _, t := range c.path {
		c.notes = c.notes || containsAny(solid(t.text), c.o.Config.Words.Notes)
	}
}

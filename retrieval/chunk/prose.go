package chunk

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// prose adds the units of a line that is no table row.
func (c *cutter) prose(w *wrapping, k int) {
	l, text := c.lines[k], c.text(c.lines[k])
	if w.widest == 0 {
		for _, l := range c.lines {
			if !l.row && !l.margin {
				w.widest = max(w.widest, l.runes)
			}
		}
	}
	level, n := numbered(text)
	label, no := clauseStart(text, c.o.Config.Words.Mention)
	if l.seal || no > 0 || level > 0 || containsPrefix(text, c.o.Config.Words.Closing) {
		c.closeSentence(w)
	}
	switch {
	case l.seal:
		within := c.clause // a seal across the pages of a contract ends no clause
		c.clause = nil
		c.add(unit{start: l.start, end: l.end, line: l.number, kind: Seal})
		c.clause = within
		return
	case no > 0 && c.plausible(no, text, label):
		c.leaveClause()
		c.clause = &clause{label: label, no: no, outer: c.path, begins: words{c.index, l.start, l.start, label}, lead: words{page: -1}}
		c.sentences(w, k, true)
		return
	case containsPrefix(text, c.o.Config.Words.Closing):
		c.leaveClause()
		if c.isAnnex(text, l.runes) {
			c.enter(levelChapter, c.at(l))
			c.add(unit{start: l.start, end: l.end, line: l.number, kind: Heading, keep: true, opens: true})
			return
		}
	case !w.open && c.isHeading(w, k, level, n):
		if level == 0 {
			if level = c.plainLevel(k); solid(text) == "目录" {
				level = levelPage
			}
		}
		c.enter(level, c.at(l))
		c.add(unit{start: l.start, end: l.end, line: l.number, kind: Heading, keep: true, opens: true})
		return
	}
	c.sentences(w, k, false)
}

// plausible tells a clause from a line that only happens to begin with 第X条: it is set off, or follows the last one.
func (c *cutter) plausible(no int, text, label string) bool {
	if no == 1 || c.clause != nil && no == c.clause.no+1 {
		return true
	}
	rest := strings.TrimPrefix(text, label)
	r, _ := utf8.DecodeRuneInString(rest)
	return rest == "" || len(rest) == len(text) || strings.ContainsRune(" \t\u3000：:【（(", r)
}

// isHeading tells whether a line is a heading: numbered and short, or a short line alone above a table or a paragraph.
func (c *cutter) isHeading(w *wrapping, k, level, n int) bool {
	l, text := c.lines[k], c.text(c.lines[k])
	if !titled(text, l.runes) {
		return false
	}
	if c.clause != nil && level >= levelHanIn && strings.Contains(text, "，") {
		return false // （三）甲方应当…，并 is an item of the clause
	}
	if level > 0 && strings.TrimSpace(text[n:]) != "" {
		return l.runes <= 20 || !c.runsOn(w, k)
	}
	if level > 0 || l.runes > 30 || strings.ContainsAny(text, "，,：:、\t") || !startsHan(text) || c.isUnit(text) || slices.Contains(c.o.Config.Words.Empty, text) {
		return false
	}
	switch c.plainLevel(k) {
	case levelTitle:
		return classOf(text) == aLabel && !c.page0.Scan && !c.isName(text)
	case levelPage:
		return l.runes <= 15 && classOf(text) == aLabel && !c.page0.Scan && !c.isName(text) || c.isStatement(text)
	}
	if l.runes > 20 || k+1 >= len(c.lines) || c.page0.Scan || periodIn(text).ok() || c.isName(text) || strings.Contains(text, "签") || strings.Contains(text, "章） ") {
		return false
	}
	next := c.lines[k+1]
	return next.table >= 0 && next.row || !next.row && !next.margin && !next.seal && next.runes >= 30 && next.runes > 2*l.runes
}

// isAnnex tells whether a line of closing words is the title of an annex: 附件一 抵押物清单, but not 附件：1. 营业执照.
func (c *cutter) isAnnex(text string, runes int) bool {
	rest, ok := strings.CutPrefix(text, "附件")
	if !ok {
		if rest, ok = strings.CutPrefix(text, "附表"); !ok {
			return false
		}
	}
	rest = strings.TrimLeft(rest[numeral(rest):], "：: \u3000")
	return runes <= longestHeading && startsHan(rest) && !strings.ContainsAny(rest, "。；;，、：:") && !strings.Contains(rest, "份")
}

// plainLevel is the level of a heading without a number: of the document, of the part that a page begins, or below
// all numbered ones.
func (c *cutter) plainLevel(k int) int {
	switch {
	case c.index == c.first && len(c.path) == 0 && len(c.out) < 3:
		return levelTitle
	case c.isStatement(c.text(c.lines[k])) || !c.hanging && c.top() && !c.chaptered():
		return levelPage
	}
	return levelPlain
}

// chaptered tells whether the text stands in a numbered chapter or section.
func (c *cutter) chaptered() bool {
	for _, t := range c.path {
		if t.level > levelTitle && t.level < levelPage {
			return true
		}
	}
	return false
}

// top tells whether nothing but running heads stands above on the page.
func (c *cutter) top() bool {
	for _, u := range c.out {
		if !u.margin {
			return false
		}
	}
	return true
}

// isStatement tells whether a line is the title of a financial statement.
func (c *cutter) isStatement(s string) bool {
	return len(s) <= 4*longestHeading && !strings.ContainsAny(s, "：:，。、") && c.ends(solid(s))
}

func (c *cutter) ends(s string) bool {
	for _, w := range c.o.Config.Words.Statement {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}

// isName tells whether a line is the name of a company or an office rather than a heading.
func (c *cutter) isName(line string) bool {
	for _, end := range c.o.Config.Words.Name {
		if strings.HasSuffix(line, end) {
			return true
		}
	}
	return false
}

// isUnit tells whether a line declares the unit of the table below it.
func (c *cutter) isUnit(s string) bool {
	return runesUpTo(s, longestCaption) <= longestCaption && containsAny(solid(s), c.o.Config.Words.Unit)
}

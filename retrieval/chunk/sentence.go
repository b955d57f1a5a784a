package chunk

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/xindiao/xindiao/dossier"
)

// Sentence is a stretch of a page's text that belongs together: a sentence, over wrapped lines too, or a table row.
type Sentence struct {
	Start, End int // byte offsets into the page's Text
	Row        bool
}

// longest is where Sentences cuts a sentence without an end, in runes.
const longest = 600

// Sentences splits a page as its chunks are split.
func Sentences(p *dossier.Page) []Sentence {
	d := &dossier.Document{Pages: []dossier.Page{*p}}
	c := newCutter(d, Options{HardRunes: longest, HardTokens: 2 * longest}.filled())
	var out []Sentence
	for _, u := range c.page(&d.Pages[0], 0) {
		out = append(out, Sentence{u.start, u.end, u.row})
	}
	return out
}

const (
	sentenceEnds = "。！？!?；;"
	closers      = "”」』’）)》。！？"
)

// wrapping is the state of running text: the width of full lines, and the sentence that the line before left open.
type wrapping struct {
	widest int // runes of the widest line of the page's prose, 0 before it was looked for
	open   bool
	start  int
	line   int
	end    int
	begins bool // it begins a clause
}

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
	label, no := clauseStart(text)
	if l.seal || no > 0 || level > 0 || containsPrefix(text, c.o.Config.Words.Closing) {
		c.closeSentence(w)
	}
	switch {
	case l.seal:
		c.clause = nil
		c.add(unit{start: l.start, end: l.end, line: l.number, kind: Seal})
		return
	case no > 0 && c.plausible(no, text, label):
		c.clause = &clause{label: label, no: no, begins: words{c.index, l.start, l.start, label}, lead: words{page: -1}}
		c.sentences(w, k, true)
		return
	case containsPrefix(text, c.o.Config.Words.Closing):
		c.clause = nil
	case !w.open && c.isHeading(w, k, level, n):
		if level == 0 {
			level = c.plainLevel(k)
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
	if level > 0 && strings.TrimSpace(text[n:]) != "" {
		return l.runes <= 20 || !c.runsOn(w, k)
	}
	if level > 0 || l.runes > 30 || strings.ContainsAny(text, "，,：:、\t") || !startsHan(text) || c.isUnit(text) {
		return false
	}
	switch c.plainLevel(k) {
	case levelTitle:
		return classOf(text) == aLabel && !c.page0.Scan && !isName(text)
	case levelPage:
		return l.runes <= 15 && classOf(text) == aLabel && !c.page0.Scan && !isName(text) || c.isStatement(text)
	}
	if l.runes > 20 || k+1 >= len(c.lines) || c.page0.Scan || periodIn(text).ok() || isName(text) || strings.Contains(text, "签") || strings.Contains(text, "章） ") {
		return false
	}
	next := c.lines[k+1]
	return next.table >= 0 && next.row || !next.row && !next.margin && !next.seal && next.runes >= 30 && next.runes > 2*l.runes
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
func isName(s string) bool {
	for _, end := range []string{"公司", "合伙）", "事务所", "银行", "支行", "分局", "中心", "委员会", "人民政府"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}

// runsOn tells whether the line is so full that its sentence goes on in the next one, or on the next page.
func (c *cutter) runsOn(w *wrapping, k int) bool {
	if c.lines[k].runes*5 < w.widest*4 || k+1 < len(c.lines) && c.lines[k+1].row {
		return false
	}
	text := c.text(c.lines[k])
	return !strings.HasSuffix(text, "：") && !strings.HasSuffix(text, ":")
}

// sentences adds the sentences of a line; one without an end is left open where the line is full.
func (c *cutter) sentences(w *wrapping, k int, begins bool) {
	l, text := c.lines[k], c.text(c.lines[k])
	s := wrapping{start: l.start, line: l.number, begins: begins}
	if w.open {
		s = *w
	}
	for i, r := range text {
		if !strings.ContainsRune(sentenceEnds, r) || l.start+i < s.start || inWord(text, i, r) {
			continue
		}
		end := closing(c.page0.Text, l.start+i+utf8.RuneLen(r), l.end)
		c.sentence(s, end)
		s = wrapping{start: skipBlank(c.page0.Text, end, l.end), line: l.number}
	}
	s.widest, s.end, s.open = w.widest, l.end, s.start < l.end
	if s.open && !c.runsOn(w, k) {
		c.sentence(s, l.end)
		s.open = false
	}
	*w = s
}

// sentence adds the one that s began.
func (c *cutter) sentence(s wrapping, end int) {
	text := c.page0.Text[s.start:end]
	u := unit{start: s.start, end: end, line: s.line, kind: Prose, opens: s.begins}
	short := len(text) <= 4*longestHeading && titled(text, utf8.RuneCountInString(text))
	switch {
	case s.begins:
		u.keep = short
		if k := strings.Index(text, "："); k > 0 && k < longestWords {
			c.clause.lead = words{c.index, s.start, end, text[:k+len("：")]}
		} else if short {
			c.clause.lead = words{c.index, s.start, end, text}
		}
	case short && strings.HasSuffix(text, "："), c.isUnit(text):
		u.keep = true
	}
	if c.clause != nil {
		u.kind = Clause
	}
	c.add(u)
}

// closeSentence ends a sentence that a line left open.
func (c *cutter) closeSentence(w *wrapping) {
	if w.open {
		w.open = false
		c.sentence(*w, w.end)
	}
}

// leaveOpen ends the sentence that the last line of a page left open, and remembers it for the next page.
func (c *cutter) leaveOpen(w *wrapping) {
	if !w.open {
		return
	}
	c.closeSentence(w)
	if u := c.out[len(c.out)-1]; c.page0.Name == "" {
		c.half = words{c.index, u.start, u.end, tail(c.page0.Text[u.start:u.end], longestWords)}
	}
}

// tail is the last n runes of s.
func tail(s string, n int) string {
	at := len(s)
	for ; n > 0 && at > 0; n-- {
		_, w := utf8.DecodeLastRuneInString(s[:at])
		at -= w
	}
	return s[at:]
}

// isUnit tells whether a line declares the unit of the table below it.
func (c *cutter) isUnit(s string) bool {
	return runesUpTo(s, longestCaption) <= longestCaption && containsAny(solid(s), c.o.Config.Words.Unit)
}

// inWord keeps an ASCII ! or ? inside a word or address from ending a sentence.
func inWord(text string, k int, r rune) bool {
	return r < utf8.RuneSelf && r != ';' && k+1 < len(text) && text[k+1] > ' '
}

// closing moves past quotes and brackets that close right after a sentence's end.
func closing(s string, at, end int) int {
	for at < end {
		r, n := utf8.DecodeRuneInString(s[at:end])
		if !strings.ContainsRune(closers, r) {
			break
		}
		at += n
	}
	return at
}

func skipBlank(s string, at, end int) int {
	for at < end {
		r, n := utf8.DecodeRuneInString(s[at:end])
		if !unicode.IsSpace(r) {
			break
		}
		at += n
	}
	return at
}

func containsAny(s string, list []string) bool {
	for _, w := range list {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

func containsPrefix(s string, list []string) bool {
	for _, w := range list {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

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

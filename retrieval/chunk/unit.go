package chunk

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/xindiao/xindiao/dossier"
)

// unit is what a chunk never cuts: a sentence over one or more lines, or a table row.
type unit struct {
	start, end int
	row        bool
	cell       string
	heads      []string // header and unit lines of the row's table, except the row itself
}

// Sentence is a stretch of a page's text that belongs together: a sentence, over wrapped lines too, or a table row.
type Sentence struct {
	Start, End int // byte offsets into the page's Text
	Row        bool
}

// longest is where a sentence without an end is cut, in runes.
const longest = 600

// Sentences splits a page as its chunks are split.
func Sentences(p *dossier.Page) []Sentence {
	var out []Sentence
	for _, u := range units(p, longest) {
		out = append(out, Sentence{u.start, u.end, u.row})
	}
	return out
}

type line struct {
	start, end int // without the newline and the blanks around
	row        bool
	cell       string
}

var (
	reColumns = regexp.MustCompile(`\S(?:\t+| {2,}|\s?\|\s?|\x{3000}{2,})\S`)
	reUnitRow = regexp.MustCompile(`(?:金额)?单位[:：]`)
)

const sentenceEnds = "。！？!?；;"

// units splits a page; limit is the number of runes above which a sentence is cut after all.
func units(p *dossier.Page, limit int) []unit {
	lines := pageLines(p)
	widest := 0
	for _, l := range lines {
		if !l.row {
			widest = max(widest, utf8.RuneCountInString(p.Text[l.start:l.end]))
		}
	}
	var out []unit
	var heads []string
	open := -1 // start of a sentence that runs over from the line before
	for i, l := range lines {
		text := p.Text[l.start:l.end]
		if l.row {
			before := heads
			if i == 0 || !lines[i-1].row {
				before, heads = nil, unitLine(p, lines, i)
			}
			if len(heads) < 4 && isHeader(text) {
				heads = append(heads[:len(heads):len(heads)], text)
			}
			out = append(out, unit{start: l.start, end: l.end, row: true, cell: l.cell, heads: without(before, text)})
			continue
		}
		heads = nil
		start := l.start
		if open >= 0 {
			start = open
			open = -1
		}
		for k, r := range text {
			if end := l.start + k + utf8.RuneLen(r); strings.ContainsRune(sentenceEnds, r) && end > start && !numberPoint(text, k, r) {
				end = closing(p.Text, end, l.end)
				if end > start {
					out = append(out, unit{start: start, end: end})
					start = skipBlank(p.Text, end, l.end)
				}
			}
		}
		if start >= l.end {
			continue
		}
		runsOn := utf8.RuneCountInString(text)*5 >= widest*4 && i+1 < len(lines) && !lines[i+1].row && !strings.HasSuffix(text, "：") && !strings.HasSuffix(text, ":")
		if runsOn {
			open = start
			continue
		}
		out = append(out, unit{start: start, end: l.end})
	}
	if open >= 0 {
		out = append(out, unit{start: open, end: lines[len(lines)-1].end})
	}
	return bound(p.Text, out, limit)
}

// pageLines finds the printed lines and which of them are table rows: rows of the reader's tables, or columns by
// the look.
func pageLines(p *dossier.Page) []line {
	cells := map[string]string{}
	for _, t := range p.Tables {
		for _, r := range t.Rows {
			if len(r) < 2 {
				continue
			}
			var b strings.Builder
			ref := ""
			for _, c := range r {
				b.WriteString(c.Text)
				if ref == "" && t.Sheet && c.Ref != "" {
					ref = t.Name + "!" + c.Ref
				}
			}
			cells[solid(b.String())] = ref
		}
	}
	var out []line
	at := 0
	for _, s := range strings.SplitAfter(p.Text, "\n") {
		trimmed := strings.TrimSpace(s)
		if trimmed != "" {
			start := at + strings.Index(s, trimmed)
			cell, inTable := cells[solid(trimmed)]
			out = append(out, line{start: start, end: start + len(trimmed), row: inTable || reColumns.MatchString(trimmed), cell: cell})
		}
		at += len(s)
	}
	return out
}

// solid drops blanks and column marks.
func solid(s string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '\t' || r == '\n' || r == '|' || r == '\u3000' || r == ',' {
			return -1
		}
		return r
	}, s)
}

// unitLine is the line above a table that declares its unit, if there is one.
func unitLine(p *dossier.Page, lines []line, i int) []string {
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		if s := p.Text[lines[k].start:lines[k].end]; !lines[k].row && reUnitRow.MatchString(s) && utf8.RuneCountInString(s) < 40 {
			return []string{s}
		}
	}
	return nil
}

// isHeader tells whether a row names columns: words, and no number but years.
func isHeader(row string) bool {
	bare := reYear.ReplaceAllString(row, "")
	return !strings.ContainsAny(bare, "0123456789") && utf8.RuneCountInString(solid(bare)) >= 2
}

var reYear = regexp.MustCompile(`(?:19|20)\d{2}(?:[-./年]\d{1,2}(?:[-./月]\d{1,2}日?)?月?)?年?`)

func without(heads []string, row string) []string {
	var out []string
	for _, h := range heads {
		if h != row {
			out = append(out, h)
		}
	}
	return out
}

// numberPoint keeps an ASCII ; or ! or ? inside a word or address from ending a sentence.
func numberPoint(text string, k int, r rune) bool {
	return r < 0x80 && r != ';' && k+1 < len(text) && text[k+1] > ' '
}

// closing moves past quotes and brackets that close right after a sentence's end.
func closing(s string, at, end int) int {
	for at < end {
		r, n := utf8.DecodeRuneInString(s[at:end])
		if !strings.ContainsRune("”」』’）)》。！？", r) {
			break
		}
		at += n
	}
	return at
}

func skipBlank(s string, at, end int) int {
	for at < end {
		r, n := utf8.DecodeRuneInString(s[at:end])
		if r != ' ' && r != '\t' && r != '\u3000' {
			break
		}
		at += n
	}
	return at
}

// bound cuts units above the limit at line ends, then commas, then anywhere between runes.
func bound(text string, us []unit, limit int) []unit {
	var out []unit
	for _, u := range us {
		for utf8.RuneCountInString(text[u.start:u.end]) > limit {
			piece := head(text[u.start:u.end], limit)
			cut := strings.LastIndexAny(piece, "\n")
			if cut <= 0 {
				cut = strings.LastIndex(piece, "，")
			}
			if cut <= 0 {
				cut = len(piece)
			} else {
				_, n := utf8.DecodeRuneInString(piece[cut:])
				cut += n
			}
			first := u
			first.end = u.start + cut
			out = append(out, first)
			u.start += cut
		}
		if strings.TrimSpace(text[u.start:u.end]) != "" {
			out = append(out, u)
		}
	}
	return out
}

package docx

import (
	"math"
	"unicode"
)

// Page measures in points. Lines have exact heights, so that Word, WPS and LibreOffice break pages alike whatever
// fonts they have, and the stored page numbers of the contents hold until someone edits.
const (
	pageHeight = 841.9 - 72 - 72
	textWidth  = 447.9
	bodyLine   = 23.4
	bodySize   = 12.0
	cellLine   = 16.0
	cellSize   = 10.5
	cellPad    = 4.5
)

// pager follows the page on which the next line falls.
type pager struct {
	page    int
	used    float64
	pending float64 // headings and captions that must stay with what follows
	waiting []func(page int)
}

func (p *pager) next() { p.page++; p.used = 0 }

// lines adds n lines that may break between pages, with space before and after.
func (p *pager) lines(n int, h, before, after float64) {
	p.block(before + h)
	for range n - 1 {
		if p.used+h > pageHeight {
			p.next()
		}
		p.used += h
	}
	p.used += after
}

// block adds what must not break.
func (p *pager) block(h float64) {
	if p.used+p.pending+h > pageHeight && p.used > 0 {
		p.next()
	}
	for _, f := range p.waiting {
		f(p.page)
	}
	p.used += p.pending + h
	p.pending, p.waiting = 0, nil
}

// keep adds what stays on the page of the block after it; place, if given, is told that page.
func (p *pager) keep(h float64, place func(int)) {
	p.pending += h
	if place != nil {
		p.waiting = append(p.waiting, place)
	}
}

func (p *pager) newPage() {
	if p.used > 0 {
		p.next()
	}
}

// width of s in ems: Chinese characters are one em, others about half; between a Chinese character and a letter or
// digit word processors leave a gap, 0.15 em in the mean (measured in LibreOffice).
func width(s string) float64 {
	w := 0.0
	var last rune
	for _, r := range s {
		switch {
		case r >= 0x2e80 || r == '“' || r == '”' || r == '—' || r == '…' || r == '’' || r == '‘' || r == '·':
			w++
		case unicode.IsUpper(r):
			w += 0.68
		case r == ' ' || r == '.' || r == ',':
			w += 0.25
		default:
			w += 0.5
		}
		if unicode.Is(unicode.Han, r) && alnum(last) || unicode.Is(unicode.Han, last) && alnum(r) {
			w += 0.15
		}
		last = r
	}
	return w
}

func alnum(r rune) bool { return r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// lineCount tells how many lines so many ems take at a size in a room, both in points. A line holds whole
// characters, and closing marks pull their neighbour down with them.
func lineCount(ems, size, room float64) int {
	perLine := math.Floor(room / size)
	return max(1, int(math.Ceil(ems/math.Max(perLine, 1))))
}

// The contents close up, within reason, so that the legend stays on their page.
const legendHeight = 175.0

func tocLine(headings int) float64 {
	return math.Min(22, math.Max(17, math.Floor((pageHeight-48-legendHeight)/float64(headings))))
}

func contentsPages(headings int) int {
	return 1 + int((48+float64(headings)*tocLine(headings)+legendHeight)/pageHeight)
}

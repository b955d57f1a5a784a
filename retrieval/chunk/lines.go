package chunk

import (
	"hash/maphash"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/xindiao/xindiao/dossier"
)

// line is a printed line that is not blank.
type line struct {
	start, end int // bytes in the page's Text, without the blanks around
	from       int // start, or the first tab before it: a row's first cells may be empty
	number     int // on the page, from 1
	runes      int
	table      int // index of the page's table that it is a row of, -1 when none
	trow       int // its row there
	row        bool
	cell       string // address of the row's first cell on a sheet
	seal       bool
	margin     bool // running head or foot
}

// place of a row among the page's tables; next leads to the next row with the same words.
type place struct{ table, row, next int }

var seed = maphash.MakeSeed()

// pageLines finds the printed lines and which of them are table rows: rows of the reader's tables, or columns by
// their look.
func pageLines(p *dossier.Page) []line {
	rows, places := tableRows(p)
	out := make([]line, 0, strings.Count(p.Text, "\n")+1)
	at, number := 0, 0
	for at <= len(p.Text) {
		number++
		end := strings.IndexByte(p.Text[at:], '\n')
		if end < 0 {
			end = len(p.Text)
		} else {
			end += at
		}
		raw := p.Text[at:end]
		text := strings.TrimSpace(raw)
		if text != "" {
			start := at + len(raw) - len(strings.TrimLeftFunc(raw, unicode.IsSpace))
			l := line{start: start, from: start, end: start + len(text), number: number, runes: utf8.RuneCountInString(text), table: -1}
			if k := strings.IndexByte(p.Text[at:start], '\t'); k >= 0 {
				l.from = at + k
			}
			l.seal = strings.HasPrefix(text, strings.TrimSpace(dossier.SealMark)) || strings.HasPrefix(text, strings.TrimSpace(dossier.InkMark))
			if len(places) > 0 {
				key := solidHash(text)
				if k, ok := rows[key]; ok {
					l.table, l.trow = places[k].table, places[k].row
					l.row, l.cell = true, address(&p.Tables[l.table], l.trow)
					if n := places[k].next; n >= 0 { // the next such line is the next such row
						rows[key] = n
					}
				}
			}
			l.row = l.row || l.table < 0 && !l.seal && columns(text)
			out = append(out, l)
		}
		at = end + 1
	}
	if len(places) > 0 {
		out = wrapped(p, out, rows, places)
	}
	return settle(p, out)
}

const (
	wrappedLines = 5   // lines that one cell may be printed on
	wrappedBytes = 400 // of such a line at most
)

// wrapped joins lines that together are one row of the grid: a cell was printed on several lines.
func wrapped(p *dossier.Page, ls []line, rows map[uint64]int, places []place) []line {
	out := ls[:0]
	var h maphash.Hash
	for k := 0; k < len(ls); k++ {
		l := ls[k]
		if l.table < 0 && !l.seal {
			h.SetSeed(seed)
			for n := k; n < min(len(ls), k+wrappedLines); n++ {
				m := ls[n]
				if m.table >= 0 || m.seal || m.end-m.start > wrappedBytes {
					break
				}
				writeSolid(&h, p.Text[m.start:m.end])
				at, ok := rows[h.Sum64()]
				if n == k || !ok {
					continue
				}
				l.end, l.row, l.table, l.trow = m.end, true, places[at].table, places[at].row
				l.cell = address(&p.Tables[l.table], l.trow)
				for k++; k <= n; k++ {
					l.runes += ls[k].runes
				}
				k = n
				if next := places[at].next; next >= 0 {
					rows[h.Sum64()] = next
				}
				break
			}
		}
		out = append(out, l)
	}
	return out
}

// settle takes back the rows of one cell that stand away from their table: the same words elsewhere on the page.
func settle(p *dossier.Page, ls []line) []line {
	near := func(a, b line) bool { return a.table == b.table && max(a.trow-b.trow, b.trow-a.trow) <= headRows }
	for k := range ls {
		l := &ls[k]
		if l.table < 0 || p.Tables[l.table].Sheet || k > 0 && near(ls[k-1], *l) || k+1 < len(ls) && near(*l, ls[k+1]) {
			continue
		}
		if text := p.Text[l.start:l.end]; strings.IndexByte(text, '\t') < 0 {
			l.table, l.cell, l.row = -1, "", !l.seal && columns(text)
		}
	}
	return ls
}

// tableRows indexes the rows of the page's tables by their words.
func tableRows(p *dossier.Page) (map[uint64]int, []place) {
	n := 0
	for i := range p.Tables {
		n += len(p.Tables[i].Rows)
	}
	if n == 0 {
		return nil, nil
	}
	first := make(map[uint64]int, n)
	last := make(map[uint64]int, n)
	places := make([]place, 0, n)
	var h maphash.Hash
	for i := range p.Tables {
		t := &p.Tables[i]
		for k, r := range t.Rows {
			if len(r) < 2 && !t.Sheet {
				continue
			}
			h.SetSeed(seed)
			words := false
			for _, c := range r {
				words = writeSolid(&h, c.Text) || words
			}
			if !words {
				continue
			}
			key := h.Sum64()
			places = append(places, place{i, k, -1})
			if l, ok := last[key]; ok {
				places[l].next = len(places) - 1
			} else {
				first[key] = len(places) - 1
			}
			last[key] = len(places) - 1
		}
	}
	return first, places
}

func address(t *dossier.Table, row int) string {
	if !t.Sheet {
		return ""
	}
	for _, c := range t.Rows[row] {
		if c.Text != "" && c.Ref != "" {
			if t.Name == "" {
				return c.Ref
			}
			return t.Name + "!" + c.Ref
		}
	}
	return ""
}

func solidHash(s string) uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	writeSolid(&h, s)
	return h.Sum64()
}

// writeSolid hashes s without blanks, column marks and commas, and tells whether anything was left.
func writeSolid(h *maphash.Hash, s string) bool {
	words := false
	for i := 0; i < len(s); {
		n := 1
		if s[i] >= utf8.RuneSelf {
			var r rune
			if r, n = utf8.DecodeRuneInString(s[i:]); unicode.IsSpace(r) {
				i += n
				continue
			}
		} else if s[i] <= ' ' || s[i] == '|' || s[i] == ',' {
			i++
			continue
		}
		_, _ = h.WriteString(s[i : i+n])
		words = true
		i += n
	}
	return words
}

// solid drops blanks and column marks.
func solid(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '|' {
			return -1
		}
		return r
	}, s)
}

// columns tells whether a line stands in columns by its look: a tab, a bar, or a gap of several blanks inside it.
func columns(s string) bool {
	gap := 0
	for i, r := range s {
		switch {
		case r == '\t', r == '|' && i > 0 && i+1 < len(s):
			return true
		case r == ' ' || r == '\u3000':
			gap++
		default:
			if gap >= 2 {
				return true
			}
			gap = 0
		}
	}
	return false
}

package finance

import (
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// anchors tells where the tables of a page without geometry stand among its lines: web pages, word processor files.
type anchors struct {
	page *dossier.Page
	next int // line behind the last table found
	at   int // line where the present table begins, -1 when it was not found
	from int // line behind the table before it
}

func (a *anchors) reset(p *dossier.Page) { *a = anchors{page: p, at: -1} }

// find looks for the table's first rows among the lines behind the last table.
func (a *anchors) find(t dossier.Table) {
	a.at, a.from = -1, a.next
	if t.Sheet || len(a.page.Lines) == 0 || a.page.Lines[0].Box != nil {
		return
	}
	for i := 0; i < len(t.Rows) && i < 3; i++ {
		key := rowKey(t.Rows[i])
		if key == "" {
			continue
		}
		for k := a.next; k < len(a.page.Lines); k++ {
			if l := a.page.Lines[k].Text; len(l) >= len(key) && len(l) <= 4*len(key)+200 && squeeze(l) == key {
				a.at, a.next = max(k-i, 0), k-i+len(t.Rows)
				return
			}
		}
	}
}

func rowKey(row []dossier.Cell) string {
	var b strings.Builder
	for _, c := range row {
		b.WriteString(squeeze(c.Text))
	}
	return b.String()
}

// read reads the lines before the table, the nearest first, back to the table before it; short ones of the whole page
// when the table was not found among them. A title at the end of the page before counts for a table that begins a page.
func (a *anchors) read(h *header, page int, d *dossier.Document) {
	if a.at < 0 {
		for i, l := range a.page.Lines {
			if i < 60 && len([]rune(l.Text)) < 120 {
				h.read(l.Text)
			}
		}
		return
	}
	n := 0
	for i := a.at - 1; i >= 0 && i >= a.from-1 && n < 2*titleLines; i-- {
		n++
		h.readNear(a.page.Lines[i].Text, n)
	}
	if a.at <= 6 && h.title == "" && page > 0 {
		readFoot(h, &d.Pages[page-1])
	}
}

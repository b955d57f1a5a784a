package read

import (
	"strconv"
	"strings"

	"github.com/xindiao/xindiao/documents/read/internal/sheet"
	"github.com/xindiao/xindiao/dossier"
)

// sheetRows is a stretch of a sheet on its way out of a worker: a sheet of 100,000 rows never stands in the worker's
// memory as a whole. Only the texts travel; addresses and lines follow from them and are made where the page is
// put together.
type sheetRows struct {
	Page   int      // that they belong to; it went out before
	First  int      // row number of Rows[0] on the sheet, from 1
	Rows   []string // cells joined by cellMark, which Clean leaves in no text
	Merges []sheet.Merge
	Doubts []string // of the whole sheet, with its last stretch
}

const cellMark = "\x7f"

// addRows puts a stretch of rows on its page.
func addRows(d *dossier.Document, part *sheetRows) {
	for i := len(d.Pages) - 1; i >= 0; i-- {
		if d.Pages[i].Number == part.Page {
			part.addTo(&d.Pages[i])
			return
		}
	}
}

// closeRows gives pages that grew by rows their text; their lines become parts of it, so that it is held only once.
func closeRows(d *dossier.Document) {
	for i := range d.Pages {
		p := &d.Pages[i]
		if p.Text != "" || len(p.Lines) == 0 {
			continue
		}
		p.Text = pageText(p.Lines)
		at := 0
		for k := range p.Lines {
			n := len(p.Lines[k].Text)
			p.Lines[k].Text = p.Text[at : at+n]
			at += n + 1
		}
	}
}

func pageText(lines []dossier.Line) string {
	var n int
	for _, l := range lines {
		n += len(l.Text) + 1
	}
	var b strings.Builder
	b.Grow(n)
	for i, l := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(l.Text)
	}
	return b.String()
}

// maxGap is the longest run of blank rows that is kept; beyond it only the addresses tell how far apart rows stand.
const maxGap = 1000

func (part *sheetRows) addTo(p *dossier.Page) {
	if len(p.Tables) == 0 {
		p.Tables = []dossier.Table{{Name: p.Name, Sheet: true}}
	}
	t := &p.Tables[0]
	if gap := part.First - 1 - len(t.Rows); len(part.Rows) > 0 && gap > 0 && gap <= maxGap {
		t.Rows = append(t.Rows, make([][]dossier.Cell, gap)...)
	}
	for i, joined := range part.Rows {
		row := splitRow(joined, part.First+i)
		t.Rows = append(t.Rows, row)
		line(p, rowText(row))
	}
	for _, m := range part.Merges {
		merge(t, m)
	}
	p.Doubts = append(p.Doubts, part.Doubts...)
}

func splitRow(joined string, number int) []dossier.Cell {
	if joined == "" {
		return nil
	}
	row := make([]dossier.Cell, 0, strings.Count(joined, cellMark)+1)
	refs := rowRefs(cap(row), number)
	for more := true; more; {
		var c dossier.Cell
		c.Text, joined, more = strings.Cut(joined, cellMark)
		c.Ref, refs, _ = strings.Cut(refs, " ")
		row = append(row, c)
	}
	return row
}

// rowRefs lists the addresses of a row's cells with blanks between: one string to share instead of one a cell.
func rowRefs(cells, number int) string {
	var b strings.Builder
	n := strconv.Itoa(number)
	b.Grow(cells * (len(n) + 3))
	for c := range cells {
		b.WriteString(sheet.Column(c))
		b.WriteString(n)
		b.WriteByte(' ')
	}
	return b.String()
}

// merge marks the top left cell of a merged area and empties the others.
func merge(t *dossier.Table, m sheet.Merge) {
	top := m.Row0 - 1
	if top < 0 || top >= len(t.Rows) || m.Col0 >= len(t.Rows[top]) || m.Col0 < 0 {
		return
	}
	c := &t.Rows[top][m.Col0]
	if !strings.HasSuffix(c.Ref, strconv.Itoa(m.Row0)) || c.Ref != sheet.Column(m.Col0)+strconv.Itoa(m.Row0) {
		return // rows stand closer than on the sheet, see maxGap
	}
	if m.Col1 > m.Col0 {
		c.Cols = uint16(min(m.Col1-m.Col0+1, 1<<14))
	}
	if m.Row1 > m.Row0 {
		c.Rows = uint16(min(m.Row1-m.Row0+1, 1<<16-1))
	}
}

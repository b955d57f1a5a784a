package read

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// table reads rows and cells; a cell that spans columns or rows is followed by empty ones, so that a column keeps its
// number. A table used for layout, with a table in a cell, is walked as ordinary blocks.
func (w *htmlWalk) table(n *html.Node, depth int) {
	if nested(n, 0) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			w.node(c, depth+1)
		}
		return
	}
	g := &htmlGrid{w: w, down: map[int]int{}}
	g.table.Name = heading(&w.page)
	g.rows(n, 0)
	if len(g.table.Rows) > 0 {
		w.page.Tables = append(w.page.Tables, g.table)
	}
}

// htmlGrid lays out the cells of one table.
type htmlGrid struct {
	w     *htmlWalk
	table dossier.Table
	down  map[int]int // by column: rows that a cell from above still covers
}

func (g *htmlGrid) rows(n *html.Node, depth int) {
	for c := n.FirstChild; c != nil && depth < maxDepth && !g.w.cut; c = c.NextSibling {
		switch {
		case c.DataAtom == atom.Caption:
			g.table.Name = Clean(unbroken(g.w.plain(c, 0)))
			line(&g.w.page, g.table.Name)
		case c.DataAtom == atom.Thead, c.DataAtom == atom.Tfoot:
			g.rows(c, depth+1)
			clear(g.down) // spans end with their group
		case c.DataAtom != atom.Tr:
			g.rows(c, depth+1)
		case g.w.isHidden(c):
			g.w.hidden = true
		default:
			g.row(c)
		}
	}
}

func (g *htmlGrid) row(tr *html.Node) {
	var row []dossier.Cell
	number := len(g.table.Rows)
	covered := func() {
		for g.down[len(row)] > 0 {
			g.down[len(row)]--
			row = append(row, dossier.Cell{Ref: ref(number, len(row))})
		}
	}
	for td := tr.FirstChild; td != nil; td = td.NextSibling {
		if td.DataAtom != atom.Td && td.DataAtom != atom.Th {
			continue
		}
		if g.w.isHidden(td) {
			g.w.hidden = true
			continue
		}
		covered()
		cols, rows := span(td, "colspan"), span(td, "rowspan")
		c := dossier.Cell{Text: Clean(unbroken(g.w.plain(td, 0))), Ref: ref(number, len(row))}
		if cols > 1 {
			c.Cols = uint16(cols)
		}
		if rows > 1 {
			c.Rows = uint16(rows)
		}
		for i := range cols {
			if rows > 1 {
				g.down[len(row)] = rows - 1
			}
			if i == 0 {
				row = append(row, c)
			} else {
				row = append(row, dossier.Cell{Ref: ref(number, len(row))})
			}
		}
		if g.w.r.cells += cols; g.w.r.cells > g.w.r.lim.Cells {
			g.w.cut = true
			return
		}
	}
	covered()
	g.table.Rows = append(g.table.Rows, row)
	line(&g.w.page, rowText(row))
}

func ref(row, col int) string { return fmt.Sprintf("r%dc%d", row+1, col+1) }

func span(n *html.Node, key string) int {
	k, err := strconv.Atoi(strings.TrimSpace(attr(n, key)))
	if err != nil {
		return 1
	}
	return min(max(k, 1), maxSpan)
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func nested(n *html.Node, depth int) bool {
	for c := n.FirstChild; c != nil && depth < maxDepth; c = c.NextSibling {
		if c.DataAtom == atom.Table || nested(c, depth+1) {
			return true
		}
	}
	return false
}

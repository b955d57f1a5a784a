package voucher

import (
	"strconv"
	"strings"

	"github.com/xindiao/xindiao/documents/read/internal/xmltree"
)

// rowsOf makes a table of elements of one name: a row each, a column for every label that any of them has. Repeated
// elements within a row become a table of their own, whose first column says which row they belong to (owner). inner
// holds the tables made so far by element name.
func (w *walk) rowsOf(list []*xmltree.Node, path []string, owner string, inner map[string]int) {
	name := path[len(path)-1]
	i, ok := inner[name]
	if !ok {
		if len(w.sheet.Tables) >= maxTables {
			return
		}
		i = len(w.sheet.Tables)
		inner[name] = i
		w.sheet.Tables = append(w.sheet.Tables, Table{Name: w.tableName(path)})
	}
	for _, n := range list {
		r := &row{w: w, table: i, cells: map[int]string{}, inner: inner}
		if owner != "" {
			r.put("所属行", owner)
		}
		r.number = strconv.Itoa(len(w.sheet.Tables[i].Rows) + 1)
		if len(n.Kids) == 0 {
			w.attributes(n, path, r.put)
			r.put(w.label(path), w.value(n))
		} else {
			r.parts(n, path)
		}
		r.end()
	}
	w.square(i)
}

func (w *walk) tableName(path []string) string {
	name := path[len(path)-1]
	if l := w.fam.rows(name); l != "" {
		return l
	}
	if w.fam == nil {
		return strings.Join(path, "/")
	}
	return name
}

// square fills rows up that were made before a later row brought a new column.
func (w *walk) square(i int) {
	t := &w.sheet.Tables[i]
	for r := range t.Rows {
		for len(t.Rows[r]) < len(t.Heads) {
			t.Rows[r] = append(t.Rows[r], "")
		}
	}
}

// row is one row being read.
type row struct {
	w      *walk
	table  int
	number string
	cells  map[int]string
	inner  map[string]int
}

// parts reads the values below n into the row.
func (r *row) parts(n *xmltree.Node, path []string) {
	r.w.attributes(n, path, r.put)
	repeated := r.w.groups(n)
	for _, k := range n.Kids {
		p := append(path[:len(path):len(path)], k.Name)
		list, row := repeated[k.Name]
		switch {
		case r.w.fam.skips(k.Name):
		case row && list[0] == k:
			r.w.rowsOf(list, p, r.number, r.inner)
		case row:
		case len(k.Kids) == 0:
			r.w.attributes(k, p, r.put)
			r.put(r.w.label(p), r.w.value(k))
		default:
			r.parts(k, p)
		}
	}
}

// put sets a cell; a label that the row has already gets a number.
func (r *row) put(label, value string) {
	if value == "" || label == "-" || label == "" {
		return
	}
	t := &r.w.sheet.Tables[r.table]
	base := label
	for n := 2; n < 100; n++ {
		col := r.w.column(t, label)
		if col < 0 {
			r.w.pair(base, value) // no more columns, but nothing is lost
			return
		}
		if _, taken := r.cells[col]; !taken {
			r.cells[col] = value
			return
		}
		label = base + strconv.Itoa(n)
	}
}

// column finds a head, or adds it; -1 when there are too many, or too many cells below it.
func (w *walk) column(t *Table, label string) int {
	for i, h := range t.Heads {
		if h == label {
			return i
		}
	}
	if len(t.Heads) >= maxHeads || w.cells+len(t.Rows) > maxCells {
		return -1
	}
	w.cells += len(t.Rows)
	t.Heads = append(t.Heads, label)
	return len(t.Heads) - 1
}

// said is the row's value under a label, "" when there is none.
func (r *row) said(label string) string {
	for i, h := range r.w.sheet.Tables[r.table].Heads {
		if h == label {
			return r.cells[i]
		}
	}
	return ""
}

func (r *row) end() {
	t := &r.w.sheet.Tables[r.table]
	if len(r.cells) == 0 {
		return
	}
	if r.w.fam != nil {
		for _, x := range r.w.fam.Split {
			r.put(x.To[r.said(x.By)], r.said(x.Label))
		}
	}
	if r.w.cells += len(t.Heads); r.w.cells > maxCells {
		for i, h := range t.Heads {
			r.w.pair(h, r.cells[i])
		}
		return
	}
	out := make([]string, len(t.Heads))
	for i, v := range r.cells {
		out[i] = v
	}
	t.Rows = append(t.Rows, out)
}

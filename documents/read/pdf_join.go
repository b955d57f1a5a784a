package read

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// joinTables finds tables that go on from the page before: the last thing of one page and the first of the next but
// for running heads, with columns in the same places. All parts of a table get the same columns, the first part's name
// and the mark Continues; each stays on its own page.
func joinTables(d *dossier.Document) {
	heads := runningLines(d.Pages)
	var parts []*dossier.Table // of the table that reaches the end of the page before
	var cols [][2]float64
	for i := range d.Pages {
		p := &d.Pages[i]
		if len(p.Tables) == 0 {
			parts = nil
			continue
		}
		first, last := &p.Tables[0], &p.Tables[len(p.Tables)-1]
		joined := false
		if len(parts) > 0 && d.Pages[i-1].Number+1 == p.Number && d.Pages[i-1].Width == p.Width && alone(p.Lines, *first, heads, true) {
			if all, at, ok := matchColumns(cols, columnsOf(*first)); ok {
				for _, t := range parts {
					spread(t, len(all), at[0])
				}
				spread(first, len(all), at[1])
				first.Continues, first.Name = true, parts[0].Name
				parts, cols, joined = append(parts, first), all, true
			}
		}
		if !alone(p.Lines, *last, heads, false) {
			parts = nil
			continue
		}
		if !joined || len(p.Tables) > 1 {
			parts, cols = []*dossier.Table{last}, columnsOf(*last)
		}
	}
}

var pageNumber = regexp.MustCompile(`^[\D]{0,30}\d{1,4}\D{0,8}(?:\d{1,4}\D{0,4})?$`)

// headKey is what running heads of different pages have in common: their words, but not the number of the page.
func headKey(s string) string {
	s = strings.Join(strings.Fields(s), "")
	if pageNumber.MatchString(s) && (strings.ContainsAny(s, "页/-—·") || len(s) <= 4) {
		return strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return -1
			}
			return r
		}, s) + "#"
	}
	return s
}

const headLines = 4 // at either end of a page

// runningLines are lines that stand at the head or foot of several pages.
func runningLines(pages []dossier.Page) map[string]bool {
	seen := map[string]int{}
	for _, p := range pages {
		own := map[string]bool{}
		for i, l := range p.Lines {
			if i < headLines || i >= len(p.Lines)-headLines {
				own[headKey(l.Text)] = true
			}
		}
		for k := range own {
			seen[k]++
		}
	}
	out := map[string]bool{}
	for k, n := range seen {
		if n >= 2 || strings.HasSuffix(k, "#") {
			out[k] = true
		}
	}
	return out
}

// alone tells whether nothing but running lines stands before a table, or behind it.
func alone(lines []dossier.Line, t dossier.Table, heads map[string]bool, before bool) bool {
	box, ok := tableBox(t)
	if !ok {
		return false
	}
	in := func(l dossier.Line) bool {
		if l.Box == nil {
			return false
		}
		x, y := (l.Box.X0+l.Box.X1)/2, (l.Box.Y0+l.Box.Y1)/2
		return x > box.X0-1 && x < box.X1+1 && y > box.Y0-1 && y < box.Y1+1
	}
	from, to := -1, -1
	for i, l := range lines {
		if in(l) {
			if from < 0 {
				from = i
			}
			to = i
		}
	}
	if from < 0 {
		return false
	}
	rest := lines[to+1:]
	if before {
		rest = lines[:from]
	}
	for _, l := range rest {
		if !heads[headKey(l.Text)] && !strings.HasPrefix(l.Text, commentMark) {
			return false
		}
	}
	return len(rest) <= headLines
}

func tableBox(t dossier.Table) (box dossier.Box, ok bool) {
	for _, row := range t.Rows {
		for _, c := range row {
			if c.Box == nil {
				continue
			}
			if !ok {
				box, ok = *c.Box, true
			}
			box = dossier.Box{X0: min(box.X0, c.Box.X0), Y0: min(box.Y0, c.Box.Y0), X1: max(box.X1, c.Box.X1), Y1: max(box.Y1, c.Box.Y1)}
		}
	}
	return box, ok
}

// columnsOf is where each column stands: the median left and right side of its cells, merged ones left out.
func columnsOf(t dossier.Table) [][2]float64 {
	if len(t.Rows) == 0 {
		return nil
	}
	out := make([][2]float64, len(t.Rows[0]))
	for x := range out {
		var left, right []float64
		for _, row := range t.Rows {
			if x < len(row) && row[x].Box != nil && row[x].Text != "" && row[x].Cols <= 1 {
				left, right = append(left, row[x].Box.X0), append(right, row[x].Box.X1)
			}
		}
		if len(left) > 0 {
			slices.Sort(left)
			slices.Sort(right)
			out[x] = [2]float64{left[len(left)/4], right[len(right)*3/4]}
		}
	}
	return out
}

// matchColumns finds the common columns of two parts, left to right, and where each part's columns go among them. A
// column that one part has nothing in may be missing there; half of the columns must stand in the same place.
func matchColumns(a, b [][2]float64) (all [][2]float64, at [2][]int, ok bool) {
	same := func(p, q [2]float64) bool {
		return min(p[1], q[1])-max(p[0], q[0]) > 0.3*min(p[1]-p[0], q[1]-q[0]) && p[1] > p[0] && q[1] > q[0]
	}
	i, j, common := 0, 0, 0
	for i < len(a) || j < len(b) {
		n := len(all)
		switch {
		case i < len(a) && j < len(b) && (same(a[i], b[j]) || len(a) == len(b) && i == j && (a[i][1] == 0 || b[j][1] == 0)):
			w := [2]float64{min(a[i][0], b[j][0]), max(a[i][1], b[j][1])}
			if a[i][1] == 0 || b[j][1] == 0 {
				w = [2]float64{max(a[i][0], b[j][0]), max(a[i][1], b[j][1])}
			}
			all, at[0], at[1] = append(all, w), append(at[0], n), append(at[1], n)
			i, j, common = i+1, j+1, common+1
		case j >= len(b) || i < len(a) && a[i][0] < b[j][0]:
			all, at[0] = append(all, a[i]), append(at[0], n)
			i++
		default:
			all, at[1] = append(all, b[j]), append(at[1], n)
			j++
		}
	}
	return all, at, common >= 2 && 2*common >= len(all) && len(all) <= len(a)+2 && len(all) <= len(b)+2
}

// spread gives a table n columns and puts column i at at[i].
func spread(t *dossier.Table, n int, at []int) {
	if len(t.Rows) == 0 || len(t.Rows[0]) == n {
		return
	}
	for y, row := range t.Rows {
		wide := make([]dossier.Cell, n)
		for x, c := range row {
			if x < len(at) {
				wide[at[x]] = c
			}
		}
		for x := range wide {
			wide[x].Ref = fmt.Sprintf("r%dc%d", y+1, x+1)
		}
		t.Rows[y] = wide
	}
}

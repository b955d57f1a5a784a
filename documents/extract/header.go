package extract

import (
	"strings"

	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

// headerRow finds the row that names the wanted columns.
func headerRow(g *grid, w *types.Rows, scan bool) (int, map[string]int) {
	for i, row := range g.rows {
		if i > 40 && !(g.lines != nil && i < 2000) {
			break
		}
		if len(row) < 2 {
			continue
		}
		cols, ok := map[string]int{}, true
		used := map[int]bool{}
		for pass := range 3 { // whole matches first, so that 余额 does not take 担保余额; misread ones last, on scans
			if pass == 2 && !scan {
				break
			}
			for ci := range w.Columns {
				c := &w.Columns[ci]
				if _, done := cols[c.Key]; done {
					continue
				}
				if j := headAt(row, c.Heads, used, pass); j >= 0 {
					cols[c.Key], used[j] = j, true
				}
			}
		}
		for ci := range w.Columns {
			if _, has := cols[w.Columns[ci].Key]; w.Columns[ci].Required && !has {
				ok = false
			}
		}
		if ok && len(w.Without) > 0 && headAt(row, w.Without, map[int]bool{}, 0) >= 0 {
			ok = false
		}
		if ok && len(cols) > 0 {
			return i, cols
		}
	}
	return -1, nil
}

func headAt(row []dossier.Cell, heads []string, used map[int]bool, pass int) int {
	for _, h := range heads {
		h = plain.Tight(h)
		for j, c := range row {
			s := plain.Tight(c.Text)
			if used[j] || s == "" || len(s) > 60 {
				continue
			}
			switch {
			case s == h, pass == 0 && bare(s) == h, pass > 0 && strings.Contains(s, h),
				pass == 2 && len([]rune(h)) >= 4 && plain.Distance([]rune(s), []rune(h)) == 1:
				return j
			}
		}
	}
	return -1
}

// isHeader tells whether a row names the columns of another table of this kind.
func (r *reader) isHeader(row []dossier.Cell) bool {
	n := 0
	for _, c := range row {
		s := plain.Tight(c.Text)
		if strings.ContainsAny(s, "0123456789") && len(s) > 8 {
			return false
		}
		if s != "" && r.heads()[s] {
			n++
		}
	}
	return n >= 3
}

// heads are all header words of the kind.
func (r *reader) heads() map[string]bool {
	if r.headSet == nil {
		r.headSet = map[string]bool{}
		for i := range r.t.Fields {
			for j := range r.t.Fields[i].Find {
				w := r.t.Fields[i].Find[j].Rows
				if w == nil {
					continue
				}
				for k := range w.Columns {
					for _, h := range w.Columns[k].Heads {
						r.headSet[plain.Tight(h)] = true
					}
				}
			}
		}
	}
	return r.headSet
}

// headUnit reads the unit out of a header cell: 余额（万元）.
func headUnit(s string) string {
	s = plain.Tight(s)
	for _, u := range []string{"亿元", "万元", "千元"} {
		if strings.Contains(s, "("+u+")") || strings.HasSuffix(s, u) {
			return u
		}
	}
	if strings.Contains(s, "(元)") || strings.HasSuffix(s, "元") {
		return "元"
	}
	return ""
}

package finance

import (
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// region is a name column with the amount columns that belong to it.
type region struct {
	from, to int // columns that may hold the name
	cols     []column
}

// head reads row r as the header of a statement; rows tells how many rows it takes.
func (g grid) head(r int) (regs []region, rows int, ok bool) {
	var cur *region
	names, amounts := 0, 0
	doubtful := false // 2025.12 may be a month or an amount
	for c := range g.rows[r] {
		t := g.text(r, c)
		if _, _, num := ParseAmount(t); num {
			if !yearCellRE.MatchString(squeeze(t)) {
				return nil, 0, false // amounts stand under a header, not in it
			}
			doubtful = true
		}
		if isNameHead(t) {
			if _, isCol := columnOf(t); !isCol {
				names++
				if cur != nil {
					regs = append(regs, *cur)
				}
				cur = &region{from: c, to: c}
				continue
			}
		}
		if col, isCol := columnOf(t); isCol {
			amounts++
			if cur == nil {
				cur = &region{}
			}
			col.at = c
			col.unit = unitIn(t)
			cur.cols = append(cur.cols, col)
		} else if cur != nil && len(cur.cols) == 0 {
			cur.to = c
		}
	}
	if cur != nil {
		regs = append(regs, *cur)
	}
	if amounts == 0 || names == 0 && (amounts < 2 || doubtful) {
		return nil, 0, false
	}
	rows = 1
	switch {
	case r+1 >= len(g.rows):
	case g.scopeRow(r + 1):
		regs, rows = g.withScopes(regs, r+1), 2
	case g.subRow(r+1, regs):
		regs, rows = g.withSubs(regs, r+1), 2
	}
	for i := range regs {
		for k := range regs[i].cols {
			if c := &regs[i].cols[k]; c.scope == "" && r > 0 {
				c.scope = g.scopeAbove(r-1, c.at)
			}
		}
		if len(regs[i].cols) > 0 {
			regs[i].to = regs[i].cols[0].at - 1
		}
	}
	return regs, rows, true
}

// scopeRow tells whether row r only splits the columns above it into 合并 and 母公司.
func (g grid) scopeRow(r int) bool {
	n := 0
	for c := range g.rows[r] {
		switch t := squeeze(g.text(r, c)); {
		case t == "":
		case strings.Contains(t, "合并") || strings.Contains(t, "公司"):
			if len([]rune(t)) > 8 {
				return false
			}
			n++
		default:
			return false
		}
	}
	return n >= 2
}

// scopeAbove reads the scope of column c from a row of merged cells that spans the amounts below it: 合并, 母公司.
func (g grid) scopeAbove(r, c int) dossier.Scope {
	found := map[int]dossier.Scope{}
	for i := range g.rows[r] {
		switch t := squeeze(g.text(r, i)); {
		case t == "" || isNameHead(t) || skipColRE.MatchString(t):
		case len([]rune(t)) > 8:
			return ""
		case strings.Contains(t, "合并"):
			found[i] = dossier.ScopeConsolidated
		case strings.Contains(t, "公司") || strings.Contains(t, "单体") || strings.Contains(t, "本部"):
			found[i] = dossier.ScopeSingle
		default:
			return ""
		}
	}
	if len(found) < 2 {
		return ""
	}
	for i := c; i >= 0; i-- {
		if s, ok := found[i]; ok {
			return s
		}
	}
	for i := c + 1; i < len(g.rows[r]); i++ {
		if s, ok := found[i]; ok {
			return s
		}
	}
	return ""
}

// reach is where column k of region i ends in row r: at the next column, the next region or the row's end.
func (g grid) reach(regs []region, i, k, r int) int {
	switch {
	case k+1 < len(regs[i].cols):
		return regs[i].cols[k+1].at
	case i+1 < len(regs):
		return regs[i+1].from
	}
	return len(g.rows[r])
}

func (g grid) withScopes(regs []region, r int) []region {
	for i, reg := range regs {
		var cols []column
		for k, c := range reg.cols {
			end := g.reach(regs, i, k, r)
			for j := c.at; j < end; j++ {
				t := squeeze(g.text(r, j))
				if t == "" {
					continue
				}
				d := c
				d.at, d.scope = j, dossier.ScopeSingle
				if strings.Contains(t, "合并") {
					d.scope = dossier.ScopeConsolidated
				}
				cols = append(cols, d)
			}
		}
		if len(cols) > 0 {
			regs[i].cols = cols
		}
	}
	return regs
}

// subRow tells whether row r only parts the columns above it into narrower ones: 本期金额 into 本月数 and 本年累计数.
func (g grid) subRow(r int, regs []region) bool {
	n := 0
	for c := range g.rows[r] {
		t := squeeze(g.text(r, c))
		if t == "" {
			continue
		}
		if _, ok := columnOf(t); !ok && !skipColRE.MatchString(t) && !unitInRE.MatchString(t) && unitNamed(t) == "" {
			return false
		}
		n++
	}
	cols := 0
	for _, reg := range regs {
		cols += len(reg.cols)
	}
	return n >= 1 && cols > 0
}

// withSubs joins the words of the header's two rows; a column takes those of the nearest cell at its left above it.
func (g grid) withSubs(regs []region, r int) []region {
	for i, reg := range regs {
		var cols []column
		for k, c := range reg.cols {
			end := g.reach(regs, i, k, r)
			for j := c.at; j < max(end, c.at+1); j++ {
				t := squeeze(g.text(r, j))
				if t == "" && j > c.at || hardSkipRE.MatchString(t) || skipColRE.MatchString(t) {
					continue
				}
				d, ok := columnOf(c.label + t)
				if !ok || c.role == roleDated {
					d = c
					if sub, isCol := columnOf(t); isCol && sub.role != roleDated && c.role == roleDated && sub.role != roleCurrent {
						continue // a date above 期初余额 leaves open whose it is
					}
				}
				d.at = j
				if d.unit = unitIn(t); d.unit == "" {
					if d.unit = unitNamed(t); d.unit == "" {
						d.unit = c.unit
					}
				}
				if d.scope == "" {
					d.scope = c.scope
				}
				cols = append(cols, d)
			}
		}
		if len(cols) > 0 {
			regs[i].cols = cols
		}
	}
	return regs
}

// unitIn is the unit that a header cell prints for its column: 期末余额（万元）.
func unitIn(t string) dossier.Unit {
	s := squeeze(t)
	if m := unitInRE.FindStringSubmatch(s); m != nil {
		return unitNamed(m[1])
	}
	if m := unitRE.FindStringSubmatch(s); m != nil {
		return unitNamed(m[1])
	}
	return ""
}

package tables

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/xindiao/xindiao/dossier"
)

// fold is the form in which cells are compared: without blanks, compatibility forms folded.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return -1
		case r == '－' || r == '−' || r == '–':
			return '-'
		}
		return r
	}, norm.NFKC.String(s))
}

// score holds the truth against the one table that agrees with it best.
func score(t truth, got []dossier.Joined) (best Table) {
	best = against(t, dossier.Joined{})
	for _, g := range got {
		if s := against(t, g); s.Cells.Good > best.Cells.Good {
			best = s
		}
	}
	return best
}

// against counts what of the truth stands in one table.
func against(t truth, g dossier.Joined) (out Table) {
	out.Name = t.name
	out.Rows.Of = len(t.rows)
	at := align(t, g)
	cols := columns(t, g, at)
	for y, row := range t.rows {
		var have []dossier.Cell
		if at[y] >= 0 {
			have = g.Rows[at[y]]
			out.Rows.Good++
		}
		for x, want := range row {
			w, h := fold(want), ""
			if cols[x] >= 0 && cols[x] < len(have) {
				h = fold(have[cols[x]].Text)
			}
			if w == "" && h == "" {
				continue
			}
			out.Cells.Of++
			if w == h {
				out.Cells.Good++
			} else if len(out.Wrong) < 20 {
				out.Wrong = append(out.Wrong, fmt.Sprintf("%s：应为 %q，读出 %q", row[0], want, h))
			}
		}
	}
	return out
}

// align finds for each row of the truth the row of a table with the same first words, keeping the order; -1 where
// there is none. It takes the longest common subsequence, as labels may repeat.
func align(t truth, g dossier.Joined) []int {
	a := make([]string, len(t.rows))
	for i, r := range t.rows {
		a[i] = fold(r[0])
	}
	b := make([]string, len(g.Rows))
	for i, r := range g.Rows {
		for _, c := range r {
			if b[i] = fold(c.Text); b[i] != "" {
				break
			}
		}
	}
	at := make([]int, len(a))
	for i := range at {
		at[i] = -1
	}
	if len(a)*len(b) > 4_000_000 {
		return at
	}
	n := make([][]int, len(a)+1)
	for i := range n {
		n[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			n[i][j] = max(n[i+1][j], n[i][j+1])
			if a[i] == b[j] {
				n[i][j] = max(n[i][j], n[i+1][j+1]+1)
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j] && n[i][j] == n[i+1][j+1]+1:
			at[i] = j
			i, j = i+1, j+1
		case n[i+1][j] >= n[i][j+1]:
			i++
		default:
			j++
		}
	}
	return at
}

// columns finds for each column of the truth the table's column that agrees with it most often.
func columns(t truth, g dossier.Joined, at []int) []int {
	width := 0
	for _, r := range t.rows {
		width = max(width, len(r))
	}
	out := make([]int, width)
	for x := range out {
		out[x] = -1
		hits := map[int]int{}
		for y, r := range t.rows {
			if at[y] < 0 || x >= len(r) || r[x] == "" {
				continue
			}
			for k, c := range g.Rows[at[y]] {
				if fold(c.Text) == fold(r[x]) {
					hits[k]++
				}
			}
		}
		most := 0
		for k := range 1000 {
			if hits[k] > most {
				out[x], most = k, hits[k]
			}
		}
	}
	return out
}

package layout

import (
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/xindiao/xindiao/dossier"
)

// gap is a distance between two glyphs of a segment that is too small to part them by itself.
type gap struct {
	at         int     // byte offset into the segment's text of what stands behind it
	from, to   float64 // where the glyph before ends and the one behind begins
	seg, where int     // of findTight: the segment's index, the line's
}

const (
	tightLines = 3    // lines that must have a gap in the same place
	tightGap   = 0.22 // em, at least
)

// narrow tells whether a distance, in em, may part two columns: after an amount even the smallest may, before a unit
// none, and between Han characters it must be wider than justified text has it.
func narrow(dist float64, before string, last, next rune) bool {
	switch {
	case digit(last) && strings.ContainsRune("元万亿千百倍股年月日号个家人户名次项笔台套吨天页条款期％%", next):
		return false
	case strings.ContainsRune("：:币第约", last): // a label of its own, or what belongs to the number
		return false
	case wide(last) && wide(next):
		return dist > 0.5
	case amount(before):
		return dist > 0.05 || dist > -0.1 && han(next)
	}
	return dist > tightGap
}

// amount tells whether a text ends as an amount in a table does, with two decimals or as a lone dash.
func amount(s string) bool {
	n := len(s)
	return n >= 4 && s[n-3] == '.' && digit(rune(s[n-1])) && digit(rune(s[n-2])) && digit(rune(s[n-4])) || s == "-" || strings.HasSuffix(s, " -")
}

// findTight parts segments at narrow gaps that stand in the same place line after line: the columns of a table whose
// numbers come close to the words behind them. The gap's right side, or its left, must be at the same place in at
// least three lines and in most lines of the stretch that have anything there.
func findTight(lines []textLine) {
	for from := 0; from < len(lines); {
		to := from + 1
		for to < len(lines) && lines[to].box.Y0-lines[to-1].box.Y1 <= 2.2*max(lines[to].size, lines[to-1].size) {
			to++
		}
		if to-from >= tightLines {
			tighten(lines[from:to])
		}
		from = to
	}
}

func tighten(lines []textLine) {
	var all []gap
	for i, l := range lines {
		for s := range l.segs {
			for _, g := range l.segs[s].gaps {
				g.seg, g.where = s, i
				all = append(all, g)
			}
		}
	}
	if len(all) < tightLines || len(all) > 20_000 {
		return
	}
	cut := map[[2]int][]gap{}
	for _, side := range []func(gap) float64{func(g gap) float64 { return g.to }, func(g gap) float64 { return g.from }} {
		sort.SliceStable(all, func(i, j int) bool { return side(all[i]) < side(all[j]) })
		for i := 0; i < len(all); {
			j := i + 1
			for j < len(all) && side(all[j])-side(all[i]) <= 0.12*lines[all[i].where].size {
				j++
			}
			if column := all[i:j]; inColumn(lines, column) {
				for _, g := range column {
					cut[[2]int{g.where, g.seg}] = append(cut[[2]int{g.where, g.seg}], g)
				}
			}
			i = j
		}
	}
	for i := range lines {
		var segs []segment
		for s := range lines[i].segs {
			segs = append(segs, lines[i].segs[s].cut(cut[[2]int{i, s}])...)
		}
		lines[i].segs = segs
	}
}

// inColumn tells whether gaps that share a side part two columns: at least three lines have such a gap, or the end of
// a segment, in that place, and hardly a line between them has something that runs across.
func inColumn(lines []textLine, column []gap) bool {
	has := map[int]bool{}
	first, last := len(lines), -1
	lo, hi := column[0].from, column[0].to
	from, to := lo, hi
	for _, g := range column {
		s := lines[g.where].segs[g.seg]
		if g.seg == 0 && utf8.RuneCountInString(s.text[:g.at]) <= 4 || strings.ContainsAny(s.text, "。；，") {
			continue // the number of an item in a list, or running text
		}
		has[g.where] = true
		first, last = min(first, g.where), max(last, g.where)
		lo, hi, from, to = max(lo, g.from), min(hi, g.to), min(from, g.from), max(to, g.to)
	}
	if len(has) < 2 {
		return false
	}
	size := lines[first].size
	if len(has) < tightLines && (from < lo-0.12*size && to > hi+0.12*size || len(lines) > 200) {
		return false
	}
	if len(has) < tightLines { // with the lines around that part there by themselves
		first, last = 0, len(lines)-1
	}
	over, ends := 0, 0
	for i := first; i <= last; i++ {
		if has[i] {
			continue
		}
		for k, s := range lines[i].segs {
			switch {
			case s.box.X0 < lo-0.1*size && s.box.X1 > hi+0.1*size && !s.open(lo, hi):
				over++
			case k > 0 && abs(s.box.X0-hi) <= 0.12*size && to-hi <= 0.12*size, k+1 < len(lines[i].segs) && abs(s.box.X1-lo) <= 0.12*size && lo-from <= 0.12*size:
				ends++
			}
		}
	}
	return len(has)+ends >= tightLines && hi-lo >= -0.1*size && 4*over <= len(has)+ends
}

// open tells whether one of the segment's own gaps lies over the stripe.
func (s *segment) open(lo, hi float64) bool {
	for _, g := range s.gaps {
		if g.from <= hi && g.to >= lo {
			return true
		}
	}
	return false
}

// cut parts a segment at gaps of its own.
func (s *segment) cut(gaps []gap) []segment {
	if len(gaps) == 0 {
		return []segment{*s}
	}
	sort.Slice(gaps, func(i, j int) bool { return gaps[i].at < gaps[j].at })
	var out []segment
	rest := *s
	for _, g := range gaps {
		at := g.at - (len(s.text) - len(rest.text))
		if at <= 0 || at >= len(rest.text) {
			continue
		}
		left := rest
		left.text, left.box.X1 = strings.TrimSpace(rest.text[:at]), g.from
		left.n = max(rest.n*at/len(rest.text), 1)
		left.conf, left.gaps = rest.conf*float64(left.n)/float64(max(rest.n, 1)), nil
		right := rest
		right.text = strings.TrimLeft(rest.text[at:], " ")
		right.box = dossier.Box{X0: g.to, Y0: rest.box.Y0, X1: rest.box.X1, Y1: rest.box.Y1}
		right.n = max(rest.n-left.n, 1)
		right.conf = rest.conf - left.conf
		if left.text != "" {
			out = append(out, left)
		}
		rest = right
	}
	return append(out, rest)
}

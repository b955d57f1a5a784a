package layout

import (
	"sort"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// segment is a stretch of a line without a wide gap.
type segment struct {
	text string
	box  dossier.Box
	conf float64 // sum over glyphs
	n    int
	gaps []gap // see findTight
}

// textLine is one printed line.
type textLine struct {
	segs []segment
	box  dossier.Box
	size float64 // height of its tallest glyph
	base float64
}

// makeLines groups glyphs by their baseline, from top to bottom.
func makeLines(glyphs []Glyph) []textLine {
	gs := append([]Glyph(nil), glyphs...)
	sort.SliceStable(gs, func(i, j int) bool {
		if gs[i].OY != gs[j].OY {
			return gs[i].OY < gs[j].OY
		}
		return gs[i].OX < gs[j].OX
	})
	var lines []textLine
	for i := 0; i < len(gs); {
		// A line reaches as far down as glyphs keep near the baseline of the one before.
		j, base, size := i+1, gs[i].OY, gs[i].size()
		for j < len(gs) && gs[j].OY-base <= 0.35*max(min(size, gs[j].size()), 1) {
			if gs[j].R != ' ' {
				base = base + (gs[j].OY-base)/4
				size = max(size, gs[j].size())
			}
			j++
		}
		if l, ok := makeLine(gs[i:j]); ok {
			lines = append(lines, l)
		}
		i = j
	}
	return lines
}

// makeLine orders a line's glyphs from left to right and parts it at wide gaps.
func makeLine(gs []Glyph) (textLine, bool) {
	gs = append([]Glyph(nil), gs...)
	for i := range gs {
		if g := &gs[i]; han(g.R) { // narrow ones such as 日 fill their square all the same
			g.X0, g.X1 = min(g.X0, g.OX), max(g.X1, g.OX+0.95*g.size())
		}
	}
	sort.SliceStable(gs, func(i, j int) bool { return gs[i].X0 < gs[j].X0 })
	var l textLine
	var b strings.Builder
	var seg segment
	var prev Glyph
	started, space, hard := false, false, false
	flush := func() {
		if seg.text = strings.TrimSpace(b.String()); seg.text != "" {
			l.segs = append(l.segs, seg)
		}
		b.Reset()
		seg = segment{}
	}
	for _, g := range gs {
		if g.R == ' ' {
			space, hard = true, hard || !g.Soft
			continue
		}
		if started && g.R != 0 && g.R == prev.R && abs(g.OX-prev.OX) < 0.12*g.size() {
			continue // printed twice to look bold
		}
		if started {
			first, last := firstRune(g), lastRune(prev)
			em := max(min(g.size(), prev.size()), 0.1)
			dist := g.X0 - prev.X1
			if narrow(dist/em, b.String(), last, first) {
				seg.gaps = append(seg.gaps, gap{at: b.Len(), from: prev.X1, to: g.X0})
			}
			switch {
			case dist > 1.1*em:
				flush()
			case wide(first) && wide(last):
				if hard && dist > 0.4*em || dist > 0.9*em {
					b.WriteByte(' ')
				}
			case wide(first) != wide(last): // a quarter em is set between the two scripts
				if dist > 0.45*em || hard && dist > 0.2*em || space && digit(first) && dist > 0.15*em {
					b.WriteByte(' ')
				}
			case space && dist > 0.05*em, dist > 0.28*em:
				b.WriteByte(' ')
			}
		}
		if seg.n == 0 {
			seg.box = dossier.Box{X0: g.X0, Y0: g.Y0, X1: g.X1, Y1: g.Y1}
		}
		seg.box = union(seg.box, dossier.Box{X0: g.X0, Y0: g.Y0, X1: g.X1, Y1: g.Y1})
		if g.Confidence == 0 {
			g.Confidence = 1
		}
		seg.conf, seg.n = seg.conf+g.Confidence, seg.n+1
		l.size = max(l.size, g.size())
		l.base = g.OY
		b.WriteString(g.text())
		prev, started, space, hard = g, true, false, false
	}
	flush()
	if len(l.segs) == 0 {
		return l, false
	}
	l.box = l.segs[0].box
	for _, s := range l.segs[1:] {
		l.box = union(l.box, s.box)
	}
	return l, true
}

func firstRune(g Glyph) rune {
	for _, r := range g.text() {
		return r
	}
	return 0
}

func lastRune(g Glyph) (last rune) {
	for _, r := range g.text() {
		last = r
	}
	return last
}

func union(a, b dossier.Box) dossier.Box {
	return dossier.Box{X0: min(a.X0, b.X0), Y0: min(a.Y0, b.Y0), X1: max(a.X1, b.X1), Y1: max(a.Y1, b.Y1)}
}

// text joins the segments, two blanks at a wide gap.
func (l textLine) text() string {
	parts := make([]string, len(l.segs))
	for i, s := range l.segs {
		parts[i] = s.text
	}
	return strings.Join(parts, "  ")
}

func (l textLine) confidence() float64 {
	var sum float64
	n := 0
	for _, s := range l.segs {
		sum, n = sum+s.conf, n+s.n
	}
	return sum / float64(max(n, 1))
}

func (l textLine) line() dossier.Line {
	box := l.box
	return dossier.Line{Text: l.text(), Box: &box, Confidence: l.confidence()}
}

// wrapped joins the lines of a cell that is so wide. A break that the width forced is no break of the text; one where
// the next word would still have fitted was meant, and becomes a blank.
func wrapped(lines []textLine, width float64) string {
	var b strings.Builder
	for i, l := range lines {
		if i > 0 && !upwards(lines, width) {
			prev := lines[i-1]
			room := width - (prev.box.X1 - prev.box.X0)
			last, first := lastOf(prev.text()), firstOf(l.text())
			switch {
			case (last == '-' || last == '/') && digit(first):
			case han(last) && han(first) && room < 0.3*width: // indented or justified: the words of one label
			case room > firstWord(l)+0.3*l.size:
				b.WriteByte(' ')
			case letter(last) && letter(first):
				b.WriteByte(' ')
			}
		}
		b.WriteString(l.text())
	}
	return b.String()
}

// upwards tells lines of one Han character each, two of them only in a narrow cell: a label that is set from top to bottom.
func upwards(lines []textLine, width float64) bool {
	for _, l := range lines {
		if s := []rune(l.text()); len(s) != 1 || !han(s[0]) || len(lines) < 3 && width > 4*l.size {
			return false
		}
	}
	return true
}

// firstWord is the width of what must stay together at a line's start: one Han character, or a whole number or word.
func firstWord(l textLine) float64 {
	s := l.segs[0]
	rs := []rune(s.text)
	n := 0
	for n < len(rs) && !wide(rs[n]) && rs[n] != ' ' {
		n++
	}
	return (s.box.X1 - s.box.X0) * float64(max(n, 1)) / float64(max(len(rs), 1))
}

func firstOf(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

func lastOf(s string) (last rune) {
	for _, r := range s {
		last = r
	}
	return last
}

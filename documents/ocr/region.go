package ocr

import (
	"math"
	"slices"
	"sort"
	"unicode"

	"github.com/xindiao/xindiao/dossier"
)

// region is a stretch of one printed line that is read by itself: a line within a table's cell, or what stands
// between two wide gaps. Places are on the prepared image.
type region struct {
	box    dossier.Box
	limit  dossier.Box // nothing beyond it belongs to the region: the cell's inside
	cell   int         // from 1; 0 outside tables
	line   int         // engine's line, outside tables
	ballot ballot
	read   [][]char // as part of the page, held for less where there are others
	alone  [][]char // by itself
	best   []elected
	digits bool   // nothing but a number
	dash   bool   // a dash by its ink, which engines read as anything
	proof  string // what settled the number
	doubt  bool   // the number stays doubtful
}

// em is the size of print on the prepared image: the median distance from one Han character to the next, because the
// boxes that engines give to words may be as high as a table's row. Without Han, the height of words.
func em(words []Word) float64 {
	var pitch, tall []float64
	for _, w := range words {
		if w.Confidence > 0.3 {
			tall = append(tall, w.Box.Y1-w.Box.Y0)
		}
		for i := 1; i < len(w.chars); i++ {
			if a, b := w.chars[i-1], w.chars[i]; unicode.Is(unicode.Han, a.r) && unicode.Is(unicode.Han, b.r) && b.x0 > a.x0 {
				pitch = append(pitch, (b.x0+b.x1-a.x0-a.x1)/2)
			}
		}
	}
	if len(pitch) < 8 {
		pitch = tall
	}
	if len(pitch) == 0 {
		return 40
	}
	sort.Float64s(pitch)
	return min(max(pitch[len(pitch)*2/5], 12), 160)
}

// maxRegions bounds a page; more is no page of text.
const maxRegions = 1500

// regions parts a page into what is read by itself. The tables' cells come from the rules and the ink within them,
// because engines lose whole columns of ruled tables; the rest from the lines of the readings.
func regions(rules []Rule, ink bitmap, passes [][]Word, size, inset float64) []*region {
	var out []*region
	cells := tableCells(rules, inset, size)
	for i, c := range cells {
		for _, b := range ink.textLines(c, size) {
			if len(out) < maxRegions && !covered(out, b) {
				w, h := b.X1-b.X0, b.Y1-b.Y0
				dash := h < 0.2*size && w > 1.5*h && w < 0.65*size // narrower than 一
				out = append(out, &region{box: b, limit: c, cell: i + 1, dash: dash})
			}
		}
	}
	inCell := func(b dossier.Box) bool {
		x, y := (b.X0+b.X1)/2, (b.Y0+b.Y1)/2
		for _, c := range cells {
			if x > c.X0 && x < c.X1 && y > c.Y0 && y < c.Y1 {
				return true
			}
		}
		return false
	}
	lines := 0
	for n, words := range passes {
		most := 0
		var open *region
		for _, w := range words {
			most = max(most, w.Line+1)
			if inCell(w.Box) {
				open = nil
				continue
			}
			if n > 0 && (!speaks(w) || covered(out, w.Box)) {
				open = nil
				continue
			}
			if open != nil && open.line == w.Line+lines && w.Box.X0-open.box.X1 < 1.3*size && w.Box.X0 > open.box.X0 {
				open.box = unite(open.box, w.Box)
			} else if len(out) < maxRegions {
				open = &region{box: w.Box, line: w.Line + lines}
				out = append(out, open)
			} else {
				continue
			}
			open.limit = grow(open.box, size/2, size/5)
		}
		lines += most
	}
	for _, words := range passes {
		assign(out, words)
	}
	for _, r := range out {
		if r.cell == 0 {
			r.tighten(ink, size)
		}
	}
	return out
}

// tighten brings a line's box to its ink: engines draw boxes that reach into the lines above and below.
func (r *region) tighten(ink bitmap, size float64) {
	best := dossier.Box{}
	for _, b := range ink.textLines(r.box, size) {
		if area(b) > area(best) {
			best = b
		}
	}
	if best.Y1-best.Y0 > 0.4*size {
		r.box.Y0, r.box.Y1 = best.Y0, best.Y1
		r.limit = grow(r.box, size/2, size/5)
	}
}

// speaks tells a word worth adding from a second reading.
func speaks(w Word) bool {
	if w.Confidence < 0.5 {
		return false
	}
	for _, r := range w.Text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return true
		}
	}
	return false
}

func covered(rs []*region, b dossier.Box) bool {
	for _, r := range rs {
		if overlap(r.box, b) > 0.25*area(b) {
			return true
		}
	}
	return false
}

// assign gives each region its part of a reading.
func assign(rs []*region, words []Word) {
	read := make(map[*region][]char)
	for _, w := range words {
		var in *region
		most := 0.3 * area(w.Box)
		for _, r := range rs {
			if o := overlap(grow(r.box, 2, 2), w.Box); o > most {
				in, most = r, o
			}
		}
		if in == nil {
			continue
		}
		chars := w.chars
		if in.cell > 0 { // a word that runs over a rule is parted there
			chars = nil
			for _, c := range w.chars {
				if x := (c.x0 + c.x1) / 2; x > in.limit.X0 && x < in.limit.X1 {
					chars = append(chars, c)
				}
			}
		}
		read[in] = joinWord(read[in], chars)
	}
	for r, cs := range read {
		sort.SliceStable(cs, func(i, j int) bool { return r.cell > 0 && cs[i].x0 < cs[j].x0 })
		if cs = trimBars(cs); len(cs) > 0 {
			r.read = append(r.read, cs)
		}
	}
}

// trimBars drops strokes at a line's ends, which are what is left of rules.
func trimBars(cs []char) []char {
	for len(cs) > 0 && bar(cs[0].r) {
		cs = cs[1:]
	}
	for len(cs) > 0 && bar(cs[len(cs)-1].r) {
		cs = cs[:len(cs)-1]
	}
	return cs
}

func bar(r rune) bool {
	return r == '|' || r == '｜' || r == '¦' || r == '_' || r == '｛' || r == '｝'
}

// elect votes over what has been read so far.
func (r *region) elect(size float64) {
	if r.dash {
		r.best = []elected{{char: char{r: '-', x0: r.box.X0, x1: r.box.X1, conf: 0.95}, share: 1, n: 2, of: 2}}
		return
	}
	all := append(slices.Clone(r.alone), r.read...)
	if r.digits && len(r.alone) >= 2 {
		all = slices.Clone(r.alone)
	}
	sort.SliceStable(all, func(i, j int) bool { return meanConf(all[i]) > meanConf(all[j]) })
	r.ballot = ballot{}
	for _, cs := range all {
		r.ballot.add(cs, size)
	}
	r.best = r.ballot.result()
	d, n := 0, 0
	for _, e := range r.best {
		switch {
		case unicode.IsDigit(e.r):
			d++
		case e.r == '.' || e.r == ',' || e.r == '-' || e.r == '。' || e.r == '，' || e.r == '￥' || e.r == '¥':
		default:
			n++
		}
	}
	r.digits = d >= 2 && 6*n <= d
}

// signs is what the line may consist of, "" for anything.
func (r *region) signs() string {
	if r.digits {
		return digitSigns
	}
	return ""
}

func (r *region) settled() bool {
	if len(r.best) == 0 || r.digits && (len(r.alone) == 0 || len(r.alone)+len(r.read) < 2) {
		return false
	}
	for _, e := range r.best {
		if !e.settled() {
			return false
		}
	}
	return true
}

func meanConf(cs []char) float64 {
	var s float64
	for _, c := range cs {
		s += c.conf
	}
	return s / float64(max(len(cs), 1))
}

func overlap(a, b dossier.Box) float64 {
	x := min(a.X1, b.X1) - max(a.X0, b.X0)
	y := min(a.Y1, b.Y1) - max(a.Y0, b.Y0)
	if x <= 0 || y <= 0 {
		return 0
	}
	return x * y
}

func area(b dossier.Box) float64 { return max(b.X1-b.X0, 0) * max(b.Y1-b.Y0, 0) }

func unite(a, b dossier.Box) dossier.Box {
	return dossier.Box{X0: math.Min(a.X0, b.X0), Y0: math.Min(a.Y0, b.Y0), X1: math.Max(a.X1, b.X1), Y1: math.Max(a.Y1, b.Y1)}
}

func grow(b dossier.Box, x, y float64) dossier.Box {
	return dossier.Box{X0: b.X0 - x, Y0: b.Y0 - y, X1: b.X1 + x, Y1: b.Y1 + y}
}

// demote halves the weight of the readings of the whole page: a line read by itself is seldom worse.
func (r *region) demote() {
	for _, cs := range r.read {
		for i := range cs {
			cs[i].conf *= 0.7
		}
	}
}

func (r *region) confidence() float64 {
	var s float64
	for _, e := range r.best {
		s += e.conf
	}
	return s / float64(max(len(r.best), 1))
}

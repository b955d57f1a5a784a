package ocr

import (
	"image"
	"sort"
)

// bitmap marks ink.
type bitmap struct {
	w, h int
	pix  []bool
}

func binarise(g *image.Gray) bitmap { return binariseAt(g, threshold(g)) }

func binariseAt(g *image.Gray, t uint8) bitmap {
	b := bitmap{g.Rect.Dx(), g.Rect.Dy(), make([]bool, g.Rect.Dx()*g.Rect.Dy())}
	for y := range b.h {
		for x := range b.w {
			b.pix[y*b.w+x] = g.Pix[y*g.Stride+x] <= t
		}
	}
	return b
}

// at gives pixel (i, j): along the direction looked in, and across it.
func (b bitmap) at(horizontal bool, i, j int) bool {
	if horizontal {
		return b.pix[j*b.w+i]
	}
	return b.pix[i*b.w+j]
}

// stripe is a ruling line while it is followed from row to row.
type stripe struct {
	from, to    int
	first, last int // rows
	sum, n      float64
}

const (
	maxThick = 14 // pixels; thicker bars are blocks, not lines
	maxGap   = 3  // pixels missing within a run
)

// lines finds straight dark lines of at least so many pixels in one direction.
func (b bitmap) lines(horizontal bool, least int) []stripe {
	along, across := b.w, b.h
	if !horizontal {
		along, across = across, along
	}
	var open, done []stripe
	for j := range across {
		for i := 0; i < along; {
			if !b.at(horizontal, i, j) {
				i++
				continue
			}
			start, end, gap := i, i, 0
			for ; i < along && gap <= maxGap; i++ {
				if b.at(horizontal, i, j) {
					end, gap = i, 0
				} else {
					gap++
				}
			}
			if end-start+1 < least {
				continue
			}
			joined := false
			for k := range open {
				s := &open[k]
				if j-s.last <= 2 && start <= s.to+least && end >= s.from-least {
					s.from, s.to, s.last = min(s.from, start), max(s.to, end), j
					s.sum += float64(j) * float64(end-start)
					s.n += float64(end - start)
					joined = true
					break
				}
			}
			if !joined && len(open) < 2000 {
				open = append(open, stripe{start, end, j, j, float64(j) * float64(end-start), float64(end - start)})
			}
		}
		kept := open[:0]
		for _, s := range open {
			if j-s.last > 2 {
				done = append(done, s)
			} else {
				kept = append(kept, s)
			}
		}
		open = kept
	}
	done = append(done, open...)
	out := done[:0]
	for _, s := range done {
		if s.last-s.first < maxThick {
			out = append(out, s)
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].first < out[j].first })
	return out
}

// findRules gives the ruling lines of a page image and a copy of the image without them. Strokes that cross a line
// are kept.
func findRules(g *image.Gray, background uint8) (rules []Rule, clean *image.Gray) {
	// Hairlines come out of a scanner grey and spread over two rows, so they are looked for in the mean of three, and a
	// third of the way from paper to ink is enough.
	light, noise, ink := tones(g)
	b := binariseAt(g, uint8(max(light-max(0.35*(light-ink), 2.5*noise), 0)))
	faint := uint8(max(light-max(0.2*(light-ink), 2.1*noise), 0))
	bh, bv := binariseAt(mean3(g, true), faint), binariseAt(mean3(g, false), faint)
	all := bh.solid(true, rejoin(slim(bh.lines(true, max(b.w/28, 60))), b.w/6))
	// Strokes of large characters make short lines too: those of tables end at lines of the other direction.
	var h, short []stripe
	for _, s := range all {
		if s.to-s.from >= b.w/8 {
			h = append(h, s)
		} else {
			short = append(short, s)
		}
	}
	v := anchored(bv.solid(false, rejoin(slim(bv.lines(false, max(b.h/45, 55))), b.h/40)), h, max(b.h/8, 160))
	h = append(h, anchored(short, v, b.w)...)
	clean = image.NewGray(g.Rect)
	copy(clean.Pix, g.Pix)
	for _, s := range h {
		rules = append(rules, Rule{true, s.sum / s.n, float64(s.from), float64(s.to)})
		b.erase(clean, true, s, background)
	}
	for _, s := range v {
		rules = append(rules, Rule{false, s.sum / s.n, float64(s.from), float64(s.to)})
		b.erase(clean, false, s, background)
	}
	return reach(rules), clean
}

// slim takes off a stripe what the mean over three rows has added to it.
func slim(ss []stripe) []stripe {
	for i := range ss {
		if s := &ss[i]; s.last-s.first >= 2 {
			s.first, s.last = s.first+1, s.last-1
		}
	}
	return ss
}

// rejoin makes one of two stripes in a row that a gap parts: print over the line, or a bend in the paper.
func rejoin(ss []stripe, gap int) []stripe {
	out := ss[:0]
next:
	for _, s := range ss {
		for k := len(out) - 1; k >= 0 && s.first-out[k].last <= 6; k-- {
			o := &out[k]
			apart := max(s.from-o.to, o.from-s.to)
			if s.sum/s.n-o.sum/o.n < 4.5 && apart <= gap && 3*apart < o.to-o.from+s.to-s.from {
				o.from, o.to = min(o.from, s.from), max(o.to, s.to)
				o.first, o.last = min(o.first, s.first), max(o.last, s.last)
				o.sum, o.n = o.sum+s.sum, o.n+s.n
				continue next
			}
		}
		out = append(out, s)
	}
	return out
}

// solid drops stripes that are mostly gaps: strokes of characters that happen to stand in a row.
func (b bitmap) solid(horizontal bool, ss []stripe) []stripe {
	out := ss[:0]
	for _, s := range ss {
		n := 0
		for i := s.from; i <= s.to; i++ {
			for j := s.first; j <= s.last; j++ {
				if b.at(horizontal, i, j) {
					n++
					break
				}
			}
		}
		if all := s.to - s.from + 1; 5*n >= 4*all && 3*b.beside(horizontal, s, s.first-5) < all && 3*b.beside(horizontal, s, s.last+5) < all {
			out = append(out, s)
		}
	}
	return out
}

// beside counts the ink along a stripe in another row: a line of print has much, a rule little.
func (b bitmap) beside(horizontal bool, s stripe, j int) int {
	across := b.h
	if !horizontal {
		across = b.w
	}
	if j < 0 || j >= across {
		return 0
	}
	n := 0
	for i := s.from; i <= s.to; i++ {
		if b.at(horizontal, i, j) {
			n++
		}
	}
	return n
}

// anchored keeps the lines of one direction that end at those of the other, as those of tables do, and long ones. The
// rest are strokes of large characters.
func anchored(vs, hs []stripe, long int) []stripe {
	const near = 12
	at := func(v stripe, y int) bool {
		for _, h := range hs {
			if y >= h.first-near && y <= h.last+near && v.first >= h.from-near && v.last <= h.to+near {
				return true
			}
		}
		return false
	}
	out := vs[:0]
	for _, v := range vs {
		if v.to-v.from >= long || at(v, v.from) && at(v, v.to) {
			out = append(out, v)
		}
	}
	return out
}

// erase paints a line over with paper, place by place along it, but not where ink goes on at both of its sides.
func (b bitmap) erase(g *image.Gray, horizontal bool, s stripe, background uint8) {
	across := b.h
	if !horizontal {
		across = b.w
	}
	for i := s.from; i <= s.to; i++ {
		lo, hi := s.first, s.last
		for lo > 0 && s.first-lo < 3 && b.at(horizontal, i, lo-1) {
			lo--
		}
		for hi < across-1 && hi-s.last < 3 && b.at(horizontal, i, hi+1) {
			hi++
		}
		if s.first-lo >= 3 && hi-s.last >= 3 {
			continue // a stroke crosses here
		}
		for j := max(s.first-2, 0); j <= min(s.last+2, across-1); j++ {
			if (j < s.first && s.first-lo >= 3) || (j > s.last && hi-s.last >= 3) {
				continue // a stroke begins at the line
			}
			if horizontal {
				g.Pix[j*g.Stride+i] = background
			} else {
				g.Pix[i*g.Stride+j] = background
			}
		}
	}
}

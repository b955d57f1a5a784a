package ocr

import (
	"math"
	"sort"
)

// slot is one place of a line, with what the readings saw there; r 0 is nothing.
type slot struct {
	votes  []vote
	x0, x1 float64
	gap    int // readings that saw a blank before it
}

type vote struct {
	r      rune
	weight float64
	miss   float64 // chance that all who saw it are wrong
	n      int
}

// weigh is what a character's confidence counts in a vote: a doubtful one still counts a little.
func weigh(conf float64) float64 { return 0.08 + conf*conf }

func (s *slot) add(r rune, conf float64) {
	for i := range s.votes {
		if v := &s.votes[i]; v.r == r {
			v.weight += weigh(conf)
			v.miss *= 1 - 0.8*conf
			v.n++
			return
		}
	}
	s.votes = append(s.votes, vote{r, weigh(conf), 1 - 0.8*conf, 1})
}

func (s *slot) has(r rune) bool {
	for _, v := range s.votes {
		if v.r == r {
			return true
		}
	}
	return false
}

// ballot lines up several readings of one printed line, character by character (ROVER, Fiscus 1997), the surest first.
type ballot struct {
	slots []slot
	n     int
}

// maxAligned bounds the table of an alignment.
const maxAligned = 400

func (b *ballot) add(cs []char, em float64) {
	if len(cs) == 0 || len(cs) > maxAligned || len(b.slots) > 2*maxAligned {
		return
	}
	if b.n == 0 {
		for _, c := range cs {
			s := slot{x0: c.x0, x1: c.x1}
			s.add(c.r, c.conf)
			if c.gap {
				s.gap++
			}
			b.slots = append(b.slots, s)
		}
		b.n = 1
		return
	}
	b.merge(cs, em)
	b.n++
}

// merge finds the cheapest way from the slots to the reading: what is the same or stands at the same place goes
// together.
func (b *ballot) merge(cs []char, em float64) {
	const skip = 0.75
	n, m := len(b.slots), len(cs)
	cost := make([]float64, (n+1)*(m+1))
	at := func(i, j int) *float64 { return &cost[i*(m+1)+j] }
	change := func(i, j int) float64 {
		s, c := &b.slots[i], cs[j]
		d := math.Abs(s.x0+s.x1-c.x0-c.x1) / 2 / max(em, 1)
		v := 0.35 * min(d, 2)
		if !s.has(c.r) {
			v += 0.9
		}
		return v
	}
	for i := range n + 1 {
		for j := range m + 1 {
			switch {
			case i == 0:
				*at(i, j) = float64(j) * skip
			case j == 0:
				*at(i, j) = float64(i) * skip
			default:
				*at(i, j) = min(*at(i-1, j-1)+change(i-1, j-1), *at(i-1, j)+skip, *at(i, j-1)+skip)
			}
		}
	}
	var out []slot
	near := func(j int) float64 { // how sure the reading is thereabouts
		lo, hi := max(j-1, 0), min(j, m-1)
		return (cs[lo].conf + cs[hi].conf) / 2
	}
	i, j := n, m
	for i > 0 || j > 0 {
		switch {
		case i > 0 && j > 0 && *at(i, j) >= *at(i-1, j-1)+change(i-1, j-1)-1e-9:
			s := b.slots[i-1]
			s.add(cs[j-1].r, cs[j-1].conf)
			if cs[j-1].gap {
				s.gap++
			}
			out = append(out, s)
			i, j = i-1, j-1
		case i > 0 && *at(i, j) >= *at(i-1, j)+skip-1e-9:
			s := b.slots[i-1]
			s.add(0, near(j))
			out = append(out, s)
			i--
		default:
			s := slot{x0: cs[j-1].x0, x1: cs[j-1].x1}
			for range b.n {
				s.add(0, 0.5)
			}
			s.add(cs[j-1].r, cs[j-1].conf)
			out = append(out, s)
			j--
		}
	}
	for l, r := 0, len(out)-1; l < r; l, r = l+1, r-1 {
		out[l], out[r] = out[r], out[l]
	}
	b.slots = out
}

// elected is a place's winner: how sure, whether it was contested, and what else was seen there.
type elected struct {
	char
	share float64 // of the weight
	n     int     // readings that saw it
	of    int     // readings
	other []rune  // what else was seen, 0 for nothing, the likeliest first
}

// settledBy tells a place that needs no further look.
func (e elected) settled() bool {
	return e.n >= 2 && e.share >= 0.8 && e.conf >= 0.6 || e.of == 1 && e.conf >= 0.9
}

// doubtful tells a place that the readings differ on.
func (e elected) doubtful() bool {
	return e.of == 1 && e.conf < 0.5 || e.of > 1 && (e.share < 0.66 || e.conf < 0.35)
}

// result elects every place. Places where nothing wins are left out, their losers kept with the place before.
func (b *ballot) result() []elected {
	var out []elected
	for _, s := range b.slots {
		total := 0.0
		for _, v := range s.votes {
			total += v.weight
		}
		sort.SliceStable(s.votes, func(i, j int) bool { return s.votes[i].weight > s.votes[j].weight })
		top := s.votes[0]
		if top.r == 0 {
			continue
		}
		e := elected{char: char{top.r, s.x0, s.x1, 0, 2*s.gap >= b.n}, share: top.weight / max(total, 1e-9), n: top.n, of: b.n}
		e.conf = min(e.share*(1-top.miss), 0.99)
		if top.n == 1 && b.n == 1 {
			e.conf = min((1-top.miss)/0.8, 0.99)
		}
		for _, v := range s.votes[1:] {
			e.other = append(e.other, v.r)
		}
		out = append(out, e)
	}
	return out
}

// joinWord appends a word's characters to a line's, with a blank where the engine saw one and the distance agrees.
func joinWord(line, word []char) []char {
	if len(line) == 0 || len(word) == 0 {
		return append(line, word...)
	}
	word = append([]char(nil), word...)
	last := line[len(line)-1]
	word[0].gap = word[0].gap || !(wideRune(last.r) && wideRune(word[0].r)) ||
		word[0].x0-last.x1 > 0.6*max(last.x1-last.x0, word[0].x1-word[0].x0)
	return append(line, word...)
}

func wideRune(r rune) bool { return r >= 0x2e80 }

package chunk

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// divide measures the units and cuts those that alone exceed the hard limit.
func (c *cutter) divide(us []unit) []unit {
	over := false
	for i := range us {
		us[i].size = c.measure(c.page0.Text[us[i].start:us[i].end])
		over = over || !us[i].size.within(c.hard, 4)
	}
	if !over {
		return us
	}
	out := make([]unit, 0, len(us)+8)
	for _, u := range us {
		if u.size.within(c.hard, 4) {
			out = append(out, u)
			continue
		}
		out = c.cut(out, u)
	}
	return out
}

func (c *cutter) measure(s string) size {
	z := measure(s)
	if c.o.Count != nil {
		z.tokens = max(c.o.Count(s), 0)
	}
	return z
}

// cut appends u in pieces within the hard limit: at the end of a line, of a cell or at a comma in the second half of
// a piece, else between two runes.
func (c *cutter) cut(out []unit, u unit) []unit {
	text := c.page0.Text
	for u.start < u.end {
		end, good := u.start, 0
		var z size
		for at := u.start; ; {
			if at == u.end {
				end = at
				break
			}
			r, n := utf8.DecodeRuneInString(text[at:u.end])
			z = z.plus(measure(text[at : at+n]))
			if !z.within(c.hard, 4) && end > u.start {
				if good > u.start {
					end = good
				}
				break
			}
			at += n
			end = at
			if z.share(c.hard) >= 50 && (r == '\n' || r == '\t' || strings.ContainsRune("，、,；;。：", r)) {
				good = at
			}
		}
		piece := u
		piece.end = end
		piece.keep = u.keep && end == u.end
		out = c.trim(out, piece)
		u.line += strings.Count(text[u.start:end], "\n")
		u.start, u.opens = end, false
	}
	return out
}

// trim appends a piece without the blanks at its edges, if anything is left; in halves, as long as the model's own
// count finds it too long.
func (c *cutter) trim(out []unit, u unit) []unit {
	text := c.page0.Text[u.start:u.end]
	lead := len(text) - len(strings.TrimLeftFunc(text, unicode.IsSpace))
	if lead == len(text) {
		return out
	}
	u.line += strings.Count(text[:lead], "\n")
	u.start += lead
	u.end -= len(text) - len(strings.TrimRightFunc(text, unicode.IsSpace))
	text = c.page0.Text[u.start:u.end]
	u.size = c.measure(text)
	if c.o.Count == nil || u.size.tokens <= c.hard.tokens {
		return append(out, u)
	}
	half := len(text) / 2
	for half > 0 && !utf8.RuneStart(text[half]) {
		half--
	}
	if half == 0 {
		if _, half = utf8.DecodeRuneInString(text); half == len(text) {
			return append(out, u) // one character
		}
	}
	a, b := u, u
	a.end, b.start = u.start+half, u.start+half
	a.keep, b.opens = false, false
	b.line += strings.Count(text[:half], "\n")
	return c.trim(c.trim(out, a), b)
}

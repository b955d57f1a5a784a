package ocr

import (
	"context"
	"image"
	"math"
)

// upright reads a page that may lie on its side or stand on its head. The side is seen from the ink: rows of print
// leave white between them, columns of characters do not. The head is found by reading both ways, which costs a page
// only where the first way reads badly.
func upright(ctx context.Context, img image.Image, eng recogniser, e effort) (Result, error) {
	flat := grey(img)
	turns := []int{0, 2}
	if sideways(flat) {
		turns = []int{1, 3, 0}
	}
	const readable = 0.6 // a page the right way round is seldom below, on its head never above
	var best sheet
	turn, sure := 0, -1.0
	for _, t := range turns {
		s, err := begin(ctx, turnGrey(flat, t), eng)
		if err != nil {
			return Result{}, err
		}
		letters := Result{Words: s.first}.letters()
		if c := s.confidence() * math.Sqrt(float64(letters)); c > sure {
			best, turn, sure = s, t, c
		}
		if s.confidence() >= readable || t == 0 && letters < 20 {
			break
		}
	}
	if best.confidence() < hopeless {
		s, err := begin(ctx, caption(flat), eng)
		if err != nil {
			return Result{}, err
		}
		if s.confidence() >= 0.5 && (Result{Words: s.first}).letters() >= 6 {
			best, turn = s, 0
		}
	}
	res, err := best.finish(ctx, eng, e)
	if err != nil {
		return Result{}, err
	}
	return unturn(res, turn, flat.Rect.Dx(), flat.Rect.Dy()), nil
}

// caption makes black on white of the nearly white: cameras stamp place and time on photos of things that way.
func caption(g *image.Gray) *image.Gray {
	out := image.NewGray(g.Rect)
	for i, v := range g.Pix {
		out.Pix[i] = uint8(255 - min(max(int(v)-190, 0)*5, 255))
	}
	return out
}

// letters counts what was read.
func (r Result) letters() (n int) {
	for _, w := range r.Words {
		n += len(w.chars)
	}
	return n
}

// sideways compares how unevenly the ink lies over rows and over columns: print gathers in rows. It is measured within
// strips, so that a skewed page does not blur it.
func sideways(g *image.Gray) bool {
	step := max(max(g.Rect.Dx(), g.Rect.Dy())/1200, 1)
	t := threshold(g)
	w, h := g.Rect.Dx()/step, g.Rect.Dy()/step
	if w < 60 || h < 60 {
		return false
	}
	ink := 0
	at := func(x, y int) bool { return g.Pix[y*step*g.Stride+x*step] <= t }
	for y := range h {
		for x := range w {
			if at(x, y) {
				ink++
			}
		}
	}
	if 3*ink > w*h || ink < 200 {
		return false // a photo, or nothing
	}
	level := gathers(w, h, at)
	upended := gathers(h, w, func(x, y int) bool { return at(y, x) })
	return upended > 1.5*level
}

// gathers is the share of blank rows, over strips 48 wide, between the first and the last row with ink: high where
// print runs along the rows.
func gathers(w, h int, at func(x, y int) bool) float64 {
	const strip = 48
	blank, all := 0, 0
	for x0 := 0; x0+strip <= w; x0 += strip {
		first, last, inked := -1, -1, 0
		for y := range h {
			n := 0
			for x := x0; x < x0+strip; x++ {
				if at(x, y) {
					n++
				}
			}
			if n > 0 && n < strip*3/4 { // a full row is a rule
				if first < 0 {
					first = y
				}
				last = y
				inked++
			}
		}
		if inked > 8 {
			blank, all = blank+last-first+1-inked, all+last-first+1
		}
	}
	return float64(blank+1) / float64(all+1)
}

// turnGrey turns an image by quarter turns clockwise.
func turnGrey(g *image.Gray, turns int) *image.Gray {
	if turns == 0 {
		return g
	}
	w, h := g.Rect.Dx(), g.Rect.Dy()
	out := image.NewGray(image.Rect(0, 0, w, h))
	if turns != 2 {
		out = image.NewGray(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			v := g.Pix[y*g.Stride+x]
			switch turns {
			case 1:
				out.Pix[x*out.Stride+h-1-y] = v
			case 2:
				out.Pix[(h-1-y)*out.Stride+w-1-x] = v
			default:
				out.Pix[(w-1-x)*out.Stride+y] = v
			}
		}
	}
	return out
}

// unturn takes places on the turned image back to the one it came from, of the given size.
func unturn(r Result, turns, w, h int) Result {
	if turns == 0 {
		return r
	}
	fw, fh := float64(w), float64(h)
	back := func(x, y float64) (float64, float64) {
		switch turns {
		case 1:
			return y, fh - x
		case 2:
			return fw - x, fh - y
		}
		return fw - y, x
	}
	for i := range r.Words {
		b := &r.Words[i].Box
		x0, y0 := back(b.X0, b.Y0)
		x1, y1 := back(b.X1, b.Y1)
		b.X0, b.Y0, b.X1, b.Y1 = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
	}
	for i, l := range r.Rules {
		x0, y0 := back(l.From, l.Pos)
		x1, y1 := back(l.To, l.Pos)
		if !l.Horizontal {
			x0, y0 = back(l.Pos, l.From)
			x1, y1 = back(l.Pos, l.To)
		}
		if math.Abs(x1-x0) >= math.Abs(y1-y0) {
			r.Rules[i] = Rule{true, y0, min(x0, x1), max(x0, x1)}
		} else {
			r.Rules[i] = Rule{false, x0, min(y0, y1), max(y0, y1)}
		}
	}
	r.Turn = (4 - turns) % 4
	return r
}

package ocr

import (
	"image"
	"regexp"
	"sort"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

const (
	inkCells  = 420 // cells along the longer side of the image
	maxStroke = 6   // handwritten patches; a page with more was read too badly to tell
	leastRead = 8   // words without which an image is no page of print
)

// Strokes finds handwriting on a page of print: dark ink in the size of a signature that no word, ruling line or red
// seal accounts for. Only pages with words beside which somebody signs are looked at. Boxes are in the image's pixels, from the top. A page whose print was hardly read has none: there
// everything would look like handwriting.
func Strokes(img image.Image, res Result) []dossier.Box {
	if len(res.Words) < leastRead || !asksForHand(res.Words) {
		return nil
	}
	g := grey(img)
	w, h := g.Rect.Dx(), g.Rect.Dy()
	em := printSize(res.Words)
	if w < 200 || h < 200 || em < 6 {
		return nil
	}
	cell := max(max(w, h)/inkCells, 1)
	cw, ch := w/cell+1, h/cell+1
	ink := make([]int, cw*ch)
	dark := threshold(g)
	for y := range h {
		for x := range w {
			if g.Pix[y*g.Stride+x] <= dark {
				ink[y/cell*cw+x/cell]++
			}
		}
	}
	clear := func(b dossier.Box) {
		for y := max(int(b.Y0)/cell, 0); y <= min(int(b.Y1)/cell, ch-1); y++ {
			for x := max(int(b.X0)/cell, 0); x <= min(int(b.X1)/cell, cw-1); x++ {
				ink[y*cw+x] = 0
			}
		}
	}
	for _, wd := range res.Words {
		clear(dossier.Box{X0: wd.Box.X0 - em/4, Y0: wd.Box.Y0 - em/5, X1: wd.Box.X1 + em/4, Y1: wd.Box.Y1 + em/5})
	}
	for _, r := range res.Rules {
		b := dossier.Box{X0: r.From - em/2, X1: r.To + em/2, Y0: r.Pos - em/6, Y1: r.Pos + em/6}
		if !r.Horizontal {
			b = dossier.Box{X0: r.Pos - em/6, X1: r.Pos + em/6, Y0: r.From - em/2, Y1: r.To + em/2}
		}
		clear(b)
	}
	for _, s := range Seals(img) {
		clear(dossier.Box{X0: s.X0 - em, Y0: s.Y0 - em, X1: s.X1 + em, Y1: s.Y1 + em})
	}
	out := patches(ink, cw, ch, cell, em)
	if len(out) > maxStroke {
		return nil
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Y0 < out[j].Y0 })
	return out
}

var handWords = regexp.MustCompile(`签字|签名|签章|签署|盖章|公章|手印|授权人|股东|董事`)

// asksForHand tells whether a page has words beside which somebody signs; elsewhere handwriting says nothing.
func asksForHand(words []Word) bool {
	var b strings.Builder
	for _, w := range words {
		b.WriteString(w.Text)
	}
	return handWords.MatchString(b.String())
}

// printSize is the height of the middle word.
func printSize(words []Word) float64 {
	hs := make([]float64, 0, len(words))
	for _, w := range words {
		hs = append(hs, w.Box.Y1-w.Box.Y0)
	}
	sort.Float64s(hs)
	return hs[len(hs)/2]
}

// patches joins inked cells that lie within one cell of each other and keeps those shaped like a signature: wider than
// a character, not much higher than three lines, loose.
func patches(ink []int, cw, ch, cell int, em float64) []dossier.Box {
	inked := func(i int) bool { return ink[i]*12 >= cell*cell }
	seen := make([]bool, len(ink))
	var out []dossier.Box
	for start := range ink {
		if seen[start] || !inked(start) {
			continue
		}
		x0, y0, x1, y1, n := cw, ch, 0, 0, 0
		stack := []int{start}
		seen[start] = true
		for len(stack) > 0 {
			i := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			x, y := i%cw, i/cw
			x0, y0, x1, y1, n = min(x0, x), min(y0, y), max(x1, x), max(y1, y), n+1
			for dy := -2; dy <= 2; dy++ {
				for dx := -3; dx <= 3; dx++ {
					nx, ny := x+dx, y+dy
					if nx >= 0 && ny >= 0 && nx < cw && ny < ch && !seen[ny*cw+nx] && inked(ny*cw+nx) {
						seen[ny*cw+nx] = true
						stack = append(stack, ny*cw+nx)
					}
				}
			}
		}
		wide, high := float64((x1-x0+1)*cell), float64((y1-y0+1)*cell)
		if wide >= 1.6*em && wide <= 22*em && high >= 0.9*em && high <= 5*em && n >= 6 && n*10 <= (x1-x0+1)*(y1-y0+1)*9 {
			out = append(out, dossier.Box{X0: float64(x0 * cell), Y0: float64(y0 * cell), X1: float64((x1 + 1) * cell), Y1: float64((y1 + 1) * cell)})
		}
	}
	return out
}

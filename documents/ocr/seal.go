package ocr

import (
	"image"

	"github.com/xindiao/xindiao/dossier"
)

// Seals finds red seals on an image: patches of red ink about as wide as they are high. Boxes are in the image's
// pixels. What a seal says is not read.
func Seals(img image.Image) []dossier.Box {
	const side = 240 // cells along the longer side
	b := img.Bounds()
	cell := max(max(b.Dx(), b.Dy())/side, 1)
	w, h := b.Dx()/cell+1, b.Dy()/cell+1
	ink := make([]int, w*h) // red pixels of each cell
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			r, g, bl, a := img.At(x, y).RGBA()
			if a > 0x4000 && r > 0x7000 && int(r)-int(max(g, bl)) > 0x3800 {
				ink[(y-b.Min.Y)/cell*w+(x-b.Min.X)/cell]++
			}
		}
	}
	seen := make([]bool, w*h)
	var out []dossier.Box
	for start := range ink {
		if seen[start] || 4*ink[start] < cell*cell {
			continue
		}
		x0, y0, x1, y1, n := w, h, 0, 0, 0
		stack := []int{start}
		seen[start] = true
		for len(stack) > 0 {
			i := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			x, y := i%w, i/w
			x0, y0, x1, y1, n = min(x0, x), min(y0, y), max(x1, x), max(y1, y), n+1
			for dy := -2; dy <= 2; dy++ { // characters and ring do not touch
				for dx := -2; dx <= 2; dx++ {
					nx, ny := x+dx, y+dy
					if nx >= 0 && ny >= 0 && nx < w && ny < h && !seen[ny*w+nx] && 4*ink[ny*w+nx] >= cell*cell {
						seen[ny*w+nx] = true
						stack = append(stack, ny*w+nx)
					}
				}
			}
		}
		sw, sh := x1-x0+1, y1-y0+1
		round := 3*sw >= 2*sh && 3*sh >= 2*sw
		if round && min(sw, sh) >= 8 && n*12 >= sw*sh && n*10 <= sw*sh*9 {
			out = append(out, dossier.Box{X0: float64(x0 * cell), Y0: float64(y0 * cell), X1: float64((x1 + 1) * cell), Y1: float64((y1 + 1) * cell)})
		}
	}
	return out
}

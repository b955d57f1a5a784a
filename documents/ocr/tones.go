package ocr

import "image"

// tones gives the brightness of paper and ink and how much the paper's varies: from its middle to its darker fifth.
func tones(g *image.Gray) (light, noise, ink float64) {
	h, t := histogram(g), int(threshold(g))
	var dark, sum, pale float64
	for v, n := range h {
		if v <= t {
			dark, sum = dark+float64(n), sum+float64(v)*float64(n)
		} else {
			pale += float64(n)
		}
	}
	at := func(share float64) float64 {
		seen := 0.0
		for v := t + 1; v < 256; v++ {
			if seen += float64(h[v]); seen >= share*pale {
				return float64(v)
			}
		}
		return 255
	}
	return at(0.5), at(0.5) - at(0.2), sum / max(dark, 1)
}

// mean3 is the mean of each pixel and its two neighbours, above and below or left and right.
func mean3(g *image.Gray, vertical bool) *image.Gray {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	out := image.NewGray(g.Rect)
	copy(out.Pix, g.Pix)
	step := 1
	if vertical {
		step = g.Stride
	}
	for y := range h {
		for x := range w {
			if vertical && (y == 0 || y == h-1) || !vertical && (x == 0 || x == w-1) {
				continue
			}
			i := y*g.Stride + x
			out.Pix[i] = uint8((int(g.Pix[i-step]) + int(g.Pix[i]) + int(g.Pix[i+step])) / 3)
		}
	}
	return out
}

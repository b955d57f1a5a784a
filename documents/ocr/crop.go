package ocr

import (
	"image"
	"math"

	"github.com/xindiao/xindiao/dossier"
)

// rendering is one way to draw a line for the engine: how high a character becomes, and how it is smoothed.
type rendering struct {
	em      float64 // pixels a character's height
	cubic   bool    // bicubic (Catmull-Rom), else bilinear
	sharpen float64 // unsharp mask, 0 none
	blur    int     // box blur passes of radius 1 on the result
}

// crop draws a region from the grey original at the size that the rendering asks for, level, with paper around it and
// nothing of its neighbours.
func (p prepared) crop(src *image.Gray, r *region, size float64, v rendering) *image.Gray {
	b, k := r.frame(size, v)
	w, h := int((b.X1-b.X0)*k)+2*margin, int((b.Y1-b.Y0)*k)+2*margin
	w, h = min(max(w, 8), 6100), min(max(h, 8), 1200)
	out := image.NewGray(image.Rect(0, 0, w, h))
	for i := range out.Pix {
		out.Pix[i] = p.background
	}
	keep := intersect(r.limit, grow(b, 0, 0.25*size))
	over := 1 // samples a pixel each way when it gets smaller
	if k*p.scale < 0.75 {
		over = min(int(math.Ceil(1/(k*p.scale))), 4)
	}
	for y := range h {
		for x := range w {
			sum, n := 0.0, 0
			for sy := range over {
				for sx := range over {
					px := b.X0 + (float64(x-margin)+(float64(sx)+0.5)/float64(over))/k
					py := b.Y0 + (float64(y-margin)+(float64(sy)+0.5)/float64(over))/k
					if px < keep.X0 || px > keep.X1 || py < keep.Y0 || py > keep.Y1 {
						continue
					}
					fx, fy := p.back(px, py)
					if g, ok := interpolate(src, fx-0.5, fy-0.5, v.cubic); ok {
						sum, n = sum+g, n+1
					}
				}
			}
			if n > 0 {
				out.Pix[y*out.Stride+x] = uint8(min(max(sum/float64(n), 0), 255) + 0.5)
			}
		}
	}
	for range v.blur {
		out = boxBlur(out)
	}
	if v.sharpen > 0 {
		out = unsharp(out, v.sharpen)
	}
	return out
}

func intersect(a, b dossier.Box) dossier.Box {
	return dossier.Box{X0: max(a.X0, b.X0), Y0: max(a.Y0, b.Y0), X1: min(a.X1, b.X1), Y1: min(a.Y1, b.Y1)}
}

// margin is the paper around a line, in pixels of the crop.
const margin = 14

// frame is what of the page a crop shows, and how many of its pixels there are to one of the prepared image.
func (r *region) frame(size float64, v rendering) (b dossier.Box, k float64) {
	b, k = r.box, v.em/size
	if short := size - (b.Y1 - b.Y0); short > 0 { // a dash, a one: give it the room of a character
		b.Y0, b.Y1 = b.Y0-short/2, b.Y1+short/2
	}
	// Strokes that touch a rule went with it, so the ink may go on a little beyond its bounds.
	b.X0, b.X1 = min(max(b.X0-0.6*size, r.limit.X0), b.X0), max(min(b.X1+0.6*size, r.limit.X1), b.X1)
	if tall := b.Y1 - b.Y0; tall > 1.6*size { // a heading
		k *= 1.3 * size / tall
	}
	if w := (b.X1-b.X0)*k + 2*margin; w > 6000 {
		k *= 6000 / w
	}
	return b, k
}

// place takes the characters on a crop back to the prepared image.
func (r *region) place(cs []char, size float64, v rendering) []char {
	b, k := r.frame(size, v)
	out := make([]char, len(cs))
	for i, c := range cs {
		c.x0, c.x1 = b.X0+(c.x0-margin)/k, b.X0+(c.x1-margin)/k
		out[i] = c
	}
	return out
}

func interpolate(src *image.Gray, fx, fy float64, cubic bool) (float64, bool) {
	x0, y0 := int(math.Floor(fx)), int(math.Floor(fy))
	w, h := src.Rect.Dx(), src.Rect.Dy()
	if x0 < 0 || y0 < 0 || x0+1 >= w || y0+1 >= h {
		return 0, false
	}
	ax, ay := fx-float64(x0), fy-float64(y0)
	if !cubic || x0 < 1 || y0 < 1 || x0+2 >= w || y0+2 >= h {
		i := y0*src.Stride + x0
		top := float64(src.Pix[i])*(1-ax) + float64(src.Pix[i+1])*ax
		bottom := float64(src.Pix[i+src.Stride])*(1-ax) + float64(src.Pix[i+src.Stride+1])*ax
		return top*(1-ay) + bottom*ay, true
	}
	wx, wy := catmull(ax), catmull(ay)
	var v float64
	for j := range 4 {
		row := src.Pix[(y0-1+j)*src.Stride+x0-1:]
		v += wy[j] * (wx[0]*float64(row[0]) + wx[1]*float64(row[1]) + wx[2]*float64(row[2]) + wx[3]*float64(row[3]))
	}
	return v, true
}

// catmull gives the four weights of Catmull-Rom interpolation at t of 0..1 (Keys 1981, a = -0.5).
func catmull(t float64) [4]float64 {
	t2, t3 := t*t, t*t*t
	return [4]float64{-0.5*t + t2 - 0.5*t3, 1 - 2.5*t2 + 1.5*t3, 0.5*t + 2*t2 - 1.5*t3, -0.5*t2 + 0.5*t3}
}

func boxBlur(g *image.Gray) *image.Gray {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	out := image.NewGray(g.Rect)
	for y := range h {
		for x := range w {
			sum, n := 0, 0
			for j := max(y-1, 0); j <= min(y+1, h-1); j++ {
				for i := max(x-1, 0); i <= min(x+1, w-1); i++ {
					sum, n = sum+int(g.Pix[j*g.Stride+i]), n+1
				}
			}
			out.Pix[y*out.Stride+x] = uint8(sum / n)
		}
	}
	return out
}

// unsharp adds what a blur takes away.
func unsharp(g *image.Gray, amount float64) *image.Gray {
	soft := boxBlur(boxBlur(g))
	out := image.NewGray(g.Rect)
	for i, v := range g.Pix {
		out.Pix[i] = uint8(min(max(float64(v)+amount*(float64(v)-float64(soft.Pix[i])), 0), 255))
	}
	return out
}

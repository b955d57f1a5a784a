package ocr

import (
	"image"
	"image/color"
	"math"

	"github.com/xindiao/xindiao/dossier"
)

// prepared is an image made ready for recognition: grey, red ink gone, text large enough, lines level. It remembers
// how to take a place on it back to the image it came from.
type prepared struct {
	src        *image.Gray // the original in grey
	gray       *image.Gray
	scale      float64 // prepared pixels a pixel of the original
	sin, cos   float64 // of the angle it was turned by
	cx, cy     float64 // centre of the original
	pcx, pcy   float64 // centre of the prepared image
	background uint8
}

const (
	goodSide = 2800 // an A4 page at about 240 dpi
	maxSide  = 4200
	maxScale = 3
)

func prepare(img image.Image) prepared {
	flat := grey(img)
	b := flat.Bounds()
	long := float64(max(b.Dx(), b.Dy(), 1))
	scale := min(max(goodSide/long, 1), maxScale)
	if long > maxSide {
		scale = maxSide / long
	}
	angle := skew(flat)
	p := prepared{src: flat, scale: scale, sin: math.Sin(angle), cos: math.Cos(angle), cx: float64(b.Dx()) / 2, cy: float64(b.Dy()) / 2, background: paper(flat)}
	w, h := int(float64(b.Dx())*scale), int(float64(b.Dy())*scale)
	p.pcx, p.pcy = float64(w)/2, float64(h)/2
	p.gray = p.sample(flat, max(w, 1), max(h, 1))
	return p
}

// back takes a place on the prepared image to the original.
func (p prepared) back(x, y float64) (float64, float64) {
	dx, dy := (x-p.pcx)/p.scale, (y-p.pcy)/p.scale
	return p.cx + dx*p.cos - dy*p.sin, p.cy + dx*p.sin + dy*p.cos
}

// level takes a place on the prepared image to the original without turning it, so that what is level stays level.
func (p prepared) level(b dossier.Box) dossier.Box {
	f := func(x, y float64) (float64, float64) { return p.cx + (x-p.pcx)/p.scale, p.cy + (y-p.pcy)/p.scale }
	x0, y0 := f(b.X0, b.Y0)
	x1, y1 := f(b.X1, b.Y1)
	return dossier.Box{X0: x0, Y0: y0, X1: x1, Y1: y1}
}

// sample draws the turned and scaled image, bilinear, the paper's shade where there is nothing.
func (p prepared) sample(src *image.Gray, w, h int) *image.Gray {
	out := image.NewGray(image.Rect(0, 0, w, h))
	sw, sh := src.Rect.Dx(), src.Rect.Dy()
	for y := range h {
		row := out.Pix[y*out.Stride : y*out.Stride+w]
		for x := range w {
			fx, fy := p.back(float64(x)+0.5, float64(y)+0.5)
			fx, fy = fx-0.5, fy-0.5
			x0, y0 := int(math.Floor(fx)), int(math.Floor(fy))
			if x0 < 0 || y0 < 0 || x0+1 >= sw || y0+1 >= sh {
				row[x] = p.background
				continue
			}
			ax, ay := fx-float64(x0), fy-float64(y0)
			i := y0*src.Stride + x0
			top := float64(src.Pix[i])*(1-ax) + float64(src.Pix[i+1])*ax
			bottom := float64(src.Pix[i+src.Stride])*(1-ax) + float64(src.Pix[i+src.Stride+1])*ax
			row[x] = uint8(top*(1-ay) + bottom*ay + 0.5)
		}
	}
	return out
}

// grey turns colours into brightness. Red ink, that of seals, becomes as bright as its red part: what is printed below
// it in black stays readable.
func grey(img image.Image) *image.Gray {
	b := img.Bounds()
	out := image.NewGray(image.Rect(0, 0, b.Dx(), b.Dy()))
	set := func(i int, r, g, bl int) {
		v := (299*r + 587*g + 114*bl + 500) / 1000
		// Red by hue, so that gold and brown print stays; weak red is what compression smears around a seal's lines.
		if d := r - max(g, bl); d > 8 && g-bl <= 6*d/10+4 {
			v = max(v, min(r+min(d, 60)/3, 255))
		}
		out.Pix[i] = uint8(v)
	}
	switch src := img.(type) {
	case *image.Gray:
		for y := range b.Dy() {
			copy(out.Pix[y*out.Stride:y*out.Stride+b.Dx()], src.Pix[y*src.Stride:])
		}
	case *image.RGBA:
		for y := range b.Dy() {
			for x := range b.Dx() {
				p := src.Pix[y*src.Stride+4*x:]
				set(y*out.Stride+x, int(p[0]), int(p[1]), int(p[2]))
			}
		}
	case *image.YCbCr:
		for y := range b.Dy() {
			for x := range b.Dx() {
				c := src.YCbCrAt(b.Min.X+x, b.Min.Y+y)
				r, g, bl := color.YCbCrToRGB(c.Y, c.Cb, c.Cr)
				set(y*out.Stride+x, int(r), int(g), int(bl))
			}
		}
	default:
		for y := range b.Dy() {
			for x := range b.Dx() {
				c := color.NRGBAModel.Convert(img.At(b.Min.X+x, b.Min.Y+y)).(color.NRGBA)
				a := int(c.A) // transparent is paper
				set(y*out.Stride+x, (int(c.R)*a+255*(255-a))/255, (int(c.G)*a+255*(255-a))/255, (int(c.B)*a+255*(255-a))/255)
			}
		}
	}
	return out
}

// paper is the commonest brightness of the lighter half.
func paper(g *image.Gray) uint8 {
	h := histogram(g)
	best := 255
	for v := 128; v < 256; v++ {
		if h[v] > h[best] {
			best = v
		}
	}
	return uint8(best)
}

func histogram(g *image.Gray) (h [256]int) {
	for y := range g.Rect.Dy() {
		for _, v := range g.Pix[y*g.Stride : y*g.Stride+g.Rect.Dx()] {
			h[v]++
		}
	}
	return h
}

// threshold parts ink from paper (Otsu: the greatest variance between the two classes).
func threshold(g *image.Gray) uint8 {
	h := histogram(g)
	var total, sum float64
	for v, n := range h {
		total += float64(n)
		sum += float64(v) * float64(n)
	}
	var below, sumBelow, best float64
	at := 127
	for v, n := range h {
		below += float64(n)
		sumBelow += float64(v) * float64(n)
		if below == 0 || below == total {
			continue
		}
		d := sumBelow/below - (sum-sumBelow)/(total-below)
		if between := below * (total - below) * d * d; between > best {
			best, at = between, v
		}
	}
	return uint8(at)
}

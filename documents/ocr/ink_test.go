package ocr

import (
	"image"
	"image/color"
	"image/draw"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

// TestStrokes draws print as grey bars where its words stand, and a scribble that no word accounts for.
func TestStrokes(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 1200, 1700))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	black := image.NewUniform(color.Black)
	var res Result
	print := func(text string, x, y int) {
		r := image.Rect(x, y, x+24*len([]rune(text)), y+24)
		draw.Draw(img, r, black, image.Point{}, draw.Src)
		res.Words = append(res.Words, Word{Text: text, Box: dossier.Box{X0: float64(r.Min.X), Y0: float64(r.Min.Y), X1: float64(r.Max.X), Y1: float64(r.Max.Y)}})
	}
	for i, s := range []string{"股东会决议", "会议时间", "应到股东三人", "一、同意申请贷款", "二、同意抵押", "股东签字", "甲乙丙", "丁戊己", "庚辛壬"} {
		print(s, 120, 200+90*i)
	}
	if got := Strokes(img, res); len(got) != 0 {
		t.Fatalf("print is taken for handwriting: %v", got)
	}
	for i := range 90 { // a zigzag beside 甲乙丙
		y := 745 + (i % 40)
		if i%40 > 20 {
			y = 745 + 40 - i%40
		}
		for k := range 4 {
			img.Set(500+i, y+2*k, color.RGBA{20, 20, 140, 255})
			img.Set(500+i, y+2*k+1, color.Black)
		}
	}
	got := Strokes(img, res)
	if len(got) != 1 || got[0].X0 > 505 || got[0].X1 < 580 || got[0].Y0 < 720 || got[0].Y1 > 800 {
		t.Fatalf("%v", got)
	}
	res.Words = res.Words[:5] // nobody is asked to sign here
	if got := Strokes(img, res); got != nil {
		t.Errorf("%v", got)
	}
}

package ocr

import (
	"image"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

func TestTurnsGoBack(t *testing.T) {
	g := image.NewGray(image.Rect(0, 0, 7, 4))
	g.Pix[1*g.Stride+5] = 9 // at 5,1
	for turns := range 4 {
		out := turnGrey(g, turns)
		for i, v := range out.Pix {
			if v != 9 {
				continue
			}
			x, y := float64(i%out.Stride), float64(i/out.Stride)
			r := unturn(Result{Words: []Word{{Box: dossier.Box{X0: x, Y0: y, X1: x + 1, Y1: y + 1}}},
				Rules: []Rule{{Horizontal: true, Pos: y, From: x, To: x + 1}}}, turns, 7, 4)
			if b := r.Words[0].Box; b != (dossier.Box{X0: 5, Y0: 1, X1: 6, Y1: 2}) {
				t.Errorf("%d turns: %+v", turns, b)
			}
			if r.Rules[0].Horizontal != (turns%2 == 0) || r.Turn != (4-turns)%4 {
				t.Errorf("%d turns: %+v turn %d", turns, r.Rules[0], r.Turn)
			}
		}
	}
}

func TestSideways(t *testing.T) {
	g := grey(slip(t))
	if sideways(g) {
		t.Error("the slip lies on its side")
	}
	if !sideways(turnGrey(g, 1)) {
		t.Error("the turned slip does not lie on its side")
	}
	if sideways(image.NewGray(image.Rect(0, 0, 300, 300))) {
		t.Error("a black image")
	}
}

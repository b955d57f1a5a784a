package ocr

import (
	"context"
	"errors"
	"image"
	"image/color"
	_ "image/jpeg"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

func slip(t *testing.T) image.Image {
	t.Helper()
	f, err := os.Open("testdata/slip.jpg")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, _, err := image.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// The slip is skewed, ruled and has a red ring over an amount and a date. Both engines pass the same test.
func TestEngines(t *testing.T) {
	for _, name := range []string{"embedded", "native"} {
		e := Find(name)
		if e.Name() != name {
			t.Logf("no %s engine here", name)
			continue
		}
		res, err := e.Read(t.Context(), slip(t))
		if err != nil {
			t.Fatal(name, err)
		}
		var all strings.Builder
		for _, w := range res.Words {
			all.WriteString(w.Text)
			if w.Box.X0 < -20 || w.Box.Y1 > 460 || w.Box.X1 <= w.Box.X0 || w.Box.Y1 <= w.Box.Y0 || w.Confidence < 0 || w.Confidence > 1 {
				t.Errorf("%s: %+v", name, w)
			}
		}
		for _, want := range []string{"缴款单位", "有限公司", "1,234,567.8", "2025年11月26日", "8801234567"} {
			if !strings.Contains(all.String(), want) {
				t.Errorf("%s: no %s in %q", name, want, all.String())
			}
		}
		if c := res.Confidence(); c < 0.7 {
			t.Errorf("%s: confidence %.2f", name, c)
		}
		var h, v int
		for _, r := range res.Rules {
			if r.Horizontal {
				h++
			} else {
				v++
			}
		}
		if h < 4 || v < 5 {
			t.Errorf("%s: %d horizontal and %d vertical rules", name, h, v)
		}
	}
}

func TestFind(t *testing.T) {
	t.Setenv("XINDIAO_OCR", "none")
	if e := Find(""); e != None {
		t.Errorf("%s", e.Name())
	}
	if e := Find("embedded"); e.Name() != "embedded" {
		t.Errorf("%s", e.Name())
	}
	if _, err := None.Read(t.Context(), slip(t)); !errors.Is(err, ErrNone) {
		t.Error(err)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Find("native").Read(ctx, slip(t)); err == nil {
		t.Error("read on")
	}
}

func TestSkewIsFoundAndLevelled(t *testing.T) {
	p := prepare(slip(t))
	if a := math.Atan2(p.sin, p.cos) * 180 / math.Pi; math.Abs(a-1.2) > 0.15 {
		t.Errorf("angle %.2f, want 1.2", a)
	}
	if g := grey(slip(t)); skew(g) == 0 {
		t.Error("no skew")
	}
	if a := skew(image.NewGray(image.Rect(0, 0, 300, 300))); a != 0 {
		t.Errorf("a black image: %v", a)
	}
	b := dossier.Box{X0: 100, Y0: 100, X1: 200, Y1: 150}
	if got := p.level(b); got.X1-got.X0 < 100/p.scale-1 || got.X1-got.X0 > 100/p.scale+1 {
		t.Errorf("%+v", got)
	}
}

func TestGreyLosesRedKeepsBlackAndBlue(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 4, 1))
	for x, c := range []color.RGBA{{200, 20, 20, 255}, {20, 20, 20, 255}, {20, 20, 180, 255}, {120, 10, 10, 255}} {
		img.SetRGBA(x, 0, c)
	}
	g := grey(img)
	if g.Pix[0] < 200 || g.Pix[1] > 40 || g.Pix[2] > 80 || g.Pix[3] < 120 {
		t.Errorf("%v", g.Pix)
	}
}

// A line goes, a stroke that crosses it stays, and a thick bar is no line.
func TestRulesAreRemoved(t *testing.T) {
	g := image.NewGray(image.Rect(0, 0, 600, 300))
	for i := range g.Pix {
		g.Pix[i] = 250
	}
	dark := func(x0, y0, x1, y1 int) {
		for y := y0; y < y1; y++ {
			for x := x0; x < x1; x++ {
				g.Pix[y*g.Stride+x] = 10
			}
		}
	}
	dark(20, 100, 580, 103)  // a rule
	dark(300, 85, 304, 120)  // a stroke across it
	dark(20, 200, 580, 240)  // a bar
	dark(50, 20, 53, 190)    // a vertical rule
	dark(400, 150, 420, 153) // a dash of text
	dark(500, 20, 506, 85)   // a stroke of a large character
	rules, clean := findRules(g, 250)
	if len(rules) != 2 {
		t.Fatalf("%+v", rules)
	}
	if r := rules[0]; !r.Horizontal || math.Abs(r.Pos-101) > 1 || r.From > 21 || r.To < 578 {
		t.Errorf("%+v", r)
	}
	for _, c := range []struct {
		x, y int
		dark bool
	}{{200, 101, false}, {302, 101, true}, {302, 90, true}, {300, 220, true}, {51, 60, false}, {503, 50, true}, {410, 151, true}} {
		if got := clean.Pix[c.y*clean.Stride+c.x] < 128; got != c.dark {
			t.Errorf("%d,%d dark: %v", c.x, c.y, got)
		}
	}
}

func TestParsers(t *testing.T) {
	hocr := `<html><div class='ocr_page'><span class='ocr_line' title="bbox 0 0 9 9"><span class='ocrx_word' title='bbox 1 2 3 4; x_wconf 95'><strong>合</strong>计&amp;</span></span>
<span class='ocr_line'><span class='ocrx_word' title='bbox 5 6 7 8; x_wconf 50'> </span><span class='ocrx_word' title='bbox 5 6 7 8; x_wconf 50'>乙</span></span></div></html>`
	words, err := parseHOCR(hocr)
	if err != nil || len(words) != 2 || words[0].Text != "合计&" || words[0].Confidence != 0.95 || words[1].Line != 1 || words[1].Box.Y1 != 8 {
		t.Errorf("%+v %v", words, err)
	}
}

func TestAliasRefusesOtherModules(t *testing.T) {
	for _, m := range []string{"", "\x00asm\x01\x00\x00\x00", "\x00asm\x01\x00\x00\x00\x07\xff\xff\xff\x7f", "\x00asm\x01\x00\x00\x00\x07\x05\x01\x01a\x00\x03"} {
		if _, err := alias([]byte(m), map[string]string{"stackSave": "x"}); err == nil {
			t.Errorf("%q was taken", m)
		}
	}
	out, err := alias([]byte("\x00asm\x01\x00\x00\x00\x07\x05\x01\x01a\x00\x03\x0a\x00"), map[string]string{"a": "bc"})
	if err != nil || string(out) != "\x00asm\x01\x00\x00\x00\x07\x0a\x02\x01a\x00\x03\x02bc\x00\x03\x0a\x00" {
		t.Errorf("%q %v", out, err)
	}
}

func TestSeals(t *testing.T) {
	seals := Seals(slip(t))
	if len(seals) != 1 {
		t.Fatalf("%+v", seals)
	}
	if b := seals[0]; b.X0 < 340 || b.X1 > 510 || b.Y0 < 170 || b.Y1 > 330 {
		t.Errorf("%+v", b)
	}
	if s := Seals(grey(slip(t))); len(s) != 0 {
		t.Errorf("without red: %+v", s)
	}
}

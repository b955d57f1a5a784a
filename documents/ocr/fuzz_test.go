package ocr

import (
	"encoding/json"
	"image"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

const fuzzMax = 64 << 10

func FuzzHOCR(f *testing.F) {
	f.Add(`<div class='ocr_page'><span class='ocr_line' title="bbox 0 0 9 9"><span class='ocrx_word' title='bbox 1 2 3 4; x_wconf 95'><span class='ocrx_cinfo' title='x_bboxes 1 2 3 4; x_conf 98.1'>合</span><strong>计</strong>&amp;</span></span></div>`)
	f.Add(`<span class='ocrx_word' title='bbox 1 2 3 4; x_wconf 95'><span class='ocrx_cinfo' title='x_bboxes -1 2 3 99999999999999999999; x_conf 1e9'>`)
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > fuzzMax {
			t.Skip()
		}
		words, _ := parseHOCR(s)
		if len(words) > maxWords {
			t.Fatal("too many words")
		}
		for _, w := range words {
			if w.Text == "" || len(w.chars) == 0 || len(w.chars) > 4*maxChars || w.Confidence < 0 || w.Confidence > 1 {
				t.Fatalf("%+v", w)
			}
			for _, c := range w.chars {
				if c.r == 0 || c.conf < 0 || c.conf > 1 {
					t.Fatalf("%+v", c)
				}
			}
		}
	})
}

func FuzzPaddleReply(f *testing.F) {
	f.Add(`{"results":[[{"text":"合计","confidence":0.98,"text_region":[[10,10],[110,12],[110,32],[10,30]]}]]}`)
	f.Add(`{"result":{"ocrResults":[{"prunedResult":{"rec_texts":["合"],"rec_scores":[1e308],"rec_polys":[[[1e308,-1e308],[]]]}}]}}`)
	in := image.Rect(0, 0, 300, 200)
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > fuzzMax {
			t.Skip()
		}
		var r paddleReply
		if json.Unmarshal([]byte(s), &r) != nil {
			return
		}
		for _, w := range r.words(2, in) {
			if !(w.Box.X0 >= 0 && w.Box.X1 <= 300 && w.Box.Y0 >= 0 && w.Box.Y1 <= 200 && w.Confidence >= 0 && w.Confidence <= 1) {
				t.Fatalf("%+v", w)
			}
		}
	})
}

// FuzzPage takes the bytes as a small grey image through everything before and after the engine.
func FuzzPage(f *testing.F) {
	seed := make([]byte, 60*40)
	for i := range seed {
		seed[i] = 250
		if i/60%10 == 3 || i%60 == 5 || i%60 == 50 {
			seed[i] = 20
		}
	}
	f.Add(seed, uint8(60), "合计1,234.50")
	f.Add([]byte{0}, uint8(1), "壹佰万元整")
	f.Fuzz(func(t *testing.T, pix []byte, width uint8, text string) {
		if len(pix) > 4096 || len(pix) == 0 || width == 0 || len(text) > 200 {
			t.Skip()
		}
		w := int(width)
		h := len(pix) / w
		if h == 0 {
			t.Skip()
		}
		g := &image.Gray{Pix: pix, Stride: w, Rect: image.Rect(0, 0, w, h)}
		p := prepare(g)
		rules, clean := findRules(p.gray, p.background)
		b := dossier.Box{X1: float64(p.gray.Rect.Dx()), Y1: float64(p.gray.Rect.Dy())}
		words := []Word{{Text: text, Box: b, Confidence: 0.5, chars: evenly(text, b, 0.5)}}
		rs := regions(rules, binarise(clean), [][]Word{words, words}, em(words), 4)
		for _, r := range rs {
			r.elect(30)
			p.crop(p.src, r, 30, renderings[0])
			r.alone = append(r.alone, r.place(evenly(text, b, 0.4), 30, renderings[0]))
			r.elect(30)
		}
		addModel(rs, text, 30)
		prove(rs, 30)
		p.restore(wordsOf(rs))
		Seals(g)
	})
}

func FuzzAmounts(f *testing.F) {
	f.Add("1,234,567.80", "壹佰贰拾叁万肆仟伍佰陆拾柒元捌角整")
	f.Add("(1.234,50)", "零")
	f.Fuzz(func(t *testing.T, s, c string) {
		if len(s)+len(c) > fuzzMax {
			t.Skip()
		}
		if a, ok := parseAmount(s); ok {
			b, again := parseAmount(a.text)
			if !again || b.value != a.value {
				t.Fatalf("%q: %+v, then %+v", s, a, b)
			}
		}
		if v, _, ok := capitalAmount(c); ok && v <= 0 {
			t.Fatalf("%q is %d", c, v)
		}
	})
}

package ocr

import (
	"context"
	"image"
	"math"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// paddle asks a PaddleOCR service. Two forms are in use: the older one under /predict/… takes images and gives results,
// the one of PaddleX takes a file and gives recognised texts, scores and outlines as parallel lists.
type paddle struct{ service }

type paddleReply struct {
	Results [][]struct {
		Text       string      `json:"text"`
		Confidence float64     `json:"confidence"`
		Region     [][]float64 `json:"text_region"`
	} `json:"results"`
	Result struct {
		Pages []struct {
			Pruned struct {
				Texts  []string      `json:"rec_texts"`
				Scores []float64     `json:"rec_scores"`
				Polys  [][][]float64 `json:"rec_polys"`
			} `json:"prunedResult"`
		} `json:"ocrResults"`
	} `json:"result"`
}

func (p paddle) ask(ctx context.Context, img *image.Gray) (serviceReply, error) {
	data, scale, err := base64PNG(img)
	if err != nil {
		return serviceReply{}, err
	}
	var in any = map[string]any{"file": data, "fileType": 1}
	if strings.Contains(p.url.Path, "predict/") {
		in = map[string]any{"images": []string{data}}
	}
	var out paddleReply
	if err := p.post(ctx, "", in, &out); err != nil {
		return serviceReply{}, err
	}
	return serviceReply{words: out.words(scale, img.Rect)}, nil
}

// words gives every line that was found with a place on the image; what has none, or one outside it, is left out.
func (r paddleReply) words(scale float64, in image.Rectangle) []Word {
	var out []Word
	add := func(text string, conf float64, poly [][]float64) {
		if text = strings.TrimSpace(text); text == "" || len(poly) < 2 || len(out) >= maxWords || len([]rune(text)) > maxAligned {
			return
		}
		b := dossier.Box{X0: math.Inf(1), Y0: math.Inf(1), X1: math.Inf(-1), Y1: math.Inf(-1)}
		for _, p := range poly {
			if len(p) < 2 {
				return
			}
			b = unite(b, dossier.Box{X0: p[0] * scale, Y0: p[1] * scale, X1: p[0] * scale, Y1: p[1] * scale})
		}
		b = intersect(b, dossier.Box{X1: float64(in.Dx()), Y1: float64(in.Dy())})
		if !(b.X1 > b.X0 && b.Y1 > b.Y0) {
			return
		}
		conf = min(max(conf, 0), 1)
		if math.IsNaN(conf) {
			conf = 0
		}
		w := Word{Text: text, Box: b, Confidence: conf, Line: len(out)}
		w.chars = evenly(text, b, conf)
		out = append(out, w)
	}
	for _, page := range r.Results {
		for _, l := range page {
			add(l.Text, l.Confidence, l.Region)
		}
	}
	for _, page := range r.Result.Pages {
		p := page.Pruned
		for i := range min(len(p.Texts), len(p.Scores), len(p.Polys)) {
			add(p.Texts[i], p.Scores[i], p.Polys[i])
		}
	}
	return out
}

package read

import (
	"errors"
	"fmt"
	"image"

	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xindiao/xindiao/documents/read/internal/layout"
	"github.com/xindiao/xindiao/dossier"
)

// scan puts the words that OCR finds on the image onto the page, scaled to the page's units.
func (r *reading) scan(p *dossier.Page, img image.Image) {
	p.Scan = true
	if r.scans++; r.scans > r.scansLeft {
		r.note(partial(fmt.Sprintf("扫描页超过 %d 页，其余没有识别文字", r.lim.OCRPages)))
		return
	}
	res, err := r.ocr.Read(r.ctx, img)
	if err != nil {
		msg, remedy := fmt.Sprintf("第%d页是图片，文字识别失败", p.Number), "请重新扫描：平整、清晰、200～300 dpi"
		r.fleeting = r.fleeting || !errors.Is(err, ocr.ErrNone)
		if errors.Is(err, ocr.ErrNone) {
			msg, remedy = fmt.Sprintf("第%d页是图片，没有启用文字识别", p.Number), "请启用文字识别，或提供文字版文件"
		}
		r.note(dossier.Problem{Kind: dossier.ErrPartial, Page: p.Number, Msg: msg, Remedy: remedy})
		return
	}
	b := img.Bounds()
	sx, sy := p.Width/float64(max(b.Dx(), 1)), p.Height/float64(max(b.Dy(), 1))
	var glyphs []layout.Glyph
	for i, w := range res.Words {
		g := layout.Glyph{Text: Clean(w.Text), Seq: i, Confidence: max(w.Confidence, 0.01),
			X0: w.Box.X0 * sx, Y0: w.Box.Y0 * sy, X1: w.Box.X1 * sx, Y1: w.Box.Y1 * sy}
		g.OX, g.OY = g.X0, g.Y1
		switch res.Turn { // the baseline of print that runs downwards is at the left, and so on
		case 1:
			g.OX, g.OY, g.DX, g.DY = g.X0, g.Y0, 0, 1
		case 2:
			g.OX, g.OY, g.DX, g.DY = g.X1, g.Y0, -1, 0
		case 3:
			g.OX, g.OY, g.DX, g.DY = g.X1, g.Y1, 0, -1
		}
		if g.Text != "" && g.Finite() {
			glyphs = append(glyphs, g)
		}
	}
	var rules []layout.Rule
	for _, x := range res.Rules {
		if x.Horizontal {
			rules = append(rules, layout.Rule{Horizontal: true, Pos: x.Pos * sy, From: x.From * sx, To: x.To * sx})
		} else {
			rules = append(rules, layout.Rule{Pos: x.Pos * sx, From: x.From * sy, To: x.To * sy})
		}
	}
	built := layout.Build(glyphs, rules, p.Width, p.Height)
	p.Lines, p.Tables = built.Lines, built.Tables
	attach(p, glyphs, res.Words)
	for _, s := range ocr.Seals(img) {
		p.Lines = append(p.Lines, dossier.Line{Text: layout.SealMark + sealSeen, Confidence: 0.5,
			Box: &dossier.Box{X0: s.X0 * sx, Y0: s.Y0 * sy, X1: s.X1 * sx, Y1: s.Y1 * sy}})
	}
	for _, s := range ocr.Strokes(img, res) {
		p.Lines = append(p.Lines, dossier.Line{Text: dossier.InkMark + inkSeen, Confidence: 0.5,
			Box: &dossier.Box{X0: s.X0 * sx, Y0: s.Y0 * sy, X1: s.X1 * sx, Y1: s.Y1 * sy}})
	}
	if res.Note != "" {
		r.fleeting = true // a service was not there
		p.Doubts = append(p.Doubts, res.Note)
	}
	if res.Model != "" {
		p.Doubts = append(p.Doubts, "本页文字由视觉模型 "+res.Model+" 参与识别，数字以 tesseract 所见为准")
	}
	if c := res.Confidence(); len(glyphs) > 0 && c < 0.6 {
		p.Doubts = append(p.Doubts, fmt.Sprintf("文字识别把握不足（平均 %.0f%%），请核对原件", c*100))
	}
}

const (
	minPicture = 450 // pixels each way: logos, seals and signatures are smaller
	inkSeen    = "（图像中有手写笔迹，文字未识别）"
	sealSeen   = "（图像中有红色印章，文字未识别）"
)

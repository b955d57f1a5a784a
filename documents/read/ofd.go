package read

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/xindiao/xindiao/documents/read/internal/layout"
	"github.com/xindiao/xindiao/documents/read/internal/ofd"
	"github.com/xindiao/xindiao/dossier"
)

const maxData = 8 << 20 // bytes of invoice data in an OFD; more than that is a file of its own

// readOFD reads the pages of every document in the package, then, as pages of their own, the invoice data that the
// package carries and what it says of its signatures and attachments.
func readOFD(r *reading) error {
	z, err := zip.OpenReader(r.path)
	if err != nil {
		return &dossier.Error{Kind: dossier.ErrCorrupt, Msg: "OFD 已损坏或不完整，无法打开"}
	}
	defer z.Close()
	pkg, err := ofd.Open(&z.Reader, ofd.Limits{Part: min(r.lim.FileBytes, 64<<20), Bytes: r.lim.ArchiveBytes, Pages: r.lim.Pages})
	switch {
	case errors.Is(err, ofd.ErrEncrypted):
		return &dossier.Error{Kind: dossier.ErrEncrypted, Msg: "OFD 已加密，无法读取"}
	case errors.Is(err, ofd.ErrLimit):
		return &dossier.Error{Kind: dossier.ErrUnsafe, Msg: "OFD 展开后过大（疑似压缩炸弹），没有读取"}
	case err != nil:
		return &dossier.Error{Kind: dossier.ErrCorrupt, Msg: "OFD 已损坏：找不到文档内容"}
	}
	o := &ofdReading{r: r}
	for _, d := range pkg.Docs {
		o.total += d.Pages
	}
	for _, d := range pkg.Docs {
		if err := o.document(d); err != nil {
			return err
		}
	}
	r.doc.Scan = o.scans > 0 && o.scans == o.total
	if o.next == 0 || o.empty {
		r.note(problem(dossier.ErrEmpty, "OFD 里没有文字，也没有识别出文字", "请用 OFD 阅读器打开确认，重新提供"))
	}
	return nil
}

// ofdReading counts pages over the documents of a package.
type ofdReading struct {
	r           *reading
	total, next int
	scans       int
	empty       bool
}

func (o *ofdReading) document(d *ofd.Document) error {
	r := o.r
	if d.PagesInFile > d.Pages {
		r.note(partial(fmt.Sprintf("OFD 有 %d 页，只读取前 %d 页", d.PagesInFile, d.Pages)))
	}
	first := o.next + 1
	var plain strings.Builder // what the pages say, for comparing with the data
	texts := map[string]string{}
	for i := range d.Pages {
		o.next++
		p, raw := o.page(d, i)
		for id, s := range raw.Texts {
			if len(texts) < 200_000 {
				texts[id] = s
			}
		}
		for _, l := range p.Lines {
			plain.WriteString(l.Text + "\n")
		}
		o.empty = o.next == 1 && len(p.Lines) == 0
		if err := r.add(p, o.total); err != nil {
			return err
		}
	}
	printed := numbersOf(plain.String())
	for _, s := range o.data(d, texts) {
		o.compare(s, printed, first)
		name := "内嵌数据"
		if s.Value("发票号码") != "" {
			name = "发票数据"
		}
		if err := o.extra(r.sheetPage(s, 0), name); err != nil {
			return err
		}
	}
	return o.extra(about(d), "签名与附件")
}

// extra adds a page that is not one of the layout.
func (o *ofdReading) extra(p dossier.Page, name string) error {
	if len(p.Lines) == 0 {
		return nil
	}
	o.next++
	o.total = max(o.total, o.next)
	o.empty = false
	p.Number, p.Name = o.next, name
	return o.r.add(p, o.total)
}

// page reads one page; raw is what it was laid out from.
func (o *ofdReading) page(d *ofd.Document, i int) (dossier.Page, ofd.Page) {
	r := o.r
	raw, err := d.Page(i)
	p := dossier.Page{Number: o.next, Width: raw.Width, Height: raw.Height}
	if err != nil {
		r.note(dossier.Problem{Kind: dossier.ErrPartial, Page: p.Number, Msg: fmt.Sprintf("第%d页不完整或无法读取", p.Number), Remedy: "请用 OFD 阅读器打开确认，从开具平台重新下载"})
	}
	if raw.Cut {
		p.Doubts = append(p.Doubts, "本页内容过多，只读取了一部分")
	}
	glyphs, inked := raw.Glyphs[:0:0], 0
	for _, g := range raw.Glyphs {
		if g.Text != "" {
			g.Text = Clean(g.Text)
		} else if g.R = cleanRune(g.R); g.R < 0 {
			continue
		}
		if glyphs = append(glyphs, g); g.R != ' ' {
			inked++
		}
	}
	if 2*raw.Garbled > len(glyphs) {
		p.Doubts = append(p.Doubts, "本页文字用了内嵌字体的自编码，可能无法正确读出")
	}
	pictures := 0.0
	for _, m := range raw.Images {
		pictures += (m.Box.X1 - m.Box.X0) * (m.Box.Y1 - m.Box.Y0) / max(p.Width*p.Height, 1)
	}
	if inked < fewGlyphs && pictures > 0.1 {
		o.pictures(d, raw.Images, &p)
		if p.Scan {
			o.scans++
		}
	}
	built := layout.Build(glyphs, raw.Rules, p.Width, p.Height)
	p.Lines, p.Tables = append(p.Lines, built.Lines...), append(p.Tables, built.Tables...)
	for _, s := range raw.Seals {
		name := Clean(s.Name)
		if name == "" {
			name = "（电子印章，名称未注明）"
		}
		b := s.Box
		p.Lines = append(p.Lines, dossier.Line{Text: layout.SealMark + oneLine(name), Box: &b, Confidence: 1})
	}
	return p, raw
}

// pictures reads the larger pictures of a page that has no text, each in its place.
func (o *ofdReading) pictures(d *ofd.Document, images []ofd.Image, p *dossier.Page) {
	n := 0
	for _, m := range images {
		w, h := m.Box.X1-m.Box.X0, m.Box.Y1-m.Box.Y0
		if w*h < 0.05*p.Width*p.Height || n >= 40 {
			continue
		}
		n++
		data, err := d.Open(m.Part)
		if err == nil {
			var img, fault = o.r.decodeFrom(bytes.NewReader(data))
			if err = fault; err == nil {
				o.r.count(p.Number, o.total)
				part := dossier.Page{Number: p.Number, Width: w, Height: h}
				o.r.scan(&part, img)
				shift(&part, m.Box.X0, m.Box.Y0)
				p.Scan = true
				p.Lines, p.Tables, p.Doubts = append(p.Lines, part.Lines...), append(p.Tables, part.Tables...), append(p.Doubts, part.Doubts...)
				continue
			}
		}
		kind := m.Type
		if kind == "" {
			kind = strings.TrimPrefix(path.Ext(m.Part), ".")
		}
		o.r.note(dossier.Problem{Kind: dossier.ErrPartial, Page: p.Number, Msg: fmt.Sprintf("第%d页的图片（%s）无法读取", p.Number, Clean(kind)), Remedy: "请用 OFD 阅读器打印或另存为 PDF 后重新提供"})
	}
}

// shift moves everything on a page.
func shift(p *dossier.Page, dx, dy float64) {
	move := func(b *dossier.Box) {
		if b != nil {
			b.X0, b.Y0, b.X1, b.Y1 = b.X0+dx, b.Y0+dy, b.X1+dx, b.Y1+dy
		}
	}
	for i := range p.Lines {
		move(p.Lines[i].Box)
		for j := range p.Lines[i].Words {
			move(&p.Lines[i].Words[j].Box)
		}
	}
	for _, t := range p.Tables {
		for _, row := range t.Rows {
			for i := range row {
				move(row[i].Box)
			}
		}
	}
}

package docx

import (
	"strconv"
	"strings"

	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/report/chart"
	"github.com/xindiao/xindiao/report/layout"
)

// heading sets the next heading of the outline; its number comes from the style, an annex carries its own.
func (d *doc) heading(level int) {
	h := d.heads[d.head]
	d.head++
	styleID, text, height := "Heading"+strconv.Itoa(level), h.Title, 48.0
	switch {
	case strings.HasPrefix(h.Number, "附件"):
		styleID, text, height = "Annex", h.Number+"　"+h.Title, 36
	case level == 2:
		height = 36
	}
	id, props := d.id(), ""
	if d.head == 1 && styleID == "Heading1" {
		props = "<w:pageBreakBefore/>" // the body begins a page; an annex's style says so itself
	}
	d.body.raw(para(styleID, props, `<w:bookmarkStart w:id="`+strconv.Itoa(id)+`" w:name="_Toc`+h.Anchor+`"/>`+run(text, "")+
		`<w:bookmarkEnd w:id="`+strconv.Itoa(id)+`"/>`))
	d.pages.keep(height, func(p int) { d.pageOf[h.Anchor] = p })
}

func (d *doc) section(s report.Section, level int) {
	d.heading(level)
	for i := range s.Blocks {
		d.block(&s.Blocks[i])
	}
	for _, sub := range s.Sections {
		d.section(sub, level+1)
	}
}

func (d *doc) block(b *report.Block) {
	switch b.Type {
	case report.TableB:
		d.claimLines(b, "Body")
		d.table(b)
	case report.ChartB:
		d.claimLines(b, "Body")
		d.chart(b)
	case report.List:
		d.claimLines(b, "ListItem")
	case report.Gap:
		d.claimLines(b, "Gap")
	default:
		d.paragraph(b)
	}
	if b.Note != "" && b.Type != report.TableB {
		d.text("Note", "注："+strings.TrimPrefix(b.Note, "注："), 9, 15)
	}
}

// text sets a plain paragraph.
func (d *doc) text(style, s string, size, line float64) {
	d.body.raw(para(style, "", run(s, "")))
	d.pages.lines(lineCount(width(s), size, textWidth), line, 0, 0)
}

// paragraph sets all claims of a block in one paragraph; a gap among them stands by itself.
func (d *doc) paragraph(b *report.Block) {
	if b.Title != "" {
		d.body.raw(para("Body", "<w:keepNext/>", run(b.Title, "<w:b/>")))
		d.pages.keep(bodyLine, nil)
	}
	var runs string
	ems, model := 2.0, false
	flush := func() {
		if runs == "" {
			return
		}
		styleID := "Body"
		if model {
			styleID = "ModelBody"
		}
		d.body.raw(para(styleID, "", runs))
		d.pages.lines(lineCount(ems, bodySize, textWidth), bodyLine, 0, 0)
		runs, ems, model = "", 2, false
	}
	for i := range b.Claims {
		c := &b.Claims[i]
		if c.Status == report.Missing {
			flush()
			d.item("Gap", c, "")
			continue
		}
		r, w := d.claim(c)
		runs += r
		ems += w
		model = model || c.Author == report.ByModel
	}
	flush()
}

// claimLines sets each claim in a paragraph of its own.
func (d *doc) claimLines(b *report.Block, style string) {
	if b.Title != "" && b.Type == report.List {
		d.body.raw(para("Body", "<w:keepNext/>", run(b.Title, "<w:b/>")))
		d.pages.keep(bodyLine, nil)
	}
	n := 0
	for i := range b.Claims {
		c := &b.Claims[i]
		lead, st := "", style
		if c.Status == report.Missing {
			st = "Gap"
		} else if style == "ListItem" {
			n++
			lead = strconv.Itoa(n) + ". "
		}
		d.item(st, c, lead)
	}
}

func (d *doc) item(style string, c *report.Claim, lead string) {
	r, ems := d.claim(c)
	line, indent := bodyLine, 0.0
	switch style {
	case "Gap":
		line, indent = 22, 12
		if !strings.HasPrefix(c.Text, "待补充") {
			lead = "待补充："
		}
		lead, r = "", run(lead, "<w:b/>")+r
	case "ListItem":
		indent = 42
	}
	d.body.raw(para(style, "", run(lead, "")+r))
	d.pages.lines(lineCount(ems+width(lead), bodySize, textWidth-indent), line, 0, 0)
}

const (
	modelShade = `<w:shd w:val="clear" w:color="auto" w:fill="E3EEF8"/>`
	doubtMark  = `<w:b/><w:color w:val="9C1C1C"/><w:highlight w:val="yellow"/>`
)

// claim returns a claim's runs and their width in ems: text, source numbers before the full stop, the mark of doubt.
func (d *doc) claim(c *report.Claim) (string, float64) {
	props := ""
	if c.Author == report.ByModel {
		props = modelShade
	}
	text, stop := layout.Stop(c.Text)
	marks, w := d.marks(d.src.Numbers(c))
	doubt := layout.Doubt(c)
	return run(text, props) + marks + run(stop, props) + run(doubt, doubtMark), width(c.Text) + width(doubt) + w
}

func (d *doc) chart(b *report.Block) {
	title := b.Title
	png, err := chart.PNG(b.Chart)
	if err != nil {
		d.body.raw(para("Gap", "", run("图“"+title+"”缺少可绘制的数据。", "")))
		d.pages.lines(1, 22, 3, 3)
		return
	}
	d.images = append(d.images, png)
	n := len(d.images)
	const cx, cy = 5486400, 2880360 // EMU: 15.24 cm wide
	d.body.raw(para("Picture", "", `<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="`+strconv.Itoa(cx)+`" cy="`+strconv.Itoa(cy)+
		`"/><wp:docPr id="`+strconv.Itoa(d.id())+`" name="图`+strconv.Itoa(n)+`" descr="`+esc(title)+`"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">`+
		`<pic:pic><pic:nvPicPr><pic:cNvPr id="`+strconv.Itoa(n)+`" name="chart`+strconv.Itoa(n)+`.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdImg`+strconv.Itoa(n)+
		`"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="`+strconv.Itoa(cx)+`" cy="`+strconv.Itoa(cy)+
		`"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`))
	marks, _ := d.marks(d.src.NumbersOf(d.src.ChartCitations(b.Chart)))
	d.body.raw(para("Caption", "", run("图"+strconv.Itoa(n)+"　"+title, "")+marks))
	d.pages.keep(6+float64(cy)/12700+4, nil)
	d.pages.block(23)
}

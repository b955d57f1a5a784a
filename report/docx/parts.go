package docx

import (
	"bytes"
	"strconv"
	"time"

	"github.com/xindiao/xindiao/report/layout"
)

type part struct {
	name string
	data []byte
}

const (
	relBase = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	ctBase  = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

// documentRels are the parts that document.xml refers to, besides images.
var documentRels = []struct{ id, kind, target, content string }{
	{"rIdStyles", "styles", "styles.xml", "styles+xml"},
	{"rIdNumbering", "numbering", "numbering.xml", "numbering+xml"},
	{"rIdSettings", "settings", "settings.xml", "settings+xml"},
	{"rIdFonts", "fontTable", "fontTable.xml", "fontTable+xml"},
	{"rIdEndnotes", "endnotes", "endnotes.xml", "endnotes+xml"},
	{"rIdHeader", "header", "header1.xml", "header+xml"},
	{"rIdFooter", "footer", "footer1.xml", "footer+xml"},
}

func (d *doc) parts() []part {
	title := layout.Title(d.r)
	var types, rels bytes.Buffer
	types.WriteString(declaration + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>` +
		`<Override PartName="/word/document.xml" ContentType="` + ctBase + `document.main+xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
		`<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>`)
	rels.WriteString(declaration + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for _, r := range documentRels {
		types.WriteString(`<Override PartName="/word/` + r.target + `" ContentType="` + ctBase + r.content + `"/>`)
		rels.WriteString(`<Relationship Id="` + r.id + `" Type="` + relBase + r.kind + `" Target="` + r.target + `"/>`)
	}
	for i := range d.images {
		n := strconv.Itoa(i + 1)
		rels.WriteString(`<Relationship Id="rIdImg` + n + `" Type="` + relBase + `image" Target="media/chart` + n + `.png"/>`)
	}
	types.WriteString(`</Types>`)
	rels.WriteString(`</Relationships>`)
	out := []part{
		{"[Content_Types].xml", types.Bytes()},
		{"_rels/.rels", []byte(declaration + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + relBase + `officeDocument" Target="word/document.xml"/>` +
			`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>` +
			`<Relationship Id="rId3" Type="` + relBase + `extended-properties" Target="docProps/app.xml"/></Relationships>`)},
		{"docProps/core.xml", []byte(d.core(title))},
		{"docProps/app.xml", []byte(declaration + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>xindiao</Application></Properties>`)},
		{"word/document.xml", d.document()},
		{"word/_rels/document.xml.rels", rels.Bytes()},
		{"word/styles.xml", []byte(styles(d.opt.BodyFont))},
		{"word/numbering.xml", []byte(numbering)},
		{"word/settings.xml", []byte(settings)},
		{"word/fontTable.xml", []byte(fontTable)},
		{"word/endnotes.xml", []byte(d.endnotes())},
		{"word/header1.xml", []byte(declaration + `<w:hdr ` + namespaces + `>` + para("Header", "", run(d.r.Cover.Applicant, "")+`<w:r><w:tab/></w:r>`+run(title+"（草稿）", "")) + `</w:hdr>`)},
		{"word/footer1.xml", []byte(declaration + `<w:ftr ` + namespaces + `>` + para("Footer", "", run("第 ", "")+field("PAGE", "1", "")+run(" 页　共 ", "")+field("NUMPAGES", strconv.Itoa(d.pages.page), "")+run(" 页", "")) + `</w:ftr>`)},
	}
	for i, img := range d.images {
		out = append(out, part{"word/media/chart" + strconv.Itoa(i+1) + ".png", img})
	}
	return out
}

func (d *doc) document() []byte {
	var b bytes.Buffer
	b.WriteString(declaration + `<w:document ` + namespaces + `><w:body>`)
	b.Write(d.front.b.Bytes())
	b.Write(d.body.b.Bytes())
	b.WriteString(`<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/><w:footerReference w:type="default" r:id="rIdFooter"/>` +
		`<w:endnotePr><w:numFmt w:val="decimal"/></w:endnotePr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1474" w:bottom="1440" w:left="1474" w:header="851" w:footer="850" w:gutter="0"/>` +
		`<w:titlePg/></w:sectPr></w:body></w:document>`)
	return b.Bytes()
}

func (d *doc) core(title string) string {
	s := declaration + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" ` +
		`xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>` + esc(title) + `</dc:title><dc:creator>信调</dc:creator><dc:language>zh-CN</dc:language>`
	if !d.opt.Created.IsZero() {
		s += `<dcterms:created xsi:type="dcterms:W3CDTF">` + d.opt.Created.UTC().Format(time.RFC3339) + `</dcterms:created>`
	}
	return s + `</cp:coreProperties>`
}

const settings = declaration + `<w:settings ` + namespaces + `><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:characterSpacingControl w:val="compressPunctuation"/>` +
	`<w:endnotePr><w:endnote w:id="-1"/><w:endnote w:id="0"/></w:endnotePr>` +
	`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`

// fontTable names what stands in where a font is not installed.
const fontTable = declaration + `<w:fonts ` + namespaces + `>` +
	`<w:font w:name="宋体"><w:altName w:val="SimSun"/><w:charset w:val="86"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>` +
	`<w:font w:name="黑体"><w:altName w:val="SimHei"/><w:charset w:val="86"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>` +
	`<w:font w:name="仿宋"><w:altName w:val="FangSong"/><w:charset w:val="86"/><w:family w:val="modern"/><w:pitch w:val="variable"/></w:font>` +
	`<w:font w:name="Times New Roman"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>`

package docx

import "strings"

const latin = "Times New Roman"

func fonts(eastAsia string) string {
	return `<w:rFonts w:ascii="` + latin + `" w:hAnsi="` + latin + `" w:eastAsia="` + eastAsia + `" w:cs="` + latin + `"/>`
}

func style(id, name, based, ppr, rpr, extra string) string {
	s := `<w:style w:type="paragraph" w:styleId="` + id + `"><w:name w:val="` + name + `"/>`
	if based != "" {
		s += `<w:basedOn w:val="` + based + `"/>`
	}
	return s + extra + `<w:qFormat/><w:pPr>` + ppr + `</w:pPr><w:rPr>` + rpr + `</w:rPr></w:style>`
}

func exact(twips string, before, after string) string {
	return `<w:spacing w:before="` + before + `" w:after="` + after + `" w:line="` + twips + `" w:lineRule="exact"/>`
}

// styles.xml: 宋体小四, 1.5 lines as an exact height, first line indented by two characters; headings 黑体.
func styles(body string) string {
	const next = `<w:next w:val="Body"/>`
	hei := fonts("黑体")
	var b strings.Builder
	b.WriteString(declaration + `<w:styles ` + namespaces + `><w:docDefaults><w:rPrDefault><w:rPr>` + fonts(esc(body)) +
		`<w:kern w:val="2"/><w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>` +
		`</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>`)
	b.WriteString(`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>` +
		`<w:pPr><w:widowControl w:val="0"/></w:pPr></w:style>`)
	b.WriteString(`<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>`)
	b.WriteString(`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>` +
		`<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`)
	for _, s := range []string{
		style("Body", "Body Text", "Normal", exact("468", "0", "0")+`<w:ind w:firstLineChars="200" w:firstLine="480"/><w:jc w:val="both"/>`, "", ""),
		style("ModelBody", "模型撰写", "Body", `<w:pBdr><w:left w:val="single" w:sz="18" w:space="6" w:color="5B8DB8"/></w:pBdr>`, "", ""),
		style("Gap", "待补充", "Normal", `<w:pBdr><w:left w:val="single" w:sz="18" w:space="6" w:color="B45309"/></w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="FDF3E3"/>`+
			exact("440", "60", "60")+`<w:ind w:left="240"/>`, `<w:color w:val="7A3E00"/><w:sz w:val="22"/>`, ""),
		style("ListItem", "列表项", "Body", `<w:ind w:left="840" w:hanging="420"/>`, "", ""),
		style("Heading1", "heading 1", "Normal", `<w:keepNext/><w:keepLines/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>`+
			exact("560", "280", "120")+`<w:outlineLvl w:val="0"/>`, hei+`<w:b/><w:sz w:val="32"/><w:szCs w:val="32"/>`, next),
		style("Heading2", "heading 2", "Normal", `<w:keepNext/><w:keepLines/><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>`+
			exact("500", "160", "60")+`<w:outlineLvl w:val="1"/>`, hei+`<w:sz w:val="28"/><w:szCs w:val="28"/>`, next),
		style("Annex", "附件标题", "Normal", `<w:keepNext/><w:keepLines/><w:pageBreakBefore/>`+exact("560", "0", "160")+`<w:outlineLvl w:val="0"/>`, hei+`<w:b/><w:sz w:val="32"/><w:szCs w:val="32"/>`, next),
		style("Sub", "附件小标题", "Normal", `<w:keepNext/>`+exact("440", "120", "60"), hei+`<w:sz w:val="24"/>`, next),
		style("CoverTitle", "封面标题", "Normal", `<w:spacing w:before="1900" w:after="900" w:line="800" w:lineRule="exact"/><w:jc w:val="center"/>`, hei+`<w:b/><w:spacing w:val="40"/><w:sz w:val="52"/><w:szCs w:val="52"/>`, ""),
		style("CoverNote", "封面声明", "Normal", exact("340", "0", "60")+`<w:jc w:val="both"/>`, `<w:color w:val="444444"/><w:sz w:val="21"/>`, ""),
		style("TOCTitle", "目录标题", "Normal", `<w:pageBreakBefore/>`+exact("560", "0", "240")+`<w:jc w:val="center"/>`, hei+`<w:b/><w:sz w:val="32"/>`, ""),
		style("TOC1", "toc 1", "Normal", `<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8958"/></w:tabs>`+exact("440", "0", "0"), `<w:sz w:val="24"/>`, ""),
		style("TOC2", "toc 2", "Normal", `<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8958"/></w:tabs>`+exact("440", "0", "0")+`<w:ind w:left="420"/>`, `<w:sz w:val="22"/>`, ""),
		style("Caption", "caption", "Normal", exact("400", "60", "0")+`<w:jc w:val="center"/>`, hei+`<w:sz w:val="21"/>`, ""),
		style("TableTitle", "表题", "Caption", `<w:keepNext/>`, "", ""),
		style("Unit", "单位", "Normal", `<w:keepNext/>`+exact("320", "0", "0")+`<w:jc w:val="right"/>`, `<w:sz w:val="18"/>`, ""),
		style("Cell", "表格", "Normal", exact("320", "0", "0"), `<w:sz w:val="21"/><w:szCs w:val="21"/>`, ""),
		style("CellHead", "表头", "Cell", `<w:jc w:val="center"/>`, hei+`<w:sz w:val="21"/>`, ""),
		style("Note", "表注", "Normal", exact("300", "20", "120"), `<w:color w:val="444444"/><w:sz w:val="18"/><w:szCs w:val="18"/>`, ""),
		style("Picture", "图", "Normal", `<w:keepNext/><w:spacing w:before="120" w:after="0"/><w:jc w:val="center"/>`, "", ""),
		style("Header", "header", "Normal", `<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="2" w:color="808080"/></w:pBdr><w:tabs><w:tab w:val="right" w:pos="8958"/></w:tabs>`+exact("280", "0", "0"), `<w:color w:val="555555"/><w:sz w:val="18"/><w:szCs w:val="18"/>`, ""),
		style("Footer", "footer", "Normal", exact("280", "0", "0")+`<w:jc w:val="center"/>`, `<w:color w:val="555555"/><w:sz w:val="18"/><w:szCs w:val="18"/>`, ""),
		style("EndnoteText", "endnote text", "Normal", exact("300", "0", "40")+`<w:ind w:left="420" w:hanging="420"/>`, `<w:sz w:val="18"/><w:szCs w:val="18"/>`, ""),
	} {
		b.WriteString(s)
	}
	b.WriteString(`<w:style w:type="character" w:styleId="EndnoteReference"><w:name w:val="endnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>`)
	b.WriteString(`<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr/></w:style></w:styles>`)
	return b.String()
}

// numbering of headings: 一、 and （一）.
const numbering = declaration + `<w:numbering ` + namespaces + `><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>` +
	`<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:pStyle w:val="Heading1"/><w:suff w:val="nothing"/>` +
	`<w:lvlText w:val="%1、"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl>` +
	`<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:pStyle w:val="Heading2"/><w:suff w:val="nothing"/>` +
	`<w:lvlText w:val="（%2）"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl>` +
	`</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`

package docx

import (
	"strconv"

	"github.com/xindiao/xindiao/report/layout"
)

func (d *doc) cover() {
	c, x := d.r.Cover, &d.front
	x.raw(para("CoverTitle", "", run(layout.Title(d.r), "")))
	asOf := ""
	if !c.AsOf.IsZero() {
		asOf = c.AsOf.Chinese()
	}
	for _, kv := range [][2]string{{"借款人", c.Applicant}, {"贷款人", c.Lender}, {"业务品种", c.Product}, {"申请金额", c.Amount},
		{"期限", c.Term}, {"担保方式", c.Guarantee}, {"所属行业", c.Industry}, {"基准日", asOf}, {"起草方式", layout.Drafting(d.r)}} {
		if kv[1] == "" {
			kv[1] = "（未提供）"
		}
		x.raw(para("Normal", `<w:tabs><w:tab w:val="left" w:pos="3000"/></w:tabs><w:spacing w:line="520" w:lineRule="exact"/><w:ind w:left="3000" w:right="600" w:hanging="1900"/>`,
			run(kv[0]+"：", `<w:sz w:val="28"/>`)+`<w:r><w:tab/></w:r>`+run(kv[1], `<w:sz w:val="28"/>`)))
	}
	x.raw(para("CoverNote", `<w:spacing w:before="700" w:after="60" w:line="340" w:lineRule="exact"/>`, run("声明：", "<w:b/>")+run(layout.Statement, "")))
	for _, l := range []string{"调查人（签字）：", "协查人（签字）："} {
		x.raw(para("Normal", `<w:spacing w:before="240" w:after="0" w:line="400" w:lineRule="exact"/><w:ind w:left="1100"/>`,
			run(l, `<w:sz w:val="24"/>`)+run("　　　　　　　　　", `<w:sz w:val="24"/><w:u w:val="single"/>`)+run("　日期：", `<w:sz w:val="24"/>`)+
				run("　　　　　　　", `<w:sz w:val="24"/><w:u w:val="single"/>`)))
	}
}

// contents sets a TOC field whose stored result is complete, then how to read the marks.
func (d *doc) contents() {
	x := &d.front
	x.raw(para("TOCTitle", "", run("目　录", "")))
	pitch := exact(strconv.Itoa(int(tocLine(len(d.heads))*20)), "0", "0")
	for i, h := range d.heads {
		page := strconv.Itoa(d.pageOf[h.Anchor])
		number := h.Number
		if h.Level == 1 && len([]rune(number)) > 2 && number[:6] == "附件" {
			number += "　"
		}
		link := `<w:hyperlink w:anchor="_Toc` + h.Anchor + `" w:history="1">` + run(number+h.Title, "") + `<w:r><w:tab/></w:r>` +
			field(`PAGEREF _Toc`+h.Anchor+` \h`, page, "") + `</w:hyperlink>`
		if i == 0 {
			link = `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \o "1-2" \h \z \u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + link
		}
		if i == len(d.heads)-1 {
			link += `<w:r><w:fldChar w:fldCharType="end"/></w:r>`
		}
		x.raw(para("TOC"+strconv.Itoa(h.Level), pitch, link))
	}
	d.legend()
}

func (d *doc) legend() {
	x := &d.front
	x.raw(para("Sub", `<w:spacing w:before="200" w:after="40" w:line="400" w:lineRule="exact"/>`, run("阅读说明", "")))
	line := func(runs string) { x.raw(para("CoverNote", exact("300", "0", "20"), runs)) }
	line(run("1. 上标 ", "") + run("[1]", superscript) + run(" 为来源编号，对应文末注释，注明文件、页码或单元格及原文；同一页面只编一个号。", ""))
	line(run("2. ", "") + run("【待核实】", doubtMark) + run(" 表示该表述尚无材料印证或与材料不一致；", "") + run("待补充", `<w:b/><w:color w:val="7A3E00"/>`) + run(" 段落列出缺失的内容及可接受的材料。", ""))
	if layout.ModelWritten(d.r) {
		line(run("3. ", "") + run("浅蓝底纹并有左侧蓝线的文字", modelShade) + run("由语言模型（"+d.r.Generation.Model+"）撰写，数字由程序填入并核对；其余文字由模板生成。", ""))
	} else {
		line(run("3. 本稿未使用语言模型，全部文字由模板根据材料生成。", ""))
	}
	line(run("4. 金额单位除另注明外为人民币万元。目录页码按版式推算，修改正文后请在目录上点右键选“更新域”。", ""))
	if cov := d.r.Coverage; cov.Required > 0 {
		line(run("5. 模板要求 "+strconv.Itoa(cov.Required)+" 项，已有材料支持 "+strconv.Itoa(cov.Filled)+" 项，待补充 "+strconv.Itoa(cov.Missing)+" 项。", ""))
	}
}

"""Makes the workbooks and letters that office_fixtures tests read: python3 make_office.py DIR, then, for the old formats,
    soffice --headless --convert-to xls  --outdir DIR DIR/ledger.xlsx
    soffice --headless --convert-to xlsx --outdir DIR/x DIR/ledger.xlsx   (so that formulas have results)
    soffice --headless --convert-to doc  --outdir DIR DIR/letter.docx
Everything in them is made up."""
import datetime, sys
from openpyxl import Workbook
from openpyxl.styles import Font

out = sys.argv[1]
wb = Workbook()
s = wb.active
s.title = "明细账"
s.merge_cells("A1:F1")
s["A1"] = "应收账款明细（单位：元）"
s.merge_cells("A2:A3")
s["A2"] = "客户"
s.merge_cells("B2:C2")
s["B2"] = "期末余额"
s["B3"], s["C3"] = "金额", "占比"
s["D2"], s["E2"], s["F2"] = "到期日", "已核对", "备注"
names = ["甲木材行", "乙五金店", "丙纸品厂", "丁物流部"]
for i in range(40):
    r = 4 + i
    s.cell(r, 1, f"{names[i % 4]}{i}")
    s.cell(r, 2, 1000.1 * i - 2000 + 0.005)
    c = s.cell(r, 3, (i - 7) / 64)
    c.number_format = "0.00%"
    d = s.cell(r, 4, datetime.date(2026, 1, 1) + datetime.timedelta(days=i * 9))
    d.number_format = 'yyyy"年"m"月"d"日"'
    s.cell(r, 5, i % 3 == 0)
    s.cell(r, 6, ("备注很长" * 30 + str(i)) if i % 5 == 0 else (f"00{i}" if i % 5 == 1 else None))
s["A45"], s["B45"] = "合计", "=SUM(B4:B43)"
s["C45"], s["D45"] = "=1/0", '="共"&COUNTA(A4:A43)&"户"'
s["A46"] = datetime.datetime(2026, 3, 4, 15, 6, 7)
s["A46"].number_format = "yyyy-mm-dd hh:mm:ss"
s["B46"], s["C46"], s["D46"] = 12345678901234, 1e-7, 0.1 + 0.2
s["F46"] = "第一行\n第二行"
s.row_dimensions[10].hidden = True
s.row_dimensions[11].hidden = True
s.column_dimensions["F"].hidden = True
h = wb.create_sheet("底稿")
h.sheet_state = "hidden"
h["B2"] = "不给人看"
big = wb.create_sheet("大表")
for i in range(300):
    for j in range(6):
        big.cell(i + 1, j + 1, f"单元{i}-{j}" if (i + j) % 2 else i * j)
wb.save(out + "/ledger.xlsx")

# A letter with all that a word processor hides in one: raw WordprocessingML, for no library writes tracked changes.
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def run(text, props=""):
    return f'<w:r>{"<w:rPr>" + props + "</w:rPr>" if props else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def para(*runs, props=""):
    return f'<w:p>{"<w:pPr>" + props + "</w:pPr>" if props else ""}{"".join(runs)}</w:p>'


def cell(text, span=1, merge=None, width=2000):
    v = {"start": '<w:vMerge w:val="restart"/>', "on": "<w:vMerge/>", None: ""}[merge]
    return f'<w:tc><w:tcPr><w:tcW w:w="{width * span}" w:type="dxa"/><w:gridSpan w:val="{span}"/>{v}</w:tcPr>{"".join(para(run(t)) for t in text.split("|"))}</w:tc>'


def row(*cells):
    return "<w:tr>" + "".join(cells) + "</w:tr>"


CHANGE = 'w:id="1" w:author="甲" w:date="2026-01-02T03:04:05Z"'
BOX = ('<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" style="position:absolute;width:200pt;height:60pt">'
       "<v:textbox><w:txbxContent>" + para(run("框里的说明")) + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>")
body = "".join([
    para(run("借款合同")),
    para(run("甲方向乙方借款人民币"), f"<w:del {CHANGE}><w:r><w:delText>伍佰</w:delText></w:r></w:del>", f"<w:ins {CHANGE}>{run('叁佰')}</w:ins>", run("万元。")),
    para(run("见的文字"), run("看不见的字", "<w:vanish/>"), run("与注释"), '<w:r><w:footnoteReference w:id="2"/></w:r>', run("。")),
    para(run("第"), '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>', run("1"), '<w:r><w:fldChar w:fldCharType="end"/></w:r>', run("页"), BOX),
    '<w:tbl><w:tblPr><w:tblW w:w="8000" w:type="dxa"/></w:tblPr><w:tblGrid>' + '<w:gridCol w:w="2000"/>' * 4 + "</w:tblGrid>",
    row(cell("担保人", merge="start"), cell("抵押物", 2), cell("备注", merge="start")),
    row(cell("", merge="on"), cell("名称"), cell("价值（元）"), cell("", merge="on")),
    row(cell("某某"), cell("厂房|一幢"), cell("1,234,567.89"), cell("")),
    row(cell("合计", 2), cell("1,234,567.89"), cell("无")),
    "</w:tbl>",
    para(run("第一条 总则")),
    para(run("借款金额"), props='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'),
    para(run("本金"), props='<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'),
    para(run("利息"), props='<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'),
    para(run("还款方式"), props='<w:pStyle w:val="clause"/>'),
    para(run("全文完")),
    '<w:sectPr><w:headerReference w:type="default" r:id="h1"/><w:footerReference w:type="default" r:id="f1"/></w:sectPr>',
])
parts = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    + "".join(f'<Override PartName="/word/{n}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{k}+xml"/>' for n, k in [("document", "document.main"), ("header1", "header"), ("footer1", "footer"), ("footnotes", "footnotes"), ("numbering", "numbering"), ("styles", "styles")]) + "</Types>",
    "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="d" Type="{REL}officeDocument" Target="word/document.xml"/></Relationships>',
    "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' + "".join(f'<Relationship Id="{i}" Type="{REL}{k}" Target="{k}{n}.xml"/>' for i, k, n in [("h1", "header", 1), ("f1", "footer", 1), ("n1", "footnotes", ""), ("n2", "numbering", ""), ("n3", "styles", "")]) + "</Relationships>",
    "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
    "word/header1.xml": f"<w:hdr {W}>{para(run('页眉：某银行'))}</w:hdr>",
    "word/footer1.xml": f"<w:ftr {W}>{para(run('页脚：内部资料'))}</w:ftr>",
    "word/numbering.xml": f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/><w:lvl w:ilvl="0"><w:start w:val="2"/><w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="space"/><w:lvlText w:val="第%1条"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="space"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
    "word/styles.xml": f'<w:styles {W}><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="clause"><w:name w:val="clause"/><w:basedOn w:val="a"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>',
    "word/footnotes.xml": f'<w:footnotes {W}><w:footnote w:id="2">{para(run("脚注的话"))}</w:footnote></w:footnotes>',
}
with zipfile.ZipFile(out + "/letter.docx", "w", zipfile.ZIP_DEFLATED) as z:
    for name, text in parts.items():
        z.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)

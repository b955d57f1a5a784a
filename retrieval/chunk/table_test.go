package chunk

import (
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

// page is one with a table of the rows; the text has them between before and after.
func page(n int, before string, t dossier.Table, after string, rows ...string) dossier.Page {
	p := dossier.Page{Number: n}
	if t.Sheet {
		p.Name = t.Name
	}
	text := before
	for i, r := range rows {
		var row []dossier.Cell
		for k, s := range strings.Split(r, "|") {
			row = append(row, dossier.Cell{Text: s, Ref: string(rune('A'+k)) + string(rune('1'+i))})
		}
		t.Rows = append(t.Rows, row)
		text += strings.TrimRight(strings.ReplaceAll(r, "|", "\t"), "\t") + "\n"
	}
	p.Text, p.Tables = text+after, []dossier.Table{t}
	return p
}

func cut(t *testing.T, runes int, pages ...dossier.Page) []Chunk {
	t.Helper()
	return sound(t, []*dossier.Document{{File: "a.pdf", TypeName: "报表", Pages: pages}}, Options{Runes: runes})
}

func containing(t *testing.T, cs []Chunk, words string) Chunk {
	t.Helper()
	for _, c := range cs {
		if strings.Contains(c.Text, words) {
			return c
		}
	}
	t.Fatalf("no chunk with %q", words)
	return Chunk{}
}

func TestHeaderOfSeveralRows(t *testing.T) {
	cs := cut(t, 40, page(1, "3、存货\n单位：元\n", dossier.Table{}, "",
		"项目|期末余额||期初余额|", "|账面余额|跌价准备|账面余额|跌价准备", "原材料|100.00|1.00|90.00|2.00", "在产品|200.00|3.00|80.00|4.00", "库存商品|300.00|5.00|70.00|6.00"))
	c := containing(t, cs, "库存商品")
	for _, w := range []string{"3、存货", "单位：元", "项目\t期末余额\t\t期初余额", "\t账面余额\t跌价准备\t账面余额\t跌价准备"} {
		if !strings.Contains(c.Context, w) {
			t.Errorf("%q is not beside the row: %q", w, c.Context)
		}
	}
	if strings.Contains(c.Context, "原材料") {
		t.Errorf("a row of data is no header: %q", c.Context)
	}
	if first := containing(t, cs, "期末余额"); !strings.HasPrefix(first.Text, "3、存货\n单位：元\n") {
		t.Errorf("heading and unit were parted from the header: %q", first.Text)
	}
}

func TestTableOverPages(t *testing.T) {
	head := "序号|交易日期|借方|贷方|摘要"
	cs := cut(t, 60,
		page(1, "户名：某某公司\n币种：人民币 单位：元\n", dossier.Table{}, "", head, "1|2026-01-05|10.00||货款", "2|2026-01-06||20.00|运费"),
		page(2, "", dossier.Table{Continues: true}, "", head, "3|2026-02-07|30.00||货款", "4|2026-02-09||40.00|运费"),
		page(3, "", dossier.Table{Continues: true}, "", "5|2026-03-10|50.00||货款", "6|2026-03-12||60.00|运费", "7|2026-03-13||70.00|运费"))
	last := containing(t, cs, "2026-03-12")
	if !strings.Contains(last.Context, "序号\t交易日期\t借方\t贷方\t摘要") || !strings.Contains(last.Context, "单位：元") {
		t.Errorf("header and unit did not come over the pages: %q", last.Context)
	}
	second := containing(t, cs, "2026-02-07")
	if second.Period != "2026-02-07" || strings.Contains(second.Context, "交易日期") || !strings.HasPrefix(second.Text, "序号\t") {
		t.Errorf("%q %q %q", second.Period, second.Context, second.Text)
	}
}

func TestGroupsAndMergedCellsGoWithTheirRows(t *testing.T) {
	cs := cut(t, 30, page(1, "", dossier.Table{}, "", "|项目|栏次|本期数", "销售额|应税货物销售额|1|100.00", "|免税销售额|2|200.00", "|出口销售额|3|300.00", "流动负债：|||", "短期借款|x|4|400.00", "应付账款|x|5|500.00", "应付票据|x|6|500.00"))
	if c := containing(t, cs, "出口销售额"); !strings.Contains(c.Context, "销售额\n") && !strings.HasSuffix(c.Context, "销售额") {
		t.Errorf("the merged cell is not beside its rows: %q", c.Context)
	}
	if c := containing(t, cs, "应付票据"); !strings.Contains(c.Context, "流动负债：") || strings.Contains(c.Context, "销售额") {
		t.Errorf("the label is not beside its rows: %q", c.Context)
	}
	if c := containing(t, cs, "流动负债"); !strings.HasSuffix(c.Text, "400.00") {
		t.Errorf("a label was parted from its rows: %q", c.Text)
	}
}

func TestHeadersOfAgesMonthsAndYears(t *testing.T) {
	for _, head := range []string{"客户|余额|1年以内|1-2年|2-3年|3年以上", "项目|1月|2月|3月|4月|5月", "指标|2023年|2024年|2025年|2026E|单位", "序号|客户名称|30天|31-60天|61-90天|90天以上", "产品|一季度|二季度|三季度|四季度|合计"} {
		cs := cut(t, 30, page(1, "", dossier.Table{Sheet: true, Name: "表"}, "", head, "甲|1.00|2.00|3.00|4.00|5.00", "乙|1.00|2.00|3.00|4.00|5.00", "丙|1.00|2.00|3.00|4.00|5.00"))
		if c := containing(t, cs, "丙"); !strings.Contains(c.Context, strings.ReplaceAll(head, "|", "\t")) {
			t.Errorf("%s is not beside the rows: %q", head, c.Context)
		}
	}
	cs := cut(t, 30, page(1, "", dossier.Table{}, "", "名称|年初|本年增加|年末", "1|2|3|4", "厂房|10.00|1.00|11.00", "设备|20.00|2.00|22.00"))
	if c := containing(t, cs, "设备"); !strings.Contains(c.Context, "1\t2\t3\t4") {
		t.Errorf("the numbers of the columns are not beside the rows: %q", c.Context)
	}
}

func TestSheets(t *testing.T) {
	one := page(1, "", dossier.Table{Sheet: true, Name: "资产负债表"}, "", "资产负债表||", "编制单位：某某公司|2025年12月31日|单位：元", "项目|期末余额|年初余额", "货币资金|1|2", "存货|3|4")
	two := page(2, "", dossier.Table{Sheet: true, Name: "利润表"}, "", "利润表||", "编制单位：某某公司|2025年度|单位：元", "项目|本期金额|上期金额", "营业收入|5|6", "营业成本|7|8")
	cs := cut(t, 40, one, two)
	c := containing(t, cs, "存货")
	if c.Kind != Line || c.Period != "2025-12-31" || c.Cell == "" || !strings.HasPrefix(c.Cell, "资产负债表!A") {
		t.Errorf("%s %s %s", c.Kind, c.Period, c.Cell)
	}
	if c := containing(t, cs, "营业成本"); c.Period != "2025-01-01/2025-12-31" || strings.Contains(c.Context, "资产负债表") || !strings.Contains(c.Context, "利润表") {
		t.Errorf("%s %q", c.Period, c.Context)
	}
}

func TestLabelsAndValuesAreNoHeader(t *testing.T) {
	cs := cut(t, 20, page(1, "", dossier.Table{}, "", "姓名|张某|证件类型|身份证", "证件号码|330***|婚姻状况|已婚", "配偶|李某|通讯地址|某市某路1号", "单位|某公司|职务|职员"))
	for _, c := range cs {
		if c.Context != "" {
			t.Errorf("%q stands beside %q", c.Context, c.Text)
		}
	}
}

func TestRowPrintedOnSeveralLines(t *testing.T) {
	p := page(1, "", dossier.Table{}, "", "项目|期末余额|年初余额", "货币资金|1.00|2.00", "1.设定受益计划变动额结转留存收益||", "存货|3.00|4.00")
	p.Text = strings.Replace(p.Text, "变动额结转", "变动额\n结转", 1)
	for _, c := range cut(t, 12, p) {
		if strings.Contains(c.Text, "设定") && !strings.HasSuffix(c.Text, "变动额\n结转留存收益") {
			t.Errorf("the row was cut: %q", c.Text)
		}
		if len(c.Headings) > 0 {
			t.Errorf("a row is no heading: %q", c.Headings)
		}
	}
}

func TestStatementTitleEndsTheSectionBefore(t *testing.T) {
	table := dossier.Table{}
	cs := cut(t, 45, page(1, "四、审计师的责任\n我们执行了审计工作。\n合并资产负债表\n2025年12月31日\n单位：元\n", table, "五、附注\n公司成立于2012年。\n", "项目|期末余额|年初余额", "货币资金|1.00|2.00", "存货|3.00|4.00"))
	if c := containing(t, cs, "货币资金"); strings.Contains(strings.Join(c.Headings, "/"), "责任") || c.Kind != Line {
		t.Errorf("%q %s", c.Headings, c.Kind)
	}
	if c := containing(t, cs, "成立"); strings.Join(c.Headings, "/") != "五、附注" || c.Kind != Note {
		t.Errorf("%q %s", c.Headings, c.Kind)
	}
}

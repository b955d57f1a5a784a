package finance

import (
	"os"
	"strings"
	"testing"
)

// Every line of both standards is there under its number of names: the list of 247 is our own check of lines/*.yaml.
func TestEveryLineOfBothStandards(t *testing.T) {
	data, err := os.ReadFile("testdata/lines.tsv")
	if err != nil {
		t.Fatal(err)
	}
	c, rows := theChart(), strings.Split(strings.TrimSpace(string(data)), "\n")
	if len(rows) != 247 {
		t.Fatalf("%d lines", len(rows))
	}
	for _, row := range rows {
		f := strings.Split(row, "\t")
		standard, stmt, id, name, kind := f[0], Statement(f[1]), f[2], f[3], f[4]
		l := c.lines[standard][id]
		if l == nil || l.Statement != stmt || l.Kind != kind {
			t.Errorf("%s: %+v", row, l)
			continue
		}
		if got, ok := Lookup(stmt, name); !ok {
			t.Errorf("%s is not found by its name", row)
		} else if got != id && c.lines[CAS2019][got] == nil {
			t.Errorf("%s: its name finds %s", row, got)
		}
		for _, a := range l.Aliases {
			if _, ok := Lookup(stmt, a); !ok {
				t.Errorf("%s: alias %s is not found", row, a)
			}
		}
	}
}

func TestForeignForms(t *testing.T) {
	f, err := loadForeign()
	if err != nil {
		t.Fatal(err)
	}
	for _, ex := range f.Examples {
		if got, _ := foreignWords(squeeze(ex.Text)); got.ID != ex.Form {
			t.Errorf("%q is %q, want %q", ex.Text, got.ID, ex.Form)
		}
	}
	figs, issues := ReadStatements(doc("financial_statements_annual", sheet("业务活动表", "业务活动表", "编制单位：某某学校|2025年度|单位：元",
		"项目|本年累计数|上年累计数", "提供服务收入|5|4", "捐赠收入|3|3", "业务活动成本|6|5", "净资产变动额|2|2", "限定性净资产|1|1", "管理费用|1|1", "货币资金|1|2", "存货|1|2")))
	if len(figs) != 0 || len(issues) != 1 || issues[0].Kind != KindUnread || !strings.Contains(issues[0].Message, "民间非营利组织") || !strings.Contains(issues[0].Message, "请提供") {
		t.Errorf("%v %+v", figs, issues)
	}
}

// A summary between the statements adds the years that they lack, never other values for the years that they have;
// 营业总收入 alone stands for the revenue; web pages have their titles above the tables.
func TestStatementBeatsSummary(t *testing.T) {
	line := func(text string) (out [][]string) {
		for _, r := range strings.Split(text, "\n") {
			out = append(out, strings.Split(r, "|"))
		}
		return out
	}
	p := printed("三、主要会计数据", "单位：元", line("主要会计数据|2025年|2024年|本年比上年增减(%)|2023年\n营业收入|100|90|11.1%|80\n归属于上市公司股东的净利润|10|9|11.1%|8\n净利润|11|9.5|1%|8.5\n利润总额|13|12|1%|10\n营业利润|13|12|1%|10"),
		"十、财务报表", nil, "合并利润表", nil, "编制单位：某某股份有限公司 2025年度", nil, "单位：元",
		line("项目|附注|2025年度|2024年度\n一、营业总收入|七、1|101|91\n二、营业总成本||60|50\n其中：营业成本||50|40\n三、营业利润||13|12\n四、利润总额||13|12\n减：所得税费用||2|2.5\n五、净利润||11|9.5\n（一）基本每股收益(元/股)||0.5|0.4"))
	figs, issues := ReadStatements(doc("audit_report_3y", p))
	if len(issues) != 0 {
		t.Error(issues)
	}
	s := NewSet("某某股份有限公司", figs...)
	want(t, s, `
revenue 2025年 101 consolidated
revenue 2024年 91 consolidated
revenue 2023年 80 consolidated
net_profit 2023年 8.5 consolidated
eps_basic 2025年 0.5 consolidated
revenue 2025年 none single
net_profit 2025年 none single`)
}

// A name that wraps in printed lines keeps its amounts, whichever part they stand behind.
func TestWrappedNamesInPrintedLines(t *testing.T) {
	text := "现金流量表\n编制单位：甲公司 2025年度 单位：元\n项目 本期金额 上期金额\n销售商品、提供劳务收到的现金 1,100.00 1,000.00\n支付的各项税费 10.00 9.00\n" +
		"处置固定资产、无形资产和其他长期 30.00 20.00\n资产收回的现金净额\n购建固定资产、无形资产和其他长\n期资产支付的现金 7.00 6.00\n取得借款收到的现金 5.00 4.00\n经营活动产生的现金流量净额 3.00 2.00"
	figs, _ := ReadStatements(textPages("a.pdf", "audit_report_3y", text))
	want(t, NewSet("甲公司", figs...), "cf_disposal 2025年 30\ncf_disposal 2024年 20\ncf_capex 2025年 7\ncf_borrow_in 2025年 5\ncf_taxes 2024年 9")
}

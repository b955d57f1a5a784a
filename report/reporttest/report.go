// Package reporttest makes up a rich report and review of a company that does not exist, for the writers' tests.
package reporttest

import (
	"fmt"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
)

const (
	audit25 = "财务/2025年度审计报告.pdf"
	audit24 = "财务/2024年度审计报告.pdf"
	book    = "财务/2026年8月财务报表.xlsx"
	licence = "主体资料/营业执照.pdf"
	id      = "主体资料/法定代表人身份证.jpg"
	bank    = "流水/结算账户对账单.zip/2026年上半年.pdf"
)

func cite(file string, page int, cell, quote string) []report.Citation {
	return []report.Citation{{File: file, Page: page, Cell: cell, Quote: quote}}
}

func cell(s string) report.Claim { return report.Claim{Text: s} }

func num(s string, c []report.Citation, figs ...string) report.Claim {
	return report.Claim{Text: s, Status: report.Read, Citations: c, Figures: figs, Author: report.ByTemplate}
}

func dec(ss ...string) []*dossier.Decimal {
	out := make([]*dossier.Decimal, len(ss))
	for i, s := range ss {
		if s != "" {
			d := dossier.D(s)
			out[i] = &d
		}
	}
	return out
}

// Report is a credit report with every kind of block, status and author, and with hostile characters in it.
func Report() *report.Report {
	r := &report.Report{Schema: report.SchemaReport, Kind: report.Credit, Title: "授信调查报告",
		Cover: report.Cover{Applicant: "云岭示例精密部件有限公司", Lender: "示例银行股份有限公司高新支行", Product: "流动资金贷款", Amount: "800.00万元",
			Term: "12个月", Guarantee: "抵押 + 保证", Industry: "C3489 其他通用零部件制造", AsOf: dossier.NewDate(2026, 9, 30)},
		Template: report.Template{ID: "credit.base+product.working_capital+industry.C", Industry: "C3489", Why: []string{"业务品种为流动资金贷款"}},
		Figures:  figures(),
		Coverage: report.Coverage{Required: 96, Filled: 90, Missing: 6, Rate: 0.9375},
		Missing:  []report.MissingItem{{Section: "finance", Item: "2023年度审计报告", Needs: []string{"2023年度审计报告"}}},
		Findings: Findings(),
		Materials: []report.Material{
			{File: licence, Type: "business_license", NameZH: "营业执照", Pages: 1, State: "采用"},
			{File: audit25, Type: "audit_report", NameZH: "审计报告", Pages: 32, State: "采用"},
			{File: audit24, Type: "audit_report", NameZH: "审计报告", Pages: 30, State: "采用"},
			{File: book, Type: "financial_statements", NameZH: "财务报表", Pages: 3, State: "采用"},
			{File: id, Type: "id_card", NameZH: "居民身份证", Pages: 1, Scan: true, State: "采用", Problems: []string{"有效期不清晰"}},
			{File: bank, Type: "bank_statement", NameZH: "银行对账单", Pages: 12, State: "采用"},
			{File: "其他/宣传册<旧>&.pdf", NameZH: "", State: "未能识别"},
		},
		Generation: report.Generation{Model: "openai:demo-model", Prompts: map[string]string{"section": "ab"}, Inputs: "00"},
	}
	r.Sections = []report.Section{overview(), finance(), flows(), risks()}
	return r
}

func overview() report.Section {
	return report.Section{ID: "borrower", Title: "借款人概况", Sections: []report.Section{
		{ID: "borrower.identity", Title: "主体资格", Blocks: []report.Block{
			{Type: report.Paragraph, Claims: []report.Claim{
				{Text: "借款人成立于2015年3月12日，注册资本2,000.00万元，统一社会信用代码91330200MA2AAAAA1B。", Status: report.Read, Author: report.ByTemplate,
					Citations: cite(licence, 1, "", "成立日期 2015年03月12日 注册资本 贰仟万元整 91330200MA2AAAAA1B")},
				{Text: "法定代表人身份证号码见来源。", Status: report.Quoted, Author: report.ByTemplate, Citations: cite(id, 1, "", "公民身份号码 110101199003074514")},
				{Text: "厂房建筑面积以现场勘查为准\x0b\x01。", Status: report.Unverified, Author: report.ByTemplate, Reason: "租赁合同与权属证书面积不一致"},
			}},
			{Type: report.List, Title: "股东构成如下：", Claims: []report.Claim{
				{Text: "李示例，出资1,200.00万元，占60%。", Status: report.Read, Author: report.ByTemplate, Citations: cite(licence, 1, "", "股东 李示例 60%")},
				{Text: "王示例，出资800.00万元，占40%。", Status: report.Read, Author: report.ByTemplate, Citations: cite("主体资料/公司章程.docx", 0, "", "王示例 出资额 800 万元")},
			}},
			{Type: report.Gap, Claims: []report.Claim{{Text: "实际控制人个人征信报告（可接受：近30日内查询的个人信用报告及查询授权书）。", Status: report.Missing, Author: report.ByTemplate}}},
		}},
		{ID: "borrower.business", Title: "经营情况", Blocks: []report.Block{{Type: report.Paragraph, Claims: []report.Claim{
			{Text: "借款人主营汽车底盘零部件的精密加工，2025年前三大客户占营业收入的58.30%，集中度较高。", Status: report.Judged, Author: report.ByModel,
				Citations: append(cite(audit25, 18, "", "前五名客户合计"), cite("合同/销售合同(框架).pdf", 2, "", "账期由90天延至120天")...)},
			{Text: "账期延长与应收账款增长方向一致，回款压力主要来自第一大客户。", Status: report.Judged, Author: report.ByModel, Citations: cite("合同/销售合同(框架).pdf", 2, "", "月结120天")},
		}}}},
	}}
}

func finance() report.Section {
	table := report.Block{Type: report.TableB, Title: "主要财务数据", Unit: "万元", Columns: []string{"项目", "2024年", "2025年", "2026年1-8月"}}
	for i, row := range [][]string{{"营业收入", "8,034.56", "9,601.12", "6,100.00"}, {"营业成本", "6,312.40", "7,520.35", "4,811.27"}, {"净利润", "-123.45", "512.88", "410.00"},
		{"经营活动现金流量净额", "523.45", "123.00", "-260.00"}, {"资产总计", "10,233.10", "11,020.54", "11,408.77"}, {"负债合计", "5,120.33", "4,840.22", "5,054.10"}} {
		r := []report.Claim{cell(row[0])}
		for j, v := range row[1:] {
			switch j {
			case 0:
				r = append(r, num(v, cite(audit24, 5, fmt.Sprintf("r%dc2", i+1), row[0]+" "+v)))
			case 1:
				r = append(r, num(v, cite(audit25, 5, fmt.Sprintf("r%dc2", i+1), row[0]+" "+v)))
			default:
				r = append(r, num(v, cite(book, 1, fmt.Sprintf("利润表!C%d", i+3), v)))
			}
		}
		table.Rows = append(table.Rows, r)
	}
	table.Note = "2026年1-8月为未审数。"
	ratio := report.Block{Type: report.TableB, Title: "偿债指标", Columns: []string{"指标", "2025年末", "2026年8月末", "行内参考"}, Rows: [][]report.Claim{
		{cell("资产负债率"), {Text: "43.92%", Status: report.Computed, Figures: []string{"f3"}}, {Text: "44.30%", Status: report.Computed, Figures: []string{"f6"}}, cell("≤60%")},
		{cell("流动比率"), {Text: "1.52", Status: report.Computed, Figures: []string{"f9"}}, {Text: "", Status: report.Missing}, cell("≥1.5")},
	}}
	chart := report.Block{Type: report.ChartB, Title: "营业收入、净利润与经营活动现金流量净额", Chart: &report.Chart{Kind: "bar", Unit: "万元",
		Labels: []string{"2024年", "2025年", "2026年1-8月"}, Series: []report.Series{
			{Name: "营业收入", Values: dec("8034.56", "9601.12", "6100.00"), Figures: []string{"f1"}},
			{Name: "净利润", Values: dec("-123.45", "512.88", "")}, {Name: "经营活动现金流量净额", Values: dec("523.45", "123.00", "-260")}}}}
	return report.Section{ID: "finance", Title: "财务分析", Sections: []report.Section{
		{ID: "finance.data", Title: "主要数据", Blocks: []report.Block{
			{Type: report.Paragraph, Claims: []report.Claim{{Text: "本报告采用2024、2025年度经审计报表及2026年8月末未审报表。", Status: report.Read, Author: report.ByTemplate,
				Citations: append(cite(audit24, 1, "", "标准无保留意见"), cite(audit25, 1, "", "标准无保留意见")...)}}}, table, chart}},
		{ID: "finance.solvency", Title: "偿债能力", Blocks: []report.Block{ratio, {Type: report.Paragraph, Claims: []report.Claim{
			{Text: "截至2025年末，资产负债率为43.92%，低于行内参考值60%。", Status: report.Computed, Figures: []string{"f3"}, Author: report.ByTemplate},
			{Text: "2026年8月末略升，系应付账款季节性增加。", Status: report.Unverified, Author: report.ByModel, Reason: "未见应付账款明细"}}}}},
	}}
}

func flows() report.Section {
	t := report.Block{Type: report.TableB, Title: "主要结算账户逐月流入", Unit: "万元", Columns: []string{"月份", "流入", "流出", "摘要"}}
	for m := range 36 {
		row := fmt.Sprintf("%d年%d月", 2023+m/12, m%12+1)
		t.Rows = append(t.Rows, []report.Claim{cell(row), num(fmt.Sprintf("%d.%02d", 700+m*3, m), cite(bank, m/4+1, "", fmt.Sprintf("%s 合计 账号6222021234567890123", row))),
			num(fmt.Sprintf("%d.10", 690+m*2), cite(bank, m/4+1, "", row+" 支出合计")), cell("货款及往来，剔除关联方划转与同名账户互转后的净额")})
	}
	return report.Section{ID: "flows", Title: "账户流水分析", Blocks: []report.Block{
		{Type: report.Paragraph, Claims: []report.Claim{{Text: "近36个月流水与营业收入趋势一致。", Status: report.Judged, Author: report.ByPerson, Citations: cite(bank, 1, "", "期初余额")}}}, t}}
}

func risks() report.Section {
	long := "抵押物已为他行设立最高额抵押，按评估价扣除在先债权后的可用价值测算抵押率，超过行内工业厂房上限；"
	return report.Section{ID: "risk", Title: "主要风险与缓释", Blocks: []report.Block{
		{Type: report.List, Claims: []report.Claim{
			{Text: "客户集中。" + long + "缓释：以应收账款回款账户为监管账户。剩余风险：中。", Status: report.Judged, Author: report.ByTemplate, Citations: cite("押品/不动产登记查询结果.pdf", 1, "", "抵押权人 他行")},
			{Text: "抵押顺位。" + long + long + "缓释：无。", Status: report.Judged, Author: report.ByModel, Citations: cite("押品/不动产登记查询结果.pdf", 1, "", "最高额 600 万元")},
		}},
		{Type: report.ChartB, Title: "无数据的图", Chart: &report.Chart{Kind: "line", Unit: "万元", Labels: []string{"2025年"}, Series: []report.Series{{Name: "空", Values: dec("")}}}},
		{Type: report.Gap, Claims: []report.Claim{{Text: "待补充：2023年度审计报告（用于三年趋势）。", Status: report.Missing}}, Note: "缺失项不影响已列数据。"},
	}}
}

func figures() []report.FigureJSON {
	read := func(id, ind, name, period, value, file string, page int) report.FigureJSON {
		c := cite(file, page, "", name+" "+value)[0]
		return report.FigureJSON{ID: id, Indicator: ind, Name: name, Entity: "云岭示例精密部件有限公司", Scope: "single", Period: period, Value: value, Unit: "元", Basis: "audited", Source: &c}
	}
	ratio := func(id, ind, name, period, value, unit, formula string, ops ...string) report.FigureJSON {
		return report.FigureJSON{ID: id, Indicator: ind, Name: name, Period: period, Value: value, Unit: unit, Basis: "computed", Formula: formula, Operands: ops}
	}
	return []report.FigureJSON{
		read("f1", "total_liabilities", "负债合计", "2025-12-31", "48402200", audit25, 4), read("f2", "total_assets", "资产总计", "2025-12-31", "110205400", audit25, 4),
		ratio("f3", "debt_ratio", "资产负债率", "2025-12-31", "0.4392", "ratio", "total_liabilities / total_assets", "f1", "f2"),
		read("f4", "total_liabilities", "负债合计", "2026-08-31", "50541000", book, 1), read("f5", "total_assets", "资产总计", "2026-08-31", "114087700", book, 1),
		ratio("f6", "debt_ratio", "资产负债率", "2026-08-31", "0.4430", "ratio", "total_liabilities / total_assets", "f4", "f5"),
		read("f7", "current_assets", "流动资产合计", "2025-12-31", "66000000", audit25, 4), read("f8", "current_liabilities", "流动负债合计", "2025-12-31", "43400000", audit25, 4),
		ratio("f9", "current_ratio", "流动比率", "2025-12-31", "1.5207", "times", "current_assets / current_liabilities", "f7", "f8"),
	}
}

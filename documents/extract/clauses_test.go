package extract

import (
	"testing"

	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

func TestClauses(t *testing.T) {
	c, err := types.Load()
	if err != nil {
		t.Fatal(err)
	}
	d := &dossier.Document{File: "x.docx", Type: "loan_contract", Pages: []dossier.Page{{Number: 1, Text: "流动资金借款合同\n借款人：江城云栖有限公司\n第一章 总则\n第一条 借款金额：人民币叁佰万元整\n第二条 借款用途\n借款用于支付货款，\n不得挪用。\n第二章 责任\n第三条 借款人逾期还款的，按约定利率加收50%罚息，构成违约。\n第十二条 争议解决：向贷款人所在地人民法院起诉。\n借款人（盖章）：江城云栖有限公司\n2029年5月1日"}}}
	Extract(c, d)
	rows := d.Fields["clauses"].Rows
	if len(rows) != 4 {
		t.Fatalf("%d clauses", len(rows))
	}
	for i, want := range [][3]string{{"一", "借款金额", "人民币叁佰万元整"}, {"二", "借款用途", "借款用于支付货款，不得挪用。"},
		{"三", "", "借款人逾期还款的，按约定利率加收50%罚息，构成违约。"}, {"十二", "争议解决", "向贷款人所在地人民法院起诉。"}} {
		r := rows[i]
		if r.Get("no") != want[0] || r.Get("title") != want[1] || r.Get("text") != want[2] || r.At.Line == 0 {
			t.Errorf("%d: %s|%s|%s %+v", i, r.Get("no"), r.Get("title"), r.Get("text"), r.At)
		}
	}
	if got := d.Fields["dispute"].Value; got != "向贷款人所在地人民法院起诉。" {
		t.Errorf("dispute %q", got)
	}
	if got := d.Fields["breach"].Value; got == "" {
		t.Error("the penalty is not found")
	}
}

func TestFormLines(t *testing.T) {
	c, err := types.Load()
	if err != nil {
		t.Fatal(err)
	}
	d := &dossier.Document{File: "x.pdf", Type: "cit_return", Pages: []dossier.Page{{Number: 1, Text: "A100000 企业所得税年度纳税申报表\n行次\t项目\t金额\n1\t一、营业收入\t54,207.76\n2\t减：营业成本\t41,306.69\n12\t加：信用减值损失\t-140.30\n29\t税率（25%）\t25%\n36\t八、实际应纳所得税额\t315.17"}}}
	Extract(c, d)
	rows := d.Fields["lines"].Rows
	if len(rows) != 4 || rows[0].Get("item") != "营业收入" || rows[2].Get("amount") != "-140.3" || rows[3].Get("no") != "36行" {
		t.Errorf("%+v", rows)
	}
	v := &dossier.Document{File: "y.pdf", Type: "vat_return", Pages: []dossier.Page{{Number: 1, Text: "增值税及附加税费申报表\n（一般纳税人适用）\n项目\t栏次\t本月数\t本年累计\n（一）按适用税率计税销售额\t1\t1,000.00\t8,000.00\n销项税额\t11\t130.00\t1,040.00\n进项税额\t12\t60.00\t500.00"}}}
	Extract(c, v)
	if rows := v.Fields["lines"].Rows; len(rows) != 3 || rows[0].Get("ytd") != "8000" || rows[1].Get("item") != "销项税额" {
		t.Errorf("%+v", rows)
	}
}

func TestCreditReportInFull(t *testing.T) {
	c, err := types.Load()
	if err != nil {
		t.Fatal(err)
	}
	table := func(rows ...[]string) dossier.Table {
		var tab dossier.Table
		for _, r := range rows {
			var cells []dossier.Cell
			for _, s := range r {
				cells = append(cells, dossier.Cell{Text: s})
			}
			tab.Rows = append(tab.Rows, cells)
		}
		return tab
	}
	d := &dossier.Document{File: "x.pdf", Type: "credit_report_enterprise", Pages: []dossier.Page{{Number: 1, Text: "企业信用报告\n单位均为万元\n未结清信贷信息\n已结清信贷信息\n近3年结清3笔，均为正常类。\n公共信息明细\n无欠税记录。\n查询记录",
		Tables: []dossier.Table{
			table([]string{"出资方名称", "证件号码", "出资比例"}, []string{"苗一舟", "***", "80%"}, []string{"童和", "***", "20%"}),
			table([]string{"首次有信贷交易的年份", "发生信贷交易的机构数", "当前有未结清信贷交易的机构数"}, []string{"2014", "3", "2"}),
			table([]string{"项目", "正常类账户数", "正常类余额", "关注类余额", "不良类余额", "合计余额"}, []string{"短期借款", "2", "900.00", "0.00", "0.00", "900.00"}),
			table([]string{"授信机构", "业务种类", "开立日期", "到期日", "借款金额", "余额", "五级分类", "逾期总额"}, []string{"江城银行", "流动资金贷款", "2029-01-01", "2030-01-01", "600.00", "600.00", "关注", "12.50"}),
			table([]string{"查询机构", "查询日期", "查询原因"}, []string{"江城银行", "2029-01-24", "贷后管理"}, []string{"南岭银行", "2029-03-01", "贷款审批"}),
		}}}}
	Extract(c, d)
	for key, want := range map[string]string{"overdue_total": "125000", "first_year": "2014", "lenders": "2", "settled": "近3年结清3笔，均为正常类。", "public_record": "无欠税记录"} {
		if got := d.Fields[key].Value; got != want {
			t.Errorf("%s = %q, want %q", key, got, want)
		}
	}
	if h := d.Fields["holders"].Rows; len(h) != 2 || h[0].Get("pct") != "0.8" {
		t.Errorf("holders %+v", h)
	}
	if q := d.Fields["queries"].Rows; len(q) != 2 || q[1].Get("reason") != "贷款审批" || q[1].Get("date") != "2029-03-01" {
		t.Errorf("queries %+v", q)
	}
	if s := d.Fields["summary"].Rows; len(s) != 1 || s[0].Get("total") != "9000000" {
		t.Errorf("summary %+v", s)
	}
}

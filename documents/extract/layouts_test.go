package extract

import (
	"strings"
	"testing"

	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

// TestLayouts reads fields from papers laid out otherwise than the catalogue's examples.
func TestLayouts(t *testing.T) {
	c, err := types.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []struct {
		kind, text string
		want       map[string]string
	}{
		{"business_license", "营业执照\n统一社会信用代码：91110000101623741K\n名称：江城悦来酒店有限公司\n类型：有限责任公司(自然人独资)\n法定代表人：苗一舟\n经营范围：住宿服务；餐饮服务\n注册资本：500万元人民币\n成立日期：2015-03-02\n营业期限：2015-03-02至2035-03-01\n住所：江城市北区兴业路8号\n登记机关：江城市行政审批局\n2020年1月2日",
			map[string]string{"name": "江城悦来酒店有限公司", "capital_cny": "5000000", "founded": "2015-03-02", "legal_rep": "苗一舟", "scope": "住宿服务；餐饮服务", "address": "江城市北区兴业路8号", "authority": "江城市行政审批局", "issue_date": "2020-01-02"}},
		{"loan_application", "授信申请表\n申请人名称\t江城远筑建设有限公司\n申请金额\t人民币800万元\t期限\t36个月\n贷款用途\t支付工程材料款\n担保方式\t由江城担保有限公司提供保证\n还款来源\t工程回款\n2029年3月1日",
			map[string]string{"amount_cny": "8000000", "term_months": "36", "purpose": "支付工程材料款", "guarantee": "由江城担保有限公司提供保证", "repayment_source": "工程回款"}},
		{"loan_application", "借款申请书\n我公司特向贵行申请固定资产贷款2,000万元，期限五年，用于冷库建设。\n申请人：江城丰禾农业专业合作社",
			map[string]string{"amount_cny": "20000000", "term_months": "60", "applicant": "江城丰禾农业专业合作社"}},
		{"audit_report_3y", "审计报告\n明信审字[2029]第12号\n江城远筑建设有限公司全体股东：\n一、保留意见\n我们审计了江城远筑建设有限公司财务报表，包括2028年12月31日的资产负债表。\n我们认为，除“形成保留意见的基础”部分所述事项可能产生的影响外，后附的财务报表在所有重大方面公允反映了贵公司的财务状况。\n二、形成保留意见的基础\n江城明信会计师事务所（特殊普通合伙）\n中国注册会计师：辛甲\n二〇二九年四月三十日",
			map[string]string{"opinion": "保留意见", "report_no": "明信审字[2029]第12号", "year": "2028", "report_date": "2029-04-30", "firm": "江城明信会计师事务所（特殊普通合伙）"}},
		{"audit_report_3y", "审计报告\n我们审计了江城远筑建设有限公司财务报表，包括2028年12月31日的资产负债表。\n我们不对后附的财务报表发表审计意见。由于“形成无法表示意见的基础”部分所述事项的重要性。",
			map[string]string{"opinion": "无法表示意见"}},
		{"loan_contract", "流动资金借款合同\n编号：JK2029001\n借款人（全称）：江城快捷物流有限公司\n贷款人（全称）：江城银行股份有限公司北区支行\n第一条 借款金额：人民币（大写）叁佰万元整\n第二条 借款期限：12个月，自2029年5月1日起至2030年4月30日止。\n第三条 利率：年利率3.85%。\n第四条 借款用途：支付油费。",
			map[string]string{"amount_cny": "3000000", "start": "2029-05-01", "end": "2030-04-30", "rate": "0.0385", "borrower": "江城快捷物流有限公司", "purpose": "支付油费"}},
		{"lease_contract_premises", "房屋租赁合同\n出租方（甲方）：王某某\n承租方（乙方）：江城悦来酒店有限公司\n房屋坐落：江城市北区兴业路8号，建筑面积2,000平方米\n租期自2029年1月1日起至2034年12月31日止\n月租金30,000元",
			map[string]string{"end": "2034-12-31", "start": "2029-01-01", "annual_rent_cny": "360000", "area_sqm": "2000", "premises": "江城市北区兴业路8号", "lessee": "江城悦来酒店有限公司"}},
		{"articles_of_association", "章程\n公司名称：江城智算科技有限公司\n公司住所：江城市高新区一路1号。\n公司注册资本：人民币300万元\n第十条 公司为他人提供担保，须经股东会全体股东过半数表决权通过。",
			map[string]string{"decision_threshold": "0.5", "capital_cny": "3000000"}},
		{"insurance_policy_asset", "财产一切险保险单\n保险单号：PQ2029001\n被保险人：江城云栖有限公司\n保险金额：人民币12,000,000.00元\n第一受益人：江城银行北区支行\n保险期间：自2029年04月01日零时起至2030年03月31日二十四时止",
			map[string]string{"amount_cny": "12000000", "beneficiary": "江城银行北区支行", "start": "2029-04-01", "end": "2030-03-31", "insured": "江城云栖有限公司"}},
		{"food_operation_license", "食品经营许可证\n许可证编号 JY23301000000001\n经营者名称 江城悦来酒店有限公司\n有效期至 2031年05月11日",
			map[string]string{"name": "江城悦来酒店有限公司", "valid_until": "2031-05-11", "license_no": "JY23301000000001"}},
		{"credit_report_enterprise", "企业信用报告\n企业名称\t江城云栖有限公司\n报告时间\t2029-09-15\n金额类数据项的单位均为万元\n未结清信贷信息\n授信机构\t业务种类\t开立日期\t到期日\t借款金额\t余额\t担保方式\t五级分类\n江城银行\t流动资金贷款\t2028-10-01\t2029-09-30\t100.00\t80.00\t信用\t关注",
			map[string]string{"loan_balance": "800000", "loans.0.cls": "关注", "loan_count": "1"}},
		{"payment_voucher", "网上银行电子回单\n付款人户名：江城云栖有限公司\t收款人户名：北原粮油有限公司\n金额：¥1,000,000.00\t交易日期：2029-03-19\n用途：货款",
			map[string]string{"payer": "江城云栖有限公司", "payee": "北原粮油有限公司", "amount_cny": "1000000", "date": "2029-03-19", "memo": "货款"}},
		{"valuation_report", "房地产抵押估价报告\n估价委托人：江城云栖有限公司\n房地产估价机构：江城恒信房地产估价有限公司\n价值时点：二〇二九年六月二十日\n估价结果：房地产市场价值为人民币壹仟贰佰万元整（¥12,000,000元）\n本报告使用期限自2029年6月26日至2030年6月25日",
			map[string]string{"value_date": "2029-06-20", "valid_until": "2030-06-25", "value_cny": "12000000"}},
		{"vat_return", "增值税及附加税费申报表\n（小规模纳税人适用）\n税款所属期：2029-10-01 至 2029-12-31\n项目\t栏次\t本期数\t本年累计\n货物及劳务\t服务、不动产和无形资产\t货物及劳务\t服务、不动产和无形资产\n（一）应征增值税不含税销售额（3%征收率）\t1\t10.00\t500.00\t40.00\t1,900.00",
			map[string]string{"sales": "510", "sales_ytd": "1940"}},
		{"business_license", "营业执照\n名称：江城快捷物流有限公司\n经营范围 许可项目：道路货物运输。一般项目：装卸搬运；低温\n仓储（不含危险化学品）\n注册资本 300万元\n住所 江城市北区兴业路8号",
			map[string]string{"scope": "许可项目：道路货物运输。一般项目：装卸搬运；低温仓储（不含危险化学品）"}},
		{"loan_contract", "流动资金借款合同\n借款人：江城云栖有限公司\n第九条 财务约束：（1）资产负债率不高于65%；（2）未经同意，不得新增对外担保；（3）不得向股东提供借款。\n第十条 担保：由借款人以自有商业用房提供最高额抵押担保。",
			map[string]string{"guarantee": "由借款人以自有商业用房提供最高额抵押担保"}},
		{"loan_application", "贷款申请书\n江城远筑建设有限公司因备料需要，拟向贵行申请流动资金贷款捌佰万元整（¥8,000,000.00），期限1年。",
			map[string]string{"amount_cny": "8000000"}},
		{"business_registration_extract", "企业信用信息公示报告\n列入经营异常名录信息\n序号\t列入原因\t列入日期\t作出决定机关（列入）\t移出原因\t移出日期\n1\t无法联系\t2029年7月21日\t某局\n行政处罚信息\n无",
			map[string]string{"penalty": "无"}},
		{"court_execution_search", "中国执行信息公开网\n被执行人姓名/名称：江城云栖有限公司\n查询时间：2029年9月26日\n（2029）江0304执1187号",
			map[string]string{"cases.0.case_no": "（2029）江0304执1187号"}},
	} {
		d := &dossier.Document{File: "x.pdf", Format: "pdf", Type: p.kind, Pages: []dossier.Page{{Number: 1, Text: p.text}}}
		Extract(c, d)
		for key, want := range p.want {
			got := d.Fields[key].Value
			if root, rest, ok := strings.Cut(key, "."); ok {
				if rows := d.Fields[root].Rows; len(rows) > 0 {
					got = rows[0].Get(strings.TrimPrefix(rest, "0."))
				}
			}
			if got != want {
				t.Errorf("%s %.10s: %s = %q, want %q", p.kind, p.text, key, got, want)
			}
		}
	}
}

// TestPlaces: every value leads back to the page and the words it was read from.
func TestPlaces(t *testing.T) {
	c, err := types.Load()
	if err != nil {
		t.Fatal(err)
	}
	d := &dossier.Document{File: "a/b.xlsx", Format: "xlsx", Type: "ar_aging", Pages: []dossier.Page{{Number: 2, Name: "账龄",
		Text: "应收账款账龄\n截止日：2029-08-31 单位：万元",
		Tables: []dossier.Table{{Sheet: true, Name: "账龄", Rows: [][]dossier.Cell{
			{{Text: "客户", Ref: "A3"}, {Text: "余额", Ref: "B3"}}, {{Text: "甲公司", Ref: "A4"}, {Text: "1.5", Ref: "B4"}},
			{{Text: "合计", Ref: "A5"}, {Text: "1.5", Ref: "B5"}}}}}}}}
	Extract(c, d)
	total := d.Fields["total"]
	if total.Value != "15000" || total.At.File != "a/b.xlsx" || total.At.Page != 2 || total.At.Cell != "账龄!B5" || total.At.Quote != "合计 1.5" {
		t.Errorf("%+v", total)
	}
	if d.Fields["as_of"].At.Line != 2 {
		t.Errorf("%+v", d.Fields["as_of"].At)
	}
}

// TestHostile: no input makes the readers panic or take long.
func TestHostile(t *testing.T) {
	c, err := types.Load()
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("合同金额：（（（", 3000)
	for _, text := range []string{"", "\n\n\t", "：：：", "名称：", "户名", long, strings.Repeat("\t", 5000), "年月日", "人民币元整", "￥,.,", "合计\t合计\t合计"} {
		for _, k := range c.All() {
			if len(text) > 1000 && k.ID > "c" {
				continue
			}
			d := &dossier.Document{Type: k.ID, Scan: true, Pages: []dossier.Page{{Number: 1, Text: text, Scan: true,
				Tables: []dossier.Table{{Rows: [][]dossier.Cell{{}, {{Text: text}}, {{Text: "合计"}, {}}}}}}}}
			Extract(c, d)
		}
	}
}

// TestRunTogetherColumns reads a scanned licence whose two columns share their lines in several ways.
func TestRunTogetherColumns(t *testing.T) {
	c, err := types.Load()
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"label beside the value":  "经营范围  一般项目: 模具制造;塑料制品销售;汽车零部 住  所\t江城省江城市北区兴业街道兴业路8号3\n件制造;货物进出口\t幢5层\n登记机关",
		"label torn apart":        "经营范围\t\t所\n\t一般项目: 模具制造;塑料制品销售;汽车零部住\t\t江城省江城市北区兴业街道兴业路8号3\n\t件制造;货物进出口\t\t幢5层\n登记机关",
		"half of the label below": "经营范围一般项目: 模具制造;塑料制品销售;汽车零部住\t江城省江城市北区兴业街道兴业路8号3\n所\n件制造;货物进出口\t幢5层\n登记机关",
	} {
		d := &dossier.Document{File: "x.jpg", Format: "image", Scan: true, Type: "business_license",
			Pages: []dossier.Page{{Number: 1, Scan: true, Text: "营业执照\n名称 江城云栖有限公司\n" + text}}}
		Extract(c, d)
		if got := strings.ReplaceAll(d.Fields["scope"].Value, " ", ""); got != "一般项目:模具制造;塑料制品销售;汽车零部件制造;货物进出口" {
			t.Errorf("%s: scope %q", name, got)
		}
		if got := d.Fields["address"].Value; !strings.HasPrefix(got, "江城省江城市北区兴业街道兴业路8号3") || name != "half of the label below" && !strings.HasSuffix(got, "幢5层") {
			t.Errorf("%s: address %q", name, got)
		}
	}
}

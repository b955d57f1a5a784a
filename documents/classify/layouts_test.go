package classify_test

import (
	"testing"

	"github.com/xindiao/xindiao/documents/classify"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

// TestLayouts holds papers of other trades and in other layouts than the catalogue's own examples.
func TestLayouts(t *testing.T) {
	c, err := types.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []struct{ want, text string }{
		{"construction_contract", "建设工程施工合同\n发包人（全称）：江城市北区水务局\n承包人（全称）：江城远筑建设有限公司\n一、工程概况\n二、合同工期：365天\n签约合同价：人民币 12,800,000.00元"},
		{"guarantee_contract", "最高额保证合同\n合同编号：BZ-2029-1\n债权人：江城银行\n保证人：北原粮油有限公司\n第二条 保证方式：连带责任保证\n第三条 保证期间：三年"},
		{"mortgage_contract", "最高额抵押合同\n合同编号：DY-2029-1\n抵押权人：江城银行\n抵押人：江城云栖有限公司\n抵押物清单"},
		{"sales_contracts", "公路货物运输合同\n合同编号：YS-1\n甲方：北原商贸有限公司\n乙方：江城快捷物流有限公司\n第一条 合同金额：人民币80万元\n第二条 结算：月结"},
		{"lease_contract_premises", "房屋租赁协议\n出租人：王某\n承租人：江城悦来酒店有限公司\n租赁期限自2029年1月1日至2034年12月31日\n月租金30,000元"},
		{"construction_enterprise_qualification", "建筑业企业资质证书\n企业名称：江城远筑建设有限公司\n资质类别及等级：建筑工程施工总承包二级\n有效期：2032年5月1日\n证书编号：D233000001"},
		{"safety_production_license", "安全生产许可证\n编号：（浙）JZ安许证字〔2029〕000001\n单位名称：江城远筑建设有限公司\n许可范围：建筑施工\n有效期：2029年1月1日至2032年1月1日"},
		{"road_transport_license", "中华人民共和国道路运输经营许可证\n业户名称：江城快捷物流有限公司\n经营范围：普通货运\n有效期：2029年1月1日至2033年1月1日"},
		{"special_industry_license", "特种行业许可证\n单位名称：江城悦来酒店有限公司\n经营范围：旅馆业\n发证机关：江城市公安局"},
		{"public_hygiene_license", "公共场所卫生许可证\n单位名称：江城悦来酒店有限公司\n许可项目：宾馆\n有效期限：2029年1月1日至2033年1月1日"},
		{"hightech_certificate", "高新技术企业证书\n企业名称：江城智算科技有限公司\n证书编号：GR202933000001\n发证时间：2029年12月1日\n有效期：三年"},
		{"software_copyright", "计算机软件著作权登记证书\n软件名称：智算平台V1.0\n著作权人：江城智算科技有限公司\n登记号：2029SR0000001"},
		{"court_execution_search", "中国执行信息公开网\n综合查询被执行人\n被执行人姓名/名称：江城云栖有限公司\n查询结果：在全国范围没有找到相关的结果\n查询时间：2029-09-28"},
		{"vat_invoices_sales", "电子发票（增值税专用发票）\n发票号码：29332000000575868878\n开票日期：2029年09月01日\n购买方信息 名称：北原商贸有限公司\n销售方信息 名称：江城云栖有限公司\n价税合计（大写）壹佰元整（小写）¥100.00"},
		{"bank_statement_corporate", "中国某某银行 历史明细清单\n账号：6222000000000001 户名：江城云栖有限公司\n交易日期\t摘要\t借方金额\t贷方金额\t余额\t对方户名\n2029-01-02\t货款\t\t100.00\t200.00\t北原商贸"},
		{"financial_statements_interim", "资产负债表\n编制单位：江城云栖有限公司\t2029年6月30日\t单位：元\n资产\t期末余额\t年初余额\n货币资金\t1.00\t2.00"},
		{"financial_statements_annual", "利润表\n会企02表\n编制单位：江城云栖有限公司\t2028年度\t单位：元\n项目\t本期金额\n一、营业收入\t1.00\n四、净利润\t0.10"},
		{"project_approval", "江城市发展和改革局\n企业投资项目备案通知书\n项目名称：年产1万吨项目\n项目代码：2029-330100-14-03-000001\n总投资：8000万元"},
		{"feasibility_report", "年产1万吨速冻蔬菜项目\n可行性研究报告\n第一章 总论\n项目总投资8000万元\n建设规模"},
		{"land_transfer_contract", "农村土地经营权流转合同\n流出方：某村民委员会\n流入方：江城丰禾农业专业合作社\n流转期限：2029年1月1日至2039年12月31日"},
		{"agri_insurance", "养殖业保险单\n被保险人：江城丰禾农业专业合作社\n保险标的：育肥猪\n保险期间：2029年1月1日至2029年12月31日"},
		{"vehicle_registration_cert", "中华人民共和国机动车行驶证\n号牌号码 江A00001\n所有人 江城快捷物流有限公司\n车辆识别代号 LSVFA49J232037048\n发动机号 0001"},
		{"top5_customers_suppliers", "前五大客户及供应商情况表\n序号\t客户名称\t销售额\t占比\n1\t北原商贸有限公司\t100\t10%"},
		{"progress_certificate", "工程进度款支付证书\n工程名称：某工程\n本期应付：100万元\n累计支付：500万元"},
		{"post_loan_report_regular", "贷后检查报告\n检查日期：2029年6月30日\n借款人：江城云栖有限公司\n检查结论：正常"},
		{"cit_return", "A100000 中华人民共和国企业所得税年度纳税申报表（A类）\n税款所属期间：2029年01月01日至2029年12月31日\n一、营业收入\n应纳税所得额"},
		{"material_authenticity_commitment", "承诺书\n材料真实性承诺\n我公司承诺所提供资料真实\n江城云栖有限公司\n2029年1月1日"},
		{"real_estate_certificate", "中华人民共和国\n不动产权证书\n权利人 江城云栖有限公司\n共有情况 单独所有\n坐落 江城市\n不动产单元号 330213006012GB00087F00010001\n权利类型 国有建设用地使用权\n附记"},
		{"bank_statement_corporate", "账户名称\t江城远筑建设有限公司\n账号\t6222000000000001\t开户行\t北区支行\n交易时间\t交易金额\t账户余额\t对方户名\t对方账号\t摘要\n20290102 09:10:11\t-100.00\t900.00\t北原商贸\t6222000000000002\t材料款"},
		{"loan_application", "流动资金借款申请\n江城快捷物流有限公司现因运力扩充，特申请流动资金贷款80万元，期限12个月，信用方式\n申请单位：江城快捷物流有限公司"},
		{"credit_authorization_enterprise", "企业信用信息查询授权书\n致：江城银行\n本企业江城快捷物流有限公司授权贵行查询本企业信用报告，用于授信审批与贷后管理。\n2029年9月17日"},
		{"credit_approval", "授信审批表\n申请人：江城快捷物流有限公司\n审批意见：同意"},
		{"unknown", "会议通知\n各部门：明日上午九点开会。"},
		{"unknown", "项目\t金额\n甲\t100\n乙\t200"},
	} {
		d := &dossier.Document{File: "扫描件01.pdf", Format: "pdf", Pages: []dossier.Page{{Number: 1, Text: p.text}}}
		classify.Classify(c, d, dossier.Application{})
		if !sameBeforeResolve(d.Type, p.want) {
			t.Errorf("%.12s: %s %.2f %v, want %s", p.text, d.Type, d.Confidence, d.Why, p.want)
		}
	}
}

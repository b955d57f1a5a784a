package classify_test

import (
	"testing"

	"github.com/xindiao/xindiao/documents/classify"
	"github.com/xindiao/xindiao/documents/extract"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

func paper(file, text string) *dossier.Document {
	return &dossier.Document{File: file, Format: "docx", Pages: []dossier.Page{{Number: 1, Text: text}}}
}

const licence = "营业执照\n统一社会信用代码\t91110000101623741K\n名称\t江城云栖食品有限公司\n类型\t有限责任公司\n法定代表人\t苗一舟\n注册资本\t壹佰万元整\n经营范围\t食品"

func card(file, name string) *dossier.Document {
	return paper(file, "姓名 "+name+"\n性别 男 民族 汉\n公民身份号码 11010519491231002X\n居民身份证\n签发机关 江城市公安局\n有效期限 2015.06.01-长期")
}

func resolve(t *testing.T, docs ...*dossier.Document) {
	t.Helper()
	c, err := types.Load()
	if err != nil {
		t.Fatal(err)
	}
	app := dossier.Application{Applicant: "江城云栖食品有限公司"}
	for _, d := range docs {
		classify.Classify(c, d, app)
		extract.Extract(c, d)
	}
	classify.Resolve(c, docs, app)
}

func TestPeople(t *testing.T) {
	rep, spouse, holder, other := card("a.pdf", "苗一舟"), card("b.pdf", "辛岚"), card("c.pdf", "童和"), card("d.pdf", "庚外人")
	credit := paper("e.pdf", "个人信用报告\n被查询者姓名\t苗一舟\n证件号码\t110105********002X\n配偶\t辛岚\n信贷交易信息")
	articles := paper("f.docx", "江城云栖食品有限公司章程\n第一章 总则\n公司名称：江城云栖食品有限公司。\n本章程\n股东姓名\t出资额\t出资比例\n苗一舟\t80\t80%\n童和\t20\t20%")
	resolve(t, paper("l.jpg", licence), rep, spouse, holder, other, credit, articles)
	for d, want := range map[*dossier.Document]string{rep: "legal_rep_id", spouse: "spouse_id", holder: "shareholder_id_docs", other: "individual_id_card"} {
		if d.Type != want {
			t.Errorf("%s: %s, want %s", d.File, d.Type, want)
		}
	}
	if rep.Party.Role != dossier.RoleLegalRep || spouse.Party.Role != dossier.RoleSpouse {
		t.Errorf("roles %v %v", rep.Party, spouse.Party)
	}
}

func TestTradeSides(t *testing.T) {
	text := func(a, b string) string {
		return "产品购销合同\n合同编号：H-1\n甲方（买方）：" + a + "\n乙方（卖方）：" + b + "\n第一条 合同总金额：人民币10万元。\n第二条 交货：按期。"
	}
	buy := paper("1.docx", text("江城云栖食品有限公司", "北原粮油有限公司"))
	sell := paper("2.docx", text("北原商贸有限公司", "江城云栖食品有限公司"))
	resolve(t, buy, sell)
	if buy.Type != "purchase_contracts" || sell.Type != "sales_contracts" {
		t.Errorf("%s %s", buy.Type, sell.Type)
	}
}

func TestIrrelevant(t *testing.T) {
	quote := paper("报价单.pdf", "报价单\n南岭模塑厂 → 客户询价\n品名\t单价（元）\t数量\n周转箱\t286.00\t2\n年销售额约9,000万元，欢迎合作。")
	bill := paper("缴费.pdf", "缴费通知\n各位家长：秋季学期保教费合计6,850元，请于9月5日前缴纳。")
	ours := paper("说明.docx", "情况说明\n江城云栖食品有限公司关于设备检修的情况说明，检修期为十月。")
	foreign := paper("执照2.pdf", "营业执照\n统一社会信用代码\t91510100350611266D\n名称\t南岭远山贸易有限公司\n类型\t有限责任公司\n法定代表人\t丁外\n注册资本\t伍拾万元整\n经营范围\t贸易")
	resolve(t, paper("l.jpg", licence), quote, bill, ours, foreign)
	for _, d := range []*dossier.Document{quote, bill, foreign} {
		if d.Type != dossier.TypeIrrelevant {
			t.Errorf("%s: %s %v", d.File, d.Type, d.Why)
		}
	}
	if ours.Type == dossier.TypeIrrelevant {
		t.Error("the borrower's own paper of no known kind is set aside")
	}
}

func TestGuarantor(t *testing.T) {
	apply := paper("a.docx", "借款申请书\n江城云栖食品有限公司特向贵行申请贷款人民币100万元，期限12个月。\n二、担保方式\n由北原粮油有限公司提供连带责任保证\n申请人：江城云栖食品有限公司（公章）\n2031年2月10日")
	lic := paper("b.pdf", "营业执照\n统一社会信用代码\t91510100350611266D\n名称\t北原粮油有限公司\n类型\t有限责任公司\n法定代表人\t丁外\n注册资本\t伍拾万元整\n经营范围\t粮油")
	resolve(t, apply, lic)
	if lic.Type != "guarantor_business_license" || lic.Party.Role != dossier.RoleGuarantor {
		t.Errorf("%s %v", lic.Type, lic.Party)
	}
}

func TestAlike(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"北原（江城）食品有限公司", "北原(江城)食品有限公司", true}, {"江城云栖食品有限公司", "江城去栖食品有限公司", true},
		{"江城云栖食品有限公司", "南岭远山贸易有限公司", false}, {"江城1号食品有限公司", "江城2号食品有限公司", false}, {"", "", false},
	} {
		if got := classify.Alike(c.a, c.b); got != c.want {
			t.Errorf("%s / %s: %v", c.a, c.b, got)
		}
	}
}

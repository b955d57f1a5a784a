package classify_test

import (
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

func scanned(d *dossier.Document) *dossier.Document {
	d.Scan, d.Pages[0].Scan = true, true
	return d
}

// A scan of a company that nobody knows is set aside; one whose name OCR misread is not.
func TestScannedStranger(t *testing.T) {
	foreign := scanned(paper("执照.jpg", "营业执照\n统一社会信用代码\t91510100350611266D\n名称\t江城飞腾危化品运输有限公司\n类型\t有限责任公司\n法定代表人\t丁外\n注册资本\t伍拾万元整\n经营范围\t运输"))
	misread := scanned(paper("许可.jpg", "公共场所卫生许可证\n单位名称：江域去栖食品有限公司\n地址：江城市北区\n许可项目：宾馆\n有效期限：2029年3月1日至2033年2月28日"))
	inn := scanned(paper("附件.jpg", "公共场所卫生许可证\n单位名称：山口云顶民宿客栈\n法定代表人：丁外\n地址：山口镇西街14号\n许可项目：旅店\n有效期限：2029年3月1日至2033年2月28日"))
	resolve(t, paper("l.jpg", licence), foreign, misread, inn)
	if foreign.Type != dossier.TypeIrrelevant || inn.Type != dossier.TypeIrrelevant || misread.Type == dossier.TypeIrrelevant {
		t.Errorf("%s %s %s", foreign.Type, inn.Type, misread.Type)
	}
}

func TestCouple(t *testing.T) {
	wife := card("b.pdf", "辛岚")
	pair := paper("结婚证.pdf", "中华人民共和国\n结婚证\n持证人\t苗一舟\n登记日期\t2008年05月16日\n姓名 苗一舟 性别 男\t姓名 辛岚 性别 女\n国籍 中国")
	resolve(t, paper("l.jpg", licence), pair, wife)
	if wife.Type != "spouse_id" || wife.Party.Role != dossier.RoleSpouse {
		t.Errorf("%s %v", wife.Type, wife.Party)
	}
}

// The numbers tell a couple where OCR misread a name.
func TestCoupleByNumber(t *testing.T) {
	wife := card("b.pdf", "辛岚")
	wife.Pages[0].Text = strings.Replace(wife.Pages[0].Text, "11010519491231002X", "340104198607196448", 1)
	pair := scanned(paper("结婚证.jpg", "中华人民共和国\n结婚证\n持证人\t古一舟\n登记日期\t2008年05月16日\n姓名 古一舟\t姓名 辛岗\n身份证件号 11010519491231002X\t身份证件号”340104198607196448"))
	resolve(t, paper("l.jpg", licence), card("a.pdf", "苗一舟"), pair, wife)
	if wife.Type != "spouse_id" {
		t.Errorf("%s %v", wife.Type, wife.Party)
	}
}

// A mail is what brings papers, not the paper that it names; its body may still be one.
func TestMail(t *testing.T) {
	mail := func(body string) *dossier.Document {
		d := paper("回复.eml", "发件人\t甲 <a@b.example>\n主题\t保单和社保\n附件\t财产一切险保单.pdf\n"+body)
		d.Format = "eml"
		return d
	}
	cover := mail("王经理：\n附件是财产保险单和社保缴费证明，请查收。")
	letter := mail("借款申请书\n江城云栖食品有限公司特向贵行申请贷款人民币100万元，期限12个月。\n二、担保方式\n信用\n申请人：江城云栖食品有限公司（公章）\n2031年2月10日")
	resolve(t, cover, letter)
	if cover.Type != dossier.TypeArchive || letter.Type != "loan_application" {
		t.Errorf("%s %s", cover.Type, letter.Type)
	}
}

package finance

import (
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

// Contra accounts reduce their asset, parts go where their name says, customers' advances are no negative receivable,
// revenue is the movement that closing entries emptied.
func TestTrialRollsUp(t *testing.T) {
	figs, issues := ReadStatements(doc("financial_statement_notes", sheet("余额表", "科目余额表", "编制单位：甲公司|2026年1-6月|单位：元",
		"科目编码|科目名称|期初余额||本期发生额||期末余额|", "||借方|贷方|借方|贷方|借方|贷方",
		"1001|库存现金|1|0|5|4|2|0", "1002|银行存款|10|0|50|40|20|0",
		"1122|应收账款|70|0|0|0|90|0", "112201|乙公司|80|0|0|0|120|0", "112202|丙公司|0|10|0|0|0|30",
		"1221|其他应收款|8|0|0|0|8|0",
		"1231|坏账准备|0|5|0|0|0|6", "123101|应收账款坏账准备|0|4|0|0|0|5", "123102|其他应收款坏账准备|0|1|0|0|0|1",
		"1601|固定资产|100|0|0|0|100|0", "1602|累计折旧|0|20|0|10|0|30",
		"2202|应付账款|3|50|0|0|7|60",
		"2203|预收账款|0|0|0|0|4|0",
		"6001|主营业务收入|0|0|500|500|0|0", "6051|其他业务收入|0|0|0|20|0|20", "6401|主营业务成本|0|0|300|300|0|0",
		"6602|管理费用|0|0|12.5|12.5|0|0")))
	if len(issues) != 0 {
		t.Error(issues)
	}
	s := NewSet("甲公司", figs...)
	want(t, s, `
cash 2026年6月末 22
accounts_receivable 2026年6月末 119
advances_received 2026年6月末 30
other_receivables 2026年6月末 7
other_receivables 2025年末 7
accounts_receivable 2025年末 76
advances_received 2025年末 10
fixed_assets 2026年6月末 70
accounts_payable 2026年6月末 60
prepayments 2026年6月末 7
revenue 2026年1-6月 520
cogs 2026年1-6月 300
admin_expense 2026年1-6月 12.5`)
	ar, _ := s.Get("advances_received", dossier.At(dossier.NewDate(2026, 6, 30)))
	if !FromTrial(ar) || !strings.Contains(ar.Note, "重分类 30.00") {
		t.Errorf("%+v", ar)
	}
}

// Subsidiary accounts that do not add up to their parent prove nothing: the parent's own balance counts.
func TestTrialWithoutProof(t *testing.T) {
	figs, _ := ReadStatements(doc("financial_statement_notes", sheet("余额表", "科目余额表", "2026年6月30日|单位：元",
		"科目编码|科目名称|期末余额|", "||借方|贷方", "1122|应收账款|90|0", "112201|乙公司|120|0", "1002|银行存款|1|0", "2202|应付账款||5")))
	want(t, NewSet("", figs...), "accounts_receivable 2026年6月末 90\nadvances_received 2026年6月末 none\naccounts_payable 2026年6月末 5")
}

func TestTrialDiffs(t *testing.T) {
	trial, _ := ReadStatements(doc("financial_statement_notes", sheet("余额表", "科目余额表", "编制单位：甲公司|2026年6月30日|单位：元",
		"科目编码|科目名称|期末余额|", "||借方|贷方", "1002|银行存款|21.00|0", "1405|库存商品|7.00|0")))
	st, _ := ReadStatements(&dossier.Document{File: "另一份.xlsx", Type: "financial_statements_interim", Pages: []dossier.Page{sheet("资产负债表", "编制单位：甲公司|2026年6月30日|单位：元",
		"项目|期末余额|年初余额", "货币资金|20.00|1", "存货|7.00|1", "流动资产合计|27|2", "资产总计|27|2", "负债合计|27|2")}})
	d := NewSet("甲公司", append(st, trial...)...).TrialDiffs("")
	if len(d) != 2 || d[0].Agrees || !d[0].Diff.Equal(dossier.D("1")) || !d[1].Agrees || d[0].Statement.Source.File != "另一份.xlsx" {
		t.Errorf("%+v", d)
	}
}

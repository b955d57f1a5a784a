package finance

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

func bankSheet(rows ...string) *dossier.Document {
	head := []string{"某银行某支行账户交易明细", "户名：甲有限公司", "账号：6222000011112222    起止日期：2026-01-01 至 2026-03-31", "期初余额：100.00",
		"交易日期|借方发生额|贷方发生额|余额|对方户名|摘要"}
	d := doc("bank_statement_corporate", sheet("明细", append(head, rows...)...))
	d.File = "流水.xlsx"
	return d
}

func analyse(t *testing.T, d *dossier.Document, o FlowOptions) *FlowAnalysis {
	t.Helper()
	f, err := ReadFlow(d)
	if err != nil {
		t.Fatal(err)
	}
	return Analyse(f, o)
}

func kinds(a *FlowAnalysis) string {
	var ks []string
	for _, is := range a.Issues {
		ks = append(ks, is.Kind)
	}
	return strings.Join(ks, " ")
}

func TestReceiptsExclude(t *testing.T) {
	a := analyse(t, bankSheet(
		"2026-01-05||1,000.00|1,100.00|乙商贸有限公司|往来款-货款",
		"2026-01-06||10.00|1,110.00|甲有限公司|转账",
		"2026-01-07||20.00|1,130.00|某银行|贷款发放",
		"2026-01-08||30.00|1,160.00|李建国|往来款",
		"2026-01-09||40.00|1,200.00|丙投资公司|货款",
		"2026-01-10||5.00|1,205.00|利息收入|活期存款结息",
		"2026-01-11||6.00|1,211.00|丁公司|退款",
		"2026-01-12||7.00|1,218.00|国家金库|留抵退税",
		"2026-01-13||8.00|1,226.00|戊公司|往来款",
		"2026-01-14||9.00|1,235.00|王芳|购货款",
		"2026-03-30|35.00||1,200.00|己公司|借款"), FlowOptions{Borrower: "甲有限公司", RelatedNames: []string{"丙投资公司"}, MinMonths: 12})
	if a.Receipts.String() != "1009" {
		t.Errorf("receipts %s, classes %v", a.Receipts, a.Class)
	}
	for c, v := range map[Class]string{ClassOwn: "10", ClassLoanIn: "20", ClassPersonal: "30", ClassRelated: "40", ClassInterest: "5", ClassRefund: "6",
		ClassSubsidy: "7", ClassDealings: "8", ClassLent: "35"} {
		if a.Classes[c].String() != v {
			t.Errorf("%s: %s, want %s", c, a.Classes[c], v)
		}
	}
	if k := kinds(a); k != "months_covered third_party_loan account_silence concentration" || a.FullMonths != 3 {
		t.Errorf("%s, %d months", k, a.FullMonths)
	}
	if len(a.Breaks) != 0 {
		t.Errorf("%+v", a.Breaks)
	}
}

func TestTamperedBalance(t *testing.T) {
	rows := []string{}
	bal := 100
	for i := range 12 {
		bal += 10
		shown := bal
		if i == 6 {
			shown += 500
		}
		rows = append(rows, fmt.Sprintf("2026-01-%02d||10.00|%d.00|乙公司|货款", i+5, shown))
	}
	a := analyse(t, bankSheet(rows...), FlowOptions{})
	if len(a.Breaks) != 2 || a.Breaks[0].Row.N != 7 || a.Breaks[0].Expected.String() != "170" {
		t.Errorf("%+v", a.Breaks)
	}
}

func TestBridgeNeedsTheWayBack(t *testing.T) {
	loan := []string{"2026-02-03|500.00||400.00|某银行|归还贷款本金", "2026-02-05||500.00|900.00|某银行|贷款发放"}
	in := "2026-02-01||800.00|900.00|李建国|往来款"
	with := append(append([]string{in}, loan...), "2026-02-06|800.00||100.00|李建国|往来款")
	if a := analyse(t, bankSheet(with...), FlowOptions{}); len(a.Bridges) != 1 || !strings.Contains(kinds(a), KindBridge) || !strings.Contains(kinds(a), KindLoanUse) {
		t.Errorf("%d bridges: %s", len(a.Bridges), kinds(a))
	}
	if a := analyse(t, bankSheet(append([]string{in}, loan...)...), FlowOptions{}); len(a.Bridges) != 0 {
		t.Errorf("no way back, yet %+v", a.Bridges)
	}
}

func TestPlatformBill(t *testing.T) {
	d := doc("payment_platform_statement", sheet("", "微信支付账单明细", "微信昵称：[某店]", "起始时间：[2026-01-01 00:00:00] 终止时间：[2026-01-31 23:59:59]",
		"收入：4笔 500.00元", "支出：3笔 200.00元", "交易时间|交易类型|交易对方|商品|收/支|金额(元)|当前状态|交易单号",
		"2026-01-02 16:05:57|二维码收款|张*|收款|收入|¥100.00|已存入零钱|\t42",
		"2026-01-03 16:05:57|转账|配偶某|/|收入|50.00|已存入零钱|\t43", "2026-01-03 17:05:57|转账|配偶某|/|支出|50.00|支付成功|\t44",
		"2026-01-04 16:05:57|零钱提现|某银行|/|/|10.00|提现已到账|\t45", "2026-01-05 09:00:00|商户消费|某供应链|/|支出|150.00|支付成功|\t46",
		"2026-01-06 09:00:00|二维码收款|李*|收款|收入|310.00|已存入零钱|\t47", "2026-01-07 09:00:00|二维码收款|李*|收款|收入|9.00|对方已关闭|\t47"))
	d.File = "微信.csv"
	a := analyse(t, d, FlowOptions{})
	if a.Flow.Kind != FlowWeChat || a.TotalIn.String() != "460" || a.Receipts.String() != "410" || a.RoundTotal.String() != "50" || a.Flow.Skipped != 2 {
		t.Errorf("%s in %s receipts %s round %s skipped %d", a.Flow.Kind, a.TotalIn, a.Receipts, a.RoundTotal, a.Flow.Skipped)
	}
	if k := kinds(a); k != "header_total round_trip" {
		t.Error(k)
	}
	if is := a.Issues[0]; is.Diff.String() != "40" || !strings.Contains(is.Message, "500.00") || is.Places[0].Quote == "" {
		t.Errorf("%+v", is)
	}
	if a.Figures[0].Indicator != "flow_in_wechat" || a.Figures[0].Name != "微信收入合计" {
		t.Errorf("%+v", a.Figures[0])
	}
}

func TestFlowFromLines(t *testing.T) {
	d := textPages("流水.pdf", "bank_statement_corporate", "某银行对账单\n户名：甲有限公司 账号：6222000011112222\n期初余额：100.00\n序号 日期 借方 贷方 余额 对方户名 摘要\n"+
		"1 2026-01-05 50.00 150.00 乙公司 货款\n2 2026-01-06 120.00 30.00 丙公司 材料款\n\f3 2026-01-07 1,000.00 1,030.00 乙公司 货款\n第2页 共2页\n")
	a := analyse(t, d, FlowOptions{})
	if a.TotalIn.String() != "1050" || a.TotalOut.String() != "120" || len(a.Flow.Rows) != 3 || len(a.Breaks) != 0 {
		t.Errorf("in %s out %s rows %+v", a.TotalIn, a.TotalOut, a.Flow.Rows)
	}
	if a.Flow.Rows[2].At.Page != 2 || a.Flow.Rows[2].Party != "乙公司" {
		t.Errorf("%+v", a.Flow.Rows[2])
	}
}

func TestNewestFirstAndSigned(t *testing.T) {
	d := doc("bank_statement_corporate", sheet("s", "记账日期|交易金额|余额|对方名称|附言", "20260107|-20.00|130.00|丙公司|材料款",
		"20260106|50.00|150.00|乙公司|货款"))
	a := analyse(t, d, FlowOptions{})
	if a.TotalIn.String() != "50" || a.TotalOut.String() != "20" || a.Flow.Rows[0].Party != "乙公司" || len(a.Breaks) != 0 {
		t.Errorf("%+v", a.Flow.Rows)
	}
}

func TestNoFlow(t *testing.T) {
	if _, err := ReadFlow(doc("x", sheet("s", "a|b", "c|d"))); !errors.Is(err, ErrNoFlow) {
		t.Error(err)
	}
}

func TestPersons(t *testing.T) {
	for n, want := range map[string]bool{"李建国": true, "欧阳娜娜": true, "差旅报销": false, "办公用品": false, "手续费": false, "中国石化": false, "王记店": false, "代发工资": false} {
		if isPerson(n) != want {
			t.Errorf("%s: %v", n, !want)
		}
	}
}

func TestPassThrough(t *testing.T) {
	var rows []string
	bal := 100
	for i := range 4 {
		bal += 5000 + i
		rows = append(rows, fmt.Sprintf("2026-01-%02d||%d.00|%d.00|乙公司|货款", 5*i+1, 5000+i, bal))
		bal -= 5000 + i
		rows = append(rows, fmt.Sprintf("2026-01-%02d|%d.00||%d.00|丙公司|货款", 5*i+2, 5000+i, bal))
	}
	a := analyse(t, bankSheet(rows...), FlowOptions{})
	if len(a.Passed) != 1 || len(a.Passed[0].Ins) != 4 || a.Passed[0].Total.String() != "20006" || !strings.Contains(kinds(a), KindPassThrough) {
		t.Errorf("%+v %s", a.Passed, kinds(a))
	}
	if a := analyse(t, bankSheet(rows[:4]...), FlowOptions{}); len(a.Passed) != 0 {
		t.Error("twice is chance")
	}
}

// One signed column, the counterparty under another name, a purse among the counterparties: still a bank's statement.
func TestSignedColumnAndCounterparty(t *testing.T) {
	d := doc("bank_statement_corporate", sheet("", "某银行历史明细", "户名：甲有限公司", "交易日期|收入/支出金额|余额|对手方名称|附言",
		"20260105 10:00:00|+500.00|500.00|支付宝|货款", "20260106 11:00:00|-200.00|300.00|乙公司|货款"))
	f, err := ReadFlow(d)
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Rows) != 2 || f.Kind != FlowBank || !f.Rows[0].In.Equal(dossier.D("500")) || !f.Rows[1].Out.Equal(dossier.D("200")) || f.Rows[1].Party != "乙公司" {
		t.Errorf("%s %+v", f.Kind, f.Rows)
	}
}

// Several payments to one shareholder after the grant are one finding that names him.
func TestLoanUseGroupsByParty(t *testing.T) {
	d := doc("bank_statement_corporate", sheet("明细", "户名：甲有限公司", "交易日期|借方发生额|贷方发生额|余额|对方户名|摘要",
		"2026-02-05||1,000.00|1,000.00|某银行|贷款发放", "2026-02-06|600.00||400.00|丙设备公司|受托支付货款",
		"2026-02-09|200.00||200.00|赵一|往来款", "2026-02-11|100.00||100.00|赵一|借款"))
	a := analyse(t, d, FlowOptions{Borrower: "甲有限公司", RelatedNames: []string{"赵一"}})
	n := 0
	for _, is := range a.Issues {
		if is.Kind == KindLoanUse {
			n++
			if !strings.Contains(is.Message, "共2笔、合计300.00元流向赵一") {
				t.Errorf("%s", is.Message)
			}
		}
	}
	if n != 1 {
		t.Errorf("%d findings of loan use, want 1: %s", n, kinds(a))
	}
}

package finance

import (
	"fmt"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

func readAll(t *testing.T, rows ...string) []*Flow {
	t.Helper()
	d := doc(flowTypes[0], sheet("明细", rows...))
	d.File = "流水.xlsx"
	fs, err := ReadFlows(d)
	if err != nil {
		t.Fatal(err)
	}
	return fs
}

// shape prints rows as +in/-out balance, so that a test reads as a page.
func shape(f *Flow) string {
	var out []string
	for _, r := range f.Rows {
		s := "+" + r.In.String()
		if r.In.IsZero() {
			s = "-" + r.Out.String()
		}
		if r.Balance != nil {
			s += "=" + r.Balance.String()
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func TestFlowLayouts(t *testing.T) {
	for _, c := range []struct {
		name, want string
		rows       []string
	}{
		{"方向 D/C", "+100=100 -30=70", []string{"记账日期|D/C|金额|账户余额|对方名称", "20260105|C|100.00|100.00|乙", "20260106|D|30.00|70.00|丙"}},
		{"借贷标志", "+100=100 -30=70", []string{"交易日期|借贷标志|发生额|余额", "2026/1/5|贷|100.00|100.00", "2026/1/6|借|30.00|70.00"}},
		{"两行表头", "+100=100 -30=70", []string{"交易日期|摘要|发生额||余额", "||借方|贷方|", "2026.01.05|货款||100.00|100.00", "2026.01.06|材料|30.00||70.00"}},
		{"重复表头和小计", "+100=100 -30=70 +5=75", []string{"交易日期|借方|贷方|余额|摘要", "承前页|||0.00|", "2026-01-05||100.00|100.00|a", "本页合计|0.00|100.00||", "过次页|||100.00|",
			"交易日期|借方|贷方|余额|摘要", "承前页|||100.00|", "2026-01-06|30.00||70.00|b", "2026-01-07||5.00|75.00|c", "本月合计|30.00|105.00||"}},
		{"新在前", "+100=100 -30=70", []string{"交易日期|借方|贷方|余额", "2026-01-05|30.00||70.00", "2026-01-05||100.00|100.00"}},
		{"一列无方向", "+100=100 -30=70 -20=50 +1=51", []string{"交易日期|交易金额|余额|摘要", "2026-01-05|100.00|100.00|货款", "2026-01-06|30.00|70.00|x", "2026-01-07|20.00|50.00|y",
			"2026-01-08|1.00|51.00|z"}},
		{"账簿方向", "+100=100 -30=70 -20=50 +1=51", []string{"日期|借方|贷方|余额", "2026-01-05|100.00||100.00", "2026-01-06||30.00|70.00", "2026-01-07||20.00|50.00", "2026-01-08|1.00||51.00"}},
		{"余额方向", "-100=-100 +130=30", []string{"日期|借方|贷方|借或贷|余额", "2026-01-05|100.00||借|100.00", "2026-01-06||130.00|贷|30.00"}},
		{"标记在金额旁", "+100=100 -30=70", []string{"日期|交易金额|余额", "2026-01-05|100.00CR|100.00", "2026-01-06|30.00DR|70.00"}},
		{"万元", "+1000000=1000000", []string{"单位：万元", "日期|借方|贷方|余额", "2026-01-05||100.00|100.00"}},
		{"日期序号和红字", "+100=100 -5=95", []string{"日期|借方|贷方|余额", "46027||100|100", "46028||-5|95"}},
	} {
		fs := readAll(t, c.rows...)
		if got := shape(fs[0]); got != c.want || len(fs) != 1 {
			t.Errorf("%s: %s, want %s (%d flows, %v)", c.name, got, c.want, len(fs), fs[0].Notes)
		}
	}
}

func TestSeveralAccountsInOneFile(t *testing.T) {
	fs := readAll(t, "户名：甲有限公司", "账号：6222000011112222", "期初余额：10.00", "交易日期|借方|贷方|余额", "2026-01-05||100.00|110.00", "贷方合计：100.00",
		"户名：甲有限公司", "账号：6222000033334444", "期初余额：7.00", "交易日期|借方|贷方|余额", "2026-01-06|2.00||5.00", "贷方合计：0.00")
	if len(fs) != 2 || shape(fs[0]) != "+100=110" || shape(fs[1]) != "-2=5" || fs[0].Opening.String() != "10" || fs[1].Opening.String() != "7" ||
		fs[1].Account != "6222000033334444" || fs[0].HeaderIn.String() != "100" || !fs[1].HeaderIn.IsZero() || fs[1].Owner != "甲有限公司" {
		t.Errorf("%d: %+v", len(fs), fs)
	}
	fs = readAll(t, "本方账号|交易日期|币种|借方|贷方|余额", "6222000011112222|2026-01-05|人民币||100.00|100.00", "6222000033334444|2026-01-05|人民币||7.00|7.00",
		"6222000011112222|2026-01-06|人民币|30.00||70.00", "6222000011112222|2026-01-06|美元||9.00|9.00")
	if len(fs) != 3 || shape(fs[0]) != "+100=100 -30=70" || shape(fs[1]) != "+7=7" || !fs[2].Foreign() || fs[2].Currency != "USD" {
		t.Errorf("%d: %+v", len(fs), fs)
	}
	if err := fs[2].Convert(dossier.D("7.1"), ""); err == nil {
		t.Error("converted without saying why")
	}
	if err := fs[2].Convert(dossier.D("7.1"), "中间价2026-01-06"); err != nil || fs[2].Rows[0].In.String() != "63.9" || fs[2].Foreign() {
		t.Errorf("%v %+v", err, fs[2].Rows)
	}
}

// Rows that go on over lines, a date line before its amounts, a header that puts the summary first.
func TestWrappedLines(t *testing.T) {
	d := textPages("流水.pdf", flowTypes[0], "户名：甲有限公司\n账号：6222000011112222\n期初余额：100.00\n日期 摘要 借方 贷方 余额 对方户名\n"+
		"2026-01-05 货款 - 50.00 150.00 乙实业发展\n有限公司\n2026-01-06 材料款 120.00 - 30.00 丙公司\n\f日期 摘要 借方 贷方 余额 对方户名\n2026-01-07\n货款 - 1,000.00 1,030.00 乙公司\n第2页 共2页\n")
	f, err := ReadFlow(d)
	if err != nil {
		t.Fatal(err)
	}
	if shape(f) != "+50=150 -120=30 +1000=1030" || f.Rows[0].Summary != "货款 有限公司" || f.Rows[1].Party != "丙公司" || f.Rows[1].Summary != "材料款" {
		t.Errorf("%s %+v", shape(f), f.Rows)
	}
}

// A table over two pages whose second part has no header, with a cell that goes on in a row of its own.
func TestJoinedTableOverPages(t *testing.T) {
	rows := func(rs ...string) (out [][]dossier.Cell) {
		for _, r := range rs {
			var cells []dossier.Cell
			for _, c := range strings.Split(r, "|") {
				cells = append(cells, dossier.Cell{Text: c})
			}
			out = append(out, cells)
		}
		return out
	}
	d := &dossier.Document{File: "流水.pdf", Type: flowTypes[0], Pages: []dossier.Page{
		{Number: 1, Tables: []dossier.Table{{Rows: rows("日期|借方|贷方|余额|对方户名|摘要", "2026-01-05||50.00|50.00|乙实业|货款", "||||有限公司|二期")}}},
		{Number: 2, Tables: []dossier.Table{{Continues: true, Rows: rows("2026-01-06|20.00||30.00|丙公司|材料款")}}}}}
	f, err := ReadFlow(d)
	if err != nil {
		t.Fatal(err)
	}
	if shape(f) != "+50=50 -20=30" || f.Rows[0].Party != "乙实业有限公司" || f.Rows[0].Summary != "货款二期" || f.Rows[1].At.Page != 2 {
		t.Errorf("%s %+v", shape(f), f.Rows)
	}
}

func TestCausesOfBreaks(t *testing.T) {
	base := []string{"1|2026-01-05||10.00|110.00|乙|货款", "2|2026-01-06||20.00|130.00|乙|货款", "3|2026-01-07|5.00||125.00|丙|材料", "4|2026-01-08||40.00|165.00|乙|货款",
		"5|2026-01-09||7.00|172.00|乙|货款"}
	head := []string{"户名：甲有限公司 账号：6222000011112222", "期初余额：100.00", "序号|交易日期|借方发生额|贷方发生额|余额|对方户名|摘要"}
	for _, c := range []struct {
		name  string
		rows  []string
		cause BreakCause
		n     int
	}{
		{"改余额", []string{base[0], strings.Replace(base[1], "130.00", "180.00", 1), base[2], base[3], base[4]}, BreakBalance, 2},
		{"改金额", []string{base[0], base[1], base[2], strings.Replace(base[3], "40.00|", "90.00|", 1), base[4]}, BreakAmount, 4},
		{"缺行", []string{base[0], base[1], base[3], base[4]}, BreakMissing, 3},
		{"插行", []string{base[0], base[1], "|2026-01-06||66.00|196.00|乙|货款", base[2], base[3], base[4]}, BreakInsert, 4},
		{"改方向", []string{base[0], base[1], strings.Replace(base[2], "5.00||", "|5.00|", 1), base[3], base[4]}, BreakSide, 3},
	} {
		d := doc(flowTypes[0], sheet("明细", append(append([]string{}, head...), c.rows...)...))
		a := analyse(t, d, FlowOptions{})
		if len(a.Breaks) == 0 || a.Breaks[0].Cause != c.cause || a.Breaks[0].Row.N != c.n {
			t.Errorf("%s: %+v", c.name, a.Breaks)
		}
		if !strings.Contains(kinds(a), KindRunning) {
			t.Errorf("%s: %s", c.name, kinds(a))
		}
	}
}

func TestFlowExamples(t *testing.T) {
	if errs := lintFlows(); len(errs) > 0 {
		t.Error(errs)
	}
	if _, err := newFlowWords(flowsFS, "flows/classes.yaml"); err == nil || !strings.Contains(err.Error(), "classes.yaml:") {
		t.Errorf("a file of another kind is refused with its line: %v", err)
	}
}

// together reads accounts of several holders: owner, account, then rows date|out|in|balance|party|account|summary.
func together(t *testing.T, o FlowOptions, accounts ...[]string) *FlowsTogether {
	t.Helper()
	var as []*FlowAnalysis
	for i, a := range accounts {
		d := doc(flowTypes[0], sheet("明细", append([]string{"户名：" + a[0] + " 账号：" + a[1], "交易日期|借方|贷方|余额|对方户名|对方账号|摘要"}, a[2:]...)...))
		d.File = fmt.Sprintf("流水%d.xlsx", i+1)
		as = append(as, analyse(t, d, o))
	}
	return Together(as, o)
}

func TestTogetherNetsTransfersAndCircles(t *testing.T) {
	o := FlowOptions{Borrower: "甲有限公司", RelatedNames: []string{"赵一"}}
	j := together(t, o,
		[]string{"甲有限公司", "6222000011112222", "2026-01-05||900000.00|900000.00|乙公司||货款", "2026-01-06|300000.00||600000.00|甲有限公司|6222000033334444|转账",
			"2026-01-08|200000.00||400000.00|丙公司||货款", "2026-01-15||199000.00|599000.00|赵一||往来款", "2026-02-01|50000.00||549000.00|甲有限公司|6222000099998888|转账",
			"2026-02-03||50000.00|599000.00|甲有限公司|6222000099998888|转账"},
		[]string{"甲有限公司", "6222000033334444", "2026-01-06||300000.00|300000.00|甲有限公司|6222000011112222|转账", "2026-01-20|100.00||299900.00|丁公司||材料款"},
		[]string{"赵一", "6222000055556666", "2026-01-10||199500.00|199500.00|丙公司||往来", "2026-01-15|199000.00||500.00|甲有限公司||往来款"})
	if len(j.Transfers) != 2 || j.Total.Internal.String() != "499000" { // the shareholder's payment as well
		t.Errorf("%d transfers, %s", len(j.Transfers), j.Total.Internal)
	}
	if len(j.Circles) != 1 || strings.Join(j.Circles[0].Names, "→") != "甲有限公司→丙公司→赵一→甲有限公司" {
		t.Errorf("%+v", j.Circles)
	}
	if len(j.Missing) != 1 || j.Missing[0].Account != "6222000099998888" || j.Missing[0].There {
		t.Errorf("%+v", j.Missing)
	}
	if j.Total.Receipts.String() != "900000" || j.Total.NetIn.String() != "900000" {
		t.Errorf("%+v", j.Total)
	}
	s := NewSet("甲有限公司")
	j.addFigures(s, nil)
	f, ok := s.Get("flow_net_in", j.period())
	if !ok || !strings.Contains(s.Explain(f), "900,000.00") {
		t.Errorf("%s", s.Explain(f))
	}
}

func TestLoanMoneyBehindASecondAccount(t *testing.T) {
	o := FlowOptions{Borrower: "甲有限公司"}
	j := together(t, o,
		[]string{"甲有限公司", "6222000011112222", "2026-01-05||900000.00|900000.00|某银行||贷款发放", "2026-01-06|900000.00||0.00|甲有限公司|6222000033334444|转账"},
		[]string{"甲有限公司", "6222000033334444", "2026-01-06||900000.00|900000.00|甲有限公司|6222000011112222|转账", "2026-01-07|800000.00||100000.00|某证券公司||银证转账"})
	if len(j.Hops) != 1 || j.Hops[0].What[0] != "证券期货" || len(j.Issues) != 1 || j.Issues[0].Kind != KindLoanUse || len(j.Issues[0].Docs) != 2 {
		t.Errorf("%+v %+v", j.Hops, j.Issues)
	}
}

// A payment company among the rows of a printed table makes no wallet bill of a bank's statement.
func TestWalletAmongRows(t *testing.T) {
	d := &dossier.Document{File: "流水.pdf", Type: flowTypes[0], Pages: []dossier.Page{{Number: 1,
		Lines: []dossier.Line{{Text: "某银行对账单"}, {Text: "2026-01-05 支付宝 50.00"}},
		Tables: []dossier.Table{{Rows: [][]dossier.Cell{{{Text: "日期"}, {Text: "对方户名"}, {Text: "收支"}, {Text: "金额"}},
			{{Text: "2026-01-05"}, {Text: "支付宝"}, {Text: "收"}, {Text: "50.00"}}}}}}}}
	if f, err := ReadFlow(d); err != nil || f.Kind != FlowBank || shape(f) != "+50" {
		t.Errorf("%v %+v", err, f)
	}
}

package invoice

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

const fullHead = "发票代码,发票号码,开票日期,购方名称,货物名称,金额,税率,税额,价税合计,发票状态,备注\n"

// found lists the checks that fired, with their rows.
func found(s *SideResult) (out []string) {
	for _, c := range s.Checks {
		out = append(out, fmt.Sprintf("%s %d", c.ID, c.Rows))
	}
	return out
}

func TestChecks(t *testing.T) {
	for _, c := range []struct{ name, rows, want string }{
		{"honest", ",26332000000000000001,2026-03-01,甲,*钢*筋,100.00,13%,13.00,113.00,正常,\n", ""},
		{"paper", "3300153130,12345678,2016-03-01,甲,,100.00,17%,17.00,117.00,正常,\n", ""},
		{"code form", "3300153430,12345678,2016-03-01,甲,,100.00,17%,17.00,117.00,正常,\n", "code_form 1"},
		{"before its code was printed", "3300183130,12345678,2016-03-01,甲,,100.00,17%,17.00,117.00,正常,\n", "number_year 1"},
		{"region", ",26992000000000000001,2026-03-01,甲,,100.00,13%,13.00,113.00,正常,\n", "number_form 1"},
		{"year", ",25332000000000000001,2026-03-01,甲,,100.00,13%,13.00,113.00,正常,\n", "number_year 1"},
		{"19 digits", ",2633200000000000001,2026-03-01,甲,,100.00,13%,13.00,113.00,正常,\n", "number_form 1"},
		{"spreadsheet", ",2.6332E+19,2026-03-01,甲,,100.00,13%,13.00,113.00,正常,\n", "number_scientific 1"},
		{"no number", ",,2026-03-01,甲,,100.00,13%,13.00,113.00,正常,\n", "no_number 1"},
		{"no day", ",26332000000000000001,2026-02-30,甲,,100.00,13%,13.00,113.00,正常,\n", "no_date 1"},
		{"no amount", ",26332000000000000001,2026-03-01,甲,,见清单,13%,,,正常,\n", "no_amount 1"},
		{"future", ",26332000000000000001,2026-12-01,甲,,100.00,13%,13.00,113.00,正常,\n", "date_future 1"},
		{"sum", ",26332000000000000001,2026-03-01,甲,,100.00,13%,13.00,113.02,正常,\n", "sum 1"},
		{"a cent", ",26332000000000000001,2026-03-01,甲,,100.00,13%,13.01,113.01,正常,\n", ""},
		{"tax", ",26332000000000000001,2026-03-01,甲,,100.00,13%,13.05,113.05,正常,\n", "tax_rate 1"},
		{"rate", ",26332000000000000001,2026-03-01,甲,,100.00,15%,15.00,115.00,正常,\n", "rate_illegal 1"},
		{"old rate", ",26332000000000000001,2026-03-01,甲,,100.00,16%,16.00,116.00,正常,\n", "rate_old 1"},
		{"exempt", ",26332000000000000001,2026-03-01,甲,,100.00,免税,0,100.00,正常,\n", ""},
		{"unstated, several rates", ",26332000000000000001,2026-03-01,甲,,100.00,,11.00,111.00,正常,\n", "rate_old 1"},
		{"unstated, between", ",26332000000000000001,2026-03-01,甲,,100.00,,12.00,112.00,正常,\n", "tax_mixed 1"},
		{"unstated, above all", ",26332000000000000001,2026-03-01,甲,,100.00,,20.00,120.00,正常,\n", "tax_high 1"},
		{"unstated, rounding of many lines", ",26332000000000000001,2026-03-01,甲,,100.00,,13.06,113.06,正常,\n", "tax_rounding 1"},
		{"red but positive", ",26332000000000000001,2026-03-01,甲,,100.00,13%,13.00,113.00,红字,\n", "sign 1"},
		{"lost", ",26332000000000000001,2026-03-01,甲,,100.00,13%,13.00,113.00,失控,\n", "abnormal 1"},
		{"twice", strings.Repeat(",26332000000000000001,2026-03-01,甲,,100.00,13%,13.00,113.00,正常,\n", 2), "duplicate_copy 1"},
		{"twice, another sum", ",26332000000000000001,2026-03-01,甲,,100.00,13%,13.00,113.00,正常,\n,26332000000000000001,2026-03-01,甲,,200.00,13%,26.00,226.00,正常,\n", "duplicate_amount 1"},
		{"two buyers", ",26332000000000000001,2026-03-01,甲,,100.00,13%,13.00,113.00,正常,\n,26332000000000000001,2026-03-01,乙,,100.00,13%,13.00,113.00,正常,\n", "duplicate_party 1"},
		{"valid and void", ",26332000000000000001,2026-03-01,甲,,100.00,13%,13.00,113.00,正常,\n,26332000000000000001,2026-03-01,甲,,100.00,13%,13.00,113.00,作废,\n", "duplicate_state 1"},
		{"lines of one invoice", ",26332000000000000001,2026-03-01,甲,*钢*筋,100.00,13%,13.00,113.00,正常,\n,26332000000000000001,2026-03-01,甲,*钢*板,200.00,13%,26.00,226.00,正常,\n", ""},
		{"8 digits of another batch", ",12345678,2026-03-01,甲,,100.00,13%,13.00,113.00,正常,\n,12345678,2024-03-01,乙,,200.00,13%,26.00,226.00,正常,\n", ""},
		{"out of order", "3300153130,12345678,2016-03-05,甲,,100.00,17%,17.00,117.00,正常,\n3300153130,12345679,2016-03-01,甲,,100.00,17%,17.00,117.00,正常,\n", "date_order 1"},
		{"red by number", ",26332000000000000001,2026-03-01,甲,,100.00,13%,13.00,113.00,正常,\n,26332000000000000002,2026-03-02,甲,,-50.00,13%,-6.50,-56.50,正常,被红冲蓝字数电票号码：26332000000000000001\n", "red_by_number 1"},
		{"red by code and number", "3300153130,12345678,2016-03-01,甲,,100.00,17%,17.00,117.00,正常,\n3300153130,12345690,2016-03-02,甲,,-100.00,17%,-17.00,-117.00,正常,对应正数发票代码:3300153130号码:12345678\n", "red_by_number 1"},
		{"red beyond its original", ",26332000000000000001,2026-03-01,甲,,10.00,13%,1.30,11.30,正常,\n,26332000000000000002,2026-03-02,甲,,-50.00,13%,-6.50,-56.50,正常,26332000000000000001\n", "red_too_much 1"},
		{"red in part", ",26332000000000000001,2026-03-01,甲,,100.00,13%,13.00,113.00,正常,\n,26332000000000000002,2026-03-02,甲,,-50.00,13%,-6.50,-56.50,正常,\n", "red_part 1"},
		{"red of nothing", ",26332000000000000002,2026-03-02,甲,,-50.00,13%,-6.50,-56.50,正常,\n", "red_orphan 1"},
		{"red before its original", ",26332000000000000002,2026-03-02,甲,,-50.00,13%,-6.50,-56.50,正常,\n,26332000000000000001,2026-03-09,甲,,50.00,13%,6.50,56.50,正常,\n", "red_orphan 1"},
		{"reversed, red missing", ",26332000000000000001,2026-03-01,甲,,100.00,13%,13.00,113.00,已红冲-全额,\n", "reversed_only 1"},
		{"reversed, red there", ",26332000000000000001,2026-03-01,甲,,100.00,13%,13.00,113.00,已红冲-全额,\n,26332000000000000002,2026-03-02,甲,,-100.00,13%,-13.00,-113.00,正常,\n", "red_by_amount 1"},
	} {
		s := read(t, fullHead+c.rows, Options{AsOf: dossier.NewDate(2026, 9, 1)}).Sales
		if got := strings.Join(found(s), ", "); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestAfterLoan(t *testing.T) {
	text := fullHead + ",26332000000000000001,2026-02-01,甲,,1000.00,13%,130.00,1130.00,正常,\n,26332000000000000003,2026-02-11,乙,,1000.00,13%,130.00,1130.00,正常,\n" +
		",26332000000000000002,2026-04-02,甲,,-1000.00,13%,-130.00,-1130.00,正常,\n"
	r := read(t, text, Options{Approved: dossier.NewDate(2026, 3, 18)})
	if a := r.AfterLoan; a == nil || a.Reversed != 113000 || a.Before != 226000 || a.Share.String() != "0.5" {
		t.Errorf("%+v", a)
	}
}

const bothHead = "销方名称,购方名称,发票号码,开票日期,货物名称,金额,税额\n"

func both(t *testing.T, rows string, o Options) *Result {
	t.Helper()
	return readAll(t, bothHead+rows, ReadOptions{Owner: func(b []byte) bool { return string(b) == "本厂" }}, o)[0]
}

func TestCircle(t *testing.T) {
	r := both(t, "本厂,甲公司（集团）,26332000000000000001,2026-03-01,,100.00,13.00\n甲公司(集团),本厂,26332000000000000002,2026-03-20,,100.00,13.00\n"+
		"本厂,乙,26332000000000000003,2026-03-01,,100.00,13.00\n", Options{})
	if len(r.Both) != 1 || r.BothSales != 10000 || r.Both[0].Name != "甲公司（集团）" || count(r.Purchases, "return") != 1 {
		t.Errorf("%+v %+v", r.Both, r.Purchases.Checks)
	}
}

func TestGoods(t *testing.T) {
	rows := "本厂,甲,26332000000000000001,2026-03-01,*黑色金属冶炼压延品*螺纹钢,900.00,117.00\n本厂,甲,26332000000000000002,2026-03-01,*水果*苹果,100.00,9.00\n" +
		"丙,本厂,26332000000000000003,2026-03-01,*水果*苹果,90.00,8.10\n丁,本厂,26332000000000000004,2026-03-01,*运输服务*运费,10.00,0.90\n"
	g := both(t, rows, Options{Industry: "F5123"}).Goods
	if len(g.ForeignSold) != 1 || g.ForeignSold[0].Name != "钢铁" || g.ForeignSoldShare.String() != "0.9" || len(g.ForeignBought) != 0 || len(g.Unbought) != 1 || !g.Trader {
		t.Errorf("%+v", g)
	}
	if g := both(t, rows, Options{Industry: "F5164"}).Goods; len(g.Unbought) != 1 || len(g.ForeignSold) != 1 || g.ForeignSold[0].Name != "蔬菜水果" {
		t.Errorf("%+v", g)
	}
	if g := both(t, rows, Options{Industry: "C3525"}).Goods; len(g.ForeignSold) != 1 || g.ForeignSold[0].Name != "蔬菜水果" {
		t.Errorf("a maker of tools sells steel, not fruit: %+v", g)
	}
	if g := both(t, rows, Options{Industry: "C1432"}).Goods; len(g.ForeignSold) != 1 || g.ForeignSold[0].Name != "钢铁" {
		t.Errorf("a maker of food works with fruit, not with steel: %+v", g)
	}
	if g := both(t, rows, Options{}).Goods; len(g.Sold) != 2 || len(g.ForeignSold) != 0 {
		t.Errorf("%+v", g)
	}
}

// series makes an invoice a month, amounts by month; 0 is a silent one.
func series(amounts ...int) string {
	var b strings.Builder
	for i, a := range amounts {
		if a > 0 {
			fmt.Fprintf(&b, "本厂,客户%d,%08d,%d-%02d-15,,%d,%d\n", i%4, i+1, 2024+i/12, i%12+1, a*100, a*13)
		}
	}
	return b.String()
}

func TestSeries(t *testing.T) {
	flat := []int{10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10}
	r := both(t, series(append(slices.Clone(flat), 10, 0, 0, 10, 10, 10, 10, 10, 10, 30, 30, 30)...), Options{Applied: dossier.NewDate(2026, 1, 5)})
	if s := r.Sales; s.LongestSilence != 2 || len(s.Silent) != 2 || s.Silent[0].String() != "2025-02" {
		t.Errorf("%v %d", s.Silent, s.LongestSilence)
	}
	if b := r.Burst; b == nil || b.Recent != 300000 || b.Before != 83333 || b.YearAgo == nil || *b.YearAgo != 100000 {
		t.Errorf("%+v", b)
	}
	if st := r.Sales.Stability; !st.Compared || st.NewShare.Sign() != 0 || len(st.LargeStable) != 0 {
		t.Errorf("%+v", st)
	}
	var rows strings.Builder
	for i := range 48 { // four customers, each every month
		fmt.Fprintf(&rows, "本厂,客户%d,%08d,2025-%02d-15,,1000,130\n", i%4, i+1, i/4+1)
	}
	if st := both(t, rows.String(), Options{}).Sales.Stability; !st.Enough || len(st.LargeStable) != 4 || st.LargeStable[0].Months != 12 {
		t.Errorf("%+v", st)
	}
}

func TestRelated(t *testing.T) {
	r := both(t, series(10, 10, 10, 10, 10), Options{Related: []string{"客户 0", "别人"}})
	if len(r.Related) != 1 || r.Related[0].Net != 200000 || r.Related[0].Share.String() != "0.4" {
		t.Errorf("%+v", r.Related)
	}
}

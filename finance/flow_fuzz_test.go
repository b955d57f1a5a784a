package finance

import (
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

// FuzzReadFlow puts arbitrary tables and lines through reading, analysis and the joined view.
func FuzzReadFlow(f *testing.F) {
	for _, s := range []string{
		"户名：甲 账号：6222000011112222\n交易日期|借方发生额|贷方发生额|余额|对方户名|摘要\n2026-01-05||50.00|150.00|乙公司|货款\n2026-01-06|20.00||130.00|丙公司|贷款发放",
		"序号|日期|发生额||余额\n||借方|贷方|\n1|20260105||5|5\n承前页||||5\n2|46030|1||4\n本页合计|1|5||",
		"本方账号|交易时间|币种|收/支|金额(元)|余额\n6222|2026-01-05 10:00:00|美元|收入|¥5.00|贷5.00\n6223|20260106093000|人民币|D|-3|-3\n",
		"记账日期|交易金额|余额\n2026-01-05|5.00|5.00\n2026-01-06|2.00|3.00\n2026-01-07|1.00|2.00\n2026-01-08|1.00|1.00",
		"某银行对账单\n日期 摘要 借方 贷方 余额 对方户名\n1 2026-01-05 货款 - 50.00 150.00 乙公司\n有限责任\n2026-01-06\n120.00 30.00 丙\n",
		"\x00|\xff\n2026-02-30|1e9|9e14",
	} {
		f.Add(s, true)
		f.Add(s, false)
	}
	f.Fuzz(func(t *testing.T, s string, table bool) {
		if len(s) > 64<<10 {
			return
		}
		var d *dossier.Document
		if table {
			tb := dossier.Table{}
			for _, l := range strings.Split(s, "\n") {
				var row []dossier.Cell
				for _, c := range strings.Split(l, "|") {
					row = append(row, dossier.Cell{Text: c})
				}
				tb.Rows = append(tb.Rows, row)
			}
			half := len(tb.Rows) / 2
			d = &dossier.Document{File: "f.pdf", Pages: []dossier.Page{{Number: 1, Tables: []dossier.Table{{Rows: tb.Rows[:half]}}},
				{Number: 2, Tables: []dossier.Table{{Rows: tb.Rows[half:], Continues: len(s)%2 == 0}}}}}
		} else {
			d = textPages("f.pdf", flowTypes[0], strings.ReplaceAll(s, "|", " "))
		}
		fs, err := ReadFlows(d)
		if err != nil {
			return
		}
		o := FlowOptions{Borrower: "甲", RelatedNames: []string{"乙公司"}, MinMonths: 6, Reported: true}
		var as []*FlowAnalysis
		for _, x := range fs {
			in, out := zero, zero
			for i, r := range x.Rows {
				if r.In.IsNegative() || r.Out.IsNegative() || !r.In.IsZero() && !r.Out.IsZero() || !r.Date.Valid() || r.N != i+1 {
					t.Fatalf("row %+v", r)
				}
				in, out = in.Add(r.In), out.Add(r.Out)
			}
			a := Analyse(x, o)
			if !a.TotalIn.Equal(in) || !a.TotalOut.Equal(out) || a.Receipts.GreaterThan(in) {
				t.Fatalf("%s in, %s out, %s receipts; rows say %s, %s", a.TotalIn, a.TotalOut, a.Receipts, in, out)
			}
			as = append(as, a)
		}
		j := Together(as, o)
		j.addFigures(NewSet("甲"), as)
		if j.Total.NetIn.GreaterThan(j.Total.In) {
			t.Fatalf("%+v", j.Total)
		}
	})
}

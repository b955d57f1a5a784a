package finance

import (
	"fmt"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

// bigFlow makes a sheet of n rows over a year: some hundred parties, salaries, taxes, loans, transfers, round trips.
func bigFlow(n int) *dossier.Document {
	tb := dossier.Table{Sheet: true}
	add := func(cells ...string) {
		var row []dossier.Cell
		for _, c := range cells {
			row = append(row, dossier.Cell{Text: c})
		}
		tb.Rows = append(tb.Rows, row)
	}
	add("户名：甲有限公司 账号：6222000011112222")
	add("期初余额：1,000,000.00")
	add("序号", "交易日期", "交易时间", "借方发生额", "贷方发生额", "余额", "对方户名", "对方账号", "摘要")
	bal := 100_000_000
	day := dossier.NewDate(2025, 9, 1)
	summaries := []string{"货款", "材料款", "往来款", "工资", "增值税", "电费", "还款", "贷款发放", "归还贷款", "服务费", "报销", "房租"}
	for i := range n {
		cents := (i*7919)%900_000 + 100
		in, out := "", ""
		if i%2 == 0 {
			in, bal = amountText(cents), bal+cents
		} else {
			out, bal = amountText(cents), bal-cents
		}
		add(fmt.Sprint(i+1), day.AddDays(i*360/n).String(), fmt.Sprintf("%02d:%02d:00", i%24, i%60), out, in, amountText(bal),
			fmt.Sprintf("对手%d号商贸有限公司", i%731), fmt.Sprint(6222000000000000+i%731), fmt.Sprintf("%s %d", summaries[i%len(summaries)], i))
	}
	return &dossier.Document{File: "大流水.xlsx", Type: flowTypes[0], Pages: []dossier.Page{{Number: 1, Tables: []dossier.Table{tb}}}}
}

func amountText(cents int) string {
	return dossier.Group(fmt.Sprintf("%d.%02d", cents/100, cents%100))
}

func benchSizes(b *testing.B, run func(b *testing.B, d *dossier.Document)) {
	for _, n := range []int{10_000, 100_000} {
		d := bigFlow(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				run(b, d)
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

func BenchmarkReadFlow(b *testing.B) {
	benchSizes(b, func(b *testing.B, d *dossier.Document) {
		if _, err := ReadFlows(d); err != nil {
			b.Fatal(err)
		}
	})
}

func BenchmarkAnalyse(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		f, err := ReadFlow(bigFlow(n))
		if err != nil {
			b.Fatal(err)
		}
		o := FlowOptions{Borrower: "甲有限公司", RelatedNames: []string{"赵一"}}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Together([]*FlowAnalysis{Analyse(f, o)}, o)
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

// BenchmarkFlowOneDay is the worst shape for pairing: every row on one day with one party and few amounts.
func BenchmarkFlowOneDay(b *testing.B) {
	d := bigFlow(100_000)
	rows := d.Pages[0].Tables[0].Rows[3:]
	for i := range rows {
		rows[i][1].Text, rows[i][6].Text, rows[i][8].Text = "2025-09-01", "同一公司", []string{"往来款", "还款", "贷款发放", "归还贷款"}[i%4]
	}
	o := FlowOptions{Borrower: "甲有限公司"}
	for b.Loop() {
		f, err := ReadFlow(d)
		if err != nil {
			b.Fatal(err)
		}
		Together([]*FlowAnalysis{Analyse(f, o)}, o)
	}
}

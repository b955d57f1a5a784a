package finance

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance/invoice"
)

const invoiceFirm = "江城云栖食品有限公司"

var invoiceHead = []string{"序号", "数电发票号码", "销方名称", "购买方名称", "开票日期", "货物或应税劳务名称", "金额", "税率", "税额", "价税合计", "发票状态", "是否正数发票"}

// invoiceSheet makes a ledger as the tax platform exports it.
func invoiceSheet(file, typ string, rows ...[]string) *dossier.Document {
	t := dossier.Table{Sheet: true}
	for i, r := range append([][]string{invoiceHead}, rows...) {
		var cells []dossier.Cell
		for j, s := range r {
			cells = append(cells, dossier.Cell{Text: s, Ref: fmt.Sprintf("%c%d", 'A'+j, i+1)})
		}
		t.Rows = append(t.Rows, cells)
	}
	return &dossier.Document{File: file, Type: typ, Fields: map[string]dossier.Field{}, Pages: []dossier.Page{{Number: 1, Name: "发票基础信息", Tables: []dossier.Table{t}}}}
}

func saleRow(n int, buyer, date, goods, amount, tax, total, state string) []string {
	sign := "是"
	if strings.HasPrefix(amount, "-") {
		sign = "否"
	}
	return []string{fmt.Sprint(n), fmt.Sprintf("26332000000%09d", n), invoiceFirm, buyer, date, goods, amount, "13%", tax, total, state, sign}
}

// yearOfSales is one invoice a fortnight to five customers, 2025-09 to 2026-08.
func yearOfSales(goods string) (rows [][]string) {
	day := dossier.NewDate(2026, 1, 2)
	for i := range 24 {
		rows = append(rows, saleRow(i+1, fmt.Sprintf("客户%d商贸有限公司", i%5), day.AddDays(i*9).String(), goods, "1000.00", "130.00", "1130.00", "正常"))
	}
	return rows
}

func studyInvoices(app dossier.Application, docs ...*dossier.Document) *Study {
	app.Applicant = invoiceFirm
	st := &Study{Set: NewSet(invoiceFirm)}
	st.invoices(&dossier.Dossier{Application: app, Documents: docs})
	return st
}

func kindsOf(st *Study) (out []string) {
	for _, is := range st.Issues {
		out = append(out, is.Kind)
	}
	return out
}

func TestInvoiceLedger(t *testing.T) {
	app := dossier.Application{AsOf: dossier.NewDate(2026, 9, 1), Industry: "C1432"}
	st := studyInvoices(app, invoiceSheet("销项.xlsx", "vat_invoices_sales", yearOfSales("*方便食品*速冻水饺")...))
	if len(st.Issues) != 0 {
		t.Errorf("an honest ledger: %+v", st.Issues)
	}
	x := st.Invoices
	f, ok := st.Set.Get("invoice_sales", invoicePeriod(x.Sales))
	if !ok || !f.Value.Equal(dossier.D("24000")) || f.Source.File != "销项.xlsx" || f.Source.Cell != "发票基础信息!A2" {
		t.Errorf("%+v", f)
	}
	top, ok := st.Set.Get("invoice_sales_top1", invoicePeriod(x.Sales))
	if !ok || top.Value.StringFixed(4) != "0.2083" || !strings.Contains(st.Set.Explain(top), "5,000.00") {
		t.Errorf("%+v: %s", top, st.Set.Explain(top))
	}
	if m, ok := st.Set.Get("invoice_sales_month", dossier.Span(dossier.NewDate(2026, 1, 31), 1)); !ok || !m.Value.Equal(dossier.D("4000")) {
		t.Errorf("%+v", m)
	}
	if x.Ranking == nil || x.Ranking.Note == "" || len(x.Ranking.Contributions) < 5 {
		t.Errorf("%+v", x.Ranking)
	}
}

func TestInvoiceDefects(t *testing.T) {
	app := dossier.Application{AsOf: dossier.NewDate(2026, 9, 1), Industry: "F5123"}
	base := yearOfSales("*水果*苹果")
	with := func(rows ...[]string) *dossier.Document {
		return invoiceSheet("销项.xlsx", "vat_invoices_sales", append(slices.Clone(base), rows...)...)
	}
	apples := "*水果*苹果"
	for _, c := range []struct {
		name, kind, cell string
		doc              *dossier.Document
	}{
		{"wrong tax", KindInvoiceInvalid, "发票基础信息!A26", with(saleRow(90, "甲有限公司", "2026-08-03", apples, "1000.00", "170.00", "1170.00", "正常"))},
		{"in the future", KindInvoiceInvalid, "发票基础信息!A26", with(saleRow(90, "甲有限公司", "2026-09-03", apples, "1000.00", "130.00", "1130.00", "正常"))},
		{"listed twice", KindInvoiceDuplicate, "发票基础信息!A26", with(base[3])},
		{"steel", KindInvoiceGoods, "", invoiceSheet("销项.xlsx", "vat_invoices_sales", yearOfSales("*黑色金属冶炼压延品*螺纹钢")...)},
	} {
		st := studyInvoices(app, c.doc)
		if got := kindsOf(st); len(got) != 1 || got[0] != c.kind {
			t.Errorf("%s: %v", c.name, st.Issues)
			continue
		}
		if p := st.Issues[0].Places; c.cell != "" && (len(p) != 1 || p[0].Cell != c.cell) {
			t.Errorf("%s: %+v", c.name, p)
		}
	}
}

// An invoice that a ledger and a paper of its own both show counts once; where they differ, that is said.
func TestInvoiceAgain(t *testing.T) {
	rows := yearOfSales("*水果*苹果")
	single := func(total, state string) *dossier.Document {
		f := map[string]dossier.Field{}
		for k, v := range map[string]string{"number": rows[0][1], "first": "2026-01-02", "seller": invoiceFirm, "buyer": "客户0商贸有限公司", "amount_ex_tax": "1000",
			"tax": "130", "total": total, "state": state} {
			f[k] = dossier.Field{Key: k, Value: v, At: dossier.Place{Page: 1}}
		}
		return &dossier.Document{File: "发票.pdf", Type: "vat_invoices_sales", Fields: f, Pages: []dossier.Page{{Number: 1}}}
	}
	ledger := invoiceSheet("销项.xlsx", "vat_invoices_sales", rows...)
	st := studyInvoices(dossier.Application{}, ledger, single("1130", "正常"))
	if len(st.Issues) != 0 || st.Invoices.Sales.Rows != 24 || st.Invoices.Again != 1 {
		t.Errorf("%v %+v", st.Issues, st.Invoices.Sales)
	}
	st = studyInvoices(dossier.Application{}, ledger, single("1130", "已作废"))
	if got := kindsOf(st); !slices.Contains(got, KindInvoiceDiffers) || len(st.Issues[0].Places) != 2 || st.Issues[0].Places[1].File != "发票.pdf" {
		t.Errorf("%+v", st.Issues)
	}
	if st = studyInvoices(dossier.Application{}, single("1130", "正常")); st.Invoices == nil || st.Invoices.Sales.Total != 113000 || st.Invoices.Whole[invoice.Sales] {
		t.Errorf("%+v", st.Invoices)
	}
}

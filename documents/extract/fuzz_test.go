package extract

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

var fuzzKinds = []dossier.FieldKind{dossier.KindText, dossier.KindMoney, dossier.KindDate, dossier.KindPeriod, dossier.KindPercent, dossier.KindNumber,
	dossier.KindArea, dossier.KindUSCC, dossier.KindIDCard, dossier.KindCode, dossier.KindBool, dossier.KindPerson, dossier.KindOrg,
	dossier.KindAddress, dossier.KindBankCard, dossier.KindOrgCode, dossier.KindVIN, dossier.KindPlate}

// FuzzValue: whatever stands in a field, its value is of its kind.
func FuzzValue(f *testing.F) {
	for _, s := range []string{"人民币肆佰万元整（￥4,100,000.00）", "民国一百一十四年五月六日", "农历二〇二五年八月十五", "2026.9.20-长期", "百分之四点零五", "15亩",
		"9I350100M000100Y43", "110105********002X", "浙B·12345", "江城银行股份有限公司北区支行（盖章） 123456", "(1,234.50)", "1.234.50", "2025年第四季度", "贰拾伍元叁角伍分"} {
		f.Add(s, "万元")
	}
	f.Fuzz(func(t *testing.T, s, unit string) {
		if len(s) > 4<<10 || len(unit) > 20 {
			t.Skip()
		}
		for _, k := range fuzzKinds {
			v, ok := canonical(k, s, unit)
			if !ok {
				continue
			}
			if v.conf < 0 || v.conf > 1 {
				t.Fatalf("%s %q: certainty %v", k, s, v.conf)
			}
			field := dossier.Field{Kind: k, Value: v.value}
			switch k {
			case dossier.KindMoney, dossier.KindPercent, dossier.KindNumber, dossier.KindArea:
				if _, err := decimal.NewFromString(v.value); err != nil {
					t.Fatalf("%s %q: %q is no number", k, s, v.value)
				}
			case dossier.KindDate:
				if d, isDate := field.Date(); v.doubt == "" && v.value != dossier.LongTerm && (!isDate || !d.Valid()) {
					t.Fatalf("%q: %q is no date", s, v.value)
				}
			}
		}
		trimTail(s)
		_, _ = Period(s)
		_ = wholeCapital(plain.Tight(s))
	})
}

// FuzzExtract: no lines make a finder panic, and every value keeps within its page.
func FuzzExtract(f *testing.F) {
	f.Add("营业执照\n名称\t江城云栖有限公司\n经营范围：食品\n住所 江城市8号", "business_license", true)
	f.Add("产品购销合同\n第一条 标的\n甲方（盖章）：\n金额（大写）叁佰万元 （小写）3,000,000.00", "sales_contracts", false)
	f.Add("户名：甲\t账号：123456789012\n日期\t摘要\t借方\t贷方\t余额\n2029-01-01\t货款\t\t1.00\t2.00", "bank_statement_corporate", true)
	f.Add("股东签字：\n苗一舟\t苗\t45%\n合计\t\t", "shareholders_resolution", true)
	f.Add("姓名 苗一舟\n公民身份号码 11010519491231002X\n住址 江城市", "legal_rep_id", true)
	c, err := types.Load()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s, kind string, scan bool) {
		if len(s) > 8<<10 || c.Get(kind) == nil {
			t.Skip()
		}
		p := dossier.Page{Number: 3, Text: s, Scan: scan}
		var tab dossier.Table
		for _, l := range strings.Split(s, "\n") {
			var row []dossier.Cell
			for _, x := range strings.Split(l, "\t") {
				row = append(row, dossier.Cell{Text: x})
			}
			tab.Rows = append(tab.Rows, row)
		}
		p.Tables = []dossier.Table{tab}
		d := &dossier.Document{File: "x.pdf", Type: kind, Scan: scan, Pages: []dossier.Page{p}}
		Extract(c, d)
		for k, v := range d.Fields {
			if v.At.Page != 0 && v.At.Page != 3 {
				t.Fatalf("%s stands on page %d", k, v.At.Page)
			}
		}
		Reconcile([]*dossier.Document{d, {File: "y.pdf", Type: kind, Fields: map[string]dossier.Field{"name": {Key: "name", Value: "江城云栖有限公司"}}}}, dossier.Application{})
	})
}

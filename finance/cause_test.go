package finance

import (
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

func TestCauseData(t *testing.T) {
	b, err := loadCauses()
	if err != nil {
		t.Fatal(err)
	}
	for _, ex := range b.file.Examples {
		if c, _ := SlipOf(dossier.D(ex.From), dossier.D(ex.To), cent); c != ex.Class {
			t.Errorf("%s for %s is %s, want %s", ex.From, ex.To, c, ex.Class)
		}
	}
	if len(CauseClasses()) != len(causeClasses) || CauseUnit.Chinese() == "" {
		t.Error("classes without a name")
	}
}

// printedYuan is a figure as a paper prints it, in 元 with two decimals.
func printedYuan(file, id, v string, p dossier.Period) dossier.Figure {
	f := yuan(id, v, p)
	f.Entity, f.Scope = "甲公司", dossier.ScopeSingle
	f.Source = &dossier.Source{Place: dossier.Place{File: file}, Printed: dossier.D(v).StringFixed(2), Unit: dossier.Yuan}
	return f
}

// evenSheet is a balance sheet of 2025 that articulates.
var evenSheet = map[string]string{"cash": "1234567.89", "accounts_receivable": "2345678.91", "inventories": "12345.00",
	"other_receivables": "98765.43", "total_current_assets": "3691357.23", "fixed_assets": "5500000.00", "intangible_assets": "120345.67",
	"total_noncurrent_assets": "5620345.67", "total_assets": "9311702.90", "st_borrowings": "2000000.00", "accounts_payable": "1311702.90",
	"total_current_liabilities": "3311702.90", "lt_borrowings": "1000000.00", "total_noncurrent_liabilities": "1000000.00",
	"total_liabilities": "4311702.90", "paid_in_capital": "3000000.00", "retained_earnings": "2000000.00", "total_equity": "5000000.00",
	"total_liabilities_equity": "9311702.90"}

func sheetSet(change map[string]string) *Set {
	s := NewSet("甲公司")
	at := dossier.At(dossier.NewDate(2025, 12, 31))
	for _, l := range theChart().examples[0].Items {
		v, ok := evenSheet[l.ID]
		if c, changed := change[l.ID]; changed {
			v, ok = c, c != ""
		}
		if ok {
			s.Add(printedYuan("报表.xlsx", l.ID, v, at))
		}
	}
	return s
}

func TestFindCause(t *testing.T) {
	if b := sheetSet(nil).Workings().Broken(); len(b) > 0 {
		t.Fatalf("the sheet does not articulate: %+v", b[0])
	}
	for name, c := range map[string]struct {
		change map[string]string
		class  CauseClass
		line   string
		text   string
	}{
		"transposed": {map[string]string{"cash": "1243567.89"}, CauseTransposed, "cash", "货币资金 1,243,567.89 若为 1,234,567.89（相邻两位数字颠倒），流动资产合计即相符"},
		"unit":       {map[string]string{"accounts_receivable": "2345.67891"}, CauseUnit, "accounts_receivable", "1000倍"},
		"sign":       {map[string]string{"inventories": "-12345.00"}, CauseSign, "inventories", "正负号"},
		"total":      {map[string]string{"total_assets": "9317102.90"}, CauseTransposed, "total_assets", "随之相符"},
		"subtotal":   {map[string]string{"total_liabilities": "4811702.90"}, CauseDigit, "total_liabilities", "4,311,702.90"},
		"uncounted": {map[string]string{"total_current_assets": "3592591.80", "total_assets": "9212937.47", "accounts_payable": "1212937.47",
			"total_current_liabilities": "3212937.47", "total_liabilities": "4212937.47", "total_liabilities_equity": "9212937.47"},
			CauseMissing, "total_current_assets", "漏计"},
		"twice": {map[string]string{"total_current_assets": "3703702.23"}, CauseDouble, "total_current_assets", "重复计入"},
	} {
		w := sheetSet(c.change).Workings()
		found := false
		var all []string
		for _, b := range w.Broken() {
			if cs := w.Causes(b); len(cs) > 0 {
				all = append(all, string(cs[0].Class)+" "+cs[0].Text)
				found = found || cs[0].Class == c.class && cs[0].Figure.Indicator == c.line && strings.Contains(cs[0].Text, c.text)
			}
		}
		if !found {
			t.Errorf("%s: found %s", name, strings.Join(all, "；"))
		}
	}
}

package voice

import (
	"errors"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
	"github.com/xindiao/xindiao/report"
)

func figure(indicator, name string, p dossier.Period, value string, unit dossier.Unit) dossier.Figure {
	return dossier.Figure{Indicator: indicator, Name: name, Entity: "甲公司", Period: p, Value: dossier.D(value), Unit: unit, Basis: dossier.BasisAudited,
		Source: &dossier.Source{Place: dossier.Place{File: "报表.xlsx", Page: 1, Cell: "利润表!C5", Quote: name + " " + value}, Printed: value, Unit: dossier.Yuan}}
}

func voice() *Voice {
	y, prior := dossier.Span(dossier.NewDate(2025, 12, 31), 12), dossier.Span(dossier.NewDate(2024, 12, 31), 12)
	set := finance.NewSet("甲公司", figure("revenue", "营业收入", y, "12000000", dossier.Yuan), figure("revenue", "营业收入", prior, "10000000", dossier.Yuan),
		figure("net_profit", "净利润", y, "300000", dossier.Yuan), figure("net_profit", "净利润", prior, "-200000", dossier.Yuan),
		figure("total_assets", "资产总计", dossier.At(y.End), "500", dossier.Yuan), figure("total_assets", "资产总计", dossier.At(prior.End), "300", dossier.Yuan),
		figure("cash", "货币资金", dossier.At(y.End), "100", dossier.Yuan), figure("cash", "货币资金", dossier.At(prior.End), "150", dossier.Yuan),
		figure("inventories", "存货", dossier.At(y.End), "400", dossier.Yuan), figure("inventories", "存货", dossier.At(prior.End), "150", dossier.Yuan))
	scan := &dossier.Document{File: "执照.jpg", Type: "business_license", Scan: true, Fields: map[string]dossier.Field{
		"address": {Value: "某区误读路6号", At: dossier.Place{File: "执照.jpg", Page: 1, Quote: "住所"}}, "name": {Value: "甲公司"}}}
	text := &dossier.Document{File: "登记.pdf", Type: "business_registration_extract", Fields: map[string]dossier.Field{
		"address": {Value: "某区人民路6号", At: dossier.Place{File: "登记.pdf", Page: 1, Quote: "住所 某区人民路6号"}}},
		Pages: []dossier.Page{{Number: 1, Text: "一、生产线3条，在产2条。\n二、账期延长至75天；企业称为铺货所致。\n处置时可变现价格预计为市场价值的七成左右，变现时间约6-\n12个月。"}}}
	loans := dossier.Field{Kind: dossier.KindRows}
	for _, v := range []string{"6000000", "3000000"} {
		loans.Rows = append(loans.Rows, dossier.Row{Cells: map[string]dossier.Field{"balance": {Kind: dossier.KindMoney, Value: v}, "type": {Value: "流动资金贷款"}}})
	}
	credit := &dossier.Document{File: "征信.pdf", Type: "credit_report_enterprise", Fields: map[string]dossier.Field{"loans": loans,
		"report_date": {Kind: dossier.KindDate, Value: "2026-08-12", At: dossier.Place{File: "征信.pdf", Page: 1, Quote: "2026-08-12"}}}}
	return &Voice{Dossier: &dossier.Dossier{Application: dossier.Application{Applicant: "甲公司", AmountCNY: dossier.D("5000000")},
		Documents: []*dossier.Document{scan, text, credit}}, Figures: set, Findings: []report.Finding{{Rule: "X1", Result: report.Fail,
		Message: "相差4,200,000.00元", Evidence: []report.Citation{{File: "征信.pdf", Quote: "q"}}}}}
}

func TestSay(t *testing.T) {
	v := voice()
	for _, c := range []struct {
		say, want string
		status    report.Status
		figures   int
		cites     int
	}{
		{`{{period "revenue" "Y0"}}营业收入{{fig "revenue" "Y0"}}`, "2025年营业收入1,200.00万元", report.Read, 1, 1},
		{`较上年{{move "revenue" "Y1" "Y0"}}`, "较上年增长20.00%", report.Computed, 3, 2},
		{`{{move "net_profit" "Y1" "Y0"}}`, "增加50.00万元", report.Computed, 3, 2}, // no growth rate on a negative base
		{`{{drivers "total_assets" "Y1" "Y0" 2}}`, "存货增加0.03万元", report.Computed, 2, 2},
		{`{{share "cash" "total_assets" "Y0"}}`, "20.00%", report.Computed, 3, 2},
		{`{{field "business_license|business_registration_extract" "address"}}`, "某区人民路6号", report.Read, 0, 1}, // text before scans
		{`{{count "credit_report_enterprise" "loans"}}笔{{sum "credit_report_enterprise" "loans" "balance"}}`, "2笔900.00万元", report.Computed, 0, 1},
		{`{{field "credit_report_enterprise" "report_date"}}`, "2026年8月12日", report.Read, 0, 1},
		{`{{quote "business_registration_extract" "账期"}}`, "“账期延长至75天”", report.Quoted, 0, 1},
		{`{{quote "business_registration_extract" "变现时间"}}`, "“处置时可变现价格预计为市场价值的七成左右，变现时间约6-12个月”", report.Quoted, 0, 1}, // over a wrapped line
		{`{{finding "X1"}}`, "相差420.00万元", report.Read, 0, 1},
		{`{{if covers "revenue" "Y0"}}够{{else}}不够{{end}}{{if above "net_profit" "Y0" "1000000"}}高{{end}}`, "够", report.Read, 0, 0},
	} {
		got, err := v.Say(c.say, false)
		if err != nil || got.Text != c.want || got.Status != c.status || len(got.Figures) != c.figures || len(got.Citations) != c.cites {
			t.Errorf("%s:\n got %q %s, %d figures, %d citations, %v\nwant %q %s, %d, %d", c.say, got.Text, got.Status, len(got.Figures),
				len(got.Citations), err, c.want, c.status, c.figures, c.cites)
		}
	}
}

// A scan that could hardly be read is said as such.
func TestUnsureReadings(t *testing.T) {
	v := voice()
	f := v.Dossier.Documents[0].Fields["name"]
	f.Confidence, f.Method = 0.5, "label"
	v.Dossier.Documents[0].Fields["name"] = f
	c, err := v.Say(`{{field "business_license" "name"}}`, false)
	if err != nil || c.Status != report.Unverified || !strings.Contains(c.Reason, "执照.jpg") {
		t.Errorf("%+v %v", c, err)
	}
	f.Method = "label+number"
	v.Dossier.Documents[0].Fields["name"] = f
	if c, _ := v.Say(`{{field "business_license" "name"}}`, false); c.Status != report.Read {
		t.Errorf("a supported reading stayed in doubt: %+v", c)
	}
}

// What is not there cannot be said.
func TestMissing(t *testing.T) {
	v := voice()
	for _, say := range []string{`{{fig "revenue" "I0"}}`, `{{fig "no_such" "Y0"}}`, `{{field "loan_contract" "rate"}}`, `{{app "lender"}}`, `{{rows "x" "y"}}`,
		`{{finding "X2"}}`, `{{quote "business_license" "没有"}}`, `{{move "revenue" "Y0" "I0"}}`, `{{if false}}x{{end}}`, `{{gap "revenue" "cash" "Y0"}}`} {
		if c, err := v.Say(say, false); !errors.Is(err, ErrMissing) {
			t.Errorf("%s gave %q, %v", say, c.Text, err)
		}
	}
	if ok, err := v.Holds(`found "X2"`); ok || err != nil {
		t.Errorf("Holds: %v %v", ok, err)
	}
	if _, err := v.Holds(`no_such_word "x"`); err == nil {
		t.Error("an unknown word was accepted")
	}
}

func TestInWan(t *testing.T) {
	for in, want := range map[string]string{"转入4,200,000.00元": "转入420.00万元", "差额9,999.00元": "差额9,999.00元", "余额12万元": "余额12万元", "5元": "5元"} {
		if got := InWan(in); got != want {
			t.Errorf("InWan(%q) = %q, want %q", in, got, want)
		}
	}
	if dossier.Group("-1234567.5") != "-1,234,567.5" || !strings.HasSuffix(Wan(dossier.D("-100")), "-0.01万元") {
		t.Error("Group or Wan")
	}
}

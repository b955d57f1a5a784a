package extract

import (
	"strings"
	"testing"

	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

func text(v string) dossier.Field {
	return dossier.Field{Kind: dossier.KindText, Value: v, Raw: v, Confidence: 0.9}
}

func keyed(k, v string) dossier.Field { f := text(v); f.Key = k; return f }

func TestReconcile(t *testing.T) {
	printed := &dossier.Document{File: "a.pdf", Type: "business_registration_extract", Fields: map[string]dossier.Field{
		"name": keyed("name", "江城云栖食品有限公司"), "address": keyed("address", "江城市北区兴业路8号"), "legal_rep": keyed("legal_rep", "苗一舟"),
		"uscc": {Key: "uscc", Kind: dossier.KindUSCC, Value: "91110000101623741K", Confidence: 1}}}
	scan := &dossier.Document{File: "b.jpg", Type: "business_license", Scan: true, Fields: map[string]dossier.Field{
		"name": keyed("name", "江城去栖食品有限公司"), "legal_rep": keyed("legal_rep", "苗一丹"), "address": keyed("address", "江城市北区兴亚路8号"),
		"uscc": {Key: "uscc", Kind: dossier.KindUSCC, Value: "91110000101623741X", Confidence: 0.4}}}
	moved := &dossier.Document{File: "c.jpg", Type: "lease_contract_premises", Scan: true, Fields: map[string]dossier.Field{
		"premises": keyed("premises", "江城市北区兴业路6号"), "party_a": keyed("party_a", "南岭远山贸易有限公司")}}
	Reconcile([]*dossier.Document{printed, scan, moved}, dossier.Application{})
	// The code on the licence passes its check and is the company's: the name is proven by it.
	for key, want := range map[string]string{"name": "江城云栖食品有限公司", "uscc": "91110000101623741K"} {
		f := scan.Fields[key]
		if f.Value != want || !strings.HasSuffix(f.Method, "+number") || f.Doubt != "" {
			t.Errorf("%s: %q %s %s, want %q", key, f.Value, f.Method, f.Doubt, want)
		}
	}
	if raw := scan.Fields["name"].Raw; raw != "江城去栖食品有限公司" {
		t.Errorf("the reading is lost: %q", raw)
	}
	// Nothing on the licence proves the others: the reading stays, the candidate stands beside it.
	for key, want := range map[string][2]string{"legal_rep": {"苗一丹", "苗一舟"}, "address": {"江城市北区兴亚路8号", "江城市北区兴业路8号"}} {
		f := scan.Fields[key]
		if f.Value != want[0] || f.Candidate == nil || f.Candidate.Value != want[1] || f.Candidate.At.File != "a.pdf" || f.Doubt == "" || f.Confidence > 0.7 {
			t.Errorf("%s: %+v, want %v", key, f, want)
		}
	}
	if got := moved.Fields["premises"].Value; got != "江城市北区兴业路6号" {
		t.Errorf("a house number was changed: %s", got)
	}
	if got := moved.Fields["party_a"].Value; got != "南岭远山贸易有限公司" {
		t.Errorf("another company was renamed: %s", got)
	}
}

func TestScanFixes(t *testing.T) {
	for _, c := range []struct {
		kind     dossier.FieldKind
		in, want string
	}{
		{dossier.KindMoney, "人民币1.500万元", "人民币1,500万元"}, {dossier.KindMoney, "1,234.50", "1,234.50"}, {dossier.KindPercent, "4.0596", "4.05%"},
		{dossier.KindText, "房屋建筑面积3,162.48m", "房屋建筑面积3,162.48㎡"}, {dossier.KindMoney, "900巨元", "900万元"},
	} {
		if got := scanFix(c.kind, c.in); got != c.want {
			t.Errorf("%s: %q, want %q", c.in, got, c.want)
		}
	}
}

func TestWordFixes(t *testing.T) {
	for _, c := range []struct{ key, in, want string }{
		{"bank", "江城银行股份在限公丽", "江城银行股份有限公司"}, {"name", "江城云栖食品有限公司", "江城云栖食品有限公司"}, {"name", "江城云栖食品加工厂", "江城云栖食品加工厂"},
		{"address", "江城市北区兴业路66寻", "江城市北区兴业路66号"}, {"term", "国有建设用地使用权2011年09月28日起2061 年09 月27日目", "国有建设用地使用权2011年09月28日起2061年09月27日止"},
	} {
		if got := wordFix(c.key, dossier.KindText, c.in); got != c.want {
			t.Errorf("%s: %q, want %q", c.in, got, c.want)
		}
	}
}

// TestLookalikeLabels: on a scan a label may be misread by one character, but not into another label of the form.
func TestLookalikeLabels(t *testing.T) {
	c, err := types.Load()
	if err != nil {
		t.Fatal(err)
	}
	printed := &dossier.Document{File: "流水.xlsx", Type: "bank_statement_corporate", Fields: map[string]dossier.Field{
		"account_name": keyed("account_name", "江城云栖食品有限公司"), "account_no": keyed("account_no", "6809415491881787")}}
	scan := &dossier.Document{File: "b.jpg", Type: "payment_voucher", Scan: true, Pages: []dossier.Page{{Number: 1, Scan: true,
		Text: "业务回单\n付款人户名\t江城去栖食品有限公司\t付款人账号\t6809415491881787\n收歇大户名\t江城恒塑包装品厂有限公司\t收款人账号\t6847772815280419504\n金额（小写）\t850,000.00"}}}
	Extract(c, scan)
	Reconcile([]*dossier.Document{printed, scan}, dossier.Application{Applicant: "江城云栖食品有限公司"})
	if f := scan.Fields["payer"]; f.Value != "江城云栖食品有限公司" || !strings.HasSuffix(f.Method, "+number") {
		t.Errorf("payer %q %s", f.Value, f.Method)
	}
	if f := scan.Fields["payee"]; f.Value == "江城云栖食品有限公司" {
		t.Errorf("payee %q %s %q", f.Value, f.Method, f.At.Quote)
	}
}

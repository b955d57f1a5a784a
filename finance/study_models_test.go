package finance

import (
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

// TestStudyModels: a dossier of one workbook gives every model with its figures in the set.
func TestStudyModels(t *testing.T) {
	name, data := sample(t, "2025年报(审定)")
	annual := loadXLSX(t, name, data, "financial_statements_annual")
	figs, _ := ReadStatements(annual)
	list := paper("other_receivables_detail", "date", "2025-12-31")
	list.Fields["rows"] = rowsField(map[string]string{"balance": "3000000", "related": "是"}, map[string]string{"balance": "19620.18", "related": "否"})
	contract := paper("purchase_contracts", "date", "2026-05-01", "amount_cny", "1200000")
	old := paper("purchase_contracts", "date", "2024-05-01", "amount_cny", "999")
	aging := paper("ar_aging")
	d := &dossier.Dossier{Documents: []*dossier.Document{annual, list, contract, old, aging}, Application: dossier.Application{Applicant: figs[0].Entity,
		Industry: "3525", AmountCNY: dossier.D("5000000"), AsOf: dossier.NewDate(2026, 9, 30)}}
	st := StudyOf(d)
	last := st.DuPont[len(st.DuPont)-1]
	if last.ROE == nil || len(last.Five) != 5 || len(st.Trends) < 40 || len(st.CommonSize) < 30 || len(st.Verdicts) < 4 || st.Benchmarks.Why == "" {
		t.Errorf("%+v, %d trends, %d shares, %d verdicts, %s", last, len(st.Trends), len(st.CommonSize), len(st.Verdicts), st.Benchmarks.Why)
	}
	if z := st.ZScore[len(st.ZScore)-1]; z.Zone != "安全区" || !strings.Contains(z.Note, "不是评级") {
		t.Errorf("%+v", z)
	}
	var ar *MaterialAccount
	for i := range st.Material {
		if st.Material[i].Indicator == "accounts_receivable" {
			ar = &st.Material[i]
		}
	}
	if ar == nil || len(ar.Have) != 1 || ar.Have[0] != aging.File || ar.Move == nil {
		t.Errorf("%+v", ar)
	}
	if f, ok := st.Set.Get("related_occupation", Closing(last.Period)); !ok || f.Value.String() != "0.0782" {
		t.Errorf("related parties' money: %+v", f)
	}
	methods := map[string]NeedMethod{}
	for _, m := range st.NeedMethods {
		methods[m.ID] = m
	}
	if m := methods["actual"]; m.Need == nil || m.Need.Value.String() != "1200000" {
		t.Errorf("%+v", m)
	}
	if st.Sensitivity == nil || len(st.NeedStress) == 0 {
		t.Error("no stress of the need")
	}
	n := len(st.Set.All())
	st.Apply(d, DefaultPolicy())
	if len(st.Set.All()) != n {
		t.Errorf("applying the same policy again added %d figures", len(st.Set.All())-n)
	}
}

func TestRestrictedCashOfTheNotes(t *testing.T) {
	at := Closing(year(2025))
	for text, want := range map[string]string{
		"货币资金\n其中：受限的货币资金 1,200,000.00 900,000.00": "1200000",
		"因抵押、质押或冻结等对使用有限制的款项总额 300.50":             "300.5",
		"使用权受到限制的货币资金  5000.00 元":                  "5000",
		"期末无受限货币资金。":                               "",
		"受限货币资金占比 12.50%":                          "",
		"受限货币资金 120.00 万元":                         "",
		"受限货币资金 99,000,000.00":                     "", // more than there is
	} {
		doc := textPages("附注.pdf", "audit_report_3y", text)
		doc.Fields = map[string]dossier.Field{"period_end": field(dossier.KindDate, "2025-12-31")}
		s := NewSet("甲", yuan("cash", "3000000", at), yuan("total_current_liabilities", "10000000", at), yuan("total_assets", "90000000", at))
		f, ok := s.restrictedCash(doc)
		if ok != (want != "") || ok && f.Value.String() != want {
			t.Errorf("%q: %v %s, want %q", text, ok, f.Value, want)
		}
		if want == "1200000" {
			s.add(f)
			r, _ := s.Compute("cash_ratio", "", year(2025))
			if r.Value.String() != "0.18" || strings.Contains(r.Note, "未扣除") || !strings.Contains(s.Explain(r), "受限货币资金：附注.pdf第1页") && !strings.Contains(s.Explain(r), "附注.pdf第1页") {
				t.Errorf("%s %s", s.Explain(r), r.Note)
			}
		}
	}
}

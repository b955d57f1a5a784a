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

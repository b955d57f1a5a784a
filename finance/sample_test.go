package finance

import (
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

// The bundled sample: two years of statements, an interim statement in 万元 with one wrong digit, account balances in 元.
func sampleSet(t *testing.T) *Set {
	t.Helper()
	var docs []*dossier.Document
	for _, m := range []struct{ part, typ string }{{"2025年报(审定)", "financial_statements_annual"}, {"2026年8月报表", "financial_statements_interim"},
		{"科目余额表", "financial_statement_notes"}, {"未审-旧", "financial_statements_annual"}} {
		name, data := sample(t, m.part)
		d := loadXLSX(t, name, data, m.typ)
		if m.part == "未审-旧" {
			d.SupersededBy = "x"
		}
		docs = append(docs, d)
	}
	figs, issues := Statements(docs)
	if len(issues) > 0 {
		t.Fatal(issues)
	}
	if len(Superseded(docs)) == 0 {
		t.Error("the old version cannot be compared")
	}
	return NewSet(figs[0].Entity, figs...)
}

func TestSampleArticulation(t *testing.T) {
	s := sampleSet(t)
	at := dossier.At(dossier.NewDate(2026, 8, 31))
	if f, _ := s.Get("inventories", at); f.Value.String() != "13510424" {
		t.Fatalf("before: %s", f.Value)
	}
	issues := s.Articulate()
	var broken []Issue
	for _, is := range issues {
		if is.Kind == KindSubtotal {
			broken = append(broken, is)
		}
	}
	if len(broken) != 1 {
		t.Fatalf("%d broken sums: %+v", len(broken), broken)
	}
	is := broken[0]
	if is.Indicator != "total_current_assets" || is.Suspect == nil || is.Suspect.Indicator != "inventories" || is.Proven.Value.String() != "13420424.17" {
		t.Errorf("%+v", is)
	}
	if len(is.Docs) != 2 || !strings.Contains(is.Message, "科目余额表") || !strings.Contains(is.Arithmetic, "差额 -90,001.00") {
		t.Errorf("%v %s %s", is.Docs, is.Message, is.Arithmetic)
	}
	if f, _ := s.Get("inventories", at); f.Value.String() != "13420424.17" {
		t.Errorf("the proven value is not preferred: %s", f.Value)
	}
	if f, _ := s.Get("accounts_receivable", at); f.Value.String() != "16879447.79" {
		t.Errorf("the finer value is not preferred: %s", f.Value)
	}
}

func TestSampleRatios(t *testing.T) {
	s := sampleSet(t)
	s.Articulate()
	periods := s.ReportPeriods("", 3)
	if len(periods) != 3 || periods[1].Chinese() != "2025年" || periods[2].Chinese() != "2026年1-8月" {
		t.Fatal(periods)
	}
	figs, undef := s.Ratios("", periods)
	if len(figs) < 80 {
		t.Errorf("only %d ratios", len(figs))
	}
	for _, u := range undef {
		if u.Why == "" {
			t.Errorf("%s undefined without reason", u.ID)
		}
	}
	y := dossier.At(dossier.NewDate(2025, 12, 31))
	f, _ := s.Get("debt_ratio", y)
	if got := s.Explain(f); got != "资产负债率 = 负债合计 23,274,812.88 ÷ 资产总计 61,618,848.20 = 37.77%，2025年报(审定).xlsx 资产负债表!G20、C27" {
		t.Error(got)
	}
	if len(f.Operands) != 2 || f.Formula != "total_liabilities / total_assets" {
		t.Errorf("%+v", f)
	}
	f, _ = s.Get("ar_turn", periods[2])
	if !strings.Contains(f.Note, "年化") || !strings.HasSuffix(f.Formula, "* 12 / 8") {
		t.Errorf("%s %s", f.Formula, f.Note)
	}
	f, _ = s.Get("quick_ratio_strict", dossier.At(periods[2].End))
	if f.Value.String() != "1.1356" {
		t.Error(s.Explain(f))
	}
}

func TestSampleWorkingCapital(t *testing.T) {
	s := sampleSet(t)
	own := dossier.D("3200000")
	w := s.WorkingCapital(WorkCapParams{Requested: dossier.D("5000000"), OwnFunds: &own})
	if w.Need == nil || w.Need.Value.String() != "16717999.04" || w.Limit.Value.String() != "4517999.04" || w.Enough || w.Gap.String() != "482000.96" {
		t.Fatalf("%+v", w)
	}
	for _, term := range w.Terms {
		f := term.Figure
		if f.ID == "" || term.Origin == "" || f.Formula != "" && len(f.Operands) == 0 {
			t.Errorf("term without lineage: %+v", term)
		}
	}
	byCash := s.WorkingCapital(WorkCapParams{})
	if byCash.Limit.Value.String() != "4407725.49" || byCash.Alternative == nil || !byCash.Alternative.Value.IsNegative() {
		t.Errorf("default own funds: %s, other %v", byCash.Limit.Value, byCash.Alternative)
	}
}

func TestSampleFlow(t *testing.T) {
	name, data := sample(t, "流水_3113")
	f, err := ReadFlow(loadXLSX(t, name, data, "bank_statement_corporate"))
	if err != nil {
		t.Fatal(err)
	}
	a := Analyse(f, FlowOptions{Borrower: f.Owner, MinMonths: 12})
	if len(f.Rows) != 785 || a.TotalIn.String() != "61853208.2" || a.Receipts.String() != "51651514.75" || a.FullMonths != 12 || len(a.Breaks) != 0 {
		t.Errorf("%d rows, in %s, receipts %s, %d months, %d breaks", len(f.Rows), a.TotalIn, a.Receipts, a.FullMonths, len(a.Breaks))
	}
	if len(a.Bridges) != 1 || a.Bridges[0].New == nil || len(a.Lent) != 2 || len(a.Interest) != 4 || len(a.RoundTrips) != 0 {
		t.Errorf("%d bridges, %d lent, %d interest, %d round trips", len(a.Bridges), len(a.Lent), len(a.Interest), len(a.RoundTrips))
	}
	if r := a.Interest[1]; r.Rate.String() != "0.0005" || r.Balances.String() != "357994128.53" {
		t.Errorf("interest %+v", r)
	}
	for _, is := range a.Issues {
		if len(is.Places) == 0 || is.Places[0].Cell == "" {
			t.Errorf("%s has no place", is.Kind)
		}
	}
}

package finance

import (
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

func rowsField(rows ...map[string]string) dossier.Field {
	f := dossier.Field{Kind: dossier.KindRows, At: dossier.Place{Page: 2, Quote: "表头"}}
	for _, m := range rows {
		r := dossier.Row{Cells: map[string]dossier.Field{}}
		for k, v := range m {
			r.Cells[k] = field(dossier.KindText, v)
		}
		f.Rows = append(f.Rows, r)
	}
	return f
}

func TestStudy(t *testing.T) {
	var docs []*dossier.Document
	for _, m := range []struct{ part, typ string }{{"2025年报(审定)", "financial_statements_annual"}, {"2026年8月报表", "financial_statements_interim"},
		{"科目余额表", "financial_statement_notes"}, {"流水_3113", "bank_statement_corporate"}} {
		name, data := sample(t, m.part)
		docs = append(docs, loadXLSX(t, name, data, m.typ))
	}
	figs, _ := ReadStatements(docs[0])
	borrower := figs[0].Entity
	credit := paper("credit_report_enterprise", "report_date", "2026-09-12", "loan_balance", "12000000")
	credit.Fields["loans"] = rowsField(map[string]string{"type": "流动资金贷款", "balance": "6000000"},
		map[string]string{"type": "固定资产贷款", "balance": "3000000"}, map[string]string{"balance": "3000000"})
	value := paper("valuation_report", "value_cny", "12000000", "value_date", "2026-06-01", "cert_no", "某（2020）不动产权第1号")
	search := paper("real_estate_registry_search", "cert_no", "某(2020)不动产权第1号", "query_date", "2026-09-20", "use", "工业")
	search.Fields["mortgages"] = rowsField(map[string]string{"mortgagee": "某农商银行", "max_amount_cny": "5000000", "status": "有效"},
		map[string]string{"mortgagee": "某农商银行", "max_amount_cny": "9000000", "status": "已注销"}, map[string]string{"mortgagee": "江银行", "max_amount_cny": "1"})
	contract := paper("loan_contract")
	contract.Pages = []dossier.Page{{Number: 1, Text: "财务约束：资产负债率不高于30%；流动比率不低于1.2。"}}
	articles := paper("articles_of_association", "name", borrower)
	articles.Fields["holders"] = rowsField(map[string]string{"name": "某股东"})
	docs = append(docs, credit, value, search, contract, articles, &dossier.Document{File: "坏.pdf", Type: "bank_statement_corporate"})
	st := StudyOf(&dossier.Dossier{Documents: docs, Application: dossier.Application{Applicant: borrower, AmountCNY: dossier.D("8000000"), Lender: "江银行股份有限公司",
		Bank: dossier.BankRule{BankStatementMonths: 24, MortgageLTVMax: map[string]dossier.Decimal{"industrial": dossier.D("0.6")}}}})

	got := map[string]string{}
	for _, is := range st.Issues {
		got[is.Kind] += is.Message
	}
	for kind, part := range map[string]string{KindSubtotal: "存货", KindBridge: "过桥", KindCollateral: "4,200,000.00", KindMonths: "不足24个月",
		KindCovenant: "不高于30%", KindNeed: "小于申请金额8,000,000.00元", KindUnread: "坏.pdf"} {
		if !strings.Contains(got[kind], part) {
			t.Errorf("%s: %q lacks %q", kind, got[kind], part)
		}
	}
	if got[KindDebt] != "" {
		t.Errorf("guarantees were taken for loans: %s", got[KindDebt])
	}
	var loans dossier.Decimal
	for _, term := range st.WorkCap.Terms {
		if term.Figure.Indicator == indLoans {
			loans = term.Figure.Value
		}
	}
	if loans.String() != "6000000" {
		t.Errorf("working-capital loans %s", loans)
	}
	if len(st.Related) != 1 || len(st.Flows) != 1 || len(st.Covenants) != 2 || st.Covenants[1].Met != true {
		t.Errorf("%v %d flows %+v", st.Related, len(st.Flows), st.Covenants)
	}
	for _, f := range st.Set.All() {
		if f.Source == nil && f.Formula == "" && !strings.HasPrefix(f.Indicator, "wc_") {
			t.Errorf("%s has neither source nor formula", f.Indicator)
		}
		for _, id := range f.Operands {
			if _, ok := st.Set.Figure(id); !ok {
				t.Errorf("%s rests on unknown %s", f.Indicator, id)
			}
		}
	}
}

func TestStudyOfNothing(t *testing.T) {
	st := StudyOf(&dossier.Dossier{})
	if st.WorkCap == nil || st.WorkCap.Why == "" || len(st.Issues) != 0 {
		t.Errorf("%+v", st)
	}
}

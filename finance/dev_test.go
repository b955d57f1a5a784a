package finance

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"github.com/xindiao/xindiao/dossier"
)

// TestDev compares everything with the truths of the trial dossiers; it runs only where XINDIAO_DEV names their folder.
func TestDev(t *testing.T) {
	root := os.Getenv("XINDIAO_DEV")
	if root == "" {
		t.Skip("XINDIAO_DEV names no folder of trial dossiers")
	}
	dirs, _ := filepath.Glob(filepath.Join(root, "*", "truth.yaml"))
	if len(dirs) == 0 {
		t.Fatal("no dossiers")
	}
	for _, f := range dirs {
		t.Run(filepath.Base(filepath.Dir(f)), func(t *testing.T) { devOne(t, filepath.Dir(f)) })
	}
}

var truthIDs = map[string]string{"current_ratio": "current_ratio", "quick_ratio": "quick_ratio_strict", "debt_ratio": "debt_ratio",
	"gross_margin": "gross_margin", "net_margin": "net_margin", "ebit_interest_cover": "interest_cover", "ar_turnover": "ar_turn_end",
	"inv_turnover": "inv_turn_end", "ar_days": "ar_days_end", "inv_days": "inv_days_end", "roe_avg": "roe_end"}

func devOne(t *testing.T, dir string) {
	raw, err := os.ReadFile(filepath.Join(dir, "truth.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var truth struct {
		Documents yaml.MapSlice  `yaml:"documents"`
		Facts     map[string]any `yaml:"facts"`
	}
	if err := yaml.Unmarshal(raw, &truth); err != nil {
		t.Fatal(err)
	}
	var docs []*dossier.Document
	for _, it := range truth.Documents {
		file, d := it.Key.(string), it.Value.(map[string]any)
		if strings.Contains(file, "!") {
			continue
		}
		doc := loadAny(t, filepath.Join(dir, "files", file), d["kind"].(string))
		if doc == nil {
			continue
		}
		if d["superseded"] == true {
			doc.SupersededBy = "x"
		}
		docs = append(docs, doc)
	}
	figs, issues := Statements(docs)
	for _, is := range issues {
		t.Log("reading:", is.Message)
	}
	var entity string
	for k, v := range truth.Facts {
		if m, ok := v.(map[string]any); ok && m["statements"] != nil {
			entity = k
		}
	}
	s := NewSet(entity, figs...)
	for _, is := range s.Articulate() {
		t.Log("articulation:", is.Kind, is.Message, "|", is.Arithmetic)
	}
	ps := s.ReportPeriods("", 5)
	t.Log(ps)
	s.Ratios("", s.Interims(""))
	_, undef := s.Ratios("", ps)
	for _, u := range undef {
		t.Log("undefined:", u.Period.Chinese(), u.Name, u.Why)
	}
	good, bad := 0, 0
	check := func(what, want string, f dossier.Figure, ok bool, tol string) {
		if ok && f.Value.Sub(dossier.D(want)).Abs().LessThanOrEqual(dossier.D(tol)) {
			good++
			return
		}
		bad++
		t.Errorf("%s: %s, want %s (%v) %s", what, f.Value, want, ok, s.Explain(f))
	}
	st := truth.Facts[entity].(map[string]any)["statements"].(map[string]any)
	for k, v := range st {
		m := v.(map[string]any)
		end, err := dossier.ParseDate(m["period_end"].(string))
		if err != nil {
			t.Fatal(err)
		}
		p := dossier.Span(end, int(end.Month))
		for _, part := range []string{"balance_sheet", "income_statement", "cash_flow"} {
			items, _ := m[part].(map[string]any)
			for id, val := range items {
				ind := truthItem(part, id)
				if ind == "" {
					continue
				}
				want := toDec(val)
				at := p
				if part == "balance_sheet" {
					at = Closing(p)
				}
				f, ok := s.Get(ind, at)
				if !ok && (want.IsZero() || part == "cash_flow") { // interim cash flows need not be drawn up
					continue
				}
				if id == "imp" {
					want = want.Neg()
				}
				check(k+" "+ind, want.String(), f, ok, "1")
			}
		}
		ratios, _ := m["ratios"].(map[string]any)
		for id, val := range ratios {
			if truthIDs[id] == "" {
				continue // the truths take closing for average balances here
			}
			at := p
			if r, _ := LookupRatio(truthIDs[id]); r.Period == "balance" {
				at = Closing(p)
			}
			f, ok := s.Get(truthIDs[id], at)
			tol := "0.00011"
			if strings.HasSuffix(id, "_days") || id == "ebit_interest_cover" {
				tol = "0.011"
			}
			check(k+" "+id, toDec(val).String(), f, ok, tol)
		}
	}
	wc := s.WorkingCapital(WorkCapParams{Requested: dossier.D("5000000")})
	if tr, ok := truth.Facts["working_capital"].(map[string]any); ok {
		if wc.Need == nil {
			t.Error("no need:", wc.Why)
		} else {
			check("need", toDec(tr["working_capital_need"]).String(), *wc.Need, true, "0.02")
			t.Log(s.Explain(*wc.Limit), "truth", tr["new_loan_limit"], tr["own_funds"])
			t.Log(s.Explain(*wc.Alternative))
			for _, x := range wc.Terms {
				t.Log("  ", s.Explain(x.Figure), "|", x.Origin)
			}
		}
	}
	t.Logf("%s: %d figures, %d values right, %d wrong", entity, len(s.All()), good, bad)
	for _, id := range []string{"debt_ratio", "inv_turn", "quick_ratio_strict", "interest_cover"} {
		for _, p := range ps {
			at := p
			if r, _ := LookupRatio(id); r.Period == "balance" {
				at = Closing(p)
			}
			if f, ok := s.Get(id, at); ok {
				t.Log(s.Explain(f), f.Note)
			}
		}
	}
}

func toDec(v any) dossier.Decimal {
	switch x := v.(type) {
	case float64:
		return decimalFromFloat(x)
	case uint64:
		return intD(int(x))
	case int64:
		return intD(int(x))
	case int:
		return intD(x)
	}
	return zero
}

func truthItem(part, id string) string {
	switch part {
	case "balance_sheet":
		return map[string]string{"cash": "cash", "nr": "notes_receivable", "ar": "accounts_receivable", "prepay": "prepayments",
			"othrec": "other_receivables", "inv": "inventories", "fa": "fixed_assets", "cip": "construction_in_progress",
			"intang": "intangible_assets", "stl": "st_borrowings", "ap": "accounts_payable", "adv": "contract_liabilities",
			"payroll": "payroll_payable", "tax": "taxes_payable", "othpay": "other_payables", "cap": "paid_in_capital",
			"surplus": "surplus_reserve", "re": "retained_earnings", "total_assets": "total_assets",
			"total_liabilities": "total_liabilities", "total_equity": "total_equity", "total_current_assets": "total_current_assets",
			"total_current_liabilities": "total_current_liabilities", "total_noncurrent_assets": "total_noncurrent_assets"}[id]
	case "income_statement":
		return map[string]string{"rev": "revenue", "cogs": "cogs", "surtax": "taxes_surcharges", "sell": "selling_expense",
			"admin": "admin_expense", "rd": "rd_expense", "fin": "finance_expense", "intexp": "interest_expense", "intinc": "interest_income",
			"othinc": "other_income", "imp": "credit_impairment", "opf": "operating_profit", "noi": "nonoperating_income",
			"noe": "nonoperating_expense", "tot": "profit_before_tax", "cit": "income_tax", "np": "net_profit"}[id]
	}
	return map[string]string{"sales": "cf_sales", "cfo": "cfo", "capex": "cf_capex", "cfi": "cfi", "borrow": "cf_borrow_in",
		"repay": "cf_repay", "divint": "cf_dividend_interest", "cff": "cff", "net": "cf_net_increase", "beg": "cf_begin", "end": "cf_end"}[id]
}

func TestDevFlows(t *testing.T) {
	root := os.Getenv("XINDIAO_DEV")
	if root == "" {
		t.Skip("XINDIAO_DEV names no folder of trial dossiers")
	}
	files, _ := filepath.Glob(filepath.Join(root, "*", "files", "*"))
	for _, f := range files {
		n := filepath.Base(f)
		if !strings.Contains(n, "流水") && !strings.Contains(n, "支付") && !strings.Contains(n, "alipay") || strings.HasSuffix(n, "jpg") {
			continue
		}
		doc := loadAny(t, f, "")
		if doc == nil {
			continue
		}
		fl, err := ReadFlow(doc)
		if err != nil {
			t.Log(n, err)
			continue
		}
		a := Analyse(fl, FlowOptions{Borrower: fl.Owner, MinMonths: 12})
		t.Logf("%s: %s %q acc %s bank %s %s..%s rows %d in %s out %s receipts %s open %v close %v hin %v hout %v months %d avg %v skipped %d", n, fl.Kind, fl.Owner, fl.Account,
			fl.Bank, fl.Start, fl.End, len(fl.Rows), a.TotalIn, a.TotalOut, a.Receipts, fl.Opening, fl.Closing, fl.HeaderIn, fl.HeaderOut, a.FullMonths, a.Average, fl.Skipped)
		for _, c := range []Class{ClassCustomer, ClassOwn, ClassPersonal, ClassDealings, ClassLoanIn, ClassBorrowed, ClassLoanRepay, ClassLoanInterest, ClassInterest, ClassWealth, ClassRefund, ClassLent, ClassTax, ClassPayroll, ClassWithdraw, ClassOut} {
			if v, ok := a.Classes[c]; ok {
				t.Log("  ", c.Chinese(), len(a.byClass[c]), v)
			}
		}
		for _, r := range a.Interest {
			t.Log("   interest", r.Row.Date, r.Row.In, r.Days, r.Balances, r.Rate, r.Partial)
		}
		for _, is := range a.Issues {
			t.Log("   ISSUE", is.Kind, is.Message, is.Arithmetic, len(is.Places))
		}
		for _, l := range a.Loans {
			t.Log("   loan", l.Loan.Date, l.Loan.In, l.Entrusted, l.Traced, len(l.Uses))
		}
		t.Log("   top", parties(a.TopIn, 3), "|", parties(a.TopOut, 3))
	}
}

package agent

import (
	"errors"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
)

// figures takes every figure from the papers, computes what follows from them, and collects what does not fit.
func (a *Agent) figures(c *Case) {
	d := c.Dossier
	read, issues := finance.Statements(d.Documents)
	c.Figures = finance.NewSet(d.Application.Applicant, read...)
	c.Issues = append(issues, c.Figures.Articulate()...)
	statementFields(c)
	fieldFigures(c)
	var spans []dossier.Period
	spans = append(spans, c.Figures.ReportPeriods("", reportYears)...)
	c.Figures.Ratios("", spans)
	a.flows(c)
	collateral(c)
	estimate(c)
	crossChecks(c)
	c.Issues = explained(c.Issues)
}

// same returns the figure as other papers print it, where they agree within a unit of 万元's last place.
func same(c *Case, f dossier.Figure) []dossier.Figure {
	var out []dossier.Figure
	for _, o := range c.Figures.Candidates(f.Indicator, f.Entity, f.Period) {
		if o.ID != f.ID && o.Source != nil && f.Source != nil && o.Source.File != f.Source.File &&
			o.Value.Sub(f.Value).Abs().LessThanOrEqual(dossier.D("100")) {
			out = append(out, o)
		}
	}
	return out
}

// explained drops differences that an articulation break already proved to be a misprint.
func explained(issues []finance.Issue) []finance.Issue {
	proven := map[string]bool{}
	for _, is := range issues {
		if is.Suspect != nil {
			proven[is.Suspect.Indicator+is.Suspect.Period.String()] = true
		}
	}
	out := issues[:0]
	for _, is := range issues {
		if is.Kind == finance.KindDifference && proven[is.Indicator+is.Period.String()] {
			continue
		}
		out = append(out, is)
	}
	return out
}

// fieldFigures turns money fields of official papers into figures: loans outstanding.
func fieldFigures(c *Case) {
	for _, doc := range c.Dossier.Valid("credit_report_enterprise") {
		end, ok := fieldDate(doc, "report_date")
		f, has := doc.Field("loan_balance")
		if v, isNum := f.Decimal(); ok && has && isNum {
			add(c, doc, f, "credit_loans", "信用报告借款余额", dossier.At(end), v, dossier.BasisOfficial)
		}
	}
}

func add(c *Case, doc *dossier.Document, f dossier.Field, indicator, name string, p dossier.Period, v dossier.Decimal, basis dossier.Basis) dossier.Figure {
	at := f.At
	if at.File == "" {
		at.File = doc.File
	}
	id := c.Figures.Add(dossier.Figure{Indicator: indicator, Name: name, Entity: c.Figures.Entity, Period: p, Value: v, Unit: dossier.Yuan,
		Basis: basis, Source: &dossier.Source{Place: at, Printed: f.Raw}})
	out, _ := c.Figures.Figure(id)
	return out
}

func fieldDate(doc *dossier.Document, key string) (dossier.Date, bool) {
	f, ok := doc.Field(key)
	if !ok {
		return dossier.Date{}, false
	}
	return f.Date()
}

// headline lists the statement lines that a statement's own fields show.
var headline = map[string]string{"total_assets": "total_assets", "total_liabilities": "total_liabilities", "equity": "total_equity", "cash": "cash",
	"ar": "accounts_receivable", "inventory": "inventories", "short_loans": "st_borrowings", "revenue": "revenue", "net_profit": "net_profit", "cfo": "cfo"}

// statementFields gives each statement document its main lines as fields, so that a reviewer sees them beside it.
func statementFields(c *Case) {
	for _, doc := range c.Dossier.Documents {
		end, ok := fieldDate(doc, "period_end")
		if !ok {
			end, ok = latestOf(c, doc.File)
		}
		if !ok {
			continue
		}
		figs, _ := finance.ReadStatements(doc)
		for key, indicator := range headline {
			for _, f := range figs {
				if f.Indicator != indicator || f.Period.End != end || f.Period.Months == 1 && end.Month != 1 {
					continue
				}
				if doc.Fields == nil {
					doc.Fields = map[string]dossier.Field{}
				}
				doc.Fields[key] = dossier.Field{Key: key, Label: f.Name, Kind: dossier.KindMoney, Value: f.Value.String(), Raw: f.Source.Printed,
					At: f.Source.Place, Confidence: 1, Method: "statement"}
				break
			}
		}
	}
}

// latestOf is the last day of a document's figures.
func latestOf(c *Case, file string) (dossier.Date, bool) {
	var last dossier.Date
	for _, f := range c.Figures.All() {
		if f.Source != nil && f.Source.File == file && f.Period.End.After(last) {
			last = f.Period.End
		}
	}
	return last, !last.IsZero()
}

// flows reads every account's statement.
func (a *Agent) flows(c *Case) {
	related := relatedNames(c.Dossier)
	for _, doc := range c.Dossier.Valid("bank_statement_corporate", "bank_statement_personal", "payment_platform_statement") {
		f, err := finance.ReadFlow(doc)
		if errors.Is(err, finance.ErrNoFlow) {
			doc.Problems = append(doc.Problems, dossier.Problem{Kind: dossier.ErrPartial, Msg: "没有读到流水明细", Remedy: "提供银行导出的电子流水（Excel 或 CSV）"})
			continue
		}
		if err != nil {
			doc.Problems = append(doc.Problems, dossier.Problem{Kind: dossier.ErrPartial, Msg: err.Error()})
			continue
		}
		an := finance.Analyse(f, finance.FlowOptions{Borrower: c.Dossier.Application.Applicant, RelatedNames: related})
		an.Figures = c.Figures.AddAll(an.Figures)
		c.Flows = append(c.Flows, Flow{doc, f, an})
		for _, is := range an.Issues {
			if is.Kind != finance.KindMonths { // COM001 says it from the printed span
				c.Issues = append(c.Issues, is)
			}
		}
	}
}

// relatedNames are the people and companies tied to the borrower by the papers.
func relatedNames(d *dossier.Dossier) []string {
	seen := map[string]bool{"": true, d.Application.Applicant: true}
	var out []string
	take := func(name string) {
		if !seen[name] {
			seen[name] = true
			out = append(out, name)
		}
	}
	for _, s := range []struct{ types, field, column string }{
		{"business_license", "legal_rep", ""}, {"business_registration_extract", "legal_rep", ""},
		{"business_registration_extract", "shareholders", "name"}, {"business_registration_extract", "managers", "name"},
		{"articles_of_association", "holders", "name"}, {"credit_report_personal", "spouse", ""}, {"spouse_id", "name", ""},
		{"credit_report_enterprise", "guarantees", "borrower"}, {"personal_guarantor_docs", "name", ""},
	} {
		for _, doc := range d.Valid(s.types) {
			f, ok := doc.Field(s.field)
			if !ok {
				continue
			}
			if s.column == "" {
				take(f.Value)
			}
			for _, r := range f.Rows {
				take(r.Get(s.column))
			}
		}
	}
	return out
}

// collateral computes what the real estate carries after claims that rank first.
func collateral(c *Case) {
	d := c.Dossier
	if !strings.Contains(d.Application.Guarantee, "抵押") || !d.Application.AmountCNY.IsPositive() {
		return
	}
	for _, doc := range d.Valid("valuation_report") {
		f, ok := doc.Field("value_cny")
		v, isNum := f.Decimal()
		date, hasDate := fieldDate(doc, "value_date")
		if !ok || !isNum || !hasDate {
			continue
		}
		value := add(c, doc, f, "collateral_value", "押品评估价值", dossier.At(date), v, dossier.BasisOfficial)
		limit := ltvLimit(c, doc)
		c.Figures.CoverOf(value, priorClaims(c, date), d.Application.AmountCNY, limit)
		if limit.IsPositive() {
			c.Figures.Add(dossier.Figure{Indicator: "collateral_ltv_max", Name: "抵押率上限", Period: dossier.At(date), Value: limit, Unit: dossier.Ratio,
				Basis: dossier.BasisOfficial, Source: &dossier.Source{Place: dossier.Place{File: "application.yaml", Quote: "mortgage_ltv_max"}, Printed: limit.String()}})
		}
		return // one collateral a loan for now: several are added up by the reviewer
	}
}

// priorClaims are the valid mortgages of other lenders in the registry search.
func priorClaims(c *Case, at dossier.Date) []dossier.Figure {
	var out []dossier.Figure
	for _, doc := range c.Dossier.Valid("real_estate_registry_search") {
		f, ok := doc.Field("mortgages")
		if !ok {
			continue
		}
		for _, r := range f.Rows {
			amount := r.Cells["max_amount_cny"]
			v, isNum := amount.Decimal()
			if !isNum || strings.Contains(r.Get("status"), "注销") || strings.Contains(r.Get("status"), "失效") {
				continue
			}
			amount.At = r.At
			if amount.At.Quote == "" {
				amount.At.Quote = r.Get("mortgagee") + " " + amount.Raw
			}
			out = append(out, add(c, doc, amount, "collateral_prior", "押品在先抵押最高债权额", dossier.At(at), v, dossier.BasisOfficial))
		}
	}
	return out
}

// ltvLimit picks the bank's ceiling by the use of the property.
func ltvLimit(c *Case, doc *dossier.Document) dossier.Decimal {
	use := ""
	for _, other := range append(c.Dossier.Valid("real_estate_certificate", "real_estate_registry_search"), doc) {
		if f, ok := other.Field("use"); ok {
			use += f.Value
		}
	}
	limits := c.Dossier.Application.Bank.MortgageLTVMax
	for _, k := range []struct{ word, class string }{{"工业", "industrial"}, {"厂房", "industrial"}, {"住宅", "residential"}, {"商业", "commercial"}, {"办公", "office"}} {
		if v, ok := limits[k.class]; ok && strings.Contains(use, k.word) {
			return v
		}
	}
	return dossier.D("0")
}

// estimate computes the working-capital need of a working-capital loan.
func estimate(c *Case) {
	app := c.Dossier.Application
	if !strings.Contains(app.Product, "流动资金") || app.PostLoan() {
		return
	}
	p := finance.WorkCapParams{GrowthCap: app.Bank.SalesGrowth, Requested: app.AmountCNY}
	if loans := c.Figures.Periods("credit_loans", ""); len(loans) > 0 {
		if f, ok := c.Figures.Get("credit_loans", loans[0]); ok {
			p.Loans = &f
		}
	}
	c.Estimate = c.Figures.WorkingCapital(p)
}

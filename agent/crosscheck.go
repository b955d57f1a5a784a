package agent

import (
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
)

// crossChecks compares papers that speak of the same thing; zero tolerances take finance's defaults.
func crossChecks(c *Case) {
	docs := c.Dossier.Documents
	zero := dossier.D("0")
	c.Figures.CheckVAT(docs, zero) // for its figures: rule CON010 compares them with revenue
	for _, issues := range [][]finance.Issue{c.Figures.CheckHeadcount(docs, zero), c.Figures.CheckDebt(docs, zero),
		c.Figures.CheckAging(docs, zero), c.Figures.CheckUtility(docs, zero)} {
		c.Issues = append(c.Issues, issues...)
	}
	covenants(c)
}

// covenants tests the contract's financial covenants on the newest statements.
func covenants(c *Case) {
	p, ok := c.Figures.LatestBalance("")
	if !ok || !c.Dossier.Application.PostLoan() {
		return
	}
	for _, doc := range c.Dossier.Valid("loan_contract") {
		f, ok := doc.Field("covenants")
		if !ok {
			continue
		}
		text := f.Value
		for _, r := range f.Rows {
			for _, key := range []string{"text", "name", "clause"} {
				text += "；" + r.Get(key)
			}
		}
		for _, r := range c.Figures.CheckCovenants(finance.ParseCovenants(text), p, settlement(c)) {
			if r.Figure == nil || r.Met || r.Covenant.Indicator == "settlement_share" {
				continue // the settlement share is an estimate from one account: shown, not held against the borrower
			}
			at := f.At
			at.File = doc.File
			c.Issues = append(c.Issues, finance.Issue{Kind: finance.KindCovenant, Indicator: r.Covenant.Indicator, Period: p,
				Figures: []dossier.Figure{*r.Figure}, Message: "违反合同财务约束“" + r.Covenant.Text + "”：" + r.Why, Arithmetic: r.Why,
				Docs: []string{doc.File}, Places: []dossier.Place{at}})
		}
	}
}

// settlement estimates the share of sales that runs through the lender's account.
func settlement(c *Case) *dossier.Figure {
	for _, f := range c.Flows {
		for _, fig := range f.Analysis.Figures {
			if strings.HasPrefix(fig.Indicator, "flow_customer_receipts") && f.Flow.Kind == finance.FlowBank {
				if share, ok := c.Figures.SettlementShare(fig, dossier.D("0.13")); ok {
					return &share
				}
			}
		}
	}
	return nil
}

package agent

import (
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
)

// figures takes every figure from the papers, computes what follows from them, and collects what does not fit.
func (a *Agent) figures(c *Case, policy *finance.Policy) {
	c.Study = finance.StudyWith(c.Dossier, policy)
	c.Figures = c.Study.Set
	c.Issues = misread(explained(c.Study.Issues))
	statementFields(c)
	settledBalances(c)
}

// settledBalances puts beside each interest settlement of a statement the balance days that it was paid on.
func settledBalances(c *Case) {
	for _, a := range c.Study.Flows {
		for _, doc := range c.Dossier.Documents {
			if doc.File != a.Flow.File {
				continue
			}
			f, ok := doc.Field("deposit_interest")
			if !ok {
				continue
			}
			for i := range f.Rows {
				for _, r := range a.Interest {
					if v, ok := r.Sum(); ok && f.Rows[i].Get("date") == r.Row.Date.String() {
						f.Rows[i].Cells["accumulated_balance_days"] = dossier.Field{Key: "accumulated_balance_days", Label: "积数", Kind: dossier.KindNumber,
							Value: v.String(), At: f.Rows[i].At, Confidence: 1, Method: "computed"}
					}
				}
			}
		}
	}
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

// manyBreaks is how many breaks in one paper speak of a misreading rather than of a wrong entry: one wrong number
// upsets its subtotal and the totals above, not three sums of different parts.
const manyBreaks = 3

// misread marks breaks as doubtful where one paper has many that no other paper explains.
func misread(issues []finance.Issue) []finance.Issue {
	open := func(is finance.Issue) bool {
		return len(is.Docs) > 0 && is.Suspect == nil && (is.Kind == finance.KindSubtotal || is.Kind == finance.KindCashFlow || is.Kind == finance.KindBalance)
	}
	count := map[string]int{}
	for _, is := range issues {
		if open(is) {
			count[is.Docs[0]]++
		}
	}
	out := append([]finance.Issue(nil), issues...)
	for i, is := range out {
		if open(is) && count[is.Docs[0]] >= manyBreaks {
			out[i].Doubtful = true
			out[i].Message += "（该报表多处不勾稽，可能系识读所致，请对照原件）"
		}
	}
	return out
}

// headline lists the statement lines that a statement's own fields show.
var headline = map[string]string{"total_assets": "total_assets", "total_liabilities": "total_liabilities", "equity": "total_equity", "cash": "cash",
	"ar": "accounts_receivable", "inventory": "inventories", "short_loans": "st_borrowings", "revenue": "revenue", "net_profit": "net_profit", "cfo": "cfo"}

// statementFields gives each statement document its main lines as fields, so that a reviewer sees them beside it.
func statementFields(c *Case) {
	for _, doc := range c.Dossier.Documents {
		f, _ := doc.Field("period_end")
		end, ok := f.Date()
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

package annual

import (
	"fmt"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
)

// compare holds every given field against the consolidated statements' line; a company without subsidiaries has only
// its own.
func (r *Report) compare(figs []dossier.Figure, year string, truth []field) {
	end, err := dossier.ParseDate(year + "-12-31")
	if err != nil {
		return
	}
	byKey := map[string]dossier.Figure{}
	scope := dossier.ScopeSingle
	for _, f := range figs {
		byKey[string(f.Scope)+"|"+f.Indicator+"|"+f.Period.String()] = f
		if f.Scope == dossier.ScopeConsolidated && f.Period.End == end {
			scope = f.Scope
		}
	}
	cent := dossier.D("0.005")
	for _, t := range truth {
		id, known := finance.Lookup(t.stmt, t.name)
		p := dossier.Span(end, 12)
		if t.stmt == finance.BalanceSheet {
			p = dossier.At(end)
		}
		f, ok := byKey[string(scope)+"|"+id+"|"+p.String()]
		ok = ok && known
		if !t.given {
			if ok && !f.Value.IsZero() {
				r.Unlisted++
				r.Extra = append(r.Extra, fmt.Sprintf("%s %s：字段表无，报表第%d页“%s”", t.stmt.Chinese(), t.name, f.Source.Page, f.Source.Quote))
			}
			continue
		}
		r.Cells.Of++
		switch {
		case ok && f.Value.Sub(t.value).Abs().LessThanOrEqual(cent):
			r.Cells.Good++
		case !known:
			r.Wrong = append(r.Wrong, fmt.Sprintf("%s %s：不认识这个项目，字段表 %s", t.stmt.Chinese(), t.name, t.value))
		case !ok:
			r.Wrong = append(r.Wrong, fmt.Sprintf("%s %s：没有读到，字段表 %s", t.stmt.Chinese(), t.name, t.value))
		default:
			r.Wrong = append(r.Wrong, fmt.Sprintf("%s %s：读出 %s（第%d页“%s”），字段表 %s", t.stmt.Chinese(), t.name, f.Value, f.Source.Page,
				f.Source.Quote, t.value))
		}
	}
}

// consistency counts the statements and those whose own sums close.
func (r *Report) consistency(figs []dossier.Figure) {
	r.Lines = len(figs)
	key := func(f dossier.Figure) string {
		return fmt.Sprint(finance.StatementOf(f.Indicator), "|", f.Scope, "|", f.Period)
	}
	books, broken := map[string]bool{}, map[string]bool{}
	for _, f := range figs {
		books[key(f)] = true
	}
	for _, is := range finance.NewSet("", figs...).Articulate() {
		switch is.Kind {
		case finance.KindBalance, finance.KindSubtotal, finance.KindCashFlow:
			r.Breaks = append(r.Breaks, is.Message)
			for _, f := range is.Figures {
				if f.Indicator == is.Indicator {
					broken[key(f)] = true
				}
			}
		}
	}
	r.Statements.Of = len(books)
	r.Statements.Good = len(books) - len(broken)
}

package finance

import (
	"sort"

	"github.com/xindiao/xindiao/dossier"
)

// Trend is one statement line over the periods.
type Trend struct {
	Indicator string
	Name      string
	Statement Statement
	Cells     []TrendCell // one a period of the study
}

// TrendCell is a line in one period. Balances are compared with the balance a year before, those of a part of the year
// with the last year end; flows with the same span a year before, never with a span of another length.
type TrendCell struct {
	Period dossier.Period
	Value  *dossier.Figure // nil: not printed
	Growth *dossier.Figure // ratio
	Change *dossier.Figure // 元
	Index  *dossier.Figure // times the first full year
	Why    string          // why there is no growth though the line has a value, in Chinese
}

// ShareRow is one line as a share of 资产总计 (balance sheet) or 营业收入 (income statement).
type ShareRow struct {
	Indicator string
	Name      string
	Of        string            // total_assets or revenue
	Cells     []*dossier.Figure // one a period; nil where there is none
}

// lineIDs are the lines of a statement that the entity prints with another value than zero, in the standard's order.
func (s *Set) lineIDs(stmt Statement, entity string, scope dossier.Scope, periods []dossier.Period) []string {
	want := map[dossier.Period]bool{}
	for _, p := range periods {
		if stmt == BalanceSheet {
			p = Closing(p)
		}
		want[p] = true
	}
	same, seen := map[string]bool{entity: true}, map[string]bool{}
	var out []string
	for _, f := range s.figs {
		if seen[f.Indicator] || theChart().stmt[f.Indicator] != stmt || !want[f.Period] || f.Scope != scope || f.Value.IsZero() {
			continue
		}
		ok, known := same[f.Entity]
		if !known {
			ok = SameName(f.Entity, entity)
			same[f.Entity] = ok
		}
		if ok {
			seen[f.Indicator] = true
			out = append(out, f.Indicator)
		}
	}
	sort.Slice(out, func(i, j int) bool { return theChart().order[out[i]] < theChart().order[out[j]] })
	return out
}

func (s *Set) lineAt(id, entity string, scope dossier.Scope, p dossier.Period) (dossier.Figure, bool) {
	ev := evaluation{set: s, entity: entity, scope: scope}
	return ev.best(id, p)
}

// Trends follows every line of the three statements over the periods, oldest first as given. entity "" is the borrower.
func (s *Set) Trends(entity string, periods []dossier.Period) []Trend {
	if entity == "" {
		entity = s.Entity
	}
	if len(periods) == 0 {
		return nil
	}
	scope := s.scopeOf(entity, periods[len(periods)-1])
	var out []Trend
	for _, stmt := range []Statement{BalanceSheet, IncomeStatement, CashFlow} {
		for _, id := range s.lineIDs(stmt, entity, scope, periods) {
			t := Trend{Indicator: id, Name: NameOf(id), Statement: stmt}
			for _, p := range periods {
				t.Cells = append(t.Cells, s.trendCell(id, stmt, entity, scope, p, periods))
			}
			out = append(out, t)
		}
	}
	return out
}

func (s *Set) trendCell(id string, stmt Statement, entity string, scope dossier.Scope, p dossier.Period, periods []dossier.Period) TrendCell {
	at, before, role := p, PriorYear(p), "prior"
	if stmt == BalanceSheet {
		at, before, role = Closing(p), Opening(p), "open"
	}
	c := TrendCell{Period: at}
	f, ok := s.lineAt(id, entity, scope, at)
	if !ok {
		return c
	}
	c.Value = &f
	prev, ok := s.lineAt(id, entity, scope, before)
	if !ok {
		c.Why = "缺" + before.Chinese() + "的数"
	} else {
		old := role + "(" + id + ")"
		c.Change = ptr(s.figure("change_"+id, f.Name+"变动额", id+" - "+old, f.Value.Sub(prev.Value), f.Unit, at, f, prev))
		if prev.Value.IsPositive() {
			c.Growth = ptr(s.figure("growth_"+id, f.Name+"增长率", "("+id+" - "+old+") / "+old,
				div(f.Value.Sub(prev.Value), prev.Value).Round(4), dossier.Ratio, at, f, prev))
		} else {
			c.Why = before.Chinese() + "为" + FormatValue(prev) + "，基数不为正，增长率没有意义"
		}
	}
	if base, ok := s.baseOf(id, stmt, entity, scope, p, periods); ok && base.ID != f.ID {
		c.Index = ptr(s.figure("index_"+id, f.Name+"定基指数", id+" / base("+id+")", div(f.Value, base.Value).Round(4), dossier.Times, at, f, base))
	}
	return c
}

// baseOf is the line in the first full year; a flow over a part of a year has no index.
func (s *Set) baseOf(id string, stmt Statement, entity string, scope dossier.Scope, p dossier.Period, periods []dossier.Period) (dossier.Figure, bool) {
	if !periods[0].FullYear() || stmt != BalanceSheet && !p.FullYear() {
		return dossier.Figure{}, false
	}
	at := periods[0]
	if stmt == BalanceSheet {
		at = Closing(at)
	}
	f, ok := s.lineAt(id, entity, scope, at)
	return f, ok && f.Value.IsPositive()
}

// CommonSize gives every line of the balance sheet as a share of total assets and of the income statement as a share of
// revenue.
func (s *Set) CommonSize(entity string, periods []dossier.Period) []ShareRow {
	if entity == "" {
		entity = s.Entity
	}
	if len(periods) == 0 {
		return nil
	}
	scope := s.scopeOf(entity, periods[len(periods)-1])
	var out []ShareRow
	for _, part := range []struct {
		stmt Statement
		of   string
	}{{BalanceSheet, "total_assets"}, {IncomeStatement, "revenue"}} {
		for _, id := range s.lineIDs(part.stmt, entity, scope, periods) {
			if id == part.of {
				continue
			}
			row, any := ShareRow{Indicator: id, Name: NameOf(id), Of: part.of}, false
			for _, p := range periods {
				f := s.share(id, part.of, entity, scope, p)
				row.Cells = append(row.Cells, f)
				any = any || f != nil
			}
			if any {
				out = append(out, row)
			}
		}
	}
	return out
}

func (s *Set) share(id, of, entity string, scope dossier.Scope, p dossier.Period) *dossier.Figure {
	if StatementOf(id) == BalanceSheet {
		p = Closing(p)
	}
	f, ok := s.lineAt(id, entity, scope, p)
	total, ok2 := s.lineAt(of, entity, scope, p)
	if !ok || !ok2 || !total.Value.IsPositive() {
		return nil
	}
	return ptr(s.figure("share_"+id, f.Name+"占"+NameOf(of)+"比重", id+" / "+of, div(f.Value, total.Value).Round(4), dossier.Ratio, p, f, total))
}

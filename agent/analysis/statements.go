package analysis

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
	"github.com/xindiao/xindiao/report"
)

const (
	shownPeriods = 6 // newest columns of a statement
	fewestLines  = 2 // a column with fewer lines is no statement
)

// sheet is one statement of one company in one scope.
type sheet struct {
	entity    string
	scope     dossier.Scope
	statement finance.Statement
	figures   map[dossier.Period]map[string]bool // indicators by period
}

// statements shows every statement that was read, line by line, the periods side by side.
func statements(v *View) []report.Block {
	var out []report.Block
	for _, s := range v.sheets() {
		if b, ok := v.sheetTable(s); ok {
			out = append(out, b)
		}
	}
	return out
}

// trialBalance sets the account balances, rolled up, beside the statements: the lines that differ, and how many agree.
func trialBalance(v *View) []report.Block {
	b := v.table("科目余额表与报表对照", "项目", "期间", "报表", "科目余额表汇总", "差额")
	same := 0
	for _, t := range v.Study.Trials {
		if t.Agrees {
			same++
			continue
		}
		b.Rows = append(b.Rows, []report.Claim{label(t.Name), label(t.Period.Chinese()), v.cell(t.Statement), v.cell(t.Trial), v.claim(v.money(t.Diff), t.Statement, t.Trial)})
	}
	if same == 0 {
		return kept(b)
	}
	if len(b.Rows) == 0 {
		return v.says(fmt.Sprintf("科目余额表按报表项目汇总后，与报表对照%d项，全部相符", same))
	}
	b.Note = fmt.Sprintf("另有%d项相符。", same)
	return kept(b)
}

// sheets finds the statements behind the figures: the borrower's first, then others in the order met.
func (v *View) sheets() []*sheet {
	var list []*sheet
	find := func(f dossier.Figure, st finance.Statement) *sheet {
		for _, s := range list {
			if s.statement == st && s.scope == f.Scope && finance.SameName(s.entity, f.Entity) {
				return s
			}
		}
		s := &sheet{f.Entity, f.Scope, st, map[dossier.Period]map[string]bool{}}
		list = append(list, s)
		return s
	}
	for _, f := range v.Study.Set.All() {
		st := finance.StatementOf(f.Indicator)
		if st == "" || f.Source == nil {
			continue
		}
		s := find(f, st)
		if s.figures[f.Period] == nil {
			s.figures[f.Period] = map[string]bool{}
		}
		s.figures[f.Period][f.Indicator] = true
	}
	rank := func(s *sheet) int {
		r := slices.Index([]finance.Statement{finance.BalanceSheet, finance.IncomeStatement, finance.CashFlow}, s.statement)
		if s.scope == dossier.ScopeConsolidated {
			r += 10
		}
		if !finance.SameName(s.entity, v.Study.Set.Entity) {
			r += 100
		}
		return r
	}
	sort.SliceStable(list, func(i, j int) bool { return rank(list[i]) < rank(list[j]) })
	return list
}

func (v *View) sheetTable(s *sheet) (report.Block, bool) {
	periods := s.periods()
	if len(periods) == 0 {
		return report.Block{}, false
	}
	title := s.statement.Chinese()
	if s.scope == dossier.ScopeConsolidated {
		title = "合并" + title
	}
	if !finance.SameName(s.entity, v.Study.Set.Entity) {
		title += "（" + s.entity + "）"
	}
	b := v.table(title, "项目")
	for _, p := range periods {
		b.Columns = append(b.Columns, p.Chinese())
	}
	for _, l := range finance.Lines(s.standard(), s.statement) {
		row := []report.Claim{label(lineName(l))}
		known := false
		for _, p := range periods {
			f, ok := v.find(l.ID, s.entity, s.scope, p)
			if !ok {
				row = append(row, dash)
				continue
			}
			known = true
			row = append(row, v.cell(f))
		}
		if known {
			if l.Kind == "subtotal" || l.Kind == "total" {
				b.Strong = append(b.Strong, len(b.Rows))
			}
			b.Rows = append(b.Rows, row)
		}
	}
	return b, len(b.Rows) > 0
}

// lineName indents of-which lines, as the printed statement does.
func lineName(l finance.Line) string {
	if l.Kind == "of_which" && !strings.HasPrefix(l.Name, "其中") {
		return "其中：" + l.Name
	}
	return l.Name
}

// periods are the columns: the newest, oldest first.
func (s *sheet) periods() []dossier.Period {
	var out []dossier.Period
	for p, lines := range s.figures {
		if len(lines) >= fewestLines {
			out = append(out, p)
		}
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].End != out[j].End {
			return out[j].End.After(out[i].End)
		}
		return out[i].Months < out[j].Months
	})
	return out[max(0, len(out)-shownPeriods):]
}

// standard is the format that names more of the statement's lines; 企业会计准则 when both do.
func (s *sheet) standard() string {
	count := func(standard string) (n int) {
		known := map[string]bool{}
		for _, l := range finance.Lines(standard, s.statement) {
			known[l.ID] = true
		}
		seen := map[string]bool{}
		for _, lines := range s.figures {
			for id := range lines {
				if known[id] && !seen[id] {
					seen[id] = true
					n++
				}
			}
		}
		return n
	}
	if count(finance.Small2013) > count(finance.CAS2019) {
		return finance.Small2013
	}
	return finance.CAS2019
}

// find is the preferred figure of that scope.
func (v *View) find(id, entity string, scope dossier.Scope, p dossier.Period) (dossier.Figure, bool) {
	for _, f := range v.Study.Set.Candidates(id, entity, p) {
		if f.Scope == scope {
			return f, true
		}
	}
	return dossier.Figure{}, false
}

// Package analysis shows what finance found as blocks, the same for `xindiao finance` and for the report templates:
// statements, checks, ratios, cash flows, invoices, debt service, each cell with its figure or its place.
package analysis

import (
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
	"github.com/xindiao/xindiao/report"
)

// View is a study and how it is shown.
type View struct {
	Study   *finance.Study
	Dossier *dossier.Dossier
	Unit    dossier.Unit // of money in tables: dossier.Yuan (to the cent) or dossier.WanYuan

	base []report.Citation // what amounts rest on that name no place of their own
}

// on is the view with the papers that its sums rest on.
func (v *View) on(cs ...report.Citation) *View {
	w := *v
	w.base = cs
	return &w
}

// whole cites a file as a whole, by what it is there for.
func whole(file, what string) report.Citation {
	return report.Citation{File: file, Page: 1, Quote: what}
}

// Builder makes blocks of a view; nil when the study holds nothing of the kind.
type Builder func(*View) []report.Block

// part is one section of the whole analysis; its builders can be named one by one in templates.
type part struct {
	id, title string
	builders  []named
	subs      func(*View) []report.Section // subsections behind the blocks, or nil
}

type named struct {
	name  string
	build Builder
}

var parts = []part{
	{id: "statements", title: "财务报表", builders: []named{{"statements", statements}, {"trial_balance", trialBalance}}},
	{id: "articulation", title: "勾稽检查", builders: []named{{"articulation_checks", articulation}, {"statement_issues", statementIssues}}},
	{id: "ratios", title: "财务指标", builders: []named{{"ratio_tables", ratioTables}, {"verdicts", verdicts}, {"dupont", dupont}, {"zscore", zscore}, {"undefined_ratios", undefined}}},
	{id: "trends", title: "趋势与结构", builders: []named{{"material_accounts", material}, {"trends", trends}, {"common_size", commonSize}}},
	{id: "cross", title: "交叉核验", builders: []named{{"cross_checks", crossChecks}}},
	{id: "need", title: "流动资金需求测算", builders: []named{{"working_capital", workingCapital}, {"need_sensitivity", sensitivity}}},
	{id: "debt", title: "偿债能力与还款安排", builders: []named{{"debt_service", debtService}, {"repayment_plans", repaymentPlans}}},
	{id: "project", title: "项目评价", builders: []named{{"project", project}}},
	{id: "flows", title: "资金流水", builders: []named{{"flows_together", flowsTogether}}, subs: flowAccounts},
	{id: "invoices", title: "发票", builders: []named{{"invoices", invoices}}},
}

// short are builders for reports alone: what the whole analysis shows at length.
var short = []named{{"cross_table", crossTable}, {"plans_top", plansTop}}

// Names lists the sections' ids in order.
func Names() []string {
	var out []string
	for _, p := range parts {
		out = append(out, p.id)
	}
	return out
}

// Lookup returns the builder that templates call by name.
func Lookup(name string) (Builder, bool) {
	for _, p := range parts {
		for _, n := range p.builders {
			if n.name == name {
				return n.build, true
			}
		}
	}
	for _, n := range short {
		if n.name == name {
			return n.build, true
		}
	}
	return nil, false
}

// Sections builds the whole analysis, or the sections named in only; a section without content is left out.
func (v *View) Sections(only ...string) []report.Section {
	want := map[string]bool{}
	for _, id := range only {
		want[id] = true
	}
	var out []report.Section
	for _, p := range parts {
		if len(want) > 0 && !want[p.id] {
			continue
		}
		s := report.Section{ID: "finance." + p.id, Title: p.title, Blocks: []report.Block{}}
		for _, n := range p.builders {
			s.Blocks = append(s.Blocks, n.build(v)...)
		}
		if p.subs != nil {
			s.Sections = p.subs(v)
		}
		if len(s.Blocks)+len(s.Sections) > 0 {
			out = append(out, s)
		}
	}
	return out
}

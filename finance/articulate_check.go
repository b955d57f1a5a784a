package finance

import (
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// CheckOutcome is what came of an articulation check.
type CheckOutcome string

// Outcomes. A flag asks for an explanation and proves nothing; untestable says what is missing.
const (
	CheckPass       CheckOutcome = "pass"
	CheckBreak      CheckOutcome = "break"
	CheckFlag       CheckOutcome = "flag"
	CheckUntestable CheckOutcome = "untestable"
)

// Chinese prints 相符, 不符, 须说明, 无法核对.
func (o CheckOutcome) Chinese() string {
	switch o {
	case CheckPass:
		return "相符"
	case CheckBreak:
		return "不符"
	case CheckFlag:
		return "须说明"
	}
	return "无法核对"
}

// New kinds of issues of the articulation checks.
const (
	KindProfit      = "profit_differs" // A17: net profit of the income statement against the cash flow supplement
	KindAuditReport = "audit_report"   // A19: an element of an audit report is missing or needs a word
)

// CheckResult is one articulation check for one entity, scope and period: a row of the table 勾稽检查.
type CheckResult struct {
	ID     string // A1 … A19, with a letter for the parts of a check
	Name   string
	Entity string
	Scope  dossier.Scope // "" where it does not matter
	Period dossier.Period

	Left, Right *dossier.Figure // nil where the check compares no two amounts or a side cannot be told; not in the set
	Low         *dossier.Figure // lower bound, Right being the upper one
	Diff        dossier.Decimal // Left - Right; against the nearer bound where there are two
	Tolerance   dossier.Decimal // in the unit of Diff, rounding of the printed amounts included
	Count       int             // how many comparisons the row stands for: those of a statement that hold are one row

	Outcome    CheckOutcome
	Why        string   // in Chinese: what holds, by how much it does not, or why it does not apply
	Missing    []string // what would make it testable
	Causes     []Cause  // of a break, the likeliest first
	Arithmetic string   // in Chinese, with amounts and places
	Explains   []string // what explains a gap honestly
	Basis      string
	Owner      string // who answers for the tolerance; "" when arithmetic gives it
	Since      string

	Kind     string // of the issue that a failure makes, "" for none
	Docs     []string
	Places   []dossier.Place
	Figures  []dossier.Figure
	Doubtful bool // rests on text that OCR read
}

// CheckArticulation evaluates every check of articulation/*.yaml for every entity, scope and period of the set, and
// those that look at papers over docs. Results stand in the order of the checklist, the newest period first.
func (s *Set) CheckArticulation(docs []*dossier.Document) []CheckResult {
	var out []CheckResult
	w := s.Workings()
	for _, c := range theChecks() {
		switch c.Method {
		case "sums":
			out = append(out, s.checkSums(c, w)...)
		case "equal":
			out = append(out, s.checkEqual(c, w)...)
		case "formula":
			out = append(out, s.checkFormula(c, w)...)
		case "scopes":
			out = append(out, s.checkScopes(c)...)
		case "only_consolidated":
			out = append(out, s.checkOnlyConsolidated(c)...)
		case "copies":
			out = append(out, s.checkCopies(c, docs)...)
		case "audit":
			out = append(out, s.checkAudit(c, docs)...)
		}
	}
	for i := range out {
		r := &out[i]
		if r.Docs == nil {
			r.Docs = docsOf(r.Figures...)
		}
		for _, f := range r.Figures {
			r.Doubtful = r.Doubtful || scanned(f)
			if f.Source != nil && r.Outcome != CheckPass && len(r.Places) < 24 {
				r.Places = append(r.Places, f.Source.Place)
			}
		}
	}
	return out
}

func (c *Check) result(entity string, scope dossier.Scope, p dossier.Period) CheckResult {
	return CheckResult{ID: c.ID, Name: c.Name, Entity: entity, Scope: scope, Period: p, Explains: c.Explains, Basis: c.Basis,
		Owner: c.Owner, Since: c.Since, Kind: c.Kind, Count: 1}
}

// issue makes a failure material for a finding.
func (r CheckResult) issue() Issue {
	is := Issue{Kind: r.Kind, Name: r.Name, Entity: r.Entity, Period: r.Period, Diff: r.Diff, Figures: r.Figures, Docs: r.Docs,
		Places: r.Places, Arithmetic: r.Arithmetic, Doubtful: r.Doubtful}
	if r.Left != nil {
		is.Indicator, is.Actual = r.Left.Indicator, r.Left.Value
	}
	if r.Right != nil {
		is.Expected = r.Right.Value
	}
	is.Message = r.Period.Chinese() + r.Name + "：" + r.Why
	if r.Period.End.IsZero() {
		is.Message = r.Name + "：" + r.Why
	}
	return is
}

// checkIssues are the issues of failed checks that issues do not hold yet.
func checkIssues(results []CheckResult, issues []Issue) []Issue {
	key := func(kind, entity string, p dossier.Period) string {
		return kind + "|" + nameKey(entity) + "|" + p.End.String()
	}
	have := map[string]bool{}
	for _, is := range issues {
		have[key(is.Kind, is.Entity, is.Period)] = true
	}
	var out []Issue
	for _, r := range results {
		if r.Kind == "" || r.Outcome != CheckBreak && r.Outcome != CheckFlag || have[key(r.Kind, r.Entity, r.Period)] {
			continue
		}
		out = append(out, r.issue())
	}
	return out
}

// missingText joins what is missing: 缺2025年末的存货、应收账款.
func missingText(miss []string) string {
	if len(miss) > 6 {
		return "缺" + strings.Join(miss[:6], "、") + "等" + intD(len(miss)).String() + "项"
	}
	return "缺" + strings.Join(miss, "、")
}

// articulation fills Checks and adds what they find to the issues.
func (st *Study) articulation(d *dossier.Dossier) {
	st.Checks = st.Set.CheckArticulation(d.Documents)
	st.Issues = append(st.Issues, checkIssues(st.Checks, st.Issues)...)
}

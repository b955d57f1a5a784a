package analysis

import (
	"slices"

	"github.com/xindiao/xindiao/finance"
	"github.com/xindiao/xindiao/report"
)

// ofPapers are the issues of the papers themselves; what does not add up stands among the checks.
var ofPapers = []string{finance.KindDifference, finance.KindUnit, finance.KindUnread, finance.KindUnitAssumed}

// statementIssues lists where papers differ or could not be read, with the arithmetic and places.
func statementIssues(v *View) []report.Block {
	b, _ := issueTable("报表之间的差异与读取问题", v.Study.Issues, func(is finance.Issue) bool { return slices.Contains(ofPapers, is.Kind) })
	return kept(b)
}

func issueTable(title string, issues []finance.Issue, want func(finance.Issue) bool) (report.Block, bool) {
	b := plain(title, "序号", "事项", "计算")
	for _, is := range issues {
		if !want(is) {
			continue
		}
		text := is.Message
		if is.Doubtful {
			text += "（据扫描件识别，须对照原件）"
		}
		c := cited(text, is.Places...)
		c.Status = report.Judged
		for _, f := range is.Figures {
			if f.Source != nil && len(c.Citations) < 6 {
				c.Citations = append(c.Citations, report.Cite(f.Source.Place))
			}
		}
		b.Rows = append(b.Rows, []report.Claim{label(itoa(len(b.Rows) + 1)), c, label(is.Arithmetic)})
	}
	return b, len(b.Rows) > 0
}

package read

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/documents/read/internal/sheet"
)

// ranges gathers row numbers as runs.
type ranges struct {
	runs  [][2]int
	total int
}

func (r *ranges) add(n int) {
	r.total++
	if k := len(r.runs) - 1; k >= 0 && r.runs[k][1] == n-1 {
		r.runs[k][1] = n
	} else if k < maxRuns {
		r.runs = append(r.runs, [2]int{n, n})
	}
}

const maxRuns = 8 // as many as a reader of the message takes in

// hiddenParts says which rows and columns a sheet hides: they are read all the same, but whoever looks at the sheet
// does not see them.
func hiddenParts(rows ranges, cols []sheet.Span) (doubts []string) {
	if rows.total > 0 {
		var parts []string
		for _, x := range rows.runs[:min(len(rows.runs), maxRuns)] {
			if x[0] == x[1] {
				parts = append(parts, fmt.Sprint(x[0]))
			} else {
				parts = append(parts, fmt.Sprintf("%d-%d", x[0], x[1]))
			}
		}
		more := ""
		if len(rows.runs) > maxRuns {
			more = "等"
		}
		doubts = append(doubts, fmt.Sprintf("有隐藏的行（第%s%s行，共 %d 行），已一并读取", strings.Join(parts, "、"), more, rows.total))
	}
	if len(cols) > 0 {
		var parts []string
		for _, x := range cols[:min(len(cols), maxRuns)] {
			if x.From == x.To {
				parts = append(parts, sheet.Column(x.From))
			} else {
				parts = append(parts, sheet.Column(x.From)+"-"+sheet.Column(x.To))
			}
		}
		doubts = append(doubts, fmt.Sprintf("有隐藏的列（%s），已一并读取", strings.Join(parts, "、")))
	}
	return doubts
}

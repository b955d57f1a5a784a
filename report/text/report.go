package text

import (
	"fmt"
	"io"
	"strings"

	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/report/layout"
)

// WriteReport prints r's sections to w in lines of at most cols columns (80 when cols is under 40): paragraphs wrapped,
// tables aligned, charts as bars.
func WriteReport(w io.Writer, r *report.Report, cols int) error {
	if cols < 40 {
		cols = 80
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s\n", layout.Title(r), Clean(r.Cover.Applicant))
	sections(&b, r.Sections, cols, 1)
	_, err := io.WriteString(w, b.String())
	return err
}

func sections(b *strings.Builder, ss []report.Section, cols, level int) {
	for i, s := range ss {
		number := layout.Chinese(i+1) + "、"
		if level > 1 {
			number = "（" + layout.Chinese(i+1) + "）"
		}
		fmt.Fprintf(b, "\n%s%s\n", number, Clean(s.Title))
		if level == 1 {
			b.WriteString(strings.Repeat("═", cols) + "\n")
		}
		for j := range s.Blocks {
			block(b, &s.Blocks[j], cols)
		}
		sections(b, s.Sections, cols, level+1)
	}
}

func block(b *strings.Builder, bl *report.Block, cols int) {
	if bl.Title != "" {
		unit := ""
		if bl.Unit != "" {
			unit = "（单位：" + bl.Unit + "）"
		}
		fmt.Fprintf(b, "\n%s%s\n", Clean(bl.Title), unit)
	}
	switch bl.Type {
	case report.TableB:
		table(b, bl, cols)
	case report.ChartB:
		bars(b, bl.Chart, cols)
	case report.List:
		for i := range bl.Claims {
			wrapped(b, fmt.Sprintf("%2d. ", i+1), sentence(&bl.Claims[i]), 0, cols)
		}
	case report.Gap:
		for i := range bl.Claims {
			wrapped(b, "待补充：", strings.TrimPrefix(sentence(&bl.Claims[i]), "待补充："), 0, cols)
		}
	default:
		var all strings.Builder
		for i := range bl.Claims {
			all.WriteString(sentence(&bl.Claims[i]))
		}
		if all.Len() > 0 {
			wrapped(b, "", all.String(), 0, cols)
		}
	}
	if bl.Note != "" {
		wrapped(b, "注：", strings.TrimPrefix(bl.Note, "注："), 0, cols)
	}
}

func sentence(c *report.Claim) string { return c.Text + layout.Doubt(c) }

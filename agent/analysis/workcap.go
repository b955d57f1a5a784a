package analysis

import (
	"github.com/xindiao/xindiao/agent/voice"
	"github.com/xindiao/xindiao/report"
)

// workingCapital shows the estimate with each term and where it comes from.
func workingCapital(v *View) []report.Block {
	e := v.Study.WorkCap
	if e == nil {
		return nil
	}
	b := plain("营运资金需求测算", "项目", "数值", "来源或算法")
	for _, t := range e.Terms {
		c := v.cell(t.Figure)
		c.Text = voice.FormatFigure(t.Figure)
		b.Rows = append(b.Rows, []report.Claim{label(t.Figure.Name), c, label(t.Origin)})
	}
	var out []report.Block
	if len(b.Rows) > 0 {
		out = append(out, b)
	}
	return append(out, v.says(append(append([]string{}, e.Notes...), e.Why)...)...)
}

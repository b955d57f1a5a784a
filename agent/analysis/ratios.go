package analysis

import (
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
	"github.com/xindiao/xindiao/report"
)

var groupNames = map[string]string{"liquidity": "短期偿债能力", "solvency": "长期偿债能力", "profit": "盈利能力", "turnover": "营运能力", "growth": "成长能力",
	"cash": "现金流量", "model": "模型", "derived": "派生金额"}

// ratioTables shows the ratios group by group over the periods that a report compares.
func ratioTables(v *View) []report.Block {
	var groups []string
	by := map[string][]finance.Ratio{}
	for _, r := range finance.RatioBook() {
		if by[r.Group] == nil {
			groups = append(groups, r.Group)
		}
		by[r.Group] = append(by[r.Group], r)
	}
	var out []report.Block
	for _, g := range groups {
		name := groupNames[g]
		if name == "" {
			name = g
		}
		b := v.table(name, "指标")
		for _, p := range v.Study.Periods {
			b.Columns = append(b.Columns, p.Chinese())
		}
		money := false
		for _, r := range by[g] {
			if row, ok := v.ratioRow(r); ok {
				b.Rows = append(b.Rows, row)
				money = money || r.Unit.Money()
			}
		}
		if !money {
			b.Unit = ""
		}
		if len(b.Rows) > 0 {
			out = append(out, b)
		}
	}
	return out
}

func (v *View) ratioRow(r finance.Ratio) ([]report.Claim, bool) {
	row := []report.Claim{label(r.Name)}
	known := false
	for _, p := range v.Study.Periods {
		f, ok := v.Study.Set.Over(r.ID, p)
		if !ok {
			row = append(row, dash)
			continue
		}
		known = true
		row = append(row, v.cell(f))
	}
	return row, known
}

// undefined says why ratios have no value: the reasons with the ratios and periods that they stop.
func undefined(v *View) []report.Block {
	var g gathered
	for _, u := range v.Study.Undefined {
		g.add(strings.TrimSuffix(u.Why, "。"), u.Period.Chinese()+u.Name)
	}
	return kept(g.block("未计算的指标及原因"))
}

// line is a chart of figures over periods, nil with fewer than two points.
func (v *View) line(title, kind string, ids []string, periods []dossier.Period) []report.Block {
	ch := &report.Chart{Kind: kind}
	points := 0
	for _, p := range periods {
		ch.Labels = append(ch.Labels, p.Chinese())
	}
	for _, id := range ids {
		s := report.Series{Name: finance.NameOf(id)}
		for _, p := range periods {
			f, ok := v.Study.Set.Over(id, p)
			if !ok {
				s.Values = append(s.Values, nil)
				continue
			}
			if points++; ch.Unit == "" {
				ch.Unit = string(f.Unit)
			}
			val := f.Value
			s.Values, s.Figures = append(s.Values, &val), append(s.Figures, f.ID)
		}
		ch.Series = append(ch.Series, s)
	}
	if points < 2 {
		return nil
	}
	return []report.Block{{Type: report.ChartB, Title: title, Claims: []report.Claim{}, Chart: ch}}
}

package finance

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// NeedPolicy says by how much the working-capital estimate is moved, and when sales count as seasonal.
type NeedPolicy struct {
	Owned  `yaml:",inline"`
	Growth []dossier.Decimal `yaml:"growth"` // added to the growth
	Margin []dossier.Decimal `yaml:"margin"` // added to the margin
	Days   []dossier.Decimal `yaml:"days"`   // share of the days added to them
	Stress []NeedStress      `yaml:"stress"`
	// A season is Months months in a row that bring at least Share of a year's receipts.
	Season struct {
		Months int             `yaml:"months"`
		Share  dossier.Decimal `yaml:"share"`
	} `yaml:"season"`
	SmallTypes []string `yaml:"small_types"` // customer types that art. 19 par. 3 leaves to other methods
}

// NeedStress moves several things at once.
type NeedStress struct {
	Name   string                     `yaml:"name"`
	Growth dossier.Decimal            `yaml:"growth"`
	Margin dossier.Decimal            `yaml:"margin"`
	Days   map[string]dossier.Decimal `yaml:"days"` // by indicator (wc_ar_days…): share of the days added to them
}

func (n *NeedPolicy) check() error {
	if err := n.Owned.check(); err != nil {
		return err
	}
	steps := [][]dossier.Decimal{n.Growth, n.Margin, n.Days}
	for _, l := range steps {
		if len(l) == 0 || len(l) > 12 {
			return fmt.Errorf("growth, margin and days need 1 to 12 steps each")
		}
		for i := range l {
			if l[i].IsZero() || l[i].Abs().GreaterThan(one) || i > 0 && !l[i].GreaterThan(l[i-1]) {
				return fmt.Errorf("steps must rise, lie within ±1 and leave out zero")
			}
		}
	}
	if len(n.Stress) > 20 || n.Season.Months < 1 || n.Season.Months > 11 || !n.Season.Share.IsPositive() || n.Season.Share.GreaterThan(one) {
		return fmt.Errorf("at most 20 stresses; a season of 1 to 11 months and a share up to 1")
	}
	for _, s := range n.Stress {
		if s.Name == "" {
			return fmt.Errorf("a stress without a name")
		}
		for id := range s.Days {
			if !strings.HasPrefix(id, "wc_") || !strings.HasSuffix(id, "_days") || otherNames[id] == "" || id == indCycle {
				return fmt.Errorf("stress %s: unknown days %q", s.Name, id)
			}
		}
	}
	return nil
}

// Sensitivity is a matrix: a row a factor of the working-capital estimate, a column a step; each cell moves that factor
// alone.
type Sensitivity struct {
	Rows []SensitivityRow
	Owned
}

// SensitivityRow moves one factor.
type SensitivityRow struct {
	Factor string // indicator: wc_growth, wc_margin, wc_ar_days…
	Name   string
	Base   dossier.Figure
	Cells  []NeedCell
}

// NeedCell is the estimate under changed assumptions.
type NeedCell struct {
	Label  string          // ＋5.00个百分点, －10.00%, or the stress's name
	Step   dossier.Decimal // 0 for a stress
	Need   *dossier.Figure
	Limit  *dossier.Figure
	Change *dossier.Figure // of the limit against the estimate, 元
	Enough bool            // the limit covers what is asked for
	Gap    dossier.Decimal // asked for less limit, when positive
	Why    string          // why there is no result, in Chinese
}

// shift is what is added to growth, margin and days.
type shift struct {
	growth, margin dossier.Decimal
	days           map[string]dossier.Decimal
}

// Sensitivity moves each factor of an estimate by the policy's steps; nil when there is no estimate.
func (s *Set) Sensitivity(w *WorkCap, pol NeedPolicy) *Sensitivity {
	if w == nil || w.Limit == nil {
		return nil
	}
	out := &Sensitivity{Owned: pol.Owned}
	add := func(base dossier.Figure, steps []dossier.Decimal, unit string, move func(dossier.Decimal) shift) {
		row := SensitivityRow{Factor: base.Indicator, Name: base.Name, Base: base}
		for _, st := range steps {
			label := signedPercent(st) + unit
			c := s.needCell(w, base.Name+label, move(st))
			c.Label, c.Step = label, st
			row.Cells = append(row.Cells, c)
		}
		out.Rows = append(out.Rows, row)
	}
	add(w.base.growth, pol.Growth, "个百分点", func(d dossier.Decimal) shift { return shift{growth: d} })
	add(w.base.margin, pol.Margin, "个百分点", func(d dossier.Decimal) shift { return shift{margin: d} })
	for _, d := range w.base.days {
		if !d.fig.Value.IsZero() {
			add(d.fig, pol.Days, "%", func(v dossier.Decimal) shift { return shift{days: map[string]dossier.Decimal{d.fig.Indicator: v}} })
		}
	}
	return out
}

// Stress estimates under each of the policy's scenarios; nil when there is no estimate.
func (s *Set) Stress(w *WorkCap, pol NeedPolicy) []NeedCell {
	if w == nil || w.Limit == nil {
		return nil
	}
	out := make([]NeedCell, 0, len(pol.Stress))
	for _, st := range pol.Stress {
		c := s.needCell(w, st.Name, shift{st.Growth, st.Margin, st.Days})
		c.Label = st.Name
		out = append(out, c)
	}
	return out
}

// needCell estimates again; name tells the figures apart for a reader.
func (s *Set) needCell(w *WorkCap, name string, sh shift) NeedCell {
	b := w.base
	growth, margin := one.Add(b.growth.Value).Add(sh.growth), one.Sub(b.margin.Value).Sub(sh.margin)
	days, text := b.cycle.Value, indCycle
	ops := []dossier.Figure{b.rev, b.margin, b.growth, b.cycle}
	for _, d := range b.days {
		if v := sh.days[d.fig.Indicator]; !v.IsZero() {
			v = v.Mul(intD(d.sign))
			days = days.Add(d.fig.Value.Mul(v))
			text += plus(v, d.fig.Indicator+" * ")
			ops = append(ops, d.fig)
		}
	}
	switch {
	case !margin.IsPositive() || !growth.IsPositive():
		return NeedCell{Why: "收入或周转成本不再为正，公式不适用"}
	case !days.IsPositive():
		return NeedCell{Why: fmt.Sprintf("周转天数合计%s天，不为正，公式不支持新增流动资金贷款", days.StringFixed(2))}
	}
	need := div(b.rev.Value.Mul(margin).Mul(growth).Mul(days), year360).Round(2)
	formula := fmt.Sprintf("%s * (1 - wc_margin%s) * (1 + %s%s) * (%s) / 360", b.rev.Indicator, plus(sh.margin.Neg(), ""), indGrowth, plus(sh.growth, ""), text)
	nf := s.figure("wc_need_moved", "营运资金量（"+name+"）", formula, need, dossier.Yuan, w.Year, ops...)
	v := need.Sub(b.own.Value).Sub(b.loans.Value).Sub(b.other.Value)
	lf := s.figure("wc_limit_moved", "新增流动资金贷款额度（"+name+"）", "wc_need_moved - "+indOwn+" - "+indLoans+" - "+indOther, v, dossier.Yuan, w.Year,
		nf, b.own, b.loans, b.other)
	ch := s.figure("wc_limit_change", "额度变动（"+name+"）", "wc_limit_moved - "+indLimit, v.Sub(w.Limit.Value), dossier.Yuan, w.Year, lf, *w.Limit)
	c := NeedCell{Need: &nf, Limit: &lf, Change: &ch}
	if b.asked.IsPositive() {
		if c.Enough = !v.LessThan(b.asked); !c.Enough {
			c.Gap = b.asked.Sub(v)
		}
	}
	return c
}

// plus prints " + 0.05", " - x * 0.2", or nothing for zero.
func plus(v dossier.Decimal, times string) string {
	switch {
	case v.IsZero():
		return ""
	case v.IsNegative():
		return " - " + times + v.Neg().String()
	}
	return " + " + times + v.String()
}

// signedPercent prints 0.05 as ＋5 and -0.025 as －2.5.
func signedPercent(v dossier.Decimal) string {
	if v.IsNegative() {
		return "－" + v.Neg().Mul(hundred).String()
	}
	return "＋" + v.Mul(hundred).String()
}

package finance

import (
	"errors"
	"slices"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

const crossPeriods = 3

// cross runs one check for each period of its anchor, newest first; a check that no period allows is untestable once.
func (s *Set) cross(r *crossRule) []CrossCheck {
	most := r.Newest
	if most == 0 {
		most = crossPeriods
	}
	var out []CrossCheck
	var untested *CrossCheck
	for _, p := range s.Periods(r.At, "") {
		c := s.crossAt(r, p)
		if c.Outcome == OutcomeUntestable {
			if untested == nil {
				untested = &c
			}
			continue
		}
		if out = append(out, c); len(out) == most {
			break
		}
	}
	if len(out) > 0 {
		return out
	}
	if untested == nil {
		c := s.blank(r)
		c.Missing = union(r.Left.Needs, nil)
		if strings.Contains(r.Right.Value, r.At) {
			c.Missing = union(r.Right.Needs, nil)
		}
		c.Message = r.Name + "：未提供或未读到" + strings.Join(c.Missing, "、") + "，无法核对"
		untested = &c
	}
	return []CrossCheck{*untested}
}

func (s *Set) blank(r *crossRule) CrossCheck {
	return CrossCheck{ID: r.ID, Code: r.Code, Name: r.Name, Entity: s.Entity, Tolerance: r.shown(), Basis: r.Basis, Gap: r.Gap, Owner: r.Owner,
		Since: r.Since, Kind: r.Kind, Outcome: OutcomeUntestable, Left: CrossSide{Name: r.Left.Name}, Right: CrossSide{Name: r.Right.Name}}
}

// shown prints the tolerance.
func (r *crossRule) shown() string {
	if r.Compare == "ratio" {
		switch {
		case r.Low == nil:
			return "不高于" + r.High.String()
		case r.High == nil:
			return "不低于" + r.Low.String()
		}
		return r.Low.String() + "至" + r.High.String()
	}
	switch r.Only {
	case "over":
		return "＋" + percent(*r.Tolerance)
	case "under":
		return "－" + percent(*r.Tolerance)
	}
	return "±" + percent(*r.Tolerance)
}

func (s *Set) crossAt(r *crossRule, p dossier.Period) CrossCheck {
	c := s.blank(r)
	c.Period = p
	left, errL := s.side(r, &r.Left, p)
	right, errR := s.side(r, &r.Right, p)
	c.Left, c.Right = left, right
	if err := errors.Join(errL, errR); err != nil {
		if errL != nil {
			c.Missing = union(c.Missing, r.Left.Needs)
		}
		if errR != nil {
			c.Missing = union(c.Missing, r.Right.Needs)
		}
		c.Message = r.Name + "：" + strings.ReplaceAll(strings.ReplaceAll(err.Error(), errNoFigure.Error()+": ", ""), "\n", "；") + "，无法核对"
		return c
	}
	a, b := left.Figure.Value, right.Figure.Value
	c.Diff = a.Sub(b)
	for _, f := range slices.Concat(left.Figures, right.Figures) {
		if f.Note != "" && (f.Source == nil || strings.HasPrefix(f.Indicator, "bank_")) {
			c.Notes = union(c.Notes, []string{f.Name + "：" + f.Note})
		}
		c.Doubtful = c.Doubtful || strings.Contains(f.Note, ScanNote)
	}
	if !r.judge(&c, a, b) {
		c.Outcome = OutcomeUntestable
		c.Message = r.Name + "：" + r.Right.Name + "不为正数，差异率没有意义"
		return c
	}
	c.Message = r.say(c)
	return c
}

// judge sets Share and Outcome; false when the measure is undefined.
func (r *crossRule) judge(c *CrossCheck, a, b dossier.Decimal) bool {
	if r.Floor != nil && c.Diff.Abs().LessThanOrEqual(*r.Floor) {
		c.Outcome = OutcomePass
		return true
	}
	over := c.Diff.IsPositive()
	var out bool
	remark := false
	switch r.Compare {
	case "ratio":
		if !b.IsPositive() {
			return false
		}
		q := div(a, b).Round(4)
		c.Share = &q
		low, high := r.Low != nil && q.LessThan(*r.Low), r.High != nil && q.GreaterThan(*r.High)
		out, over = low || high, high
	default:
		m := c.Diff.Round(4)
		if r.Compare == "relative" {
			base := b
			if !base.IsPositive() {
				base = a
			}
			if !base.IsPositive() {
				return false
			}
			m = div(c.Diff, base).Round(4)
		}
		c.Share = &m
		out = m.Abs().GreaterThan(*r.Tolerance)
		remark = r.Remark != nil && m.Abs().GreaterThan(*r.Remark)
	}
	c.Outcome = OutcomePass
	switch {
	case out && (r.Only == "" || r.Only == "over" && over || r.Only == "under" && !over):
		c.Outcome = OutcomeBreak
	case out || remark:
		c.Outcome = OutcomeRemark
	}
	return true
}

// say fills the message's words in braces.
func (r *crossRule) say(c CrossCheck) string {
	m := r.Message
	if m == "" || c.Outcome != OutcomeBreak {
		m = "{period}{lname}{left}，{rname}{right}，相差{diff}"
		if c.Share != nil && !c.Diff.IsZero() {
			m += map[bool]string{true: "（为其{share}）", false: "（{share}）"}[r.Compare == "ratio"]
		}
	}
	unit := ""
	if c.Left.Figure.Unit.Money() {
		unit = "元"
	}
	share, dir := "", "高"
	if c.Share != nil {
		share = percent(c.Share.Abs())
	}
	if c.Diff.IsNegative() {
		dir = "低"
	}
	diff := FormatValue(dossier.Figure{Value: c.Diff.Abs(), Unit: c.Left.Figure.Unit})
	return strings.NewReplacer("{period}", c.Period.Chinese(), "{lname}", r.Left.Name, "{rname}", r.Right.Name, "{left}", c.Left.Shown+unit,
		"{right}", c.Right.Shown+unit, "{diff}", diff+unit, "{share}", share, "{dir}", dir,
		"{lat}", c.Left.Figure.Period.Chinese(), "{rat}", c.Right.Figure.Period.Chinese()).Replace(m)
}

func union(a, b []string) []string {
	out := append([]string{}, a...)
	for _, x := range b {
		if !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}

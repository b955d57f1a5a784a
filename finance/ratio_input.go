package finance

import (
	"errors"
	"fmt"

	"github.com/xindiao/xindiao/dossier"
)

// Input is an amount that ratios need and no statement prints: restricted money, guarantees given, principal due. Other
// papers of the dossier, or the investigator, put it into the set as a figure of that indicator.
type Input struct {
	ID   string `yaml:"id"`
	Name string `yaml:"name"`
	// Period: balance or flow.
	Period string `yaml:"period"`
	// WithinDays lets a balance of another day stand in for the nearest balance-sheet date: a credit report is
	// never of a month's end. 0: the day itself.
	WithinDays int `yaml:"within_days"`
	// From names the papers that say it, in Chinese.
	From string `yaml:"from"`
	// Quiet: what lacks it does not concern most borrowers (a project's cash), so nothing is reported as undefined.
	Quiet bool `yaml:"quiet"`
}

func (b *ratioBook) input(in *Input) error {
	switch {
	case b.inputs[in.ID] != nil || b.byID[in.ID] != nil || theChart().stmt[in.ID] != "":
		return fmt.Errorf("id is taken")
	case in.Name == "" || in.From == "":
		return fmt.Errorf("name and from are required")
	case in.Period != "balance" && in.Period != "flow":
		return fmt.Errorf("unknown period %q", in.Period)
	case in.WithinDays < 0 || in.WithinDays > 400 || in.WithinDays > 0 && in.Period == "flow":
		return fmt.Errorf("within_days %d", in.WithinDays)
	}
	b.inputs[in.ID] = in
	return nil
}

func inputByID(id string) *Input { return theRatios().inputs[id] }

// input finds a figure that no statement prints.
func (ev *evaluation) input(e *expr, in *Input, role string) (*expr, dossier.Decimal, error) {
	p := ev.p
	switch {
	case in.Period == "flow" && (p.Months == 0 || role == "open"):
		return nil, zero, errNotApplicable
	case role == "prior":
		p = PriorYear(p)
	case role == "open":
		p = Opening(p)
	}
	if in.Period == "balance" {
		p = Closing(p)
	}
	f, ok := ev.best(in.ID, p)
	if !ok && in.WithinDays > 0 {
		f, ok = ev.nearest(in, p)
	}
	if ok {
		ev.use(f.ID)
		return &expr{op: 'i', name: e.name}, f.Value, nil
	}
	switch {
	case e.opt:
		return nil, zero, nil
	case in.Quiet:
		return nil, zero, errNotApplicable
	}
	return nil, zero, inputError{in, p}
}

// inputError is an amount that neither statements nor other papers give.
type inputError struct {
	in *Input
	p  dossier.Period
}

func (e inputError) Error() string {
	return fmt.Sprintf("缺%s的%s，需提供%s", e.p.Chinese(), e.in.Name, e.in.From)
}

// nearest is the figure of the day closest to the balance date p, when no other balance sheet lies closer to it.
func (ev *evaluation) nearest(in *Input, p dossier.Period) (dossier.Figure, bool) {
	best := dossier.Period{}
	for _, q := range ev.set.Periods(in.ID, ev.entity) {
		at, ok := ev.set.balanceBy(ev.entity, q.End)
		if q.Months == 0 && ok && at == p && daysApart(q, p) <= in.WithinDays && (best.End.IsZero() || daysApart(q, p) < daysApart(best, p)) {
			best = q
		}
	}
	if best.End.IsZero() {
		return dossier.Figure{}, false
	}
	f, ok := ev.best(in.ID, best)
	if ok {
		ev.note(fmt.Sprintf("%s取%s的数", in.Name, best.Chinese()))
	}
	return f, ok
}

func daysApart(a, b dossier.Period) int { return max(a.End.Sub(b.End), b.End.Sub(a.End)) }

// baseError is a denominator that makes no ratio.
type baseError struct {
	name  string
	value dossier.Decimal
	none  bool // nothing of it is printed
}

func (e baseError) Error() string {
	if e.value.IsNegative() {
		return fmt.Sprintf("分母（%s）为负，不具可比意义", e.name)
	}
	return fmt.Sprintf("分母（%s）为零或没有数据", e.name)
}

// grew says of a growth without a ratio what happened: a base that is not positive makes a percentage without meaning.
func (ev *evaluation) grew(e *expr, err error) error {
	var b baseError
	if !errors.As(err, &b) || e.op != '/' || e.args[0].op != '-' || b.none {
		return err
	}
	_, now, err2 := ev.eval(e.args[0].args[0], "")
	if err2 != nil {
		return err
	}
	what := "基数不为正，增长率没有意义"
	switch {
	case b.value.IsZero() && now.IsZero():
		what = "两期均为零，增长率没有意义"
	case b.value.IsNegative() && now.IsPositive():
		what = "由负转正，" + what
	case b.value.IsNegative() && now.LessThan(b.value):
		what = "负数扩大，" + what
	case b.value.IsNegative() && now.GreaterThan(b.value):
		what = "负数缩小，" + what
	}
	return fmt.Errorf("%s为%s，本期%s，%s，变动额%s", b.name, Money(b.value), Money(now), what, Money(now.Sub(b.value)))
}

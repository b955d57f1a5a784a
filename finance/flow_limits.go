package finance

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/xindiao/xindiao/dossier"
)

// FlowLimits are the thresholds of the flow detectors (flows/detect.yaml): the bank's configuration, not law. Days are
// calendar days, amounts 元, shares and tolerances ratios.
type FlowLimits struct {
	Owner     string       `yaml:"owner"`
	Date      dossier.Date `yaml:"date"`
	RoundTrip struct {
		Pairs int             `yaml:"pairs"`
		Share dossier.Decimal `yaml:"share"`
	} `yaml:"round_trip"`
	Circulation struct {
		Days      int             `yaml:"days"`
		Hops      int             `yaml:"hops"`
		Tolerance dossier.Decimal `yaml:"tolerance"`
		MinAmount dossier.Decimal `yaml:"min_amount"`
		Share     dossier.Decimal `yaml:"share"`
		Times     int             `yaml:"times"`
	} `yaml:"circulation"`
	PassThrough struct {
		Days      int             `yaml:"days"`
		Times     int             `yaml:"times"`
		Tolerance dossier.Decimal `yaml:"tolerance"`
		Share     dossier.Decimal `yaml:"share"`
	} `yaml:"pass_through"`
	Bridge struct {
		Before    int             `yaml:"before"` // money in before the repayment
		After     int             `yaml:"after"`  // money back after it
		Part      dossier.Decimal `yaml:"part"`   // of the repayment: less bridges nothing
		Tolerance dossier.Decimal `yaml:"tolerance"`
	} `yaml:"bridge"`
	Loan struct {
		Days           int             `yaml:"days"`   // after the grant in which payments are uses of the loan
		Ignore         dossier.Decimal `yaml:"ignore"` // part of the loan below which a use is an expense
		BackDays       int             `yaml:"back_days"`
		BackShare      dossier.Decimal `yaml:"back_share"`
		SplitPayees    int             `yaml:"split_payees"`
		SplitSpread    dossier.Decimal `yaml:"split_spread"`
		SplitShare     dossier.Decimal `yaml:"split_share"`
		EntrustedLimit dossier.Decimal `yaml:"entrusted_limit"`
	} `yaml:"loan"`
	Instalment struct {
		Months       int             `yaml:"months"`
		DaySpread    int             `yaml:"day_spread"`
		AmountSpread dossier.Decimal `yaml:"amount_spread"`
		MinAmount    dossier.Decimal `yaml:"min_amount"`
	} `yaml:"instalment"`
	RoundAmount struct {
		MinAmount dossier.Decimal `yaml:"min_amount"`
		Unit      dossier.Decimal `yaml:"unit"`
		Rows      int             `yaml:"rows"`
		Share     dossier.Decimal `yaml:"share"`
	} `yaml:"round_amount"`
	Dressing struct {
		Days      int             `yaml:"days"`
		Times     dossier.Decimal `yaml:"times"`
		Back      dossier.Decimal `yaml:"back"`
		MinAmount dossier.Decimal `yaml:"min_amount"`
		Months    int             `yaml:"months"`
	} `yaml:"dressing"`
	Silence struct {
		Days int `yaml:"days"`
	} `yaml:"silence"`
	Fast struct {
		MinAmount dossier.Decimal `yaml:"min_amount"`
		Keep      dossier.Decimal `yaml:"keep"`
		Share     dossier.Decimal `yaml:"share"`
		Times     int             `yaml:"times"`
	} `yaml:"fast"`
	Cash     shareLimit `yaml:"cash"`
	Personal shareLimit `yaml:"personal"`
	OffHours struct {
		From  int             `yaml:"from"`
		To    int             `yaml:"to"`
		Share dossier.Decimal `yaml:"share"`
		Rows  int             `yaml:"rows"`
	} `yaml:"off_hours"`
	Concentration shareLimit `yaml:"concentration"`
	BothSides     shareLimit `yaml:"both_sides"`
	Transfer      struct {
		Days int `yaml:"days"`
	} `yaml:"transfer"`
	MissingAccount struct {
		Rows  int             `yaml:"rows"`
		Share dossier.Decimal `yaml:"share"`
	} `yaml:"missing_account"`
	MissingRows struct {
		Most int `yaml:"most"` // breaks told one by one
	} `yaml:"missing_rows"`
	Interest InterestLimits  `yaml:"interest"`
	Examples []detectExample `yaml:"examples"`
}

type shareLimit struct {
	Share dossier.Decimal `yaml:"share"`
}

// InterestLimits say when demand deposits are settled and at what listed rates.
type InterestLimits struct {
	SettleDays  []int           `yaml:"settle_days"`
	Months      []int           `yaml:"months"`
	Ratio       dossier.Decimal `yaml:"ratio"`
	Low         dossier.Decimal `yaml:"low"`
	Ceiling     dossier.Decimal `yaml:"ceiling"`
	MinExpected dossier.Decimal `yaml:"min_expected"`
	Listed      []struct {
		From dossier.Date    `yaml:"from"`
		Rate dossier.Decimal `yaml:"rate"`
	} `yaml:"listed"`
}

// At is the listed rate on a day; ok is false before the first.
func (l InterestLimits) At(d dossier.Date) (rate dossier.Decimal, ok bool) {
	for _, r := range l.Listed {
		if !d.Before(r.From) {
			rate, ok = r.Rate, true
		}
	}
	return rate, ok
}

type detectExample struct {
	Name    string   `yaml:"name"`
	Rows    []string `yaml:"rows"` // date|out|in|balance|party|summary
	Lenders []string `yaml:"lenders"`
	Expect  []string `yaml:"expect"`
	Refuse  []string `yaml:"refuse"`
}

var loadFlowLimits = sync.OnceValues(func() (*FlowLimits, error) { return newFlowLimits(flowsFS, "flows/detect.yaml") })

// Limits are the thresholds in force.
func Limits() *FlowLimits {
	l, err := loadFlowLimits()
	if err != nil {
		panic(err)
	}
	return l
}

func newFlowLimits(fsys fs.FS, name string) (*FlowLimits, error) {
	l, err := decodeFile[FlowLimits](fsys, name)
	if err != nil {
		return nil, err
	}
	if l.Owner == "" || l.Date.IsZero() || len(l.Examples) == 0 || len(l.Interest.Listed) == 0 {
		return nil, fmt.Errorf("%s: owner, date, interest.listed and examples are required", name)
	}
	for what, n := range map[string]int{"circulation.days": l.Circulation.Days, "pass_through.days": l.PassThrough.Days, "bridge.before": l.Bridge.Before,
		"bridge.after": l.Bridge.After, "loan.days": l.Loan.Days, "loan.back_days": l.Loan.BackDays, "instalment.months": l.Instalment.Months,
		"dressing.days": l.Dressing.Days, "silence.days": l.Silence.Days, "transfer.days": l.Transfer.Days, "circulation.hops": l.Circulation.Hops} {
		if n < 1 || n > 400 {
			return nil, fmt.Errorf("%s: %s must be between 1 and 400", name, what)
		}
	}
	return &l, nil
}

// check runs the examples through reading and analysis.
func (l *FlowLimits) check() []error {
	var errs []error
	for _, ex := range l.Examples {
		got, err := ex.kinds()
		if err != nil {
			errs = append(errs, fmt.Errorf("flows/detect.yaml: example %s: %w", ex.Name, err))
			continue
		}
		for _, k := range append(slices.Clone(ex.Expect), ex.Refuse...) {
			if !KnownIssue(k) {
				errs = append(errs, fmt.Errorf("flows/detect.yaml: example %s: no issue %q", ex.Name, k))
			} else if want := slices.Contains(ex.Expect, k); slices.Contains(got, k) != want {
				errs = append(errs, fmt.Errorf("flows/detect.yaml: example %s: %s is %v, all %v", ex.Name, k, !want, got))
			}
		}
	}
	return errs
}

// kinds are the issues that the example's rows raise.
func (ex detectExample) kinds() ([]string, error) {
	rows := append([]string{"户名：甲有限公司 账号：6222000011112222", "期初余额：100,000.00", "交易日期|借方发生额|贷方发生额|余额|对方户名|摘要"}, ex.Rows...)
	tb := dossier.Table{Sheet: true}
	for _, r := range rows {
		var cells []dossier.Cell
		for _, c := range strings.Split(r, "|") {
			cells = append(cells, dossier.Cell{Text: c})
		}
		tb.Rows = append(tb.Rows, cells)
	}
	d := &dossier.Document{File: "例", Type: flowTypes[0], Pages: []dossier.Page{{Number: 1, Tables: []dossier.Table{tb}}}}
	fs, err := ReadFlows(d)
	if err != nil {
		return nil, err
	}
	o := FlowOptions{Borrower: "甲有限公司", RelatedNames: []string{"赵一"}, Lenders: ex.Lenders, Reported: len(ex.Lenders) > 0}
	a := Analyse(fs[0], o)
	j := Together([]*FlowAnalysis{a}, o)
	var out []string
	for _, is := range append(a.Issues, j.Issues...) {
		out = append(out, is.Kind)
	}
	return out, nil
}

// lintFlows loads the data of the flows and runs its examples.
func lintFlows() []error {
	var errs []error
	w, err := loadFlowWords()
	if err != nil {
		errs = append(errs, err)
	}
	c, err := loadClasses()
	if err != nil {
		errs = append(errs, err)
	}
	l, err := loadFlowLimits()
	if err != nil {
		errs = append(errs, err)
	}
	if len(errs) > 0 {
		return errs
	}
	return append(append(w.check(), c.check()...), l.check()...)
}

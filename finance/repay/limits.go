package repay

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xindiao/xindiao/internal/datafile"
)

// Basis is the article that a limit rests on; Quote stands in its text.
type Basis struct {
	Law     string `yaml:"law"`
	Article string `yaml:"article"`
	Of      string `yaml:"of"` // term, instalments, frequency
	Quote   string `yaml:"quote"`
}

// Limit is what law says of a product's term and instalments; 0 where it says nothing.
type Limit struct {
	ID               string   `yaml:"id"`
	Name             string   `yaml:"name"`
	Match            []string `yaml:"match"`     // parts of the product's name
	Customers        []string `yaml:"customers"` // or a customer type
	MaxMonths        int      `yaml:"max_months"`
	HardMonths       int      `yaml:"hard_months"` // never beyond; 0: an approval of its own is needed beyond MaxMonths
	InstalmentsAfter int      `yaml:"instalments_after"`
	RepayEvery       int      `yaml:"repay_every"`
	RepayEveryHard   int      `yaml:"repay_every_hard"`
	Basis            []Basis  `yaml:"basis"`
}

func checkLimits(ls []Limit) error {
	for _, l := range ls {
		if l.ID == "" || l.Name == "" || len(l.Match) == 0 || l.MaxMonths <= 0 || len(l.Basis) == 0 {
			return fmt.Errorf("finance/repay/data/limits.yaml: %s: id, name, match, max_months and basis are required", l.ID)
		}
		for _, b := range l.Basis {
			if !slices.Contains([]string{"term", "instalments", "frequency"}, b.Of) || b.Law == "" || b.Article == "" || b.Quote == "" {
				return fmt.Errorf("finance/repay/data/limits.yaml: %s: a basis needs law, article, of and quote", l.ID)
			}
		}
	}
	return nil
}

// Limits are all of them.
func Limits() []Limit { return slices.Clone(theBook().limits) }

// LimitOf finds the limit for a product and a type of customer; nil when no law at hand speaks of it.
func LimitOf(product, customer string) *Limit {
	ls := theBook().limits
	for i := range ls {
		if slices.Contains(ls[i].Customers, customer) && customer != "" || product != "" && datafile.Matches(ls[i].Match, product) {
			l := ls[i]
			return &l
		}
	}
	return nil
}

// Cite names the article of that kind: wcl2024:11.
func (l *Limit) Cite(of string) string {
	for _, b := range l.Basis {
		if b.Of == of {
			return b.Law + ":" + b.Article
		}
	}
	return ""
}

// Term judges a term: ok, or why not in Chinese; hard tells that no reason helps.
func (l *Limit) Term(months int) (why string, hard bool) {
	switch {
	case l == nil || months <= l.MaxMonths:
		return "", false
	case l.HardMonths > 0 && months > l.HardMonths:
		return fmt.Sprintf("期限%d个月超过%s最长%d个月（%s）", months, l.Name, l.HardMonths, l.Cite("term")), true
	case l.HardMonths > 0:
		return fmt.Sprintf("期限%d个月超过%s一般不超过%d个月的要求，须说明经营现金流回收周期较长（%s）", months, l.Name, l.MaxMonths, l.Cite("term")), false
	}
	return fmt.Sprintf("期限%d个月超过%s一般不超过%d个月的要求，须按规定权限审批（%s）", months, l.Name, l.MaxMonths, l.Cite("term")), false
}

// Allows judges a plan's repayment of principal: why not, in Chinese, "" when it may be offered; remark is what must
// be justified all the same.
func (l *Limit) Allows(s *Schedule) (why, remark string) {
	if l == nil || l.InstalmentsAfter == 0 || s.Terms.Months <= l.InstalmentsAfter {
		return "", ""
	}
	var dates []int // months from the draw at which principal is repaid
	for _, r := range s.Rows {
		if r.Principal.IsPositive() {
			dates = append(dates, (r.Date.Year-s.Terms.Start.Year)*12+int(r.Date.Month)-int(s.Terms.Start.Month))
		}
	}
	if len(dates) < 2 {
		return fmt.Sprintf("期限超过%d个月须分期偿还本金（%s）", l.InstalmentsAfter, l.Cite("instalments")), ""
	}
	gap := 0
	for i := 1; i < len(dates); i++ {
		gap = max(gap, dates[i]-dates[i-1])
	}
	switch {
	case l.RepayEveryHard > 0 && gap > l.RepayEveryHard:
		return fmt.Sprintf("还本间隔%d个月，低于每年一次（%s）", gap, l.Cite("frequency")), ""
	case l.RepayEvery > 0 && gap > l.RepayEvery:
		remark = fmt.Sprintf("还本间隔%d个月，低于每年两次，须经评估（%s）", gap, l.Cite("frequency"))
	}
	return "", strings.TrimSpace(remark)
}

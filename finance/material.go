package finance

import (
	"fmt"
	"slices"
	"sort"

	"github.com/xindiao/xindiao/dossier"
)

// MaterialPolicy says which accounts a report must speak of, and what paper explains each.
type MaterialPolicy struct {
	Owned     `yaml:",inline"`
	Top       int             `yaml:"top"`        // the largest of each side
	MinShare  dossier.Decimal `yaml:"min_share"`  // at least this share of the side's total
	MinMove   dossier.Decimal `yaml:"min_move"`   // moved by at least this, up or down
	MoveFloor dossier.Decimal `yaml:"move_floor"` // a move counts from this share of total assets on; 0: always
	Sides     []string        `yaml:"sides"`      // totals whose items are looked at
	Accounts  []AccountPapers `yaml:"accounts"`
	Other     AccountPapers   `yaml:"other"` // accounts that the list does not name
	Examples  []struct {
		Value   dossier.Decimal `yaml:"value"`
		Before  dossier.Decimal `yaml:"before"`
		Total   dossier.Decimal `yaml:"total"`
		Rank    int             `yaml:"rank"`
		Reasons int             `yaml:"reasons"`
	} `yaml:"examples"`
}

// AccountPapers are the document types that explain an account, and what to ask.
type AccountPapers struct {
	ID     string   `yaml:"id"`
	Papers []string `yaml:"papers"`
	Ask    string   `yaml:"ask"`
}

func (m *MaterialPolicy) check() error {
	if err := m.Owned.check(); err != nil {
		return err
	}
	if m.Top < 0 || m.MinShare.IsNegative() || !m.MinMove.IsPositive() || m.MoveFloor.IsNegative() || len(m.Sides) == 0 || m.Other.Ask == "" {
		return fmt.Errorf("top, min_share, min_move, sides and other are required")
	}
	for _, id := range m.Sides {
		if Items(id) == nil {
			return fmt.Errorf("side %q is no total of the balance sheet", id)
		}
	}
	for _, a := range m.Accounts {
		if StatementOf(a.ID) != BalanceSheet || len(a.Papers) == 0 || a.Ask == "" {
			return fmt.Errorf("account %q: unknown, or without papers and question", a.ID)
		}
	}
	for i, ex := range m.Examples {
		if got := len(m.reasons(ex.Value, ex.Before, true, ex.Total, ex.Total, ex.Rank)); got != ex.Reasons {
			return fmt.Errorf("example %d: %d reasons, want %d", i+1, got, ex.Reasons)
		}
	}
	return nil
}

// MaterialAccount is an account that a report must speak of.
type MaterialAccount struct {
	Indicator string
	Name      string
	Side      string          // total_assets or total_liabilities
	Rank      int             // by size on its side, from 1
	Value     dossier.Figure  // without an id when the statement does not print it any more
	Before    *dossier.Figure // a year before, or at the last year end
	Share     *dossier.Figure // of the side's total; nil when it is not printed any more
	Change    *dossier.Figure // 元
	Move      *dossier.Figure // ratio; nil when Before is not positive
	Why       []string        // which rules it meets, in Chinese
	Ask       string          // what to find out
	Papers    []string        // document types that would explain it
	Have      []string        // files of those types that are in the dossier
}

// Material lists the accounts of the balance sheet at the end of p that the rule picks, side by side, the largest first.
func (s *Set) Material(entity string, p dossier.Period, m MaterialPolicy) []MaterialAccount {
	if entity == "" {
		entity = s.Entity
	}
	at, scope := Closing(p), s.scopeOf(entity, p)
	assets, _ := s.lineAt("total_assets", entity, scope, at)
	var out []MaterialAccount
	for _, side := range m.Sides {
		total, ok := s.lineAt(side, entity, scope, at)
		if !ok || !total.Value.IsPositive() {
			continue
		}
		var accounts []MaterialAccount
		for _, id := range Items(side) {
			a := MaterialAccount{Indicator: id, Name: NameOf(id), Side: side}
			var now, was bool
			a.Value, now = s.lineAt(id, entity, scope, at)
			if b, ok := s.lineAt(id, entity, scope, Opening(p)); ok {
				a.Before, was = &b, true
			}
			if !now && was { // an account that went to nothing moved too
				a.Value, now = dossier.Figure{Indicator: id, Name: a.Name, Entity: entity, Scope: scope, Period: at, Unit: dossier.Yuan, Note: "报表未列示"}, true
			}
			if now {
				accounts = append(accounts, a)
			}
		}
		sort.SliceStable(accounts, func(i, j int) bool { return accounts[i].Value.Value.Abs().GreaterThan(accounts[j].Value.Value.Abs()) })
		for i := range accounts {
			a := &accounts[i]
			a.Rank = i + 1
			before := zero
			if a.Before != nil {
				before = a.Before.Value
			}
			if a.Why = m.reasons(a.Value.Value, before, a.Before != nil, total.Value, assets.Value, a.Rank); len(a.Why) > 0 {
				s.measure(a, total)
				m.papers(a)
				out = append(out, *a)
			}
		}
	}
	return out
}

// reasons names the rules that an account meets.
func (m *MaterialPolicy) reasons(v, before dossier.Decimal, known bool, total, assets dossier.Decimal, rank int) []string {
	var why []string
	if v.IsZero() && before.IsZero() {
		return nil
	}
	if rank <= m.Top && !v.IsZero() {
		why = append(why, fmt.Sprintf("金额居前%d位", m.Top))
	}
	if total.IsPositive() && !div(v.Abs(), total).LessThan(m.MinShare) {
		why = append(why, fmt.Sprintf("占比不低于%s", percent(m.MinShare)))
	}
	big := assets.IsPositive() && !decMax(v.Abs(), before.Abs()).LessThan(assets.Mul(m.MoveFloor))
	moved := known && !v.Sub(before).Abs().LessThan(before.Abs().Mul(m.MinMove)) && !v.Equal(before)
	if big && moved {
		why = append(why, fmt.Sprintf("变动幅度不低于%s", percent(m.MinMove)))
	}
	return why
}

func (s *Set) measure(a *MaterialAccount, total dossier.Figure) {
	id, at, now := a.Indicator, a.Value.Period, a.Indicator
	var ops []dossier.Figure
	if a.Value.ID != "" {
		ops = append(ops, a.Value)
		a.Share = ptr(s.figure("share_of_side_"+id, a.Name+"占"+total.Name+"比重", id+" / "+a.Side, div(a.Value.Value, total.Value).Round(4),
			dossier.Ratio, at, a.Value, total))
	} else {
		now = "0"
	}
	if a.Before == nil {
		return
	}
	ops = append(ops, *a.Before)
	diff := a.Value.Value.Sub(a.Before.Value)
	a.Change = ptr(s.figure("change_"+id, a.Name+"变动额", now+" - open("+id+")", diff, dossier.Yuan, at, ops...))
	if a.Before.Value.IsPositive() {
		a.Move = ptr(s.figure("growth_"+id, a.Name+"增长率", "("+now+" - open("+id+")) / open("+id+")", div(diff, a.Before.Value).Round(4),
			dossier.Ratio, at, ops...))
	}
}

func (m *MaterialPolicy) papers(a *MaterialAccount) {
	i := slices.IndexFunc(m.Accounts, func(x AccountPapers) bool { return x.ID == a.Indicator })
	x := m.Other
	if i >= 0 {
		x = m.Accounts[i]
	}
	a.Ask, a.Papers = x.Ask, x.Papers
}

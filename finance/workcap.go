package finance

import (
	"fmt"

	"github.com/xindiao/xindiao/dossier"
)

// DefaultGrowthCap is the highest sales growth that the estimate takes when the bank sets no limit of its own.
var DefaultGrowthCap = dossier.D("0.05")

// OwnFundsMethod tells how 借款人自有资金 is found; the law leaves it open (流动资金贷款管理办法附件 names the term and does
// not define it).
type OwnFundsMethod string

// Methods. Stated funds win when they are given.
const (
	OwnStated OwnFundsMethod = "stated" // named in the application or by the investigator
	OwnCash   OwnFundsMethod = "cash"   // 货币资金 less restricted money at the last year end: the default, see WorkingCapital
	OwnNet    OwnFundsMethod = "net"    // 所有者权益 + 非流动负债 - 非流动资产
)

// WorkCapParams are the parameters that the annex leaves to the bank; nil and zero values mean the defaults.
type WorkCapParams struct {
	Entity     string           // "" is the borrower
	Year       dossier.Period   // the year whose sales are taken; zero: the latest full year
	GrowthCap  dossier.Decimal  // zero: DefaultGrowthCap
	Growth     *dossier.Decimal // overrides the rule min(historic growth, cap)
	OwnFunds   *dossier.Decimal // as stated, 元
	OwnMethod  OwnFundsMethod   // when none is stated; "": OwnCash
	Restricted dossier.Decimal  // restricted money within 货币资金, 元
	Loans      *dossier.Figure  // working-capital loans outstanding, from the credit report; nil: 短期借款 of the newest balance sheet
	Other      dossier.Decimal  // 其他渠道提供的营运资金, 元
	Renewed    dossier.Decimal  // part of Loans that the new loan replaces, 元
	Requested  dossier.Decimal  // amount asked for, 元
}

// WorkCap is the estimate with every term a figure of the set.
type WorkCap struct {
	Year  dossier.Period
	Terms []WorkCapTerm // in the order of the formula
	Need  *dossier.Figure
	Limit *dossier.Figure // 新增流动资金贷款额度
	// Enough tells whether the limit covers what is asked for; meaningless when Limit is nil.
	Enough      bool
	Gap         dossier.Decimal // requested less limit, when positive
	Why         string          // why there is no result, in Chinese
	Notes       []string        // what a reader must know
	Alternative *dossier.Figure // the limit under the other definition of own funds
}

// WorkCapTerm is one row of the estimate's table.
type WorkCapTerm struct {
	Figure dossier.Figure
	Origin string // where the parameter comes from or how it is found, in Chinese
}

// Indicators that the estimate adds to the set.
const (
	indGrowth   = "wc_growth"
	indTimes    = "wc_turnover_times"
	indCycle    = "wc_cycle_days"
	indNeed     = "wc_need"
	indOwn      = "wc_own_funds"
	indLoans    = "wc_existing_loans"
	indOther    = "wc_other_channels"
	indLimit    = "wc_new_limit"
	indLimitAlt = "wc_new_limit_alt"
)

// WorkingCapital estimates the need by the annex of 流动资金贷款管理办法 (2024):
//
//	营运资金量 = 上年度销售收入 × (1 - 上年度销售利润率) × (1 + 预计销售收入年增长率) / 营运资金周转次数
//	营运资金周转次数 = 360 / (存货 + 应收账款 - 应付账款 + 预付账款 - 预收账款 周转天数)
//	新增流动资金贷款额度 = 营运资金量 - 借款人自有资金 - 现有流动资金贷款 - 其他渠道提供的营运资金
//
// 销售利润率 is 利润总额 over 营业收入. 预收账款 includes 合同负债. Growth is the lower of the borrower's own growth and the
// bank's ceiling. Own funds, where nobody states them, are the money at hand at the year end less what is
// restricted: it is the only part of equity that the balance sheet shows free for the cycle; the wider definition
// (equity and long-term liabilities less long-term assets) is computed beside it as Alternative, because it already
// pays for receivables and stock that the cycle's days count again.
func (s *Set) WorkingCapital(p WorkCapParams) *WorkCap {
	w := &wcRun{set: s, p: p, out: &WorkCap{}}
	if w.p.Entity == "" {
		w.p.Entity = s.Entity
	}
	if w.p.GrowthCap.IsZero() {
		w.p.GrowthCap = DefaultGrowthCap
	}
	w.out.Year = p.Year
	if w.out.Year.Months == 0 {
		y, ok := s.LatestYear(w.p.Entity)
		if !ok {
			w.out.Why = "没有完整年度的利润表，无法按公式测算"
			return w.out
		}
		w.out.Year = y
	}
	w.scope = s.scopeOf(w.p.Entity, w.out.Year)
	w.run()
	return w.out
}

type wcRun struct {
	set   *Set
	p     WorkCapParams
	scope dossier.Scope
	out   *WorkCap
}

func (w *wcRun) term(f dossier.Figure, origin string) dossier.Figure {
	f.Entity, f.Scope = w.p.Entity, w.scope
	if f.Period == (dossier.Period{}) {
		f.Period = w.out.Year
	}
	if f.Basis == "" {
		f.Basis = dossier.BasisComputed
	}
	g, _ := w.set.Figure(w.set.Add(f))
	w.out.Terms = append(w.out.Terms, WorkCapTerm{g, origin})
	return g
}

func (w *wcRun) read(id string, p dossier.Period) (dossier.Figure, bool) {
	ev := evaluation{set: w.set, entity: w.p.Entity, scope: w.scope}
	return ev.best(id, p)
}

func (w *wcRun) run() {
	y := w.out.Year
	rev, ok := w.read("revenue", y)
	profit, ok2 := w.read("profit_before_tax", y)
	cogs, ok3 := w.read("cogs", y)
	switch {
	case !ok || !rev.Value.IsPositive():
		w.out.Why = fmt.Sprintf("%s没有可用的营业收入，无法按公式测算", y.Chinese())
		return
	case !ok2:
		w.out.Why = fmt.Sprintf("%s缺利润总额，无法计算销售利润率", y.Chinese())
		return
	case !ok3 || !cogs.Value.IsPositive():
		w.out.Why = fmt.Sprintf("%s缺营业成本，无法计算周转天数", y.Chinese())
		return
	}
	w.out.Terms = append(w.out.Terms, WorkCapTerm{rev, "上年度利润表"})
	margin := w.term(dossier.Figure{Indicator: "wc_margin", Value: div(profit.Value, rev.Value).Round(12), Unit: dossier.Ratio,
		Formula: "profit_before_tax / revenue", Operands: []string{profit.ID, rev.ID}}, "利润总额 ÷ 营业收入")
	growth := w.growth(rev)
	cycle, ok := w.cycle(rev, cogs)
	if !ok {
		return
	}
	times := w.term(dossier.Figure{Indicator: indTimes, Value: div(year360, cycle.Value).Round(12), Unit: dossier.Times,
		Formula: "360 / " + indCycle, Operands: []string{cycle.ID}}, "360 ÷ 各周转天数之和")
	need := div(rev.Value.Mul(one.Sub(margin.Value)).Mul(one.Add(growth.Value)), times.Value).Round(2)
	nf := w.term(dossier.Figure{Indicator: indNeed, Value: need, Unit: dossier.Yuan,
		Formula:  "revenue * (1 - wc_margin) * (1 + " + indGrowth + ") / " + indTimes,
		Operands: []string{rev.ID, margin.ID, growth.ID, times.ID}}, "办法附件公式")
	w.out.Need = &nf
	w.limit(nf)
}

// growth is the lower of history and the ceiling; a shrinking borrower is estimated as shrinking.
func (w *wcRun) growth(rev dossier.Figure) dossier.Figure {
	f := dossier.Figure{Indicator: indGrowth, Unit: dossier.Ratio}
	if w.p.Growth != nil {
		f.Value, f.Note = *w.p.Growth, "由调查人设定"
		return w.term(f, "由调查人设定")
	}
	prior, ok := w.read("revenue", PriorYear(w.out.Year))
	if !ok || !prior.Value.IsPositive() {
		f.Note = "缺上年度收入，无法计算历史增长率，审慎按零增长"
		w.out.Notes = append(w.out.Notes, f.Note)
		return w.term(f, f.Note)
	}
	past := div(rev.Value.Sub(prior.Value), prior.Value)
	origin := fmt.Sprintf("历史增长率%s与上限%s取低", percent(past), percent(w.p.GrowthCap))
	f.Value, f.Note = w.p.GrowthCap, origin
	if past.LessThan(w.p.GrowthCap) {
		f.Value = past.Round(12)
		f.Formula, f.Operands = "(revenue - prior(revenue)) / prior(revenue)", []string{rev.ID, prior.ID}
	}
	return w.term(f, origin)
}

// cycle sums the turnover days; a zero average balance means zero days.
func (w *wcRun) cycle(rev, cogs dossier.Figure) (dossier.Figure, bool) {
	v := zero
	var ops []string
	formula := ""
	for _, d := range []struct {
		id, name string
		base     dossier.Figure
		sign     int
		items    []string
	}{
		{"wc_inv_days", "存货", cogs, 1, []string{"inventories"}},
		{"wc_ar_days", "应收账款", rev, 1, []string{"accounts_receivable"}},
		{"wc_ap_days", "应付账款", cogs, -1, []string{"accounts_payable"}},
		{"wc_pp_days", "预付账款", cogs, 1, []string{"prepayments"}},
		{"wc_pr_days", "预收账款（含合同负债）", rev, -1, []string{"advances_received", "contract_liabilities"}},
	} {
		f, ok := w.days(d.id, d.name, d.base, d.items)
		if !ok {
			return f, false
		}
		op := " + "
		if d.sign < 0 {
			op = " - "
			v = v.Sub(f.Value)
		} else {
			v = v.Add(f.Value)
		}
		if formula == "" {
			formula = d.id
		} else {
			formula += op + d.id
		}
		ops = append(ops, f.ID)
	}
	c := w.term(dossier.Figure{Indicator: indCycle, Value: v, Unit: dossier.DaysUnit, Formula: formula, Operands: ops},
		"存货＋应收账款－应付账款＋预付账款－预收账款周转天数")
	if !v.IsPositive() {
		w.out.Why = fmt.Sprintf("各项周转天数合计为%s天，不为正：上下游资金已覆盖经营周转，公式不支持新增流动资金贷款，应按实际交易需求另行测算", v.StringFixed(2))
		return c, false
	}
	return c, true
}

// days of one item, to two decimals as they are shown, so that the table can be added up by hand.
func (w *wcRun) days(id, name string, base dossier.Figure, items []string) (dossier.Figure, bool) {
	y := w.out.Year
	if !w.set.has(BalanceSheet, w.p.Entity, w.scope, Closing(y)) {
		w.out.Why = fmt.Sprintf("缺%s资产负债表，无法计算周转天数", Closing(y).Chinese())
		return dossier.Figure{}, false
	}
	opening := w.set.has(BalanceSheet, w.p.Entity, w.scope, Opening(y))
	var ops []string
	open, end := zero, zero
	formula := ""
	for _, it := range items {
		used := false
		if opening {
			if f, ok := w.read(it, Opening(y)); ok {
				open, ops, used = open.Add(f.Value), append(ops, f.ID), true
			}
		}
		if f, ok := w.read(it, Closing(y)); ok {
			end, ops, used = end.Add(f.Value), append(ops, f.ID), true
		}
		if used {
			if formula != "" {
				formula += " + "
			}
			formula += it
		}
	}
	origin := "360 × 平均" + name + " ÷ " + base.Name
	avg := div(open.Add(end), intD(2))
	switch {
	case len(ops) == 0:
		return w.term(dossier.Figure{Indicator: id, Unit: dossier.DaysUnit, Note: "报表未列示" + name + "，按0天"}, "报表未列示"+name), true
	case !opening:
		avg = end
		formula = "360 * (" + formula + ") / " + base.Indicator
		note := "缺年初余额，以年末余额代替平均余额"
		w.out.Notes = append(w.out.Notes, name+note)
		return w.term(dossier.Figure{Indicator: id, Unit: dossier.DaysUnit, Value: div(avg.Mul(year360), base.Value).Round(2),
			Formula: formula, Operands: append(ops, base.ID), Note: note}, origin), true
	}
	return w.term(dossier.Figure{Indicator: id, Unit: dossier.DaysUnit, Value: div(avg.Mul(year360), base.Value).Round(2),
		Formula: "360 * avg(" + formula + ") / " + base.Indicator, Operands: append(ops, base.ID)}, origin), true
}

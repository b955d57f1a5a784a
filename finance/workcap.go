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
	// Group is the estimate from the consolidated statements where the borrower has both: the members' working-capital
	// loans together should not exceed its limit (annex, part 三 no. 2).
	Group *WorkCap

	base needBase
}

// needBase is what the estimate was made of, for stresses and other methods.
type needBase struct {
	rev, margin, growth, cycle dossier.Figure
	days                       []needDays
	own, loans, other          dossier.Figure
	asked                      dossier.Decimal
}

type needDays struct {
	fig  dossier.Figure
	sign int
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
			y, ok = s.LatestInterim(w.p.Entity)
		}
		if !ok {
			w.out.Why = "没有利润表，无法按公式测算"
			return w.out
		}
		w.out.Year = y
	}
	w.out.base.asked = p.Requested
	w.scope = s.scopeOf(w.p.Entity, w.out.Year)
	w.run()
	w.group()
	return w.out
}

// group estimates again from the consolidated statements, with the group's own short-term loans.
func (w *wcRun) group() {
	if w.scope == dossier.ScopeConsolidated {
		w.out.Notes = append(w.out.Notes, "按合并报表测算：纳入合并范围的成员企业流动资金贷款总和原则上不超过该额度")
		return
	}
	if _, ok := w.set.lineAt("revenue", w.p.Entity, dossier.ScopeConsolidated, w.out.Year); !ok {
		return
	}
	g := &wcRun{set: w.set, p: w.p, scope: dossier.ScopeConsolidated, out: &WorkCap{Year: w.out.Year}}
	g.p.Loans, g.p.OwnFunds, g.out.base.asked = nil, nil, w.p.Requested
	g.run()
	g.out.Notes = append(g.out.Notes, "按合并报表测算：纳入合并范围的成员企业流动资金贷款总和原则上不超过该额度")
	w.out.Group = g.out
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
	raw := rev
	origin := "上年度利润表"
	if !y.FullYear() {
		origin = fmt.Sprintf("没有完整年度利润表，以%s数年化（×12/%d）", y.Chinese(), y.Months)
		w.out.Notes = append(w.out.Notes, origin+"，季节性企业会因此高估或低估")
		rev, cogs = w.annual(rev), w.annual(cogs)
	}
	w.out.Terms = append(w.out.Terms, WorkCapTerm{rev, origin})
	margin := w.term(dossier.Figure{Indicator: "wc_margin", Value: div(profit.Value, raw.Value).Round(12), Unit: dossier.Ratio,
		Formula: "profit_before_tax / revenue", Operands: []string{profit.ID, raw.ID}}, "利润总额 ÷ 营业收入")
	if margin.Value.IsNegative() {
		w.out.Notes = append(w.out.Notes, "上年度亏损，公式会因负的销售利润率放大营运资金量，结果须审慎使用")
	}
	growth := w.growth(raw)
	b := &w.out.base
	b.rev, b.margin, b.growth = rev, margin, growth
	switch {
	case !margin.Value.LessThan(one):
		w.out.Why = fmt.Sprintf("销售利润率%s不低于100%%，营业收入没有对应的周转成本，公式不适用", percent(margin.Value))
		return
	case !growth.Value.GreaterThan(one.Neg()):
		w.out.Why = fmt.Sprintf("预计销售收入年增长率%s，收入不再为正，公式不适用", percent(growth.Value))
		return
	}
	cycle, ok := w.cycle(rev, cogs)
	if !ok {
		return
	}
	b.cycle = cycle
	times := w.term(dossier.Figure{Indicator: indTimes, Value: div(year360, cycle.Value).Round(12), Unit: dossier.Times,
		Formula: "360 / " + indCycle, Operands: []string{cycle.ID}}, "360 ÷ 各周转天数之和")
	need := div(rev.Value.Mul(one.Sub(margin.Value)).Mul(one.Add(growth.Value)), times.Value).Round(2)
	nf := w.term(dossier.Figure{Indicator: indNeed, Value: need, Unit: dossier.Yuan,
		Formula:  rev.Indicator + " * (1 - wc_margin) * (1 + " + indGrowth + ") / " + indTimes,
		Operands: []string{rev.ID, margin.ID, growth.ID, times.ID}}, "办法附件公式")
	w.out.Need = &nf
	w.limit(nf)
}

// annual spreads a part of a year over twelve months.
func (w *wcRun) annual(f dossier.Figure) dossier.Figure {
	n := w.out.Year.Months
	return w.set.figure("wc_"+f.Indicator, NameOf("wc_"+f.Indicator), fmt.Sprintf("%s * 12 / %d", f.Indicator, n),
		div(f.Value.Mul(intD(12)), intD(n)).Round(2), dossier.Yuan, w.out.Year, f)
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

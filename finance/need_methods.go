package finance

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// NeedMethod is one way to find the working-capital need. The annex's formula is an example; art. 19 and part 三 of the
// annex leave others to the bank.
type NeedMethod struct {
	ID      string // annex, seasonal, actual, small_micro
	Name    string
	Basis   string // the article or the annex's part
	Formula string // in words
	Need    *dossier.Figure
	Limit   *dossier.Figure // need less own funds, loans and other channels; nil where the need itself bounds the loan
	Why     string          // why it is not computed or does not apply, in Chinese
	Note    string
}

// NeedInputs are what the other methods take beside the statements.
type NeedInputs struct {
	Small    bool              // a small or micro enterprise
	Receipts []MonthlyReceipts // verified receipts of the borrower's accounts
	Orders   []dossier.Figure  // purchase contracts that the loan is to pay
}

// MonthlyReceipts are the customers' payments into one account.
type MonthlyReceipts struct {
	Total  dossier.Figure
	Months map[string]dossier.Decimal // 2026-08
	Full   int                        // months covered
}

// NeedMethods names every method with its formula and computes those that the dossier has inputs for.
func (s *Set) NeedMethods(w *WorkCap, in NeedInputs, pol NeedPolicy) []NeedMethod {
	if w == nil {
		return nil
	}
	annex := NeedMethod{ID: "annex", Name: "附件公式", Basis: "流动资金贷款管理办法第十九条、附件第一、二部分", Need: w.Need, Limit: w.Limit, Why: w.Why,
		Formula: "上年度销售收入×（1－上年度销售利润率）×（1＋预计销售收入年增长率）÷营运资金周转次数－自有资金－现有流动资金贷款－其他渠道"}
	return []NeedMethod{annex, s.seasonal(w, in, pol), s.actual(w, in), s.smallMicro(w, in)}
}

func (s *Set) limitOf(w *WorkCap, need dossier.Figure, suffix string) *dossier.Figure {
	b := w.base
	return ptr(s.figure(indLimit+suffix, NameOf(indLimit+suffix), need.Indicator+" - "+indOwn+" - "+indLoans+" - "+indOther,
		need.Value.Sub(b.own.Value).Sub(b.loans.Value).Sub(b.other.Value), dossier.Yuan, w.Year, need, b.own, b.loans, b.other))
}

// seasonal takes the months of unbroken production as the cycle: what is sold in the season must turn over within it.
//
//	营运资金量 = 季内销售收入 × (1 - 利润率) × (1 + 增长率) / (季内天数 / 周转天数)
//
// which is the annual need × the season's share of the year × 12 / its months.
func (s *Set) seasonal(w *WorkCap, in NeedInputs, pol NeedPolicy) NeedMethod {
	m := NeedMethod{ID: "seasonal", Name: "季节性生产", Basis: "流动资金贷款管理办法附件第三部分（四）",
		Formula: "以连续生产时段为计算周期：季内销售收入×（1－销售利润率）×（1＋增长率）÷（季内天数÷周转天数），即年度营运资金量×季内收入占比×12÷季内月数"}
	if w.Need == nil {
		m.Why = w.Why
		return m
	}
	months, total, ops := mergeMonths(in.Receipts)
	if len(ops) == 0 {
		m.Why = "没有连续12个月的经营回款，无法判断生产销售的季节性"
		return m
	}
	first, best := busiest(months, pol.Season.Months)
	share := div(best, total).Round(4)
	span := fmt.Sprintf("%s起连续%d个月", first, pol.Season.Months)
	if share.LessThan(pol.Season.Share) {
		m.Why = fmt.Sprintf("经营回款最集中的%s占12个月的%s，低于%s，没有明显季节性，不采用", span, percent(share), percent(pol.Season.Share))
		return m
	}
	sf := s.figure("wc_season_share", NameOf("wc_season_share"), span+"的客户回款÷12个月客户回款", share, dossier.Ratio, ops[0].Period, ops...)
	need := s.figure("wc_need_seasonal", NameOf("wc_need_seasonal"), fmt.Sprintf("%s * wc_season_share * 12 / %d", indNeed, pol.Season.Months),
		div(w.Need.Value.Mul(share).Mul(intD(12)), intD(pol.Season.Months)).Round(2), dossier.Yuan, w.Year, *w.Need, sf)
	m.Need, m.Limit = &need, s.limitOf(w, need, "_seasonal")
	m.Note = fmt.Sprintf("%s的经营回款占12个月的%s；贷款期限应按回款周期确定", span, percent(share))
	return m
}

// mergeMonths adds the receipts of accounts that cover the same twelve months or more: the last twelve that all have.
func mergeMonths(rs []MonthlyReceipts) (map[string]dossier.Decimal, dossier.Decimal, []dossier.Figure) {
	last := ""
	var use []MonthlyReceipts
	for _, r := range rs {
		if r.Full < 12 {
			continue
		}
		use = append(use, r)
		newest := ""
		for k := range r.Months {
			newest = max(newest, k)
		}
		if last == "" || newest < last {
			last = newest
		}
	}
	end, err := dossier.ParseDate(last + "-01")
	if err != nil {
		return nil, zero, nil
	}
	out, total := map[string]dossier.Decimal{}, zero
	var ops []dossier.Figure
	for _, r := range use {
		ops = append(ops, r.Total)
		for i := range 12 {
			k := end.AddMonths(-i).String()[:7]
			out[k] = out[k].Add(r.Months[k])
			total = total.Add(r.Months[k])
		}
	}
	if !total.IsPositive() {
		return nil, zero, nil
	}
	return out, total, ops
}

// busiest is the n months in a row, the year taken as a circle, that bring most.
func busiest(months map[string]dossier.Decimal, n int) (string, dossier.Decimal) {
	keys := make([]string, 0, len(months))
	for k := range months {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	first, best := "", zero
	for i := range keys {
		v := zero
		for j := range n {
			v = v.Add(months[keys[(i+j)%len(keys)]])
		}
		if first == "" || v.GreaterThan(best) {
			first, best = keys[i], v
		}
	}
	return first, best
}

// actual bounds the loan by the purchases that it is to pay.
func (s *Set) actual(w *WorkCap, in NeedInputs) NeedMethod {
	m := NeedMethod{ID: "actual", Name: "实际交易需求", Basis: "流动资金贷款管理办法附件第三部分（三）", Formula: "拟用贷款支付的采购合同、订单金额合计，为贷款额度的上限；须能控制用途和回款"}
	if len(in.Orders) == 0 {
		m.Why = "没有采购合同或订单金额"
		return m
	}
	v := zero
	var names []string
	for _, f := range in.Orders {
		v = v.Add(f.Value)
		names = append(names, Money(f.Value))
	}
	m.Need = ptr(s.figure("wc_need_actual", NameOf("wc_need_actual"), strings.Join(names, " ＋ "), v, dossier.Yuan, w.Year, in.Orders...))
	m.Note = fmt.Sprintf("%d份采购合同含税金额合计，未扣除已支付部分和自有资金支付比例，须由调查人核定", len(in.Orders))
	return m
}

// smallMicro puts verified receipts in the place of the sales that the statements show, where they are lower.
func (s *Set) smallMicro(w *WorkCap, in NeedInputs) NeedMethod {
	m := NeedMethod{ID: "small_micro", Name: "小微企业经营回款", Basis: "流动资金贷款管理办法第十九条第三款",
		Formula: "以核实的年化经营回款代替报表销售收入（取较低者）代入附件公式"}
	switch {
	case !in.Small:
		m.Why = "借款人不是小微企业，不采用"
		return m
	case w.Need == nil:
		m.Why = w.Why
		return m
	case len(in.Receipts) == 0:
		m.Why = "没有经营回款流水"
		return m
	}
	v := zero
	var ops []dossier.Figure
	var parts []string
	for _, r := range in.Receipts {
		if r.Full < 1 {
			continue
		}
		v = v.Add(div(r.Total.Value.Mul(intD(12)), intD(r.Full)))
		ops = append(ops, r.Total)
		parts = append(parts, fmt.Sprintf("%s×12÷%d", Money(r.Total.Value), r.Full))
	}
	rev := w.base.rev
	if len(ops) == 0 || !v.IsPositive() {
		m.Why = "经营回款流水不足一个月"
		return m
	}
	sales := s.figure("wc_verified_sales", NameOf("wc_verified_sales"), strings.Join(parts, " ＋ "), v.Round(2), dossier.Yuan, w.Year, ops...)
	if !sales.Value.LessThan(rev.Value) {
		m.Need, m.Limit, m.Note = w.Need, w.Limit, "年化经营回款不低于报表收入，与附件公式结果相同"
		return m
	}
	need := s.figure("wc_need_small", NameOf("wc_need_small"), indNeed+" * wc_verified_sales / "+rev.Indicator,
		div(w.Need.Value.Mul(sales.Value), rev.Value).Round(2), dossier.Yuan, w.Year, *w.Need, sales, rev)
	m.Need, m.Limit = &need, s.limitOf(w, need, "_small")
	m.Note = "经营回款含增值税，年化按流水覆盖的月数；口径须由调查人核定"
	return m
}

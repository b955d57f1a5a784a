package finance

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/finance/invoice"
)

// voids reports void and red invoices that are too many, fall on month ends, or came after the loan.
func (x *InvoiceStudy) voids(entity string, lim invoice.Limits) (out []Issue) {
	if s := x.Sales; s != nil && x.Whole[invoice.Sales] {
		if s.VoidRate.GreaterThan(lim.VoidShare) {
			out = append(out, x.issue(KindInvoiceVoid, entity, s, fmt.Sprintf("作废%d张，占%s，高于%s", s.Void, percent(s.VoidRate), percent(lim.VoidShare)),
				s.VoidRate))
		}
		if s.RedRate.GreaterThan(lim.RedShare) {
			out = append(out, x.issue(KindInvoiceVoid, entity, s, fmt.Sprintf("红字金额%s元，占蓝字金额%s，高于%s", s.RedAmount, percent(s.RedRate),
				percent(lim.RedShare)), s.RedRate))
		}
		if n := s.Void + s.Red; n >= lim.MonthEndRows {
			if share := div(intD(s.MonthEndReversals), intD(n)); share.GreaterThan(lim.MonthEndShare) {
				out = append(out, x.issue(KindInvoiceVoid, entity, s, fmt.Sprintf("作废与红字共%d张，其中%d张（%s）开在月末%d天，疑似月末冲销虚增的销售", n,
					s.MonthEndReversals, percent(share), lim.MonthEndDays), share))
			}
		}
	}
	if a := x.AfterLoan; a != nil && a.Share.GreaterThan(lim.ReversalShare) {
		c := x.Sales.Check("after_loan")
		is := x.issue(KindInvoiceReversed, entity, x.Sales, fmt.Sprintf("放款后红冲放款前开具的发票%d张、%s元，占放款前%d个月开票%s元的%s，需重新核实贷前收入",
			c.Rows, a.Reversed, lim.ReversalMonths, a.Before, percent(a.Share)), a.Share, x.places(c)...)
		is.Arithmetic = fmt.Sprintf("%s ÷ %s = %s", a.Reversed, a.Before, percent(a.Share))
		out = append(out, is)
	}
	return out
}

// series reports silence and bursts.
func (x *InvoiceStudy) series(entity string, lim invoice.Limits) (out []Issue) {
	s := x.Sales
	if s == nil || !x.Whole[invoice.Sales] {
		return nil
	}
	if len(s.Months) >= lim.SilenceMinMonths && s.LongestSilence >= lim.SilenceMonths {
		var list []string
		for _, m := range s.Silent[:min(12, len(s.Silent))] {
			list = append(list, m.String())
		}
		out = append(out, x.issue(KindInvoiceSilence, entity, s, fmt.Sprintf("有%d个月没有开票（%s），最长连续%d个月；非季节性行业需说明原因", len(s.Silent),
			strings.Join(list, "、"), s.LongestSilence), intD(s.LongestSilence)))
	}
	if b := x.Burst; b != nil && b.Times.GreaterThan(lim.BurstTimes) && (b.YearAgo == nil || b.Recent > 3**b.YearAgo/2) {
		is := x.issue(KindInvoiceBurst, entity, s, fmt.Sprintf("申请前%d个月月均开票%s元，为此前月均%s元的%s倍，需核实突增订单的合同、发货与回款", lim.BurstMonths,
			b.Recent, b.Before, b.Times.StringFixed(2)), b.Times)
		is.Arithmetic = fmt.Sprintf("%s ÷ %s = %s", b.Recent, b.Before, b.Times.StringFixed(2))
		out = append(out, is)
	}
	return out
}

// trade reports goods that do not fit, circular trade and customers that nobody knew before.
func (x *InvoiceStudy) trade(entity string, lim invoice.Limits) (out []Issue) {
	if g := x.Goods; g != nil {
		if x.Sales != nil && g.ForeignSoldShare.GreaterThan(lim.ForeignShare) && g.SoldCovered.GreaterThanOrEqual(lim.GoodsCovered) {
			out = append(out, x.issue(KindInvoiceGoods, entity, x.Sales, fmt.Sprintf("所售货物与登记行业不符：%s，占可归类销售的%s，需核实交易真实性",
				goodsList(g.ForeignSold), percent(g.ForeignSoldShare)), g.ForeignSoldShare))
		}
		if x.Purchases != nil && x.Whole[invoice.Purchase] && g.ForeignBoughtShare.GreaterThan(lim.ForeignShare) && g.BoughtCover.GreaterThanOrEqual(lim.GoodsCovered) {
			out = append(out, x.issue(KindInvoiceGoods, entity, x.Purchases, fmt.Sprintf("所购货物与登记行业用料不符：%s，占可归类采购的%s", goodsList(g.ForeignBought),
				percent(g.ForeignBoughtShare)), g.ForeignBoughtShare))
		}
		if x.Whole[invoice.Sales] && x.Whole[invoice.Purchase] && g.UnboughtShare.GreaterThan(lim.UnboughtShare) {
			out = append(out, x.issue(KindInvoiceGoods, entity, x.Sales, fmt.Sprintf("贸易企业所售货物没有相应进项：%s，占可归类销售的%s，疑似有销无购",
				goodsList(g.Unbought), percent(g.UnboughtShare)), g.UnboughtShare))
		}
	}
	if len(x.Both) > 0 && x.Sales != nil && x.Sales.Net > 0 {
		if share := div(x.BothSales.Decimal(), x.Sales.Net.Decimal()); share.GreaterThan(lim.BothShare) {
			var list []string
			for _, b := range x.Both[:min(5, len(x.Both))] {
				list = append(list, fmt.Sprintf("%s（售%s元、购%s元）", b.Name, b.Sold, b.Bought))
			}
			is := x.issue(KindInvoiceCircle, entity, x.Sales, fmt.Sprintf("有%d家对手方既是客户又是供应商，占销售%s：%s，需核实是否循环或对开发票", len(x.Both),
				percent(share), strings.Join(list, "、")), share)
			out = append(out, is)
		}
	}
	if s := x.Sales; s != nil && x.Whole[invoice.Sales] && s.Stability.Compared && s.Stability.NewShare.GreaterThan(lim.NewShare) {
		out = append(out, x.issue(KindInvoiceParties, entity, s, fmt.Sprintf("近12个月金额的%s来自此前12个月没有的客户", percent(s.Stability.NewShare)),
			s.Stability.NewShare))
	}
	return out
}

func goodsList(gs []invoice.GoodsTotal) string {
	var out []string
	for _, g := range gs[:min(5, len(gs))] {
		out = append(out, fmt.Sprintf("%s（%s）%s元", g.Name, strings.Join(g.Category[:min(3, len(g.Category))], "、"), g.Net))
	}
	return strings.Join(out, "、")
}

// GoodCustomers tells whether the ledger has as many large stable customers as the bank calls a good sign, and which;
// ok is false when the ledger is too short to say.
func (x *InvoiceStudy) GoodCustomers() (names []string, enough, ok bool) {
	if x == nil || x.Sales == nil || !x.Whole[invoice.Sales] {
		return nil, false, false
	}
	for _, p := range x.Sales.Stability.LargeStable {
		names = append(names, p.Name)
	}
	return names, x.Sales.Stability.Enough, true
}

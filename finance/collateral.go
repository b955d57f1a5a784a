package finance

import (
	"fmt"

	"github.com/xindiao/xindiao/dossier"
)

// Cover is the arithmetic of one collateral.
type Cover struct {
	Net     dossier.Decimal // value less claims that come first, not below zero
	MaxLoan dossier.Decimal // Net × ltvMax
	LTV     *dossier.Decimal
	Enough  bool
	Text    string // in Chinese, the arithmetic
	Issue   *Issue // when it does not suffice
	Figures []dossier.Figure
}

// Collateral tells what a collateral carries after claims that rank before the lender (民法典第四百一十四条): loan must not
// exceed (value - prior) × ltvMax. All amounts in 元; ltvMax zero means that the bank sets no limit.
func Collateral(value, prior, loan, ltvMax dossier.Decimal) Cover {
	c := Cover{Net: value.Sub(prior)}
	if c.Net.IsNegative() {
		c.Net = zero
	}
	c.MaxLoan = c.Net
	if ltvMax.IsPositive() {
		c.MaxLoan = c.Net.Mul(ltvMax).Round(2)
	}
	c.Enough = !loan.GreaterThan(c.MaxLoan)
	c.Text = fmt.Sprintf("评估价值 %s － 在先权利 %s = 余值 %s", Money(value), Money(prior), Money(c.Net))
	if ltvMax.IsPositive() {
		c.Text += fmt.Sprintf("；× 抵押率上限 %s = %s", percent(ltvMax), Money(c.MaxLoan))
	}
	if c.Net.IsPositive() {
		l := div(loan, c.Net).Round(4)
		c.LTV = &l
		c.Text += fmt.Sprintf("；贷款 %s ÷ 余值 = %s", Money(loan), percent(l))
	}
	if !c.Enough {
		c.Issue = &Issue{Kind: KindCollateral, Expected: loan, Actual: c.MaxLoan, Diff: c.MaxLoan.Sub(loan), Arithmetic: c.Text,
			Message: fmt.Sprintf("押品扣除在先权利后余值%s元，按抵押率上限可支持%s元，小于贷款%s元", Money(c.Net), Money(c.MaxLoan), Money(loan))}
	}
	return c
}

// CoverOf is Collateral over figures: the result's figures enter the set with their operands.
func (s *Set) CoverOf(value dossier.Figure, prior []dossier.Figure, loan, ltvMax dossier.Decimal) Cover {
	claims := zero
	ops := []string{value.ID}
	formula := "collateral_value"
	for i, p := range prior {
		claims = claims.Add(p.Value)
		ops = append(ops, p.ID)
		if i == 0 {
			formula += " - collateral_prior"
		}
	}
	c := Collateral(value.Value, claims, loan, ltvMax)
	net := s.add(dossier.Figure{Indicator: "collateral_net", Entity: value.Entity, Period: value.Period, Value: c.Net, Unit: dossier.Yuan,
		Basis: dossier.BasisComputed, Formula: formula, Operands: ops})
	c.Figures = append(c.Figures, net)
	if ltvMax.IsPositive() {
		c.Figures = append(c.Figures, s.add(dossier.Figure{Indicator: "collateral_max_loan", Entity: value.Entity, Period: value.Period,
			Value: c.MaxLoan, Unit: dossier.Yuan, Basis: dossier.BasisComputed, Formula: "collateral_net * " + ltvMax.String(),
			Operands: []string{net.ID}, Note: "抵押率上限" + percent(ltvMax)}), s.add(dossier.Figure{Indicator: "collateral_ltv_max",
			Entity: value.Entity, Period: value.Period, Value: ltvMax, Unit: dossier.Ratio, Basis: dossier.BasisOfficial,
			Source: &dossier.Source{Place: dossier.Place{File: "application.yaml", Quote: "mortgage_ltv_max"}, Printed: ltvMax.String()}}))
	}
	if c.LTV != nil {
		asked := s.add(dossier.Figure{Indicator: "loan_requested", Entity: value.Entity, Period: value.Period, Value: loan, Unit: dossier.Yuan,
			Basis: dossier.BasisUnaudited, Source: &dossier.Source{Place: dossier.Place{File: "application.yaml", Quote: "amount_cny"}, Printed: loan.String(), Unit: dossier.Yuan}})
		c.Figures = append(c.Figures, s.add(dossier.Figure{Indicator: "collateral_ltv", Entity: value.Entity, Period: value.Period,
			Value: *c.LTV, Unit: dossier.Ratio, Basis: dossier.BasisComputed, Formula: "loan_requested / collateral_net", Operands: []string{asked.ID, net.ID}}))
	}
	if c.Issue != nil {
		c.Issue.Figures = append(append([]dossier.Figure{value}, prior...), net)
		c.Issue.Docs = docsOf(c.Issue.Figures...)
	}
	return c
}

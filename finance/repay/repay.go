// Package repay computes what a loan costs and whether cash carries it: repayment schedules, plans fitted to a
// borrower's months, and a project's cash-flow table.
//
// All money is 元 in exact decimals, rates are yearly (0.0435), dates are calendar days; public holidays are not known
// and no payment day moves for one. Everything is a pure function; errors are in Chinese and say what to change.
package repay

import (
	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/dossier"
)

var (
	zero    = dossier.Decimal{}
	one     = decimal.NewFromInt(1)
	two     = decimal.NewFromInt(2)
	twelve  = decimal.NewFromInt(12)
	hundred = decimal.NewFromInt(100)
	d360    = decimal.NewFromInt(360)
	d365    = decimal.NewFromInt(365)
)

const digits = 24 // kept behind the point of a quotient

func intD(n int) dossier.Decimal { return decimal.NewFromInt(int64(n)) }

func div(a, b dossier.Decimal) dossier.Decimal { return a.DivRound(b, digits) }

// money prints 1,234,567.89.
func money(d dossier.Decimal) string { return dossier.Group(d.StringFixed(2)) }

// percent prints 0.4 as 40.00%.
func percent(d dossier.Decimal) string { return d.Mul(hundred).StringFixed(2) + "%" }

func clamp(d, lo, hi dossier.Decimal) dossier.Decimal {
	return decimal.Max(lo, decimal.Min(hi, d))
}

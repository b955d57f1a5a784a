package finance

import (
	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/dossier"
)

var (
	zero    = dossier.Decimal{}
	one     = decimal.NewFromInt(1)
	hundred = decimal.NewFromInt(100)
	cent    = decimal.New(1, -2)
	year360 = decimal.NewFromInt(360) // the annex of 流动资金贷款管理办法 counts 360 days a year
)

const divDigits = 20 // digits kept behind the point of a quotient before rounding for display

func parseDecimal(s string) (dossier.Decimal, error) { return decimal.NewFromString(s) }

func intD(n int) dossier.Decimal { return decimal.NewFromInt(int64(n)) }

func div(a, b dossier.Decimal) dossier.Decimal { return a.DivRound(b, divDigits) }

func sum(ds ...dossier.Decimal) dossier.Decimal {
	t := zero
	for _, d := range ds {
		t = t.Add(d)
	}
	return t
}

// percent prints 0.4 as 40.00%.
func percent(d dossier.Decimal) string { return d.Mul(hundred).StringFixed(2) + "%" }

package finance

import (
	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/dossier"
)

func decimalFromFloat(f float64) dossier.Decimal { return decimal.NewFromFloat(f) }

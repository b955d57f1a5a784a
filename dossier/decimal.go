package dossier

import "github.com/shopspring/decimal"

// Decimal is an exact decimal number; money and ratios are never floats. Compare with Equal, not ==.
type Decimal = decimal.Decimal

// D parses a decimal literal and panics on a bad one; for constants in code and tests.
func D(s string) Decimal { return decimal.RequireFromString(s) }

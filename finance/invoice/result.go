package invoice

import (
	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/dossier"
)

// Result is what a ledger says of one owner.
type Result struct {
	Owner     string
	Sales     *SideResult // nil without rows
	Purchases *SideResult
	Both      []BothSides // parties bought from and sold to, the largest first
	BothSales Cents       // sold to such parties
	Goods     *GoodsResult
	Burst     *Burst       // nil when the ledger does not reach back far enough
	AfterLoan *AfterLoan   // nil when no day of the loan is known
	Related   []PartyTotal // related parties among customers and suppliers
	Notes     []string     // in Chinese: what could not be checked, and why
	AsOf      dossier.Date
}

// SideResult is one side: amounts without tax unless they say otherwise.
type SideResult struct {
	Side              Side
	Rows              int
	Blue, Red, Void   int // rows; Blue and Red are those that count
	First, Last       dossier.Date
	Net               Cents // blue less red
	Tax               Cents
	Total             Cents // net with tax
	BlueAmount        Cents
	RedAmount         Cents // positive
	VoidAmount        Cents
	VoidRate          dossier.Decimal // void rows of all rows
	RedRate           dossier.Decimal // red amount of blue amount
	Checks            []Check         // that found something
	TaxChecked        int             // rows whose tax arithmetic could be checked
	Months            []MonthTotal    // from the first to the last, silent ones with it
	Silent            []Month         // months within without an invoice that counts
	LongestSilence    int             // months in a row
	MonthEndReversals int             // void and red rows in the last days of a month
	Parties           int
	Top               []PartyTotal // thirty largest by net
	Top1, Top5, HHI   dossier.Decimal
	Stability         Stability
}

// MonthTotal is one month.
type MonthTotal struct {
	Month           Month
	Rows, Red, Void int
	Net, Tax        Cents
	RedAmount       Cents
}

// PartyTotal is one counterparty.
type PartyTotal struct {
	Name   string
	Side   Side
	Rows   int
	Net    Cents
	Share  dossier.Decimal // of the side's net
	Months int             // with invoices
}

// Stability compares the last twelve months with the twelve before.
type Stability struct {
	LargeStable []PartyTotal    // at least so large and active in so many of the last twelve months
	Enough      bool            // as many as the bank calls a good sign
	NewShare    dossier.Decimal // of the last twelve months' net from parties that the twelve before do not know
	KeptShare   dossier.Decimal // of the earlier months' parties by net that still trade
	Compared    bool            // the ledger covers both
}

// BothSides is a party on both sides.
type BothSides struct {
	Name         string
	Sold, Bought Cents
}

// Burst compares the months before the application with those before them.
type Burst struct {
	Recent, Before Cents           // averages a month
	Times          dossier.Decimal // Recent / Before
	YearAgo        *Cents          // average of the same months a year before, where the ledger has them
}

// AfterLoan sums what was reversed after the loan was granted.
type AfterLoan struct {
	Reversed Cents // red letters after it against invoices before it, with tax
	Before   Cents // sales in the months before it, with tax
	Share    dossier.Decimal
}

// ratio is a/b with six decimals, zero when b is not positive.
func ratio(a, b Cents) dossier.Decimal {
	if b <= 0 {
		return dossier.Decimal{}
	}
	return decimal.NewFromInt(int64(a)).DivRound(decimal.NewFromInt(int64(b)), 6)
}

// Check returns the named check, a zero one when it found nothing.
func (s *SideResult) Check(id string) Check {
	if s != nil {
		for _, c := range s.Checks {
			if c.ID == id {
				return c
			}
		}
	}
	return Check{ID: id}
}

package dossier

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"
)

// Date is a calendar day without time or zone.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// NewDate makes a date; it does not check the calendar, see Valid.
func NewDate(y, m, d int) Date { return Date{y, time.Month(m), d} }

// ParseDate reads 2006-01-02. Readers turn other spellings into it first.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("date %q: want YYYY-MM-DD", s)
	}
	return DateOf(t), nil
}

// DateOf drops time and zone.
func DateOf(t time.Time) Date { y, m, d := t.Date(); return Date{y, m, d} }

func (d Date) t() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// IsZero tells whether the date is unset.
func (d Date) IsZero() bool { return d == Date{} }

// Valid tells whether the day exists in the calendar.
func (d Date) Valid() bool { return !d.IsZero() && DateOf(d.t()) == d }

func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	if d.Year < 1000 || d.Year > 9999 || d.Month < 1 || d.Month > 12 || d.Day < 1 || d.Day > 31 {
		return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
	}
	b := [10]byte{4: '-', 7: '-'} // keys of figures are made of dates: no formatting by reflection
	for _, n := range [...]struct{ v, digits, at int }{{d.Year, 4, 0}, {int(d.Month), 2, 5}, {d.Day, 2, 8}} {
		for k := n.digits - 1; k >= 0; k-- {
			b[n.at+k] = byte('0' + n.v%10)
			n.v /= 10
		}
	}
	return string(b[:])
}

// Chinese prints 2026年9月30日.
func (d Date) Chinese() string { return fmt.Sprintf("%d年%d月%d日", d.Year, d.Month, d.Day) }

// Before tells whether d is earlier than o.
func (d Date) Before(o Date) bool { return d.t().Before(o.t()) }

// After tells whether d is later than o.
func (d Date) After(o Date) bool { return o.Before(d) }

// AddDays moves by whole days.
func (d Date) AddDays(n int) Date { return DateOf(d.t().AddDate(0, 0, n)) }

// AddMonths moves by calendar months, keeping to the last day of a shorter month.
func (d Date) AddMonths(n int) Date {
	first := time.Date(d.Year, d.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return Date{first.Year(), first.Month(), min(d.Day, last)}
}

// Sub returns the days from o to d.
func (d Date) Sub(o Date) int { return int(d.t().Sub(o.t()).Hours() / 24) }

// MonthEnd returns the last day of d's month.
func (d Date) MonthEnd() Date { return NewDate(d.Year, int(d.Month), 1).AddMonths(1).AddDays(-1) }

// MarshalText prints 2006-01-02, "" when unset.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads 2006-01-02 or "".
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	v, err := ParseDate(string(b))
	if err != nil {
		return err
	}
	*d = v
	return nil
}

func parseDecimal(s string) (Decimal, error) { return decimal.NewFromString(s) }

package invoice

import (
	"bytes"
	"time"

	"github.com/xindiao/xindiao/dossier"
)

// Day counts days since 1970-01-01, Month counts months since 1970-01.
type (
	Day   int32
	Month int32
)

// VAT invoices exist since 1994; what lies outside is a misreading, and it bounds the tables of months.
var (
	firstDay = DayOf(dossier.NewDate(1994, 1, 1))
	lastDay  = DayOf(dossier.NewDate(2099, 12, 31))
)

// DayOf converts a date.
func DayOf(d dossier.Date) Day {
	return Day(time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// Date converts back; Day 0 is no date.
func (d Day) Date() dossier.Date {
	if d == 0 {
		return dossier.Date{}
	}
	return dossier.DateOf(time.Unix(int64(d)*86400, 0).UTC())
}

// String prints 2006-01.
func (m Month) String() string { return m.start().Date().String()[:7] }

func (m Month) start() Day { return DayOf(dossier.NewDate(1970+int(m)/12, 1+int(m)%12, 1)) }

// End is the last day of the month.
func (m Month) End() dossier.Date { return ((m + 1).start() - 1).Date() }

func monthOf(d Day) Month {
	t := d.Date()
	return Month((t.Year-1970)*12 + int(t.Month) - 1)
}

// calendar turns days to months without computing each time: ledgers name the same days over and over.
type calendar struct {
	months []Month // by day - firstDay; 0 not yet known
}

func (c *calendar) month(d Day) Month {
	if c.months == nil {
		c.months = make([]Month, lastDay-firstDay+1)
	}
	m := &c.months[d-firstDay]
	if *m == 0 {
		*m = monthOf(d)
	}
	return *m
}

// parseDay reads 2017/1/8, 2017-01-08, 2017.1.8, 20170108, 2017年1月8日, each with a time behind it, and the serial
// number that a spreadsheet shows for a date (45678). 0, false for what is no day of the calendar.
func parseDay(b []byte) (Day, bool) {
	b = bytes.TrimSpace(b)
	if len(b) > 40 {
		return 0, false
	}
	y, n := digits(b)
	switch {
	case n == 8:
		return civil(y/10000, y/100%100, y%100)
	case n == 14 && len(b) == 14: // 20170108093000
		y, _ = digits(b[:8])
		return civil(y/10000, y/100%100, y%100)
	case n == 5 && (len(b) == 5 || b[5] == '.'):
		return inRange(Day(y) - 25569) // days since 1899-12-30
	case n != 4:
		return 0, false
	}
	b = separator(b[4:])
	m, n := digits(b)
	if n == 0 || n > 2 {
		return 0, false
	}
	b = separator(b[n:])
	d, n := digits(b)
	if n == 0 || n > 2 {
		return 0, false
	}
	return civil(y, m, d)
}

func separator(b []byte) []byte {
	for _, s := range []string{"-", "/", ".", "年", "月"} {
		if bytes.HasPrefix(b, []byte(s)) {
			b = b[len(s):]
			for len(b) > 0 && b[0] == ' ' {
				b = b[1:]
			}
			return b
		}
	}
	return nil
}

// digits reads the number at the beginning of b, at most nine digits of it, and tells how many digits stand there.
func digits(b []byte) (v, n int) {
	for n < len(b) && b[n]-'0' <= 9 {
		if n < 9 {
			v = v*10 + int(b[n]-'0')
		}
		n++
	}
	return v, n
}

func civil(y, m, d int) (Day, bool) {
	t := dossier.NewDate(y, m, d)
	if y < 1994 || y > 2099 || !t.Valid() {
		return 0, false
	}
	return inRange(DayOf(t))
}

func inRange(d Day) (Day, bool) {
	if d < firstDay || d > lastDay {
		return 0, false
	}
	return d, true
}

package repay

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/xindiao/xindiao/dossier"
)

var day = dossier.NewDate(2026, 3, 18)

func mustNew(t *testing.T, terms Terms) *Schedule {
	t.Helper()
	s, err := New(terms)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The wanted values come from python's decimal at 40 digits over the public formulas P·i·(1+i)^n ÷ ((1+i)^n − 1) and
// P ÷ n, interest rounded half up to the cent each month: ann(1000000, 0.049, 360) and so on.
func TestKnownSchedules(t *testing.T) {
	for _, c := range []struct {
		p, r     string
		months   int
		m        Method
		interest string
		first    string // payment
		last     string // payment
	}{
		{"1000000", "0.049", 360, EqualPayment, "910615.12", "5307.27", "5305.19"},
		{"200000", "0.0435", 60, EqualPayment, "22898.65", "3714.98", "3714.83"},
		{"5000000", "0.0345", 12, EqualPayment, "93929.28", "424494.11", "424494.07"},
		{"1000000", "0.049", 360, EqualPrincipal, "737043.71", "6861.10", "2791.92"},
		{"1000000", "0.0435", 12, EqualPrincipal, "23562.50", "86958.33", "83635.45"},
		{"1000000", "0.0435", 12, InterestOnly, "43500.00", "3625.00", "1003625.00"},
		{"1000000", "0", 12, EqualPayment, "0", "83333.33", "83333.37"},
	} {
		s := mustNew(t, Terms{Principal: dossier.D(c.p), Rate: dossier.D(c.r), Start: day, Months: c.months, Method: c.m})
		first, last := s.Rows[0], s.Rows[len(s.Rows)-1]
		if !s.Interest.Equal(dossier.D(c.interest)) || !first.Payment.Equal(dossier.D(c.first)) || !last.Payment.Equal(dossier.D(c.last)) {
			t.Errorf("%s %s %s: interest %s first %s last %s", c.m, c.p, c.r, s.Interest, first.Payment, last.Payment)
		}
	}
}

// 3,000,000 at 4.05 % by days over 360, interest on the 20th of the quarters' last months (python datetime, decimal).
func TestDays(t *testing.T) {
	base := Terms{Principal: dossier.D("3000000"), Rate: dossier.D("0.0405"), Start: day, Months: 12, Count: Actual360}
	q := base
	q.Method, q.Every, q.Day, q.Calendar = InterestOnly, 3, 20, true
	var got []string
	for _, r := range mustNew(t, q).Rows {
		got = append(got, r.Date.String()+" "+r.Interest.StringFixed(2))
	}
	want := "2026-03-20 675.00;2026-06-20 31050.00;2026-09-20 31050.00;2026-12-20 30712.50;2027-03-18 29700.00"
	if strings.Join(got, ";") != want {
		t.Errorf("got %s", strings.Join(got, ";"))
	}
	q.MinStub = 15
	if s := mustNew(t, q); s.Rows[0].Date.String() != "2026-06-20" || s.Rows[0].Days != 94 {
		t.Errorf("a stub of two days stands alone: %+v", s.Rows[0])
	}
	b := base
	b.Method = Bullet
	if s := mustNew(t, b); len(s.Rows) != 1 || s.Interest.StringFixed(2) != "123187.50" {
		t.Errorf("bullet: %+v", s.Rows)
	}
	b.Count = Actual365
	if s := mustNew(t, b); s.Interest.StringFixed(2) != "121500.00" {
		t.Errorf("365 days of 365: %s", s.Interest)
	}
}

func TestMonthEnds(t *testing.T) {
	s := mustNew(t, Terms{Principal: dossier.D("120000"), Rate: dossier.D("0.06"), Start: dossier.NewDate(2027, 10, 31), Months: 6, Method: InterestOnly})
	var got []string
	for _, r := range s.Rows {
		got = append(got, r.Date.String()[5:])
		if !r.Interest.Equal(dossier.D("600")) {
			t.Errorf("%s: a whole month is a twelfth, got %s", r.Date, r.Interest)
		}
	}
	if strings.Join(got, " ") != "11-30 12-31 01-31 02-29 03-31 04-30" { // 2028 is a leap year
		t.Errorf("%v", got)
	}
	s = mustNew(t, Terms{Principal: dossier.D("120000"), Rate: dossier.D("0.06"), Start: day, Months: 3, Method: InterestOnly, Day: 31})
	if got := s.Rows[0]; got.Date.String() != "2026-03-31" || !got.Interest.Equal(dossier.D("260")) { // 13 days over 360
		t.Errorf("stub %+v", got)
	}
	if len(s.Rows) != 4 || s.Rows[3].Date.String() != "2026-06-18" {
		t.Errorf("%+v", s.Rows)
	}
}

func TestGraceBalloonAndPlan(t *testing.T) {
	g := mustNew(t, Terms{Principal: dossier.D("1200000"), Rate: dossier.D("0.06"), Start: day, Months: 12, Method: EqualPrincipal, Grace: 3, Balloon: dossier.D("300000")})
	for i, r := range g.Rows {
		want := "100000"
		switch {
		case i < 3:
			want = "0"
		case i == 11:
			want = "400000"
		}
		if !r.Principal.Equal(dossier.D(want)) {
			t.Errorf("row %d repays %s, want %s", i+1, r.Principal, want)
		}
	}
	e := mustNew(t, Terms{Principal: dossier.D("1200000"), Rate: dossier.D("0.06"), Start: day, Months: 12, Method: EqualPayment, Balloon: dossier.D("600000")})
	last := e.Rows[11]
	if d := last.Payment.Sub(e.Instalment).Sub(dossier.D("600000")).Abs(); d.GreaterThan(dossier.D("0.12")) {
		t.Errorf("the last payment %s is not an instalment %s and the balloon", last.Payment, e.Instalment)
	}
	p := mustNew(t, Terms{Principal: dossier.D("1000000"), Rate: dossier.D("0.06"), Start: day, Months: 12, Method: Planned, Repay: 3,
		Weights: []dossier.Decimal{one, zero, two, one}})
	if !p.Rows[2].Principal.Equal(dossier.D("250000")) || !p.Rows[5].Principal.IsZero() || !p.Rows[8].Principal.Equal(dossier.D("500000")) {
		t.Errorf("%+v", p.Rows)
	}
}

func TestRefused(t *testing.T) {
	ok := Terms{Principal: hundred, Rate: dossier.D("0.05"), Start: day, Months: 12, Method: EqualPayment}
	for name, f := range map[string]func(*Terms){
		"大于零": func(t *Terms) { t.Principal = zero }, "百分数": func(t *Terms) { t.Rate = dossier.D("4.35") }, "期限": func(t *Terms) { t.Months = 601 },
		"放款日期": func(t *Terms) { t.Start = dossier.Date{} }, "整数倍": func(t *Terms) { t.Every, t.Repay = 3, 4 }, "等额本息": func(t *Terms) { t.Repay = 3 },
		"还款日": func(t *Terms) { t.Day = 32 }, "宽限期": func(t *Terms) { t.Grace = 12 }, "到期一次": func(t *Terms) { t.Balloon = dossier.D("101") },
		"没有这种还款方式": func(t *Terms) { t.Method = "x" }, "没有这种计息方式": func(t *Terms) { t.Count = "x" }, "还本比例": func(t *Terms) { t.Method = Planned },
		"精确到分": func(t *Terms) { t.Principal = dossier.D("1.005") },
	} {
		bad := ok
		f(&bad)
		if _, err := New(bad); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func drawTerms(t *rapid.T) Terms {
	every := rapid.SampledFrom([]int{1, 3, 6, 12}).Draw(t, "every")
	m := rapid.SampledFrom([]Method{EqualPayment, EqualPrincipal, Bullet, InterestOnly, Planned}).Draw(t, "method")
	months := rapid.IntRange(1, 120).Draw(t, "months")
	terms := Terms{
		Principal: decimal.New(rapid.Int64Range(1, 1_000_000_000_00).Draw(t, "cents"), -2),
		Rate:      decimal.New(rapid.Int64Range(0, 2400).Draw(t, "bp"), -4), Start: day.AddDays(rapid.IntRange(0, 800).Draw(t, "start")),
		Months: months, Method: m, Every: every, Repay: every, Day: rapid.IntRange(0, 31).Draw(t, "day"),
		Calendar: rapid.Bool().Draw(t, "calendar"), MinStub: rapid.IntRange(0, 20).Draw(t, "stub"),
		Count: rapid.SampledFrom([]Count{Monthly, Actual360, Actual365, Thirty360}).Draw(t, "count"),
		Grace: rapid.IntRange(0, months-1).Draw(t, "grace"),
	}
	if m != EqualPayment {
		terms.Repay = every * rapid.IntRange(1, 4).Draw(t, "step")
	}
	terms.Balloon = terms.Principal.Mul(decimal.New(rapid.Int64Range(0, 100).Draw(t, "balloon"), -2)).Round(2)
	for range rapid.IntRange(1, 20).Draw(t, "weights") {
		terms.Weights = append(terms.Weights, intD(rapid.IntRange(1, 9).Draw(t, "w")))
	}
	return terms
}

func TestScheduleProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		terms := drawTerms(t)
		s, err := New(terms)
		if err != nil {
			t.Fatal(err)
		}
		left, sum := terms.Principal, zero
		prev := terms.Start
		for i, r := range s.Rows {
			if !r.Opening.Equal(left) || !r.Closing.Equal(left.Sub(r.Principal)) || !r.Payment.Equal(r.Principal.Add(r.Interest)) {
				t.Fatalf("row %d does not follow: %+v", i, r)
			}
			if r.Principal.IsNegative() || r.Interest.IsNegative() || !r.Date.After(prev) || r.Days != r.Date.Sub(prev) {
				t.Fatalf("row %d: %+v after %s", i, r, prev)
			}
			if !r.Payment.Equal(r.Payment.Round(2)) {
				t.Fatalf("row %d is not to the cent", i)
			}
			left, prev, sum = r.Closing, r.Date, sum.Add(r.Principal)
		}
		if !left.IsZero() || !sum.Equal(terms.Principal) || prev != terms.Start.AddMonths(terms.Months) {
			t.Fatalf("left %s, repaid %s, last day %s", left, sum, prev)
		}
		dearer := terms
		dearer.Rate = terms.Rate.Add(dossier.D("0.01"))
		if d, err := New(dearer); err == nil && d.Interest.Add(one).LessThan(s.Interest) { // a yuan: rounding of tiny loans
			t.Fatalf("a higher rate costs less: %s < %s", d.Interest, s.Interest)
		}
	})
}

func TestEqualPaymentProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		terms := Terms{Principal: decimal.New(rapid.Int64Range(1_000_00, 1_000_000_000_00).Draw(t, "cents"), -2),
			Rate: decimal.New(rapid.Int64Range(1, 2400).Draw(t, "bp"), -4), Start: day, Months: rapid.IntRange(2, 120).Draw(t, "months"), Method: EqualPayment}
		s, err := New(terms)
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range s.Rows[:len(s.Rows)-1] {
			if !r.Payment.Equal(s.Instalment) {
				t.Fatalf("payment %d is %s, not %s", i+1, r.Payment, s.Instalment)
			}
			if i > 0 && r.Interest.GreaterThan(s.Rows[i-1].Interest) {
				t.Fatalf("interest grows at %d", i+1)
			}
		}
		// half a cent a period, compounded to the end, is all that rounding may leave to the last payment
		n := intD(terms.Months)
		slack := n.Mul(dossier.D("0.01")).Mul(one.Add(terms.Rate.Div(twelve)).Pow(n)).Add(dossier.D("0.01"))
		if d := s.Rows[len(s.Rows)-1].Payment.Sub(s.Instalment).Abs(); d.GreaterThan(slack) {
			t.Fatalf("the last payment is off by %s, more than %s", d, slack)
		}
		p := terms
		p.Method = EqualPrincipal
		if q, _ := New(p); q.Interest.GreaterThan(s.Interest.Add(dossier.D("1"))) {
			t.Fatalf("等额本金 costs more than 等额本息: %s > %s", q.Interest, s.Interest)
		}
	})
}

func FuzzTerms(f *testing.F) {
	f.Add(int64(100000000), int64(435), 2026, 3, 18, 12, "equal_payment", 1, 1, 20, true, 5, "actual/360", 3, int64(0))
	f.Add(int64(1), int64(10000), 2024, 2, 29, 600, "planned", 12, 24, 31, false, 0, "30/360", 599, int64(1))
	f.Fuzz(func(t *testing.T, cents, bp int64, y, m, d, months int, method string, every, repay, day int, calendar bool, stub int, count string, grace int, balloon int64) {
		terms := Terms{Principal: decimal.New(cents, -2), Rate: decimal.New(bp, -4), Start: dossier.NewDate(y, m, d), Months: months, Method: Method(method),
			Every: every, Repay: repay, Day: day, Calendar: calendar, MinStub: stub, Count: Count(count), Grace: grace, Balloon: decimal.New(balloon, -2),
			Weights: []dossier.Decimal{one, two}}
		s, err := New(terms)
		if err != nil {
			return
		}
		sum := zero
		for _, r := range s.Rows {
			sum = sum.Add(r.Principal)
		}
		if !sum.Equal(terms.Principal) || len(s.Rows) > maxRows {
			t.Errorf("%d rows repay %s of %s", len(s.Rows), sum, terms.Principal)
		}
	})
}

func BenchmarkSchedule(b *testing.B) {
	for b.Loop() {
		if _, err := New(Terms{Principal: dossier.D("1000000"), Rate: dossier.D("0.049"), Start: day, Months: 360, Method: EqualPayment}); err != nil {
			b.Fatal(err)
		}
	}
}

package repay

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/dossier"
)

func TestData(t *testing.T) {
	if err := Lint(); err != nil {
		t.Fatal(err)
	}
}

// TestLimitsAreLaw reads the articles that the limits quote.
func TestLimitsAreLaw(t *testing.T) {
	for _, l := range Limits() {
		for _, b := range l.Basis {
			data, err := os.ReadFile(filepath.Join("../../validators/law", b.Law+".yaml"))
			if err != nil {
				t.Fatal(err)
			}
			var law struct {
				Articles []struct {
					No   string `yaml:"no"`
					Text string `yaml:"text"`
				} `yaml:"articles"`
			}
			if err := yaml.Unmarshal(data, &law); err != nil {
				t.Fatal(err)
			}
			found := false
			for _, a := range law.Articles {
				found = found || a.No == b.Article && strings.Contains(a.Text, b.Quote)
			}
			if !found {
				t.Errorf("%s: %s:%s does not say %q", l.ID, b.Law, b.Article, b.Quote)
			}
		}
	}
}

func TestTermLimits(t *testing.T) {
	wc, fa, pb := LimitOf("流动资金贷款（普惠小微）", "small_micro"), LimitOf("固定资产贷款", "corporate"), LimitOf("经营贷", "individual_business")
	for _, c := range []struct {
		l      *Limit
		months int
		part   string
		hard   bool
	}{{wc, 12, "", false}, {wc, 36, "", false}, {wc, 48, "回收周期较长", false}, {wc, 61, "最长60个月（wcl2024:11）", true},
		{fa, 120, "", false}, {fa, 180, "审批", false}, {pb, 60, "", false}, {pb, 121, "pl2024:8", true}, {nil, 500, "", false}} {
		why, hard := c.l.Term(c.months)
		if hard != c.hard || !strings.Contains(why, c.part) || c.part == "" && why != "" {
			t.Errorf("%d months: %q %v", c.months, why, hard)
		}
	}
	if LimitOf("信用卡分期", "corporate") != nil {
		t.Error("a limit for a product that no law at hand speaks of")
	}
}

func TestStatedMethods(t *testing.T) {
	for _, s := range theBook().plans.Stated {
		if m, every, ok := StatedMethod(s.Example); !ok || m != s.Method || every != s.Every {
			t.Errorf("%s is read as %s every %d", s.Example, m, every)
		}
	}
	if _, _, ok := StatedMethod("还款来源为销售回款"); ok {
		t.Error("a method where none is stated")
	}
}

func TestRenewal(t *testing.T) {
	r := theBook().plans.Renewal
	for _, p := range r.Yes {
		if !Renewal(p) {
			t.Errorf("%s renews nothing", p)
		}
	}
	for _, p := range r.No {
		if Renewal(p) {
			t.Errorf("%s is taken for a renewal", p)
		}
	}
}

// season is a year in which summer earns and winter pays.
func season(scale int64) []Past {
	var out []Past
	for m := 1; m <= 12; m++ {
		v := int64(-20000)
		if m >= 5 && m <= 9 {
			v = 150000
		}
		out = append(out, Past{Month: dossier.NewDate(2026, m, 28), Net: decimal.NewFromInt(v * scale)})
	}
	return out
}

func loan(months int) Terms {
	return Terms{Principal: dossier.D("500000"), Rate: dossier.D("0.04"), Start: dossier.NewDate(2026, 12, 31), Months: months, Count: Actual360}
}

func TestOffer(t *testing.T) {
	f, err := NewForecast(season(1), dossier.D("150000"), []Existing{{Name: "甲银行", Balance: dossier.D("120000"), Rate: dossier.D("0.05"), Due: dossier.NewDate(2027, 6, 30)}}, Return{},
		dossier.NewDate(2026, 12, 31), 12)
	if err != nil {
		t.Fatal(err)
	}
	if m := f.Months[5]; m.Month.String() != "2027-06-30" || !m.Existing.Equal(dossier.D("120500")) || !m.Net.Equal(dossier.D("150000")) {
		t.Errorf("June: %+v", m)
	}
	if m := f.Months[6]; !m.Existing.IsZero() {
		t.Errorf("the repaid debt still costs %s", m.Existing)
	}
	p := Offer(loan(12), f, LimitOf("流动资金贷款", ""))
	if len(p.Plans) < 12 {
		t.Fatalf("%d plans", len(p.Plans))
	}
	for i, q := range p.Plans {
		if q.Rank != i+1 || i > 0 && q.Score.GreaterThan(p.Plans[i-1].Score) || q.Why == "" || !strings.Contains(q.Why, "最紧月份") {
			t.Errorf("%s: rank %d score %s why %s", q.ID, q.Rank, q.Score, q.Why)
		}
		cash := f.Opening
		for _, m := range q.Months {
			cash = cash.Add(m.Net).Sub(m.Existing.Add(m.Principal).Add(m.Interest))
		}
		if !cash.Equal(q.Months[11].Cash) {
			t.Errorf("%s: cash does not add up", q.ID)
		}
	}
	by := map[string]Plan{}
	for _, q := range p.Plans {
		by[q.ID] = q
	}
	seasonal, flat := by["seasonal_monthly"], by["equal_principal_monthly"]
	if seasonal.Score.LessThanOrEqual(flat.Score) || len(seasonal.Shortfalls) >= len(flat.Shortfalls) {
		t.Errorf("a plan that follows the season ranks no better: %s\n%s", seasonal.Why, flat.Why)
	}
	for _, r := range seasonal.Schedule.Rows[:11] {
		if m := r.Date.Month; (m < 5 || m > 9) && r.Principal.IsPositive() {
			t.Errorf("the seasonal plan repays in %s", r.Date)
		}
	}
	if flat.Worst.String() == "" || !by["bullet"].Last.Equal(one) || !by["bullet"].Half.Equal(one) {
		t.Errorf("%+v", by["bullet"])
	}
}

// TestReturn: what comes back after the goods are sold lifts every month from then on, and no month before.
func TestReturn(t *testing.T) {
	without, _ := NewForecast(season(1), zero, nil, Return{}, day, 6)
	with, _ := NewForecast(season(1), zero, nil, Return{Amount: dossier.D("500000"), Months: 3}, day, 6)
	l := loan(6)
	l.Start = day
	a, b := Offer(l, without, nil), Offer(l, with, nil)
	by := map[string]Plan{}
	for _, q := range a.Plans {
		by[q.ID] = q
	}
	for _, q := range b.Plans {
		for k, m := range q.Months {
			want := by[q.ID].Months[k].Cash
			if k >= 2 && q.ID == "bullet" {
				want = want.Add(dossier.D("500000"))
			}
			if q.ID == "bullet" && !m.Cash.Equal(want) {
				t.Errorf("month %d: %s, want %s", k+1, m.Cash, want)
			}
		}
	}
	if late, _ := NewForecast(season(1), zero, nil, Return{Amount: one, Months: 9}, day, 6); !late.Months[5].Return.Equal(one) {
		t.Error("what comes back after the term is lost")
	}
}

func TestOfferBounds(t *testing.T) {
	f, err := NewForecast(season(1)[:3], zero, nil, Return{}, dossier.NewDate(2026, 12, 31), 24)
	if err != nil || !strings.Contains(f.Basis, "季节性不完整") {
		t.Fatal(f.Basis, err)
	}
	p := Offer(loan(24), f, LimitOf("流动资金贷款", ""))
	for _, q := range p.Plans {
		if q.Schedule.Terms.Method == Bullet || q.Schedule.Terms.Method == InterestOnly {
			t.Errorf("%s is offered beyond a year", q.ID)
		}
	}
	if len(p.Plans) < 12 || len(p.Excluded) < 3 || !strings.Contains(p.Excluded[0].Why, "wcl2024:23") {
		t.Errorf("%d plans, excluded %+v", len(p.Plans), p.Excluded)
	}
	if p := Offer(loan(72), f, LimitOf("流动资金贷款", "")); p.Why == "" || len(p.Plans) != 0 {
		t.Errorf("six years of working capital: %+v", p.Why)
	}
	if _, err := NewForecast(nil, zero, nil, Return{}, day, 12); err == nil {
		t.Error("a forecast out of nothing")
	}
	fa := Offer(loan(24), f, LimitOf("固定资产贷款", ""))
	for _, q := range fa.Plans {
		if q.Schedule.Terms.Repay > 6 {
			t.Errorf("%s repays less than twice a year", q.ID)
		}
	}
}

// TestScale: a borrower many times as large with a loan as much larger gets the same ranking and scores.
func TestScale(t *testing.T) {
	for _, c := range []struct {
		times  int64
		months int
	}{{2, 6}, {7, 12}, {50, 24}} {
		small, big := offer(t, 1, c.months), offer(t, c.times, c.months)
		for i := range small.Plans {
			a, b := small.Plans[i], big.Plans[i]
			if d := a.Score.Sub(b.Score).Abs(); d.GreaterThan(dossier.D("0.05")) {
				t.Errorf("%s %s scores %s, times %d: %s %s", a.ID, a.Name, a.Score, c.times, b.ID, b.Score)
			}
		}
	}
}

func offer(t *testing.T, k int64, months int) *Plans {
	t.Helper()
	l := loan(months)
	l.Principal = l.Principal.Mul(decimal.NewFromInt(k))
	f, err := NewForecast(season(k), decimal.NewFromInt(100000*k), nil, Return{}, l.Start, months)
	if err != nil {
		t.Fatal(err)
	}
	return Offer(l, f, nil)
}

func BenchmarkOffer(b *testing.B) {
	f, err := NewForecast(season(1), zero, nil, Return{}, day, 36)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		Offer(loan(36), f, nil)
	}
}

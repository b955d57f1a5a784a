package finance

import (
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/xindiao/xindiao/dossier"
)

// ledger is a set of statements by line: balances at the end and at the opening, flows of the year.
type ledger map[dossier.Period]map[string]dossier.Decimal

var ledgerYear = dossier.Span(dossier.NewDate(2025, 12, 31), 12)

// drawLedger draws every item of a standard's statements, some blank, and adds the totals up by the formulas of
// lines/*.yaml. Retained earnings close the balance sheet. Naming statements leaves out the others and the opening.
func drawLedger(t *rapid.T, standard string, only ...Statement) ledger {
	out := ledger{}
	for _, p := range []dossier.Period{Opening(ledgerYear), Closing(ledgerYear), ledgerYear} {
		m := map[string]dossier.Decimal{}
		for _, id := range lineIDs(standard) {
			l := theChart().lines[standard][id]
			if len(only) > 0 && (!slices.Contains(only, l.Statement) || p == Opening(ledgerYear) || strings.HasSuffix(id, "_impairment")) {
				continue // impairment is taken with either sign, as it is printed with either
			}
			if (l.Statement == BalanceSheet) != (p.Months == 0) || l.Formula != "" && id != "fixed_assets" || l.Kind == "of_which" {
				continue
			}
			if rapid.IntRange(0, 3).Draw(t, "blank") > 0 {
				v := decimal.New(rapid.Int64Range(100_000, 99_999_999_999).Draw(t, id), -2)
				if l.Sign == "loss_negative" && rapid.Bool().Draw(t, "loss") {
					v = v.Neg()
				}
				m[id] = v
			}
		}
		if p.Months == 0 && len(m) > 0 {
			m["retained_earnings"] = zero
			assets, equity := addUp(standard, m, "total_assets"), addUp(standard, m, "total_liabilities_equity")
			m["retained_earnings"] = assets.Sub(equity)
		}
		for _, id := range lineIDs(standard) {
			l := theChart().lines[standard][id]
			if l.Formula != "" && id != "fixed_assets" && (l.Statement == BalanceSheet) == (p.Months == 0) && len(m) > 0 &&
				(len(only) == 0 || slices.Contains(only, l.Statement)) {
				m[id] = addUp(standard, m, id)
			}
		}
		out[p] = m
	}
	return out
}

func lineIDs(standard string) []string {
	var ids []string
	for id := range theChart().lines[standard] {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	return ids
}

// addUp works a formula out from the items alone.
func addUp(standard string, m map[string]dossier.Decimal, id string) dossier.Decimal {
	l := theChart().lines[standard][id]
	if l.Formula == "" || id == "fixed_assets" {
		return m[id]
	}
	e, err := parseExpr(l.Formula)
	if err != nil {
		panic(err)
	}
	var val func(e *expr) dossier.Decimal
	val = func(e *expr) dossier.Decimal {
		switch e.op {
		case 'i':
			return addUp(standard, m, e.name)
		case '-':
			return val(e.args[0]).Sub(val(e.args[1]))
		}
		return val(e.args[0]).Add(val(e.args[1]))
	}
	return val(e)
}

// set prints the ledger in one paper, every amount times k, with one line changed.
func (l ledger) set(k dossier.Decimal, line string, to dossier.Decimal) *Set {
	s := NewSet("甲公司")
	for _, p := range []dossier.Period{ledgerYear, Closing(ledgerYear), Opening(ledgerYear)} {
		ids := make([]string, 0, len(l[p]))
		for id := range l[p] {
			ids = append(ids, id)
		}
		sort.Strings(ids)
		for _, id := range ids {
			v := l[p][id].Mul(k)
			if id == line && p != Opening(ledgerYear) {
				v = to
			}
			s.Add(printedYuan("报表.xlsx", id, v.String(), p))
		}
	}
	return s
}

func drawStandard(t *rapid.T) string {
	return rapid.SampledFrom([]string{CAS2019, Small2013}).Draw(t, "standard")
}

func TestStatementFromItsLinesArticulates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		standard := drawStandard(t)
		s := drawLedger(t, standard).set(one, "", zero)
		sums := s.Workings().Sums
		want := 0
		for _, l := range theChart().lines[standard] {
			if l.Formula != "" && l.ID != "fixed_assets" {
				want++
			}
		}
		if len(sums) < want { // a sum of items that are all blank is none
			want -= 8
		}
		if len(sums) < want {
			t.Fatalf("only %d sums of %d formulas", len(sums), want)
		}
		for _, x := range sums {
			if !x.Holds() {
				t.Errorf("%s", x.text())
			}
		}
		for _, is := range s.Articulate() {
			if is.Kind == KindBalance || is.Kind == KindSubtotal || is.Kind == KindCashFlow {
				t.Errorf("%s", is.Message)
			}
		}
	})
}

func TestScalingAmountsScalesNoRatio(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := drawLedger(t, drawStandard(t))
		k := rapid.SampledFrom([]string{"2", "7", "1000", "10000"}).Draw(t, "k")
		a, b := l.set(one, "", zero), l.set(dossier.D(k), "", zero)
		figs, undef := a.Ratios("", []dossier.Period{ledgerYear})
		more, undef2 := b.Ratios("", []dossier.Period{ledgerYear})
		if len(figs) < 20 || len(figs) != len(more) || len(undef) != len(undef2) {
			t.Fatalf("%d ratios, %d undefined; scaled %d, %d", len(figs), len(undef), len(more), len(undef2))
		}
		for i, f := range figs {
			want := f.Value
			if f.Unit.Money() {
				want = want.Mul(dossier.D(k))
			}
			// a ratio over averages halves cents before it is rounded
			if !within(want, more[i].Value, dossier.D("0.0001").Mul(decMax(one, f.Value.Abs().Mul(dossier.D("0.001"))))) && !f.Unit.Money() ||
				f.Unit.Money() && !within(want, more[i].Value, dossier.D(k)) {
				t.Errorf("%s: %s, times %s %s", f.Indicator, f.Value, k, more[i].Value)
			}
		}
	})
}

// slipCase changes one printed line.
type slipCase struct {
	name  string
	class CauseClass
	make  func(*rapid.T, dossier.Decimal) (dossier.Decimal, bool)
}

func slipDigits(v dossier.Decimal) []byte { return []byte(v.Abs().Shift(2).String()) }

func fromDigits(d []byte, like dossier.Decimal) dossier.Decimal {
	v := dossier.D(string(d)).Shift(-2)
	if like.IsNegative() {
		v = v.Neg()
	}
	return v
}

var slipCases = []slipCase{
	{"digit", CauseDigit, func(t *rapid.T, v dossier.Decimal) (dossier.Decimal, bool) {
		d := slipDigits(v)
		i := rapid.IntRange(0, len(d)-1).Draw(t, "place")
		x := byte('0' + rapid.IntRange(0, 9).Draw(t, "digit"))
		ok := d[i] != x && (i > 0 || x != '0')
		d[i] = x
		return fromDigits(d, v), ok
	}},
	{"transposed", CauseTransposed, func(t *rapid.T, v dossier.Decimal) (dossier.Decimal, bool) {
		d := slipDigits(v)
		i := rapid.IntRange(0, len(d)-2).Draw(t, "place")
		d[i], d[i+1] = d[i+1], d[i]
		return fromDigits(d, v), d[i] != d[i+1] && d[0] != '0'
	}},
	{"unit", CauseUnit, func(t *rapid.T, v dossier.Decimal) (dossier.Decimal, bool) {
		return v.Shift(int32(rapid.SampledFrom([]int{3, 4}).Draw(t, "power"))), true
	}},
	{"sign", CauseSign, func(_ *rapid.T, v dossier.Decimal) (dossier.Decimal, bool) { return v.Neg(), true }},
}

// One slip on any line that a sum holds breaks a sum, is named with its line and its class and with the value that
// was meant; where two sums hold the line, it is proven.
func TestSlipIsFoundAndNamed(t *testing.T) {
	for _, c := range slipCases {
		t.Run(c.name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				st := rapid.SampledFrom([]Statement{BalanceSheet, IncomeStatement, CashFlow}).Draw(t, "statement")
				l := drawLedger(t, drawStandard(t), st)
				whole := l.set(one, "", zero)
				in := map[string]int{}
				for _, x := range whole.Workings().Sums {
					for _, f := range x.figures() {
						if f.Period != Opening(ledgerYear) && f.Value.Abs().GreaterThan(hundred) {
							in[f.Indicator]++
						}
					}
				}
				if len(in) == 0 { // all blank
					return
				}
				var lines []string
				for id := range in {
					lines = append(lines, id)
				}
				sort.Strings(lines)
				line := rapid.SampledFrom(lines).Draw(t, "line")
				p := ledgerYear
				if StatementOf(line) == BalanceSheet {
					p = Closing(p)
				}
				meant := l[p][line]
				wrong, ok := c.make(t, meant)
				if !ok || within(wrong, meant, one) { // what rounding hides is no slip
					return
				}
				checkNamed(t, l.set(one, line, wrong), line, meant, c.class)
			})
		})
	}
}

func checkNamed(t *rapid.T, s *Set, line string, meant dossier.Decimal, class CauseClass) {
	w := s.Workings()
	broken := w.Broken()
	if len(broken) == 0 {
		t.Fatalf("%s: nothing breaks", line)
	}
	twice := 0
	for _, x := range broken {
		causes := w.Causes(x)
		found := -1
		for i, c := range causes {
			if c.Figure.Indicator == line && c.To.Equal(meant) && c.Class == class {
				found = i
				if c.Text == "" {
					t.Error("no words")
				}
			}
		}
		if found < 0 {
			t.Errorf("%s of %s is not among %d causes of %s", class, line, len(causes), x.text())
			continue
		}
		if len(broken) > 1 {
			twice++
			if c, ok := Proof(causes); ok && c.Figure.Indicator != line {
				t.Errorf("%s is proven in the place of %s", c.Figure.Indicator, line)
			}
			if !causes[found].Confirmed {
				t.Errorf("%s: %d sums break and none confirms", line, len(broken))
			}
		}
	}
}

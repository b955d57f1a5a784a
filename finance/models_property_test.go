package finance

import (
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/xindiao/xindiao/dossier"
)

var modelLines = []string{"revenue", "cogs", "profit_before_tax", "income_tax", "net_profit", "interest_expense", "cfo", "total_assets", "total_current_assets", "cash",
	"inventories", "accounts_receivable", "accounts_payable", "prepayments", "contract_liabilities", "total_current_liabilities", "total_liabilities",
	"total_noncurrent_liabilities", "total_noncurrent_assets", "total_equity", "retained_earnings", "fixed_assets", "st_borrowings"}

// anyCompany draws two years of statements, losses and negative equity among them; they need not articulate.
func anyCompany(t *rapid.T) []dossier.Figure {
	var out []dossier.Figure
	for i := range 3 {
		for _, id := range modelLines {
			v := rapid.Int64Range(0, 1e12).Draw(t, id)
			if (id == "net_profit" || id == "profit_before_tax" || id == "total_equity") && rapid.IntRange(0, 4).Draw(t, "sign") == 0 {
				v = -v
			}
			p := year(2025 - i)
			if StatementOf(id) == BalanceSheet {
				p = Closing(p)
			}
			out = append(out, dossier.Figure{Indicator: id, Period: p, Value: decimal.New(v, -2), Unit: dossier.Yuan, Basis: dossier.BasisUnaudited})
		}
	}
	return out
}

func scaled(figs []dossier.Figure, k dossier.Decimal) *Set {
	s := NewSet("甲")
	for _, f := range figs {
		f.Value = f.Value.Mul(k)
		s.Add(f)
	}
	return s
}

var twoYears = []dossier.Period{year(2024), year(2025)}

// TestPropertyScaling: in 万元 or 元, models and shares are the same, and the need grows with the amounts.
func TestPropertyScaling(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		figs := anyCompany(t)
		k := dossier.D("10000")
		a, b := scaled(figs, one), scaled(figs, k)
		za, zb := a.ZScores("", twoYears, DefaultPolicy().Z), b.ZScores("", twoYears, DefaultPolicy().Z)
		da, db := a.DuPont("", twoYears), b.DuPont("", twoYears)
		for i := range za {
			if (za[i].Z == nil) != (zb[i].Z == nil) || za[i].Z != nil && !za[i].Z.Value.Equal(zb[i].Z.Value) || za[i].Zone != zb[i].Zone {
				t.Fatalf("%+v\n%+v", za[i], zb[i])
			}
			if (da[i].ROE == nil) != (db[i].ROE == nil) || da[i].ROE != nil && !da[i].ROE.Value.Equal(db[i].ROE.Value) || len(da[i].Five) != len(db[i].Five) {
				t.Fatalf("%+v\n%+v", da[i], db[i])
			}
		}
		ca, cb := a.CommonSize("", twoYears), b.CommonSize("", twoYears)
		if len(ca) != len(cb) {
			t.Fatalf("%d rows, %d rows", len(ca), len(cb))
		}
		for i := range ca {
			for j := range ca[i].Cells {
				if x, y := ca[i].Cells[j], cb[i].Cells[j]; (x == nil) != (y == nil) || x != nil && !x.Value.Equal(y.Value) {
					t.Fatalf("%s: %v %v", ca[i].Name, x, y)
				}
			}
		}
		ma, mb := a.Material("", year(2025), DefaultPolicy().Material), b.Material("", year(2025), DefaultPolicy().Material)
		if len(ma) != len(mb) {
			t.Fatalf("%d and %d material accounts", len(ma), len(mb))
		}
		wa, wb := a.WorkingCapital(WorkCapParams{}), b.WorkingCapital(WorkCapParams{})
		if (wa.Need == nil) != (wb.Need == nil) || wa.Need != nil && !closeTo(wa.Need.Value.Mul(k), wb.Need.Value, k.Mul(cent)) {
			t.Fatalf("%+v\n%+v", wa, wb)
		}
	})
}

// TestPropertyDuPont: the factors multiply to the return, and the effects add up to its change.
func TestPropertyDuPont(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := scaled(anyCompany(t), one)
		for _, d := range s.DuPont("", twoYears) {
			if d.ROE == nil {
				if d.Why == "" {
					t.Fatal("nothing and no reason")
				}
				continue
			}
			for _, fs := range [][]DuPontFactor{d.Three, d.Five} {
				if len(fs) == 0 {
					continue
				}
				product, effects, size := one, zero, one
				for _, f := range fs {
					product = product.Mul(f.Figure.Value)
					size = size.Mul(decMax(f.Figure.Value.Abs(), one))
					if f.Effect != nil {
						effects = effects.Add(f.Effect.Value)
					}
				}
				if !closeTo(product, d.ROE.Value, size.Mul(nano)) {
					t.Fatalf("product %s, return %s", product, d.ROE.Value)
				}
				if d.Change != nil && fs[0].Effect != nil && !effects.Equal(d.Change.Value) {
					t.Fatalf("effects %s, change %s", effects, d.Change.Value)
				}
			}
		}
	})
}

// TestPropertySensitivity: the need rises with growth and with days of receivables, falls with the margin and with days of payables.
func TestPropertySensitivity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := scaled(anyCompany(t), one)
		w := s.WorkingCapital(WorkCapParams{})
		m := s.Sensitivity(w, DefaultPolicy().Need)
		if m == nil {
			if w.Why == "" {
				t.Fatal("nothing and no reason")
			}
			return
		}
		for _, r := range m.Rows {
			up := r.Factor != "wc_margin" && r.Factor != "wc_ap_days" && r.Factor != "wc_pr_days"
			for i := 1; i < len(r.Cells); i++ {
				a, b := r.Cells[i-1], r.Cells[i]
				if a.Need == nil || b.Need == nil {
					continue
				}
				if c := b.Need.Value.Cmp(a.Need.Value); up && c < 0 || !up && c > 0 {
					t.Fatalf("%s: %s at %s, %s at %s", r.Name, a.Need.Value, a.Label, b.Need.Value, b.Label)
				}
			}
		}
	})
}

// TestPropertyLineage: every figure of the models follows from its own operands.
func TestPropertyLineage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := scaled(anyCompany(t), one)
		s.Trends("", twoYears)
		s.CommonSize("", twoYears)
		s.Material("", year(2025), DefaultPolicy().Material)
		w := s.WorkingCapital(WorkCapParams{})
		s.Sensitivity(w, DefaultPolicy().Need)
		for _, f := range s.All() {
			if f.Formula == "" {
				continue
			}
			v, err := s.Recompute(f)
			tol := decMax(dossier.D("0.0051"), f.Value.Abs().Mul(nano))
			if err != nil || !closeTo(v, f.Value, tol) {
				t.Fatalf("%s %s: %s by its lineage (%v); %s", f.Indicator, f.Value, v, err, f.Formula)
			}
		}
	})
}

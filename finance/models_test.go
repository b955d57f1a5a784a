package finance

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xindiao/xindiao/dossier"
)

var nano = dossier.D("0.00000001")

// company is two years of a small group of statement lines.
func company() *Set {
	y := year(2025)
	s := NewSet("甲")
	for _, c := range []struct{ id, now, before, older string }{
		{"revenue", "1200", "1000", "900"}, {"cogs", "800", "700", "650"}, {"profit_before_tax", "100", "80", "60"}, {"income_tax", "25", "20", "15"},
		{"net_profit", "75", "60", "45"}, {"interest_expense", "20", "16", "15"},
		{"total_assets", "1000", "900", "800"}, {"total_current_assets", "600", "500", "450"}, {"cash", "120", "100", "90"},
		{"accounts_receivable", "200", "180", "160"}, {"inventories", "180", "160", "150"}, {"fixed_assets", "400", "400", "350"},
		{"total_liabilities", "500", "450", "400"}, {"total_current_liabilities", "400", "360", "330"}, {"st_borrowings", "250", "200", "200"},
		{"accounts_payable", "100", "120", "100"}, {"total_noncurrent_liabilities", "100", "90", "70"}, {"total_equity", "500", "450", "400"}, {"retained_earnings", "200", "150", "100"}, {"surplus_reserve", "20", "15", "10"},
		{"total_noncurrent_assets", "400", "400", "350"},
	} {
		for i, v := range []string{c.now, c.before, c.older} {
			p := dossier.Span(dossier.NewDate(2025-i, 12, 31), 12)
			if StatementOf(c.id) == BalanceSheet {
				p = Closing(p)
			}
			s.Add(yuan(c.id, v, p))
		}
	}
	_ = y
	return s
}

func closeTo(a, b, tol dossier.Decimal) bool { return a.Sub(b).Abs().LessThanOrEqual(tol) }

func TestDuPontIdentity(t *testing.T) {
	s := company()
	ds := s.DuPont("", []dossier.Period{year(2024), year(2025)})
	if len(ds) != 2 || ds[1].Why != "" || ds[1].FiveWhy != "" {
		t.Fatalf("%+v", ds)
	}
	// 75/1200 × 1200/950 × 950/475
	if d := ds[1]; !closeTo(d.ROE.Value, div(dossier.D("75"), dossier.D("475")), nano) || d.Three[2].Figure.Value.String() != "2" {
		t.Errorf("%+v", d.Three)
	}
	for _, fs := range [][]DuPontFactor{ds[1].Three, ds[1].Five} {
		product, effects := one, zero
		for _, f := range fs {
			product = product.Mul(f.Figure.Value)
			effects = effects.Add(f.Effect.Value)
			if again, err := s.Recompute(*f.Effect); err != nil || !closeTo(again, f.Effect.Value, nano) {
				t.Errorf("%s: %s from its operands (%v), want %s", f.Effect.Name, again, err, f.Effect.Value)
			}
		}
		if !closeTo(product, ds[1].ROE.Value, nano) || !effects.Equal(ds[1].Change.Value) {
			t.Errorf("product %s, return %s; effects %s, change %s", product, ds[1].ROE.Value, effects, ds[1].Change.Value)
		}
	}
	if !ds[1].Change.Value.Equal(ds[1].ROE.Value.Sub(ds[0].ROE.Value)) || ds[0].Change != nil {
		t.Error("the change is not that of the returns")
	}
}

func TestDuPontUndefined(t *testing.T) {
	s := company()
	s.Add(yuan("total_equity", "-900", Closing(year(2026))))
	s.Add(yuan("total_assets", "100", Closing(year(2026))))
	s.Add(yuan("revenue", "100", year(2026)))
	s.Add(yuan("net_profit", "-9", year(2026)))
	d := s.DuPont("", []dossier.Period{year(2026)})[0]
	if d.ROE != nil || !strings.Contains(d.Why, "为负") {
		t.Errorf("%+v", d)
	}
	s = NewSet("甲", yuan("total_equity", "50", Closing(year(2025))), yuan("total_assets", "100", Closing(year(2025))), yuan("revenue", "100", year(2025)),
		yuan("net_profit", "-9", year(2025)), yuan("profit_before_tax", "-9", year(2025)))
	d = s.DuPont("", []dossier.Period{year(2025)})[0]
	if d.ROE == nil || d.ROE.Value.String() != "-0.18" || d.Five != nil || !strings.Contains(d.FiveWhy, "为负") || !strings.Contains(d.Note, "代替平均数") {
		t.Errorf("a loss: %+v", d)
	}
}

func TestZScore(t *testing.T) {
	s := company()
	z := s.ZScores("", []dossier.Period{year(2025)}, DefaultPolicy().Z)[0]
	// 6.56×0.2 + 3.26×0.22 + 6.72×0.12 + 1.05×1 = 3.8856
	if z.Z == nil || z.Z.Value.String() != "3.8856" || z.EMS.Value.String() != "7.1356" || z.Zone != "安全区" || z.EMSZone != "安全区" || len(z.X) != 4 {
		t.Fatalf("%+v", z)
	}
	if sum := dossier.D("6.56").Mul(z.X[0].Value).Add(dossier.D("3.26").Mul(z.X[1].Value)).Add(dossier.D("6.72").Mul(z.X[2].Value)).Add(dossier.D("1.05").Mul(z.X[3].Value)); !sum.Equal(z.Z.Value) {
		t.Errorf("terms add up to %s", sum)
	}
	s = NewSet("甲", yuan("total_assets", "9", Closing(year(2025))), yuan("revenue", "1", year(2025)))
	if z := s.ZScores("", []dossier.Period{year(2025)}, DefaultPolicy().Z)[0]; z.Z != nil || !strings.Contains(z.Why, "缺2025年末的流动资产合计") {
		t.Errorf("%+v", z)
	}
	s = company()
	s.Add(dossier.Figure{Indicator: "total_liabilities", Period: Closing(year(2025)), Value: zero, Unit: dossier.Yuan, Basis: dossier.BasisAudited})
	if z := s.ZScores("", []dossier.Period{year(2025)}, DefaultPolicy().Z)[0]; z.Z != nil || !strings.Contains(z.Why, "负债合计") {
		t.Errorf("no liabilities: %+v", z)
	}
}

func TestTrendsAndCommonSize(t *testing.T) {
	s := company()
	interim := dossier.Span(dossier.NewDate(2026, 6, 30), 6)
	s.Add(yuan("revenue", "700", interim))
	s.Add(yuan("total_assets", "1100", Closing(interim)))
	s.Add(yuan("cash", "60", Closing(interim)))
	ps := []dossier.Period{year(2023), year(2024), year(2025), interim}
	byID := map[string]Trend{}
	for _, tr := range s.Trends("", ps) {
		byID[tr.Indicator] = tr
	}
	rev := byID["revenue"].Cells
	if rev[2].Growth.Value.String() != "0.2" || rev[2].Index.Value.String() != "1.3333" || rev[0].Growth != nil || !strings.Contains(rev[0].Why, "缺2022年") {
		t.Errorf("%+v", rev)
	}
	if rev[3].Growth != nil || rev[3].Index != nil || !strings.Contains(rev[3].Why, "缺2025年1-6月") {
		t.Errorf("half a year against a whole one: %+v", rev[3])
	}
	cash := byID["cash"].Cells
	if cash[3].Growth.Value.String() != "-0.5" || cash[3].Index.Value.String() != "0.6667" {
		t.Errorf("cash since the year end: %+v", cash[3])
	}
	if got := s.Explain(*cash[3].Index); !strings.Contains(got, "货币资金 60.00 ÷ 基期货币资金 90.00 = 0.67") {
		t.Error(got)
	}
	for _, row := range s.CommonSize("", ps) {
		if row.Indicator == "cash" && (row.Cells[2].Value.String() != "0.12" || row.Of != "total_assets") || row.Indicator == "cogs" && row.Cells[2].Value.String() != "0.6667" {
			t.Errorf("%+v", row)
		}
		if row.Indicator == "revenue" || row.Indicator == "total_assets" {
			t.Error("a total beside itself")
		}
	}
	if s.Trends("", nil) != nil || s.CommonSize("", nil) != nil {
		t.Error("trends without periods")
	}
}

func TestMaterial(t *testing.T) {
	s := company()
	s.Add(yuan("other_receivables", "30", Closing(year(2024)))) // gone in 2025
	got := map[string]MaterialAccount{}
	for _, a := range s.Material("", year(2025), DefaultPolicy().Material) {
		got[a.Indicator] = a
		if a.Ask == "" || len(a.Papers) == 0 || len(a.Why) == 0 {
			t.Errorf("%s: %+v", a.Name, a)
		}
	}
	if a := got["fixed_assets"]; a.Rank != 1 || a.Share.Value.String() != "0.4" || len(a.Why) != 2 || !a.Move.Value.IsZero() {
		t.Errorf("%+v", a)
	}
	if a := got["other_receivables"]; a.Change == nil || a.Change.Value.String() != "-30" || a.Move.Value.String() != "-1" || a.Share != nil {
		t.Errorf("gone: %+v", a)
	}
	if a := got["st_borrowings"]; a.Side != "total_liabilities" || a.Share.Value.String() != "0.5" || !strings.Contains(strings.Join(a.Why, ""), "10.00%") {
		t.Errorf("%+v", a)
	}
}

func TestMaterialPapersAreTypes(t *testing.T) {
	m := DefaultPolicy().Material
	for _, a := range append(m.Accounts, m.Other) {
		for _, p := range a.Papers {
			if _, err := os.Stat(filepath.Join("..", "documents", "types", p+".yaml")); err != nil {
				t.Errorf("%s: no document type %s", a.ID, p)
			}
		}
	}
}

func TestVerdicts(t *testing.T) {
	s := company()
	ps := []dossier.Period{year(2025)}
	s.Ratios("", ps)
	got := map[string]Verdict{}
	for _, v := range s.Verdicts("", "C3525", ps, DefaultPolicy().Thresholds) {
		got[v.Figure.Indicator] = v
		if !strings.Contains(v.Text, "不是监管规定") || v.Owner == "" {
			t.Error(v.Text)
		}
	}
	if got["debt_ratio"].Level != LevelGood || got["current_ratio"].Level != LevelGood || got["quick_ratio"].Level != LevelGood {
		t.Errorf("%+v", got)
	}
	s.Add(yuan("total_liabilities", "5000", Closing(year(2024))))
	s = NewSet("甲", yuan("total_liabilities", "720", Closing(year(2025))), yuan("total_assets", "1000", Closing(year(2025))))
	s.Ratios("", ps)
	for industry, want := range map[string]string{"C3525": LevelConcern, "E4710": LevelGood, "5211": LevelConcern, "": LevelConcern} {
		if v := s.Verdicts("", industry, ps, DefaultPolicy().Thresholds); len(v) != 1 || v[0].Level != want {
			t.Errorf("%s: %+v, want %s", industry, v, want)
		}
	}
}

const peers = `owner: 审批部
date: 2026-01-31
source: 内部数据
industries:
  - code: C
    year: 2025
    ratios: [{ratio: current_ratio, median: '2'}, {ratio: debt_ratio, q1: '0.3', median: '0.4', q3: '0.45'}]
  - code: C35
    year: 2025
    count: 40
    source: 协会年报
    ratios: [{ratio: current_ratio, q1: '1', median: '1.2', q3: '1.4'}]
`

func TestBenchmarks(t *testing.T) {
	s := company()
	ps := []dossier.Period{year(2025)}
	s.Ratios("", ps)
	if b := s.Benchmarks("", "C3525", ps, DefaultPolicy().Benchmarks); len(b.Rows) != 0 || !strings.Contains(b.Why, "没有配置") {
		t.Errorf("the program brings numbers of its own: %+v", b)
	}
	p, err := LoadPolicy(fstest.MapFS{"benchmarks.yaml": {Data: []byte(peers)}})
	if err != nil {
		t.Fatal(err)
	}
	b := s.Benchmarks("", "3525", ps, p.Benchmarks)
	if len(b.Rows) != 2 || b.Industry != "C35 专用设备制造业" {
		t.Fatalf("%+v", b)
	}
	cur, debt := b.Rows[0], b.Rows[1]
	if cur.Median.Value.String() != "1.2" || cur.Position != "高于上四分位" || cur.Better != "优于中位数" || cur.Source != "协会年报" || cur.Gap.Value.String() != "0.3" {
		t.Errorf("%+v", cur)
	}
	if debt.Position != "高于上四分位" || debt.Better != "劣于中位数" || debt.Source != "内部数据" || !strings.Contains(debt.Median.Note, "C 制造业2025年") {
		t.Errorf("%+v", debt)
	}
	if b := s.Benchmarks("", "F5211", ps, p.Benchmarks); b.Why == "" {
		t.Errorf("%+v", b)
	}
	if b := s.Benchmarks("", "", ps, p.Benchmarks); !strings.Contains(b.Why, "行业代码不明") {
		t.Errorf("%+v", b)
	}
}

func TestPolicyFaults(t *testing.T) {
	for name, c := range map[string]struct{ file, body, says string }{
		"unknown file":  {"limits.yaml", "a: 1", "limits.yaml"},
		"unknown key":   {"benchmarks.yaml", peers + "colour: red\n", "benchmarks.yaml:13"},
		"no owner":      {"benchmarks.yaml", "industries: []\n", "owner"},
		"falling":       {"benchmarks.yaml", strings.Replace(peers, "q1: '0.3'", "q1: '0.5'", 1), "do not rise"},
		"industry":      {"benchmarks.yaml", strings.Replace(peers, "code: C35", "code: Z9", 1), "Z9"},
		"bare digits":   {"benchmarks.yaml", strings.Replace(peers, "code: C35", "code: '35'", 1), "35"},
		"ratio":         {"thresholds.yaml", "owner: a\ndate: 2026-01-01\nsource: b\nthresholds: [{ratio: x, watch: '1'}]\n", `"x"`},
		"own circle":    {"definitions.yaml", "owner: a\ndate: 2026-01-01\nsource: b\ndefinitions: [{ratio: debt_ratio, formula: debt_ratio / 2}]\n", "debt_ratio"},
		"zero step":     {"need.yaml", "owner: a\ndate: 2026-01-01\nsource: b\ngrowth: ['0']\nmargin: ['0.1']\ndays: ['0.1']\n", "steps"},
		"huge":          {"benchmarks.yaml", strings.Replace(peers, "q1: '0.3'", "q1: '1e999999999'", 1), "指数"},
		"broken bounds": {"zscore.yaml", "owner: a\ndate: 2026-01-01\nsource: b\ndistress: '3'\nsafe: '2'\n", "bounds"},
	} {
		_, err := LoadPolicy(fstest.MapFS{c.file: {Data: []byte(c.body)}})
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
	}
	if _, err := LoadPolicy(os.DirFS(t.TempDir())); err != nil {
		t.Errorf("an empty folder changes nothing: %v", err)
	}
}

func TestOwnDefinition(t *testing.T) {
	s := company()
	s.Add(yuan("goodwill", "200", Closing(year(2025))))
	ps := []dossier.Period{year(2025)}
	s.Ratios("", ps)
	p, err := LoadPolicy(fstest.MapFS{"definitions.yaml": {Data: []byte("owner: 审批部\ndate: 2026-01-31\nsource: 授信政策\ndefinitions:\n  - {ratio: adj_debt_ratio, formula: total_liabilities / (total_assets - goodwill?), note: 扣商誉}\n")}})
	if err != nil {
		t.Fatal(err)
	}
	s.define(p.Definitions, "甲", ps)
	f, _ := s.Get("adj_debt_ratio", Closing(year(2025)))
	if f.Value.String() != "0.625" || !strings.Contains(f.Note, "本行口径（审批部，2026-01-31）：扣商誉") {
		t.Errorf("%+v", f)
	}
}

package repay

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	_ "github.com/xindiao/xindiao/internal/rapidtest"

	"github.com/xindiao/xindiao/dossier"
)

func series(text string) []dossier.Decimal {
	var out []dossier.Decimal
	for _, s := range strings.Fields(text) {
		out = append(out, dossier.D(s))
	}
	return out
}

func TestIRR(t *testing.T) {
	if v, err := IRR(series("-1000 300 400 500")); err != nil || v.StringFixed(6) != "0.088963" { // python, 50 digits
		t.Error(v, err)
	}
	if v := NPV(dossier.D("0.1"), series("-1000 300 400 500")); v.StringFixed(4) != "-19.1244" {
		t.Error(v)
	}
	_, err := IRR(series("-100 230 -132")) // 10 % and 20 %
	if err == nil || !strings.Contains(err.Error(), "2个解") || !strings.Contains(err.Error(), "10.00%、20.00%") {
		t.Error(err)
	}
	for _, none := range []string{"100 200", "-1 -2", "0 0", "", "100 -300 250"} {
		if v, err := IRR(series(none)); err == nil {
			t.Errorf("%q has a rate of return: %s", none, v)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		r := decimal.New(rapid.Int64Range(-500, 20000).Draw(t, "bp"), -4)
		n := rapid.IntRange(1, 30).Draw(t, "years")
		flows := []dossier.Decimal{zero}
		for range n {
			flows = append(flows, intD(rapid.IntRange(1, 100000).Draw(t, "flow")))
		}
		flows[0] = NPV(r, flows).Mul(one.Add(r)).Neg() // so that r is the rate
		if got, err := IRR(flows); err != nil || got.Sub(r).Abs().GreaterThan(dossier.D("0.000001")) {
			t.Fatalf("%s, want %s (%v)", got, r, err)
		}
	})
}

// fixture is a project of two years' building and eight of work; its results come from python's decimal (50 digits).
const fixture = `
unit: 万元
discount: '0.08'
years: [第1年, 第2年, 第3年, 第4年, 第5年, 第6年, 第7年, 第8年, 第9年, 第10年]
rows:
  capex: ['3000', '2000', '0', '0', '0', '0', '0', '0', '0', '0']
  working_capital: ['0', '0', '400', '200', '0', '0', '0', '0', '0', '0']
  revenue: ['0', '0', '2100', '2700', '3000', '3000', '3000', '3000', '3000', '3000']
  opex: ['0', '0', '1100', '1350', '1500', '1500', '1500', '1500', '1500', '1500']
  surcharges: ['0', '0', '20', '27', '30', '30', '30', '30', '30', '30']
  income_tax: ['0', '0', '60', '130', '180', '180', '180', '180', '180', '180']
  salvage: ['0', '0', '0', '0', '0', '0', '0', '0', '0', '500']
  wc_back: ['0', '0', '0', '0', '0', '0', '0', '0', '0', '600']
  capital: ['1800', '800', '0', '0', '0', '0', '0', '0', '0', '0']
  fixed_cost: ['0', '0', '700', '700', '700', '700', '700', '700', '700', '700']
  variable_cost: ['0', '0', '770', '990', '1100', '1100', '1100', '1100', '1100', '1100']
loan: {amount: '3000', rate: '0.042', years: 8, grace: 2}
`

func TestProject(t *testing.T) {
	p, err := ParseProject("p.yaml", []byte(fixture))
	if err != nil {
		t.Fatal(err)
	}
	r, err := Evaluate(p)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		got  Value
		want string
	}{"irr": {r.IRR, "0.141856"}, "irr before tax": {r.IRRPre, "0.168885"}, "payback": {r.Payback, "6.7"}, "dynamic": {r.DynamicPayback, "8.32"},
		"min": {r.MinDSCR, "1.4696"}, "average": {r.AvgDSCR, "2.133"}, "llcr": {r.LLCR, "2.0914"}, "plcr": {r.PLCR, "2.7232"},
		"break even": {r.BreakEven, "0.3743"}, "capital": {r.Capital, "0.4643"}} {
		if c.got.V == nil || !c.got.V.Equal(dossier.D(c.want)) {
			t.Errorf("%s: %v %s, want %s", name, c.got.V, c.got.Why, c.want)
		}
	}
	if r.NPV.StringFixed(2) != "15430962.09" || r.NPVPre.StringFixed(2) != "22979118.45" || r.Construction != 2 || r.MinYear != "第3年" {
		t.Errorf("npv %s %s, built in %d, lowest cover in %s", r.NPV, r.NPVPre, r.Construction, r.MinYear)
	}
	if len(r.Sensitivity) != 12 {
		t.Fatalf("%d rows of sensitivity", len(r.Sensitivity))
	}
	for _, s := range r.Sensitivity {
		if s.Of == "revenue" && s.Change.Equal(dossier.D("-0.1")) && (s.IRR.V.StringFixed(4) != "0.1011" || s.NPV.StringFixed(2) != "5046843.10") {
			t.Errorf("price less a tenth: %s %s", s.IRR.V, s.NPV)
		}
		better := s.Change.IsPositive() == (s.Of == "revenue")
		if better != s.NPV.GreaterThan(r.NPV) {
			t.Errorf("%s %s moves the value the wrong way: %s", s.Of, s.Change, s.NPV)
		}
	}
}

func TestProjectRefused(t *testing.T) {
	for part, text := range map[string]string{
		"缺营业收入":    "years: [a, b]\nrows: {capex: ['1', '2'], opex: ['1', '2']}",
		"少于两年":     "years: [a]\nrows: {}",
		"不认识的行":    "years: [a, b]\nrows: {profit: ['1', '2']}",
		"不认识的单位":   "unit: 美元\nyears: [a, b]",
		"有1个数":     "years: [a, b]\nrows: {capex: ['1'], opex: ['1', '2'], revenue: ['1', '2']}",
		"可计算的范围":   "years: [a, b]\nrows: {capex: ['1e5000', '2']}",
		"p.yaml:1": "nonsense: 1",
	} {
		if _, err := ParseProject("p.yaml", []byte(text)); err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%s: %v", part, err)
		}
	}
}

// tableDoc prints the fixture as a feasibility study's tables would: years above, names on the left, a sum.
func tableDoc(t testing.TB, change func(rows [][]string)) *dossier.Document {
	p, err := ParseProject("p.yaml", []byte(fixture))
	if err != nil {
		t.Fatal(err)
	}
	rows := [][]string{{"附表3 项目投资现金流量表", "", "", "单位：万元"}, {"序号", "项目", "合计"}}
	for i := range p.Labels {
		rows[1] = append(rows[1], fmt.Sprint(i+1))
	}
	for _, r := range []struct{ no, name, id string }{{"1", "现金流入", ""}, {"1.1", "营业收入", "revenue"}, {"1.2", "回收固定资产余值", "salvage"}, {"1.3", "回收流动资金", "wc_back"},
		{"2.1", "建设投资", "capex"}, {"2.2", "流动资金", "working_capital"}, {"2.3", "经营成本", "opex"}, {"2.4", "营业税金及附加", "surcharges"}, {"3", "减：调整所得税", "income_tax"}} {
		row := []string{r.no, r.name, ""}
		sum := zero
		for i := range p.Labels {
			if r.id == "" {
				continue
			}
			v := p.Rows[r.id][i].Shift(-4)
			sum = sum.Add(v)
			text := dossier.Group(v.StringFixed(2))
			if v.IsZero() {
				text = ""
			}
			row = append(row, text)
		}
		if r.id != "" {
			row[2] = sum.String()
		}
		rows = append(rows, row)
	}
	if change != nil {
		change(rows)
	}
	tb := dossier.Table{Name: "现金流量", Sheet: true}
	for r, row := range rows {
		var cells []dossier.Cell
		for c, v := range row {
			cells = append(cells, dossier.Cell{Text: v, Ref: fmt.Sprintf("%c%d", 'A'+c, r+1)})
		}
		tb.Rows = append(tb.Rows, cells)
	}
	return &dossier.Document{File: "可研附表.xlsx", Format: "xlsx", Pages: []dossier.Page{{Number: 1, Name: "现金流量", Tables: []dossier.Table{tb}}}}
}

func TestReadSheet(t *testing.T) {
	s := ReadSheet(tableDoc(t, nil))
	if s == nil || s.Unit != dossier.WanYuan || len(s.Labels) != 10 || len(s.Doubts) != 0 {
		t.Fatalf("%+v", s)
	}
	p := s.Project()
	p.Discount = dossier.D("0.08")
	r, err := Evaluate(p)
	if err != nil {
		t.Fatal(err)
	}
	if r.IRR.V.StringFixed(6) != "0.141856" || r.NPV.StringFixed(2) != "15430962.09" {
		t.Errorf("%s %s", r.IRR.V, r.NPV)
	}
	if c := s.Rows["revenue"][4]; c.At.Cell != "现金流量!H4" || c.Printed != "3,000.00" || !c.Value.Equal(dossier.D("30000000")) {
		t.Errorf("%+v", c)
	}
	if r.MinDSCR.V != nil || r.MinDSCR.Why == "" {
		t.Error("cover without a plan of repayment")
	}
	s = ReadSheet(tableDoc(t, func(rows [][]string) { rows[3][7] = "2,900.00" }))
	if len(s.Doubts) != 1 || !strings.Contains(s.Doubts[0], "合计列") {
		t.Errorf("a changed year goes unseen: %v", s.Doubts)
	}
	if ReadSheet(&dossier.Document{Pages: []dossier.Page{{Tables: []dossier.Table{{Rows: [][]dossier.Cell{{{Text: "项目"}, {Text: "2027"}, {Text: "2028"}, {Text: "2029"}}}}}}}}) != nil {
		t.Error("a table of nothing is a project")
	}
}

func FuzzSheet(f *testing.F) {
	f.Add("项目\t1\t2\t3\n营业收入\t\t600\t900\n经营成本\t\t(300)\t4e9\n建设投资\t800\t\t\n净现金流量\t-800\t300\t500")
	f.Add("单位：万元\n序号\t项目\t合计\t第1年\t第2年\t第3年\n1\t营业收入\t9\t1\t2\t3\n2\t生产负荷\t\t80\t90%\t100\n3\t借款本金偿还\t\t1\t1\t1")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 64<<10 {
			t.Skip()
		}
		tb := dossier.Table{Sheet: true, Name: "表"}
		for _, l := range strings.Split(text, "\n") {
			var cells []dossier.Cell
			for _, c := range strings.Split(l, "\t") {
				cells = append(cells, dossier.Cell{Text: c})
			}
			tb.Rows = append(tb.Rows, cells)
		}
		s := ReadSheet(&dossier.Document{Pages: []dossier.Page{{Number: 1, Text: text, Tables: []dossier.Table{tb}}}})
		if s == nil {
			return
		}
		for id, row := range s.Rows {
			if len(row) != len(s.Labels) {
				t.Errorf("%s has %d cells for %d years", id, len(row), len(s.Labels))
			}
		}
		_, _ = Evaluate(s.Project())
	})
}

func FuzzProject(f *testing.F) {
	f.Add(fixture)
	f.Add("years: [a, b]\nrows: {capex: ['1', '2']}")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 64<<10 {
			t.Skip()
		}
		if p, err := ParseProject("p.yaml", []byte(text)); err == nil {
			_, _ = Evaluate(p)
		}
	})
}

func BenchmarkProject(b *testing.B) {
	p, err := ParseProject("p.yaml", []byte(fixture))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := Evaluate(p); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReadSheet(b *testing.B) {
	d := tableDoc(b, nil)
	for b.Loop() {
		ReadSheet(d)
	}
}

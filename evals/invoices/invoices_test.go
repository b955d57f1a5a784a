package invoices

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

// write makes a small set: n firms, the ones with an even number sell little and default.
func write(t *testing.T, n int) string {
	t.Helper()
	dir := t.TempDir()
	firms, in, out := "企业代号,企业名称,信誉评级,是否违约\n", "企业代号,发票号码,开票日期,销方单位代号,金额,税额,价税合计,发票状态\n", "企业代号,发票号码,开票日期,购方单位代号,金额,税额,价税合计,发票状态\n"
	for f := range n {
		bad, size := "否", 1000+f
		if f%2 == 0 {
			bad, size = "是", 10+f
		}
		firms += fmt.Sprintf("E%d,某公司,A,%s\n", f, bad)
		for m := range 26 {
			date := fmt.Sprintf("%d/%d/5", 2019+m/12, m%12+1)
			out += fmt.Sprintf("E%d,%d,%s,B%d,%d.00,%d.00,%d.00,有效发票\n", f, 1000*m+f, date, m%3, size*100, size*13, size*113)
			in += fmt.Sprintf("E%d,%d,%s,A%d,%d.00,%d.00,%d.00,作废发票\n", f, 1000*m+f, date, m%3, size*50, size*50*13/100, size*50+size*50*13/100)
		}
	}
	for name, text := range map[string]string{"enterprises.csv": firms, "input_invoices.csv": in, "output_invoices.csv": out} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestRun(t *testing.T) {
	card, err := Run(t.Context(), write(t, 14), nil)
	if err != nil {
		t.Fatal(err)
	}
	if card.Rows["output_invoices.csv"] != 14*26 || card.Sales.Blue != 14*26 || card.Purchases.Void != 14*26 || card.Bad != 7 || card.Labelled != 14 {
		t.Errorf("%+v", card)
	}
	if v := card.Variants[0]; v.AUC < 0.999999 || v.Averaged != 1 {
		t.Errorf("size tells all here: %+v", v)
	}
	var text strings.Builder
	if err := card.WriteText(&text, true); err != nil || !strings.Contains(text.String(), "weight: -") {
		t.Error(err, text.String())
	}
	a, err := card.JSON()
	again, _ := Run(t.Context(), write(t, 14), nil)
	b, _ := again.JSON()
	if err != nil || !bytes.Equal(a, b) {
		t.Errorf("two runs differ:\n%s\n%s", a, b)
	}
	if _, err := Run(t.Context(), t.TempDir(), nil); dossier.KindOf(err) != dossier.ErrNotFound {
		t.Error(err)
	}
}

// The figures of DeLong's and Hanley's formulas for a case small enough to work out by hand.
func TestAUC(t *testing.T) {
	score := []float64{0.9, 0.4, 0.5, 0.5, 0.1}
	bad := []bool{true, true, false, false, false}
	// pairs: 0.9 beats three; 0.4 beats one of three
	if a := auc(score, bad); math.Abs(a-4.0/6) > 1e-12 {
		t.Error(a)
	}
	// bad firms' shares 1 and 1/3: variance 2/9; good firms' shares 1/2, 1/2, 1: variance 1/12
	if se := delong(score, bad); math.Abs(se-math.Sqrt(2.0/9/2+1.0/12/3)) > 1e-12 {
		t.Error(se)
	}
	if se := delongDiff(score, score, bad); se != 0 {
		t.Error(se)
	}
	if se := hanley(0.5, []bool{true, false}); math.Abs(se-0.5) > 1e-12 { // one pair: a coin
		t.Error(se)
	}
}

// With one standardised feature the gradient at the answer is zero.
func TestLogistic(t *testing.T) {
	x := [][]float64{{1, 5}, {2, 3}, {3, 8}, {4, 1}, {5, 2}, {6, 9}}
	y := []bool{false, false, true, false, true, true}
	m := fit(x, y, []float64{1, 1})
	grad := make([]float64, 3)
	for i, r := range x {
		z := m.z(r)
		p := 1 / (1 + math.Exp(-m.dot(z)))
		if y[i] {
			p--
		}
		for a := range z {
			grad[a] -= p * z[a]
		}
	}
	for a := range grad {
		want := 0.0
		if a > 0 {
			want = m.w[a]
		}
		if math.Abs(grad[a]-want) > 1e-8 {
			t.Errorf("gradient %d: %v, want %v", a, grad[a], want)
		}
	}
	if s := fitSigned(x, y, []float64{1, 1}, []float64{-1, 0}); math.Abs(s.w[1]) > 1e-6 || m.w[1] <= 0 {
		t.Errorf("a weight of the wrong sign stays: %v, without signs %v", s.w, m.w)
	}
}

// The committed scorecard keeps the bars of the issue.
func TestCommittedScorecard(t *testing.T) {
	data, err := os.ReadFile("../scorecards/invoices.json")
	if err != nil {
		t.Fatal(err)
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	var c Card
	if err := dec.Decode(&c); err != nil || c.Schema != Schema || len(c.Variants) != len(variants) {
		t.Fatalf("%v, schema %q", err, c.Schema)
	}
	for _, v := range c.Variants {
		if v.Chosen && (v.AUC < 0.888 || v.DeLongSE == 0) {
			t.Errorf("%+v", v)
		}
	}
}

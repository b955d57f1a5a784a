package invoices

import (
	"math"
	"math/rand/v2"

	"github.com/xindiao/xindiao/finance/invoice"
)

// variants are all models that were tried, each with the reason it stands for. The first is the baseline on the same
// folds, the one marked chosen is the product's; docs/risk-ranking.md says why.
var variants = []variant{
	{name: "log_sales", features: []string{"log_sales"}, rest: 1},
	{name: "log_sales + silence", features: []string{"log_sales", "silence"}, rest: 1},
	{name: "size and conduct", features: conduct, rest: 3, size: 3},
	{name: "size, conduct, customers", features: customers, rest: 3, size: 3},
	{name: "the same, lambda 1", features: customers, rest: 1, size: 1},
	{name: "the same, lambda 10", features: customers, rest: 10, size: 10},
	{name: "all twelve", features: []string{"log_sales", "log_purchases", "void_rate", "red_rate", "silence", "trend", "top5", "log_customers", "kept", "stable",
		"margin", "log_months"}, rest: 3, size: 3},
	{name: "without size", features: customers[1:], rest: 3},
	{name: "the same with size, signs kept", features: customers, rest: 3, size: 3, signed: true},
	{name: "signs kept, conduct held back", features: customers, rest: 10, size: 1, signed: true, chosen: true},
}

type variant struct {
	name       string
	features   []string
	size, rest float64 // penalty of log_sales and of the others
	signed     bool    // weights of the wrong sign are left out
	chosen     bool
}

var (
	conduct   = []string{"log_sales", "void_rate", "red_rate", "silence", "trend"}
	customers = []string{"log_sales", "void_rate", "red_rate", "silence", "trend", "top5", "kept", "margin"}
)

// signs say which way a feature must point: -1 the more the safer.
var signs = map[string]float64{"log_sales": -1, "void_rate": 1, "red_rate": 1, "silence": 1, "trend": -1, "top5": 1, "kept": -1, "margin": 0}

func (t variant) fit(x [][]float64, bad []bool) logit {
	lambda, sign := make([]float64, len(t.features)), make([]float64, len(t.features))
	for j, f := range t.features {
		lambda[j] = t.rest
		if f == "log_sales" && t.size > 0 {
			lambda[j] = t.size
		}
		if t.signed {
			sign[j] = signs[f]
		}
	}
	return fitSigned(x, bad, lambda, sign)
}

// Variant is one model's cross-validated result.
type Variant struct {
	Name       string   `json:"name"`
	Features   []string `json:"features"`
	Size       float64  `json:"lambda_size,omitempty"`
	Rest       float64  `json:"lambda"`
	Signed     bool     `json:"signed,omitempty"`
	Chosen     bool     `json:"chosen,omitempty"`
	AUC        float64  `json:"auc"`          // mean over repetitions of the pooled out-of-fold AUC
	SplitSD    float64  `json:"split_sd"`     // of that over repetitions: what the split alone does
	FoldAUC    float64  `json:"fold_auc"`     // mean AUC within the folds
	Averaged   float64  `json:"averaged_auc"` // of each firm's mean out-of-fold score
	DeLongSE   float64  `json:"delong_se"`    // of that, over firms
	HanleySE   float64  `json:"hanley_se"`
	OverSales  float64  `json:"over_log_sales"`    // averaged AUC less that of log_sales
	OverSE     float64  `json:"over_log_sales_se"` // paired DeLong
	outOfFold  []float64
	fullWeight logit
}

const (
	folds   = 5
	repeats = 40
)

// evaluate cross-validates one variant: stratified folds, the same for every variant, by fixed seeds.
func evaluate(rows []map[string]float64, bad []bool, t variant) Variant {
	x := make([][]float64, len(rows))
	for i, r := range rows {
		for _, n := range t.features {
			x[i] = append(x[i], r[n])
		}
	}
	v := Variant{Name: t.name, Features: t.features, Size: t.size, Rest: t.rest, Signed: t.signed, Chosen: t.chosen, outOfFold: make([]float64, len(rows)),
		fullWeight: t.fit(x, bad)}
	var pooled []float64
	inside, insideN := 0.0, 0
	for rep := range repeats {
		fold := split(bad, uint64(rep+1))
		out := make([]float64, len(rows))
		for f := range folds {
			var tx [][]float64
			var ty, fy []bool
			var fs []float64
			for i := range x {
				if fold[i] != f {
					tx, ty = append(tx, x[i]), append(ty, bad[i])
				}
			}
			m := t.fit(tx, ty)
			for i := range x {
				if fold[i] == f {
					out[i] = m.score(x[i])
					fs, fy = append(fs, out[i]), append(fy, bad[i])
				}
			}
			if a := auc(fs, fy); !math.IsNaN(a) {
				inside += a
				insideN++
			}
		}
		pooled = append(pooled, auc(out, bad))
		for i := range out {
			v.outOfFold[i] += out[i] / repeats
		}
	}
	for _, a := range pooled {
		v.AUC += a / repeats
	}
	v.SplitSD = math.Sqrt(variance(pooled))
	v.FoldAUC = inside / float64(insideN)
	v.Averaged = auc(v.outOfFold, bad)
	v.DeLongSE, v.HanleySE = delong(v.outOfFold, bad), hanley(v.Averaged, bad)
	return v
}

// split deals firms into folds, those that defaulted and those that did not apart.
func split(bad []bool, seed uint64) []int {
	g := rand.New(rand.NewPCG(seed, 20261122))
	out := make([]int, len(bad))
	next := 0
	for _, class := range []bool{true, false} {
		var of []int
		for i, b := range bad {
			if b == class {
				of = append(of, i)
			}
		}
		g.Shuffle(len(of), func(i, j int) { of[i], of[j] = of[j], of[i] })
		for _, i := range of {
			out[i] = next % folds
			next++
		}
	}
	return out
}

// rank tries all variants on the firms that have a label.
func rank(results []*invoice.Result, label map[string]bool) (out []Variant, firms, bads int) {
	var rows []map[string]float64
	var bad []bool
	for _, r := range results {
		if b, ok := label[r.Owner]; ok && r.Sales != nil {
			rows, bad = append(rows, invoice.Features(r)), append(bad, b)
			if b {
				bads++
			}
		}
	}
	if bads < folds || len(bad)-bads < folds { // not enough to deal out
		return nil, len(bad), bads
	}
	for _, t := range variants {
		v := evaluate(rows, bad, t)
		if len(out) > 0 {
			v.OverSales = v.Averaged - out[0].Averaged
			v.OverSE = delongDiff(v.outOfFold, out[0].outOfFold, bad)
		}
		out = append(out, v)
	}
	return out, len(bad), bads
}

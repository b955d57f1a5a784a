package invoice

import (
	"fmt"
	"math"

	"github.com/xindiao/xindiao/dossier"
)

// Model orders borrowers by what their ledgers look like: logistic regression over a few features. It is a ranking, not
// a rating and not a finding: it says which ledger to look at first and why. Weights are statistics, so floats.
type Model struct {
	Owner     string         `yaml:"owner"`
	Date      dossier.Date   `yaml:"date"`
	FittedOn  string         `yaml:"fitted_on"`
	Method    string         `yaml:"method"`
	Intercept float64        `yaml:"intercept"`
	Features  []ModelFeature `yaml:"features"`
}

// ModelFeature is one term: Weight × (value − Mean) / Deviation. A positive weight raises the risk.
type ModelFeature struct {
	Key       string  `yaml:"key"`
	Name      string  `yaml:"name"`
	Mean      float64 `yaml:"mean"`
	Deviation float64 `yaml:"deviation"`
	Weight    float64 `yaml:"weight"`
}

// Contribution is what one feature adds to the log-odds of a ranking.
type Contribution struct {
	Key, Name string
	Value     float64 // of the feature
	Adds      float64 // positive: towards risk
}

// Ranking orders one borrower among others: the higher the score, the sooner somebody should look.
type Ranking struct {
	Score         float64 // log-odds; only its order means anything
	Contributions []Contribution
	Note          string // Chinese: what it is not
}

// RankingNote stands beside every ranking.
const RankingNote = "仅供排定核查先后，不是评级，也不构成问题认定"

// RankModel is the model of data/ranking.yaml.
func RankModel() Model { return data().model }

// Rank scores a result; nil without sales, of which every feature speaks.
func (m Model) Rank(r *Result) *Ranking {
	if r.Sales == nil || r.Sales.Blue == 0 || len(m.Features) == 0 {
		return nil
	}
	f := Features(r)
	out := &Ranking{Score: m.Intercept, Note: RankingNote}
	for _, x := range m.Features {
		v := f[x.Key]
		c := Contribution{x.Key, x.Name, v, x.Weight * (v - x.Mean) / x.Deviation}
		out.Score += c.Adds
		out.Contributions = append(out.Contributions, c)
	}
	return out
}

// FeatureNames says what each feature is.
var FeatureNames = map[string]string{
	"log_sales":     "月均销售额的对数",
	"log_purchases": "月均采购额的对数",
	"void_rate":     "销项作废率（张数）",
	"red_rate":      "销项红字率（金额）",
	"silence":       "未开票月份占比",
	"top5":          "前五大客户占比",
	"log_customers": "客户数的对数",
	"margin":        "购销差占销售额比（－1至1）",
	"trend":         "近12个月销售额对此前12个月之比的对数（－2至2）",
	"kept":          "上一年客户按金额的留存比例",
	"stable":        "稳定大客户数（至多4）",
	"log_months":    "清单覆盖月数的对数",
}

// Features are the numbers that a ranking may use, by key; nothing that a bank said of the borrower is among them.
func Features(r *Result) map[string]float64 {
	s := r.Sales
	if s == nil {
		return map[string]float64{}
	}
	months := float64(max(len(s.Months), 1))
	sales := float64(max(s.Net, 0)) / 100
	bought, n := 0.0, months
	if p := r.Purchases; p != nil {
		bought, n = float64(max(p.Net, 0))/100, float64(max(len(p.Months), 1))
	}
	f := map[string]float64{
		"log_sales": math.Log1p(sales / months), "log_purchases": math.Log1p(bought / n), "void_rate": s.VoidRate.InexactFloat64(),
		"red_rate": min(s.RedRate.InexactFloat64(), 1), "silence": float64(len(s.Silent)) / months, "top5": s.Top5.InexactFloat64(),
		"log_customers": math.Log1p(float64(s.Parties)), "kept": s.Stability.KeptShare.InexactFloat64(),
		"stable": float64(min(len(s.Stability.LargeStable), 4)), "log_months": math.Log(months),
	}
	if sales > 0 {
		f["margin"] = max(-1, min(1, (sales-bought)/sales))
	}
	var recent, before float64
	for i, m := range s.Months {
		switch k := len(s.Months) - i; {
		case k <= 12:
			recent += float64(m.Net)
		case k <= 24:
			before += float64(m.Net)
		}
	}
	if before > 0 && recent > 0 {
		f["trend"] = max(-2, min(2, math.Log(recent/before)))
	} else if before > 0 {
		f["trend"] = -2
	}
	return f
}

func (m Model) runExamples() (errs []error) {
	if m.Owner == "" || m.Date.IsZero() || m.FittedOn == "" || m.Method == "" || len(m.Features) == 0 {
		errs = append(errs, fmt.Errorf("finance/invoice/data/ranking.yaml: 缺 owner、date、fitted_on、method 或 features"))
	}
	for _, f := range m.Features {
		if FeatureNames[f.Key] == "" || f.Deviation <= 0 || f.Name == "" {
			errs = append(errs, fmt.Errorf("finance/invoice/data/ranking.yaml: 特征 %s 不存在，或缺名称与标准差", f.Key))
		}
	}
	return errs
}

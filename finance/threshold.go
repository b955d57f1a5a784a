package finance

import (
	"fmt"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/gbt4754"
)

// Levels of a verdict. They ask a reader to look; they are the bank's, never law.
const (
	LevelGood    = "正常"
	LevelWatch   = "注意"
	LevelConcern = "关注"
)

// ThresholdPolicy says from which value on a ratio asks for attention.
type ThresholdPolicy struct {
	Owned      `yaml:",inline"`
	Thresholds []Threshold `yaml:"thresholds"`
	Examples   []struct {
		Ratio    string          `yaml:"ratio"`
		Industry string          `yaml:"industry"`
		Value    dossier.Decimal `yaml:"value"`
		Level    string          `yaml:"level"`
	} `yaml:"examples"`
}

// Threshold of one ratio, for every industry or one (a prefix of the GB/T 4754 code with its letter, the longest wins).
type Threshold struct {
	Ratio    string           `yaml:"ratio"`
	Industry string           `yaml:"industry"`
	Watch    *dossier.Decimal `yaml:"watch"`   // worse than this: 注意
	Concern  *dossier.Decimal `yaml:"concern"` // worse than this: 关注
}

func (t *ThresholdPolicy) check() error {
	if err := t.Owned.check(); err != nil {
		return err
	}
	for _, x := range t.Thresholds {
		r := ratioByID(x.Ratio)
		switch {
		case r == nil || r.Better == "":
			return fmt.Errorf("threshold of %q: unknown ratio, or neither side is better", x.Ratio)
		case x.Watch == nil && x.Concern == nil:
			return fmt.Errorf("threshold of %s has no value", x.Ratio)
		case x.Watch != nil && x.Concern != nil && worse(r, *x.Watch, *x.Concern):
			return fmt.Errorf("threshold of %s: concern is milder than watch", x.Ratio)
		case !knownIndustry(x.Industry):
			return fmt.Errorf("threshold of %s: unknown industry %q", x.Ratio, x.Industry)
		}
	}
	for _, ex := range t.Examples {
		x, ok := t.find(ex.Ratio, ex.Industry)
		if !ok {
			return fmt.Errorf("example of %s: no threshold", ex.Ratio)
		}
		if got, _ := x.level(ex.Value); got != ex.Level {
			return fmt.Errorf("example of %s %s is %s, want %s", ex.Ratio, ex.Value, got, ex.Level)
		}
	}
	return nil
}

func knownIndustry(prefix string) bool {
	if prefix == "" {
		return true
	}
	c, ok := gbt4754.Lookup(prefix)
	return ok && c.Full() == prefix
}

// industryMatch is how long a prefix fits an industry code; -1 when it does not.
func industryMatch(prefix, code string) int {
	if prefix == "" {
		return 0
	}
	for _, c := range gbt4754.Path(code) {
		if c.Full() == prefix {
			return len(prefix)
		}
	}
	return -1
}

func (t *ThresholdPolicy) find(ratio, industry string) (Threshold, bool) {
	best, fit := Threshold{}, -1
	for _, x := range t.Thresholds {
		if m := industryMatch(x.Industry, industry); x.Ratio == ratio && m > fit {
			best, fit = x, m
		}
	}
	return best, fit >= 0
}

func worse(r *Ratio, v, limit dossier.Decimal) bool {
	if r.Better == "lower" {
		return v.GreaterThan(limit)
	}
	return v.LessThan(limit)
}

func (x Threshold) level(v dossier.Decimal) (string, *dossier.Decimal) {
	r := ratioByID(x.Ratio)
	switch {
	case x.Concern != nil && worse(r, v, *x.Concern):
		return LevelConcern, x.Concern
	case x.Watch != nil && worse(r, v, *x.Watch):
		return LevelWatch, x.Watch
	}
	return LevelGood, x.Watch
}

// Verdict is a ratio against the bank's threshold.
type Verdict struct {
	Figure    dossier.Figure
	Threshold Threshold
	Level     string // 正常, 注意, 关注
	Text      string // 流动比率1.12，低于1.50，注意（示例阈值，…）
	Owned
}

// Verdicts compares the ratios of the newest period that has them with the thresholds for the industry (a GB/T 4754 code).
func (s *Set) Verdicts(entity, industry string, periods []dossier.Period, t ThresholdPolicy) []Verdict {
	var out []Verdict
	for _, r := range theRatios().all {
		x, ok := t.find(r.ID, industry)
		if !ok {
			continue
		}
		f, ok := s.newestOf(r, entity, periods)
		if !ok {
			continue
		}
		v := Verdict{Figure: f, Threshold: x, Owned: t.Owned}
		var limit *dossier.Decimal
		v.Level, limit = x.level(f.Value)
		v.Text = f.Period.Chinese() + f.Name + FormatValue(f)
		if limit != nil && v.Level != LevelGood {
			word := "低于"
			if r.Better == "lower" {
				word = "高于"
			}
			v.Text += "，" + word + FormatValue(dossier.Figure{Value: *limit, Unit: f.Unit})
		}
		if f.Note != "" && v.Level != LevelGood {
			v.Text += "（" + f.Note + "）"
		}
		v.Text += fmt.Sprintf("，%s（阈值由%s于%s设定，不是监管规定）", v.Level, t.Owner, t.Date)
		out = append(out, v)
	}
	return out
}

// newestOf is the ratio at the newest of the periods; ratios of whole years are not taken from a part of one.
func (s *Set) newestOf(r *Ratio, entity string, periods []dossier.Period) (dossier.Figure, bool) {
	for i := len(periods) - 1; i >= 0; i-- {
		p := periods[i]
		if r.Period == "balance" {
			p = Closing(p)
		}
		if f, ok := s.Best(r.ID, entity, p); ok {
			return f, true
		}
	}
	return dossier.Figure{}, false
}

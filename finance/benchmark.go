package finance

import (
	"fmt"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/gbt4754"
)

// BenchmarkBook holds peers' values as a bank collected them. The program brings none of its own.
type BenchmarkBook struct {
	Owned      `yaml:",inline"`
	Industries []PeerIndustry `yaml:"industries"`
}

// PeerIndustry is what is known of the companies of one class.
type PeerIndustry struct {
	Code   string      `yaml:"code"` // prefix of the GB/T 4754 code with its letter; the longest that fits wins
	Year   int         `yaml:"year"` // of the statements
	Count  int         `yaml:"count"`
	Source string      `yaml:"source"` // "": the book's
	Ratios []PeerRatio `yaml:"ratios"`
}

// PeerRatio is one ratio's spread; quartiles rise, whichever side is better.
type PeerRatio struct {
	Ratio  string           `yaml:"ratio"`
	Q1     *dossier.Decimal `yaml:"q1"`
	Median *dossier.Decimal `yaml:"median"`
	Q3     *dossier.Decimal `yaml:"q3"`
}

func (b *BenchmarkBook) check() error {
	if err := b.Owned.check(); err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, in := range b.Industries {
		if in.Code == "" || !knownIndustry(in.Code) || seen[in.Code] {
			return fmt.Errorf("industry %q: unknown, or given twice", in.Code)
		}
		seen[in.Code] = true
		for _, r := range in.Ratios {
			switch {
			case ratioByID(r.Ratio) == nil:
				return fmt.Errorf("industry %s: unknown ratio %q", in.Code, r.Ratio)
			case r.Median == nil || (r.Q1 == nil) != (r.Q3 == nil):
				return fmt.Errorf("industry %s: %s needs a median, and both quartiles or none", in.Code, r.Ratio)
			case r.Q1 != nil && (r.Q1.GreaterThan(*r.Median) || r.Median.GreaterThan(*r.Q3)):
				return fmt.Errorf("industry %s: quartiles of %s do not rise", in.Code, r.Ratio)
			}
		}
	}
	return nil
}

// find is the ratio's spread in the narrowest class that has it.
func (b *BenchmarkBook) find(ratio, industry string) (PeerIndustry, PeerRatio, bool) {
	var in PeerIndustry
	var out PeerRatio
	fit := 0
	for _, x := range b.Industries {
		m := industryMatch(x.Code, industry)
		if m <= fit {
			continue
		}
		for _, r := range x.Ratios {
			if r.Ratio == ratio {
				in, out, fit = x, r, m
			}
		}
	}
	return in, out, fit > 0
}

// Benchmarks compares ratios with peers. Why says that there is nothing to compare with.
type Benchmarks struct {
	Industry string // as matched: C35 专用设备制造业
	Rows     []Benchmark
	Why      string
	Owned
}

// Benchmark is one ratio beside its peers.
type Benchmark struct {
	Figure   dossier.Figure
	Industry string
	Q1, Q3   *dossier.Figure
	Median   dossier.Figure
	Gap      dossier.Figure // ratio less median
	Position string         // 低于下四分位, 下四分位至中位数, 中位数至上四分位, 高于上四分位; 高于/低于/等于中位数
	Better   string         // 优于中位数, 劣于中位数, "" where neither side is better
	Source   string
}

// Benchmarks compares the newest ratios of a company of that industry (a GB/T 4754 code) with the book.
func (s *Set) Benchmarks(entity, industry string, periods []dossier.Period, book BenchmarkBook) Benchmarks {
	out := Benchmarks{Owned: book.Owned}
	if entity == "" {
		entity = s.Entity
	}
	_, known := gbt4754.Lookup(industry)
	switch {
	case len(book.Industries) == 0:
		out.Why = "本行没有配置同业基准值，未作同业比较（在benchmarks.yaml中按行业代码填写四分位数后即可比较）"
		return out
	case !known:
		out.Why = "行业代码不明，未作同业比较"
		return out
	}
	for _, r := range theRatios().all {
		in, peer, ok := book.find(r.ID, industry)
		if !ok {
			continue
		}
		if f, ok := s.newestOf(r, entity, periods); ok {
			out.Rows = append(out.Rows, s.peer(r, f, in, peer, book.Owned))
		}
	}
	if len(out.Rows) == 0 {
		out.Why = "本行的同业基准值不含该行业，未作同业比较"
		return out
	}
	out.Industry = out.Rows[0].Industry
	return out
}

func (s *Set) peer(r *Ratio, f dossier.Figure, in PeerIndustry, p PeerRatio, o Owned) Benchmark {
	c, _ := gbt4754.Lookup(in.Code)
	b := Benchmark{Figure: f, Industry: in.Code + " " + c.Name, Source: in.Source}
	if b.Source == "" {
		b.Source = o.Source
	}
	note := fmt.Sprintf("同业基准值，%s%d年，%s，%s于%s配置", b.Industry, in.Year, b.Source, o.Owner, o.Date)
	fig := func(kind, name string, v dossier.Decimal) dossier.Figure {
		return s.add(dossier.Figure{Indicator: "peer_" + kind + "_" + r.ID, Name: r.Name + name, Entity: f.Entity, Scope: f.Scope, Period: f.Period,
			Value: v, Unit: f.Unit, Basis: dossier.BasisComputed, Formula: v.Abs().String(), Note: note})
	}
	b.Median = fig("median", "同业中位数", *p.Median)
	b.Gap = s.figure("peer_gap_"+r.ID, r.Name+"与同业中位数之差", r.ID+" - peer_median_"+r.ID, f.Value.Sub(*p.Median), f.Unit, f.Period, f, b.Median)
	if p.Q1 != nil {
		b.Q1, b.Q3 = ptr(fig("q1", "同业下四分位", *p.Q1)), ptr(fig("q3", "同业上四分位", *p.Q3))
	}
	above := f.Value.Cmp(*p.Median)
	switch {
	case p.Q1 != nil && f.Value.LessThan(*p.Q1):
		b.Position = "低于下四分位"
	case p.Q1 != nil && f.Value.GreaterThan(*p.Q3):
		b.Position = "高于上四分位"
	case p.Q1 != nil && above < 0:
		b.Position = "下四分位至中位数"
	case p.Q1 != nil && above > 0:
		b.Position = "中位数至上四分位"
	default:
		b.Position = map[int]string{-1: "低于中位数", 0: "等于中位数", 1: "高于中位数"}[above]
	}
	if r.Better != "" && above != 0 {
		b.Better = "劣于中位数"
		if (above > 0) == (r.Better == "higher") {
			b.Better = "优于中位数"
		}
	}
	return b
}

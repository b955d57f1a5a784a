package repay

import (
	"fmt"
	"sort"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// Point is one measure of a plan: what it came to, what it earned.
type Point struct {
	ID, Name string
	Value    string          // in Chinese, with its unit
	Earned   dossier.Decimal // 0 to 1
	Weight   dossier.Decimal
}

// measures give a plan its points; cheapest is the lowest interest among the candidates.
var measures = map[string]func(p *Plan, s Scoring, cheapest dossier.Decimal) (string, dossier.Decimal){
	"min_cash": func(p *Plan, _ Scoring, _ dossier.Decimal) (string, dossier.Decimal) {
		r := clamp(div(p.MinCash, p.Schedule.Terms.Principal), one.Neg(), one)
		return money(p.MinCash) + "元", div(r.Add(one), two)
	},
	"shortfall": func(p *Plan, _ Scoring, _ dossier.Decimal) (string, dossier.Decimal) {
		n := len(p.Months)
		if n == 0 {
			return "没有月度数据", zero
		}
		if len(p.Shortfalls) == 0 {
			return "0个缺口月", one
		}
		return fmt.Sprintf("%d个缺口月", len(p.Shortfalls)), div(one.Sub(div(intD(len(p.Shortfalls)), intD(n))), two)
	},
	"dscr": func(p *Plan, s Scoring, _ dossier.Decimal) (string, dossier.Decimal) {
		if p.LowDSCR == nil {
			return "无应还款月份", one
		}
		return p.LowDSCR.StringFixed(2) + "倍", clamp(div(*p.LowDSCR, s.Target), zero, one)
	},
	"interest": func(p *Plan, _ Scoring, cheapest dossier.Decimal) (string, dossier.Decimal) {
		v := money(p.Schedule.Interest) + "元"
		if !p.Schedule.Interest.IsPositive() {
			return v, one
		}
		return v, clamp(div(cheapest, p.Schedule.Interest), zero, one)
	},
	"half": func(p *Plan, _ Scoring, _ dossier.Decimal) (string, dossier.Decimal) {
		return "尚余" + percent(p.Half), one.Sub(p.Half)
	},
	"maturity": func(p *Plan, _ Scoring, _ dossier.Decimal) (string, dossier.Decimal) {
		return "到期还" + percent(p.Last), one.Sub(p.Last)
	},
}

// rank scores the plans and writes why each stands where it does. Equal scores keep the order of plans.yaml.
func (p *Plans) rank() {
	cheapest := p.Plans[0].Schedule.Interest
	for _, q := range p.Plans {
		if q.Schedule.Interest.LessThan(cheapest) {
			cheapest = q.Schedule.Interest
		}
	}
	mean := map[string]dossier.Decimal{}
	for i := range p.Plans {
		q := &p.Plans[i]
		sum, weights := zero, zero
		for _, m := range p.Scoring.Measures {
			value, earned := measures[m.ID](q, p.Scoring, cheapest)
			q.Points = append(q.Points, Point{ID: m.ID, Name: m.Name, Value: value, Earned: earned.Round(4), Weight: m.Weight})
			sum, weights = sum.Add(earned.Mul(m.Weight)), weights.Add(m.Weight)
			mean[m.ID] = mean[m.ID].Add(div(earned, intD(len(p.Plans))))
		}
		q.Score = div(sum.Mul(hundred), weights).Round(2)
	}
	sort.SliceStable(p.Plans, func(i, j int) bool { return p.Plans[i].Score.GreaterThan(p.Plans[j].Score) })
	for i := range p.Plans {
		p.Plans[i].Rank = i + 1
		p.Plans[i].Why = p.Plans[i].why(mean)
	}
}

// why names where the plan gains and loses most against the other plans' mean, its worst month and its shortfalls.
func (p *Plan) why(mean map[string]dossier.Decimal) string {
	var best, least Point
	top, low := zero, zero
	for _, pt := range p.Points {
		d := pt.Earned.Sub(mean[pt.ID]).Mul(pt.Weight)
		if d.GreaterThan(top) {
			top, best = d, pt
		}
		if d.LessThan(low) {
			low, least = d, pt
		}
	}
	var parts []string
	if best.Name != "" {
		parts = append(parts, fmt.Sprintf("较优的是%s（%s）", best.Name, best.Value))
	}
	if least.Name != "" {
		parts = append(parts, fmt.Sprintf("较弱的是%s（%s）", least.Name, least.Value))
	}
	if len(parts) == 0 {
		parts = append(parts, "各项与其他方案的平均相当")
	}
	parts = append(parts, fmt.Sprintf("最紧月份%s，累计现金%s元", monthName(p.Worst), money(p.MinCash)), p.gaps())
	return fmt.Sprintf("第%d名（%s分）：%s。", p.Rank, p.Score.StringFixed(2), strings.Join(parts, "，"))
}

// gaps prints the months that end below zero.
func (p *Plan) gaps() string {
	if len(p.Shortfalls) == 0 {
		return "无缺口月份"
	}
	var out []string
	for i, d := range p.Shortfalls {
		if i == 6 {
			out[5] += "等"
			break
		}
		out = append(out, monthName(d))
	}
	return fmt.Sprintf("缺口月份%d个：%s", len(p.Shortfalls), strings.Join(out, "、"))
}

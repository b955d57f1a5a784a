package finance

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// Covenant is one financial covenant of a loan contract.
type Covenant struct {
	Text      string
	Indicator string // id of a ratio, or settlement_share
	Most      bool   // an upper limit; else a lower one
	Limit     dossier.Decimal
}

// CovenantResult tells whether a covenant holds.
type CovenantResult struct {
	Covenant Covenant
	Figure   *dossier.Figure // nil when it cannot be computed
	Met      bool
	Why      string // in Chinese: the arithmetic, or why it cannot be told
}

var (
	limitRE  = regexp.MustCompile(`(不高于|不超过|不得高于|不得超过|不大于|低于|小于|≤|<=|<|不低于|不少于|不得低于|不得少于|不小于|高于|大于|≥|>=|>)(?:人民币)?(\d+(?:\.\d+)?)(%|％|倍)?`)
	clauseRE = regexp.MustCompile(`^(?:第[一二三四五六七八九十百\d]+条[^:：]{0,20}[:：]?\s*)?(?:[^:：]{0,12}(?:约束|承诺|指标|条款)[^:：]{0,6}[:：]\s*)?(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]\s*)?`)
	shareRE  = regexp.MustCompile(`结算|归集|回笼|回款`)
)

// ParseCovenants reads covenants over known ratios out of a contract's text; clauses without a number are left out.
func ParseCovenants(text string) []Covenant {
	if len(text) > 20000 {
		text = text[:20000]
	}
	var out []Covenant
	for _, part := range regexp.MustCompile(`[；;。\n，,]`).Split(fold(text), -1) {
		s := strings.Join(strings.Fields(part), "")
		m := limitRE.FindStringSubmatch(s)
		if m == nil {
			continue
		}
		before := s[:strings.Index(s, m[0])]
		id := ""
		for _, r := range theRatios().all {
			if strings.Contains(before, r.Name) && (id == "" || len(r.Name) > len(NameOf(id))) {
				id = r.ID
			}
		}
		if id == "" && shareRE.MatchString(before) && strings.Contains(s, "比例") {
			id = "settlement_share"
		}
		if id == "" {
			continue
		}
		v, err := parseDecimal(m[2])
		if err != nil {
			continue
		}
		if m[3] == "%" || m[3] == "％" {
			v = div(v, hundred)
		}
		most := strings.ContainsAny(m[1], "≤<") || m[1] == "低于" || m[1] == "小于"
		for _, w := range []string{"不高于", "不超过", "不得高于", "不得超过", "不大于"} {
			most = most || m[1] == w
		}
		out = append(out, Covenant{Text: clauseRE.ReplaceAllString(strings.TrimSpace(part), ""), Indicator: id, Most: most, Limit: v})
	}
	return out
}

// CheckCovenants computes each covenant's ratio at p; share is the settlement share, nil when unknown.
func (s *Set) CheckCovenants(cs []Covenant, p dossier.Period, share *dossier.Figure) []CovenantResult {
	out := make([]CovenantResult, 0, len(cs))
	for _, c := range cs {
		r := CovenantResult{Covenant: c}
		if c.Indicator == "settlement_share" {
			r.Figure = share
			r.Why = "缺结算归集比例"
		} else if f, undef := s.Compute(c.Indicator, "", p); undef == nil {
			r.Figure = &f
		} else {
			r.Why = undef.Why
		}
		if r.Figure != nil {
			r.Met = !r.Figure.Value.LessThan(c.Limit)
			if c.Most {
				r.Met = !r.Figure.Value.GreaterThan(c.Limit)
			}
			state := "符合"
			if !r.Met {
				state = "不符合"
			}
			r.Why = fmt.Sprintf("%s，%s“%s”", s.Explain(*r.Figure), state, c.Text)
		}
		out = append(out, r)
	}
	return out
}

// SettlementShare estimates how much of the sales money of the receipts' span runs through the account: customer
// receipts over cash received from sales (which holds VAT, as receipts do). Where the statement spans another number
// of months its sales are spread evenly. Without a cash flow statement revenue × (1 + rate) stands in, rate being the
// VAT rate as 0.13.
func (s *Set) SettlementShare(receipts dossier.Figure, rate dossier.Decimal) (dossier.Figure, bool) {
	p := receipts.Period
	span, ok := s.LatestInterim("")
	if _, exact := s.Best("revenue", "", p); exact {
		span, ok = p, true
	} else if !ok {
		span, ok = s.LatestYear("")
	}
	if !ok || span.Months == 0 {
		return dossier.Figure{}, false
	}
	base, tax := dossier.Figure{}, one
	note := "分母为销售商品、提供劳务收到的现金"
	if base, ok = s.Best("cf_sales", "", span); !ok {
		if base, ok = s.Best("revenue", "", span); !ok {
			return dossier.Figure{}, false
		}
		tax = one.Add(rate)
		note = "无现金流量表，以含税收入代替销售收现"
	}
	formula := "flow_customer_receipts / (" + base.Indicator
	v := base.Value.Mul(tax)
	if !tax.Equal(one) {
		formula += " * " + tax.String()
	}
	if span.Months != p.Months {
		v = div(v.Mul(intD(p.Months)), intD(span.Months))
		formula += fmt.Sprintf(" * %d / %d", p.Months, span.Months)
		note += fmt.Sprintf("，按%s数平均折算为%d个月", span.Chinese(), p.Months)
	}
	if !v.IsPositive() {
		return dossier.Figure{}, false
	}
	return s.add(dossier.Figure{Indicator: "settlement_share", Entity: s.Entity, Period: p, Unit: dossier.Ratio, Note: note,
		Value: div(receipts.Value, v).Round(4), Basis: dossier.BasisComputed, Formula: formula + ")", Operands: []string{receipts.ID, base.ID}}), true
}

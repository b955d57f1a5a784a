package metrics

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/evals/truth"
	"github.com/xindiao/xindiao/report"
)

// stated: the share of the facts that the report must state and does.
var _ = add(Metric{Name: "stated", Title: "应述事实", Order: 6, Measure: func(c *Case) Result {
	r := Result{Of: len(c.Truth.Must)}
	for _, f := range c.Truth.Must {
		if c.firstStating(f) != nil {
			r.Good++
			continue
		}
		r.Notes = append(r.Notes, strings.TrimSpace(fmt.Sprintf("%s = %s %s", f.Fact, truth.Text(f.Value), f.Unit)))
	}
	return r
}})

// cited: of the stated facts, the share whose first claim names a citation or a figure.
var _ = add(Metric{Name: "cited", Title: "有出处", Order: 7, Measure: func(c *Case) Result {
	var r Result
	for _, f := range c.Truth.Must {
		x := c.firstStating(f)
		if x == nil {
			continue
		}
		r.Of++
		if c.sourced(x) {
			r.Good++
		} else {
			r.Notes = append(r.Notes, f.Fact+"："+x.Text)
		}
	}
	return r
}})

// rightly: of all facts that must be stated, the share stated by a claim whose own source bears the value: a quote
// that holds it, or a figure that equals it.
var _ = add(Metric{Name: "rightly", Title: "出处正确", Order: 8, Measure: func(c *Case) Result {
	r := Result{Of: len(c.Truth.Must)}
	for _, f := range c.Truth.Must {
		w := want(f)
		ok, seen := false, ""
		for _, s := range c.claims() {
			if s.claim.Status == report.Missing || !w.in(s.folded, s.numbers) {
				continue
			}
			seen = s.claim.Text
			if ok = c.bornOut(w, s.claim); ok {
				break
			}
		}
		if ok {
			r.Good++
		} else if seen != "" {
			r.Notes = append(r.Notes, f.Fact+"："+seen)
		}
	}
	return r
}})

func (c *Case) firstStating(f truth.Fact) *report.Claim {
	w := want(f)
	for _, s := range c.claims() {
		if s.claim.Status != report.Missing && w.in(s.folded, s.numbers) {
			return s.claim
		}
	}
	return nil
}

func (c *Case) bornOut(w wanted, x *report.Claim) bool {
	for _, cite := range x.Citations {
		if cite.File != "" && w.in(fold(cite.Quote), quantities(cite.Quote)) {
			return true
		}
	}
	for _, id := range x.Figures {
		f := c.figure(id)
		if f == nil {
			continue
		}
		v, err := decimal.NewFromString(f.Value)
		if err == nil && w.numeric && v.Abs().Sub(w.value.Abs()).Abs().LessThanOrEqual(decimal.Max(w.value.Abs().Mul(decimal.New(1, -4)), decimal.New(1, -4))) {
			return true
		}
	}
	return false
}

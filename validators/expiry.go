package validators

import (
	"fmt"
	"strconv"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
)

// Expiry wants a date field to lie after the day of the check; 长期 always passes. With Ahead it speaks of papers
// that run out within so many days after it instead.
type Expiry struct {
	Types []string `yaml:"types"`
	Field string   `yaml:"field"`
	Ahead int      `yaml:"ahead"` // days; 0: already expired
}

func (k *Expiry) validate() error { return need(len(k.Types) > 0 && k.Field != "", "types and field") }

func (k *Expiry) check(in *Input, _ *Rule) []outcome {
	asOf := in.Dossier.Application.AsOf
	var out []outcome
	for _, d := range in.Dossier.Valid(k.Types...) {
		f, ok := d.Field(k.Field)
		if !ok {
			if k.Ahead == 0 {
				out = append(out, notTestable(d.File+" 未读出有效期", d))
			}
			continue
		}
		until, ok := f.Date()
		v := base(in, d)
		v["until"] = f.Value
		o := outcome{docs: files(d), vars: v, evidence: []report.Citation{hit{d, f}.cite()}}
		if ok && f.Value != dossier.LongTerm {
			days := asOf.Sub(until)
			switch {
			case k.Ahead == 0 && days > 0:
				v["days"] = strconv.Itoa(days)
				o.result = report.Fail
				o.arithmetic = fmt.Sprintf("%s − %s = %d天", asOf, until, days)
			case k.Ahead > 0 && days <= 0 && -days <= k.Ahead:
				v["days"] = strconv.Itoa(-days)
				o.result = report.Fail
				o.arithmetic = fmt.Sprintf("%s − %s = %d天", until, asOf, -days)
			}
		}
		out = append(out, o)
	}
	return out
}

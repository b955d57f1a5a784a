package validators

import (
	"fmt"
	"strconv"

	"github.com/xindiao/xindiao/report"
)

// MaxAge wants a paper's own date to be no older than the bank's limit on the day of the check.
type MaxAge struct {
	Types   []string `yaml:"types"`
	Field   string   `yaml:"field"`
	Bank    string   `yaml:"bank"`    // key of bank_rules
	Default int      `yaml:"default"` // days, when the bank sets none
}

func (k *MaxAge) validate() error {
	return need(len(k.Types) > 0 && k.Field != "" && k.Bank != "" && k.Default > 0, "types, field, bank and default")
}

func (k *MaxAge) check(in *Input, _ *Rule) []outcome {
	limit := in.Dossier.Application.Bank.Days(k.Bank)
	if limit == 0 {
		limit = k.Default
	}
	asOf := in.Dossier.Application.AsOf
	var out []outcome
	for _, d := range in.Dossier.Valid(k.Types...) {
		f, ok := d.Field(k.Field)
		date, isDate := f.Date()
		if !ok || !isDate {
			out = append(out, notTestable(d.File+" 未读出出具日期", d))
			continue
		}
		age := asOf.Sub(date)
		v := base(in, d)
		v["date"], v["age"], v["limit"] = date.String(), strconv.Itoa(age), strconv.Itoa(limit)
		o := outcome{docs: files(d), vars: v, evidence: []report.Citation{hit{d, f}.cite()},
			arithmetic: fmt.Sprintf("%s − %s = %d天，上限%d天", asOf, date, age, limit)}
		if age > limit {
			o.result = report.Fail
		}
		out = append(out, o)
	}
	return out
}

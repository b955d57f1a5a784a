package filings

import (
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
)

// priors holds the amounts of the year before that an answer quotes, which its report prints as 上期, against what the
// report of that year says itself.
func (k *keeper) priors(q question, ops []operand) {
	f := k.c.byName[q.Prompt["ent_short_name"]]
	for _, o := range ops {
		if !strings.HasPrefix(o.name, lastYear) {
			continue
		}
		if f == nil {
			k.card.Priors[NoCompany]++
			continue
		}
		set, _ := k.c.set(f)
		have, ok := set.Get(o.id, o.period)
		v, _, read := finance.ParseAmount(o.value)
		if !ok || !read || o.value == "" {
			k.card.Priors[k.lacks(f, o)]++
			continue
		}
		quoted := have
		quoted.Value, quoted.Source = v, &dossier.Source{Printed: o.value, Unit: o.unit, Place: dossier.Place{File: "上期数", Quote: o.name}}
		x := finance.Sum{Check: "A3", Total: quoted, Terms: []finance.Term{{Figure: have, Sign: 1}}, Tolerance: rounding, Equal: true}
		class := "same"
		if !x.Holds() {
			class = string(finance.CauseUnknown)
			if cs := finance.FindCause(x, finance.Evidence{}); len(cs) > 0 && cs[0].Rivals <= 1 {
				class = string(cs[0].Class)
			}
			k.line("上期数不一致", q, o.name+" 上年报告"+finance.Money(have.Value)+"、本年报告"+finance.Money(v)+" ["+class+"]")
		}
		k.card.Priors[class]++
	}
}

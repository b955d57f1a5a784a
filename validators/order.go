package validators

import (
	"fmt"
	"strconv"

	"github.com/xindiao/xindiao/report"
)

// Order wants the first date not to be later than the second, for papers of one person or company.
type Order struct {
	First  Ref    `yaml:"first"`
	Then   Ref    `yaml:"then"`
	SameBy string `yaml:"same_by"` // field of Then that names the party; compared with the first paper's party
	By     string `yaml:"by"`      // field of First that names the party
}

func (k *Order) validate() error { return need(!k.First.empty() && !k.Then.empty(), "first and then") }

func (k *Order) check(in *Input, _ *Rule) []outcome {
	var out []outcome
	for _, then := range k.Then.find(in) {
		for _, first := range k.First.find(in) {
			a, okA := first.doc.Field(k.By)
			b, okB := then.doc.Field(k.SameBy)
			if k.By != "" && (!okA || !okB || !sameName(a.Value, b.Value, first.doc.Scan || then.doc.Scan)) {
				continue
			}
			d1, ok1 := first.field.Date()
			d2, ok2 := then.field.Date()
			if !ok1 || !ok2 {
				continue
			}
			v := base(in, then.doc)
			v["first"], v["then"], v["first_file"] = d1.String(), d2.String(), first.doc.File
			v["days"] = strconv.Itoa(d1.Sub(d2))
			o := outcome{docs: files(then.doc, first.doc), vars: v, evidence: []report.Citation{then.cite(), first.cite()}}
			if d1.After(d2) {
				o.result = report.Fail
				o.arithmetic = fmt.Sprintf("%s 晚于 %s %d天", d1, d2, d1.Sub(d2))
			}
			out = append(out, o)
		}
	}
	return out
}

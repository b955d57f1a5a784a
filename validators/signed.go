package validators

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
)

// Signed wants the parties of a paper to have signed or sealed it; the fields hold yes, no or unclear.
type Signed struct {
	Types  []string          `yaml:"types"`
	Fields map[string]string `yaml:"fields"` // field -> Chinese name of the party, {x} is replaced by field x
}

func (k *Signed) validate() error {
	return need(len(k.Types) > 0 && len(k.Fields) > 0, "types and fields")
}

func (k *Signed) check(in *Input, _ *Rule) []outcome {
	var out []outcome
	for _, d := range in.Dossier.Valid(k.Types...) {
		o := outcome{docs: files(d), vars: base(in, d)}
		var missing, unclear []string
		for _, key := range slices.Sorted(maps.Keys(k.Fields)) {
			f, ok := d.Field(key)
			switch {
			case !ok || f.Value == "unclear":
				unclear = append(unclear, fill(k.Fields[key], d))
			case f.Value == "no":
				missing = append(missing, fill(k.Fields[key], d))
				o.evidence = append(o.evidence, hit{d, f}.cite())
			}
		}
		o.vars["missing"] = strings.Join(missing, "、")
		switch {
		case len(missing) > 0:
			o.result = report.Fail
		case len(unclear) > 0:
			o.result = report.NotTestable
			o.vars["why"] = d.File + " 上" + strings.Join(unclear, "、") + "的签章未能从文字判断，请人工核对"
		}
		out = append(out, o)
	}
	return out
}

var slot = regexp.MustCompile(`\{(\w+)\}`)

func fill(s string, d *dossier.Document) string {
	return slot.ReplaceAllStringFunc(s, func(m string) string {
		f, _ := d.Field(m[1 : len(m)-1])
		return f.Value
	})
}

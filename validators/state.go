package validators

import (
	"regexp"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
)

// State wants a field's words to match Good, or not to match Bad; Lender wants it to name the lender.
type State struct {
	Types  []string `yaml:"types"`
	Field  string   `yaml:"field"`
	Good   string   `yaml:"good"`
	Bad    string   `yaml:"bad"`
	Lender bool     `yaml:"lender"`
	Over   string   `yaml:"over"`  // a number above this is bad
	Under  string   `yaml:"under"` // a number below this is bad
}

func (k *State) validate() error {
	for _, p := range []string{k.Good, k.Bad} {
		if _, err := regexp.Compile(p); err != nil {
			return err
		}
	}
	return need(len(k.Types) > 0 && k.Field != "" && (k.Good+k.Bad+k.Over+k.Under != "" || k.Lender), "types, field and good, bad, over, under or lender")
}

func (k *State) check(in *Input, _ *Rule) []outcome {
	var out []outcome
	for _, h := range (Ref{k.Types, k.Field}).find(in) {
		text := squeeze(h.field.Value)
		v := base(in, h.doc)
		v["value"], v["limit"] = show(h.field), k.Over+k.Under
		o := outcome{docs: files(h.doc), vars: v, evidence: []report.Citation{h.cite()}}
		bad := k.Bad != "" && pattern(k.Bad).MatchString(text) ||
			k.Good != "" && !pattern(k.Good).MatchString(text) ||
			k.Lender && !sameBank(text, in.Dossier.Application.Lender)
		if n, ok := h.field.Decimal(); ok {
			bad = bad || k.Over != "" && n.GreaterThan(dossier.D(k.Over)) || k.Under != "" && n.LessThan(dossier.D(k.Under))
		}
		if bad {
			o.result = report.Fail
		}
		out = append(out, o)
	}
	return out
}

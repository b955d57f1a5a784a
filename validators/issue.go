package validators

import (
	"fmt"

	"github.com/xindiao/xindiao/finance"
	"github.com/xindiao/xindiao/report"
)

// Issue adopts what finance found by arithmetic: a break, a circular flow, a bridge loan.
type Issue struct {
	Kinds []string `yaml:"kinds"`
}

func (k *Issue) validate() error {
	for _, kind := range k.Kinds {
		if !finance.KnownIssue(kind) {
			return fmt.Errorf("kinds: finance has no issue %q", kind)
		}
	}
	return need(len(k.Kinds) > 0, "kinds")
}

func (k *Issue) check(in *Input, r *Rule) []outcome {
	var out []outcome
	for _, i := range in.Issues {
		for _, kind := range k.Kinds {
			if i.Kind == kind {
				out = append(out, k.outcome(in, i))
			}
		}
	}
	if len(out) == 0 && len(in.Issues) > 0 {
		out = append(out, outcome{})
	}
	return out
}

func (k *Issue) outcome(in *Input, i finance.Issue) outcome {
	o := outcome{result: report.Fail, docs: i.Docs, arithmetic: i.Arithmetic, vars: base(in, nil)}
	o.vars["message"] = i.Message
	if i.Doubtful {
		o.severity = report.Info
	}
	for _, p := range i.Places {
		o.evidence = append(o.evidence, report.Cite(p))
	}
	return o
}

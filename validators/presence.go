package validators

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
	"github.com/xindiao/xindiao/report"
)

// Paired wants each paper of one kind to have a partner of another: a payment its contract, a report its authority.
type Paired struct {
	Of      Ref      `yaml:"of"`
	With    []Ref    `yaml:"with"`    // any of these fields must name the same party
	Invoice []string `yaml:"invoice"` // list papers whose text may name it too
	Group   bool     `yaml:"group"`   // one finding for all papers without a partner
}

func (k *Paired) validate() error { return need(!k.Of.empty() && len(k.With) > 0, "of and with") }

func (k *Paired) check(in *Input, _ *Rule) []outcome {
	var out []outcome
	for _, h := range k.Of.find(in) {
		name := squeeze(h.field.Value)
		if sameParty(name, in.Dossier.Application.Applicant) { // misread: nobody pays himself
			out = append(out, notTestable(h.doc.File+" 的收款方未能读清，请人工核对", h.doc))
			continue
		}
		o := outcome{docs: files(h.doc), vars: base(in, h.doc), evidence: []report.Citation{h.cite()}}
		o.vars["name"], o.vars["amount"] = h.field.Value, ""
		if f, ok := h.doc.Field("amount_cny"); ok {
			if a, ok := f.Decimal(); ok {
				o.vars["amount"] = wan(a)
			}
		}
		if !k.met(in, name, h.doc) {
			o.result = report.Fail
			for _, d := range in.Dossier.Valid(k.Invoice...) { // the papers where it was looked for
				o.docs = append(o.docs, d.File)
			}
		}
		out = append(out, o)
	}
	return out
}

func (k *Paired) met(in *Input, name string, self *dossier.Document) bool {
	for _, ref := range k.With {
		for _, w := range ref.find(in) {
			if w.doc != self && (near(squeeze(w.field.Value), name) || strings.Contains(squeeze(w.field.Value), name) || sameAmount(self, w.doc)) {
				return true
			}
		}
	}
	for _, d := range in.Dossier.Valid(k.Invoice...) {
		if strings.Contains(squeeze(d.Text()), name) {
			return true
		}
	}
	return false
}

// sameAmount tells whether a scan whose names may be misread speaks of the other paper's exact amount.
func sameAmount(scan, other *dossier.Document) bool {
	a, ok1 := scan.Field("amount_cny")
	b, ok2 := other.Field("amount_cny")
	return scan.Scan && ok1 && ok2 && a.Value == b.Value
}

// Present fires when papers of some types are there: an abolished certificate, a text that should not be.
type Present struct {
	Types      []string `yaml:"types"`
	Superseded bool     `yaml:"superseded"` // speaks of superseded versions of any type instead
}

func (k *Present) validate() error {
	return need(len(k.Types) > 0 || k.Superseded, "types or superseded")
}

func (k *Present) check(in *Input, _ *Rule) []outcome {
	var out []outcome
	for _, d := range in.Dossier.Documents {
		if k.Superseded && d.SupersededBy != "" {
			v := base(in, d)
			v["by"] = d.SupersededBy
			out = append(out, outcome{result: report.Fail, docs: []string{d.File, d.SupersededBy}, vars: v,
				evidence: []report.Citation{{File: d.File, Page: 1, Quote: clip(strings.TrimSpace(firstLine(d)), 40)}}})
		}
	}
	for _, d := range in.Dossier.Valid(k.Types...) {
		out = append(out, outcome{result: report.Fail, docs: files(d), vars: base(in, d)})
	}
	return out
}

func firstLine(d *dossier.Document) string {
	line, _, _ := strings.Cut(strings.TrimSpace(d.Text()), "\n")
	return line
}

// Problem turns reading problems into findings.
type Problem struct {
	Kinds []dossier.ErrorKind `yaml:"kinds"`
}

func (k *Problem) validate() error { return need(len(k.Kinds) > 0, "kinds") }

func (k *Problem) check(in *Input, _ *Rule) []outcome {
	var out []outcome
	for _, d := range in.Dossier.Documents {
		ok := true
		for _, p := range d.Problems {
			if !k.has(p.Kind) || p.Kind == dossier.ErrEmpty && d.Type != dossier.TypeUnknown && d.Type != "" {
				continue // a photo without words was still recognised as one
			}
			ok = false
			v := base(in, d)
			v["problem"], v["remedy"] = p.Msg, p.Remedy
			out = append(out, outcome{result: report.Fail, docs: files(d), vars: v,
				evidence: []report.Citation{{File: d.File, Page: p.Page, Quote: p.Msg}}})
		}
		if ok {
			out = append(out, outcome{docs: files(d)})
		}
	}
	return out
}

func (k *Problem) has(kind dossier.ErrorKind) bool {
	for _, x := range k.Kinds {
		if x == kind {
			return true
		}
	}
	return false
}

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

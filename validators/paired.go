package validators

import (
	"strings"

	"github.com/xindiao/xindiao/dossier"
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
	return scan.Scan && ok1 && ok2 && a.Value == b.Value && b.Doubt == "" // a misread sum is nobody's
}

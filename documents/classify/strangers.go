package classify

import (
	"regexp"

	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

// stranger tells whether a scan is certainly of a company that the dossier does not know, and not of one that it
// knows and OCR misread: its code checks and is nobody's, or most of its name differs from every known one.
func (p *people) stranger(c *types.Catalogue, d *dossier.Document) bool {
	f := d.Fields[c.Get(d.Type).PartyField]
	if f.Confidence < 0.6 || f.Doubt != "" {
		return false
	}
	if u := d.Fields["uscc"]; u.Value != "" && u.Value == p.code {
		return false
	}
	name := core(d.Party.Name)
	for _, s := range []set{{p.borrower: true}, p.guarantors, p.counterparty, p.holders} {
		for k := range s {
			if c := core(k); plain.Common(c, name)*2 > min(len(c), len(name)) {
				return false
			}
		}
	}
	return len(name) >= 4
}

var legalForm = regexp.MustCompile(`(?:有限责任公司|股份有限公司|有限公司|公司|\(普通合伙\)|\(有限合伙\))$`)

// core is a name without the words that say its legal form.
func core(name string) []rune { return []rune(legalForm.ReplaceAllString(plain.Tight(name), "")) }

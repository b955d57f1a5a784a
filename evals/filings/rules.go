package filings

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/finance"
)

// Rule is one check of the product's articulation checklist, over all filings.
type Rule struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Pass       int    `json:"pass"`
	Break      int    `json:"break"`
	Flag       int    `json:"flag"`
	Untestable int    `json:"untestable"`
}

// checklist runs the product's own checklist over a company's figures.
func (k *keeper) checklist(f *firm, s *finance.Set) {
	for _, c := range s.CheckArticulation(nil) {
		r := k.rules[c.ID]
		if r == nil {
			r = &Rule{ID: c.ID, Name: c.Name}
			k.rules[c.ID] = r
		}
		switch c.Outcome {
		case finance.CheckPass:
			r.Pass += max(1, c.Count)
		case finance.CheckBreak:
			r.Break++
		case finance.CheckFlag:
			r.Flag++
			if k.o.Verbose {
				k.card.lines = append(k.card.lines, fmt.Sprintf("%s %s %s %s：%s", f.code, c.Period.Chinese(), c.ID, c.Name, c.Why))
			}
		default:
			r.Untestable++
		}
	}
}

// natural orders A2 before A10.
func natural(id string) string {
	head := strings.TrimRight(id, "0123456789abcdefghijklmnopqrstuvwxyz")
	return head + fmt.Sprintf("%6s", id[len(head):])
}

package extract

import (
	"strings"

	"github.com/xindiao/xindiao/documents/classify"
	"github.com/xindiao/xindiao/documents/ident"
	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/dossier"
)

// Reconcile puts right what a scan misread, by the same name, address or number as it stands in a document with
// embedded text or in the application. Only ideographs are ever changed, never a digit or a letter, so that a
// difference in a house number or an area stays what it is; a code with a check character is changed only when the
// reading fails the check and the known one passes. Raw keeps the reading, Method says "+known", certainty falls.
func Reconcile(docs []*dossier.Document, app dossier.Application) {
	k := gatherKnown(docs, app)
	for _, d := range docs {
		if !d.Scan {
			continue
		}
		for key, f := range d.Fields {
			if f.Kind != dossier.KindRows {
				d.Fields[key] = k.repair(f)
				continue
			}
			for i := range f.Rows {
				for c, cell := range f.Rows[i].Cells {
					f.Rows[i].Cells[c] = k.repair(cell)
				}
			}
		}
	}
}

type known struct {
	long    []string // names of companies, addresses, kinds of company, certificate numbers
	persons []string
	codes   []string
	exact   map[string]bool
}

func gatherKnown(docs []*dossier.Document, app dossier.Application) *known {
	k := &known{exact: map[string]bool{}}
	k.text(app.Applicant)
	k.text(app.Lender)
	k.code(app.USCC)
	for _, d := range docs {
		if d.Scan || d.Type == dossier.TypeIrrelevant {
			continue
		}
		for _, f := range d.Fields {
			k.field(f)
			for _, r := range f.Rows {
				for _, c := range r.Cells {
					k.field(c)
				}
			}
		}
	}
	return k
}

func (k *known) field(f dossier.Field) {
	switch f.Kind {
	case dossier.KindText, "", dossier.KindCode:
		k.text(f.Value)
	case dossier.KindUSCC, dossier.KindIDCard:
		k.code(f.Value)
	}
}

func (k *known) text(s string) {
	t := plain.Tight(s)
	if t == "" || k.exact[t] || len(t) > 900 {
		return
	}
	k.exact[t] = true
	switch n := len([]rune(t)); {
	case n >= 6 && hasHan(t):
		k.long = append(k.long, s)
	case n >= 2 && n <= 4 && hanOnly(t):
		k.persons = append(k.persons, s)
	}
}

func (k *known) code(s string) {
	if s != "" && !strings.Contains(s, "*") {
		k.codes = append(k.codes, s)
	}
}

func hanOnly(s string) bool { return allHan([]rune(s)) }

func (k *known) repair(f dossier.Field) dossier.Field {
	switch f.Kind {
	case dossier.KindUSCC, dossier.KindIDCard:
		return k.repairCode(f)
	case dossier.KindText, "", dossier.KindCode:
		return k.repairText(f)
	}
	return f
}

func (k *known) repairCode(f dossier.Field) dossier.Field {
	check := ident.USCC
	if f.Kind == dossier.KindIDCard {
		check = ident.IDCard
	}
	if f.Value == "" || f.Confidence >= 0.9 && check(f.Value).Verdict == ident.OK {
		return f
	}
	for _, c := range k.codes {
		if len(c) == len(f.Value) && check(c).Verdict == ident.OK && differs(c, f.Value) <= 2 {
			return repaired(f, c)
		}
	}
	return f
}

func differs(a, b string) int {
	n := 0
	for i := range len(a) {
		if a[i] != b[i] {
			n++
		}
	}
	return n
}

func (k *known) repairText(f dossier.Field) dossier.Field {
	t := plain.Tight(f.Value)
	n := len([]rune(t))
	if t == "" || k.exact[t] {
		return f
	}
	if n >= 6 {
		best, bestAt, tie := "", n, false
		for _, w := range k.long {
			x := plain.Tight(w)
			if abs(len([]rune(x))-n) > 2 || ascii(x) != ascii(t) {
				continue
			}
			switch d := classify.Distance([]rune(x), []rune(t)); {
			case d*5 > n:
			case d < bestAt:
				best, bestAt, tie = w, d, false
			case d == bestAt && plain.Tight(best) != x:
				tie = true
			}
		}
		if best != "" && !tie {
			return repaired(f, best)
		}
		return f
	}
	if n == 3 && hanOnly(t) && f.Key != "item" {
		hit := ""
		for _, p := range k.persons {
			x := plain.Tight(p)
			if len([]rune(x)) == n && classify.Distance([]rune(x), []rune(t)) == 1 {
				if hit != "" && hit != p {
					return f
				}
				hit = p
			}
		}
		if hit != "" {
			return repaired(f, hit)
		}
	}
	return f
}

// ascii keeps digits and letters: they must not be changed.
func ascii(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return -1
	}, s)
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

func repaired(f dossier.Field, v string) dossier.Field {
	if f.Raw == "" {
		f.Raw = f.Value
	}
	f.Value = v
	f.Confidence = min(f.Confidence, 0.7)
	f.Method += "+known"
	return f
}

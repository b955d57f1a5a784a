package extract

import (
	"regexp"
	"strings"

	"github.com/xindiao/xindiao/documents/ident"
	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/dossier"
)

// known is what documents with embedded text say.
type known struct {
	long      []string // names of companies, addresses, kinds of company, certificate numbers
	companies []string
	persons   []string
	codes     []string
	holders   map[string]string // share -> name, "" when two have it
	exact     map[string]bool
	byUSCC    map[string]string // code -> company
}

const maxKnown = 4000

var company = regexp.MustCompile(`^[\p{Han}()]{4,40}(?:公司|厂|合作社|商行|经营部|销售部|批发部|超市|店|中心|事务所|支行|分行)$`)

func gatherKnown(docs []*dossier.Document, app dossier.Application) *known {
	k := &known{exact: map[string]bool{}, holders: map[string]string{}, byUSCC: map[string]string{}}
	if app.USCC != "" && app.Applicant != "" {
		k.byUSCC[app.USCC] = app.Applicant
	}
	k.text(app.Applicant)
	k.text(app.Lender)
	k.code(app.USCC)
	for _, d := range docs {
		if d.Scan || d.Type == dossier.TypeIrrelevant {
			if c, ok := d.Field("id_number"); ok && c.Confidence > 0.5 {
				k.code(c.Value) // a number that passes its check is as good as text
			}
			continue
		}
		for _, p := range [][2]string{{"uscc", "name"}, {"taxpayer_id", "taxpayer"}, {"uscc", "entity"}} {
			if code, name := d.Fields[p[0]].Value, d.Fields[p[1]].Value; code != "" && name != "" {
				k.byUSCC[code] = name
			}
		}
		for key, f := range d.Fields {
			k.field(f)
			for _, r := range f.Rows {
				for _, c := range r.Cells {
					k.field(c)
				}
				if key == "shareholders" || key == "holders" {
					k.holder(r)
				}
			}
		}
		for _, p := range d.Pages {
			for _, t := range p.Tables {
				k.cells(t)
			}
		}
	}
	return k
}

func (k *known) cells(t dossier.Table) {
	for _, row := range t.Rows {
		for _, c := range row {
			if len(k.long) > maxKnown {
				return
			}
			if s := plain.Tight(c.Text); len(s) < 130 && company.MatchString(s) {
				k.text(strings.TrimSpace(c.Text))
			}
		}
	}
}

func (k *known) holder(r dossier.Row) {
	pct, name := r.Get("pct"), r.Get("name")
	if pct == "" || name == "" {
		return
	}
	if other, ok := k.holders[pct]; ok && other != name {
		name = ""
	}
	k.holders[pct] = name
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
		if company.MatchString(t) {
			k.companies = append(k.companies, s)
		}
	case n >= 2 && n <= 4 && allHan([]rune(t)):
		k.persons = append(k.persons, s)
	}
}

func (k *known) code(s string) {
	if s != "" && !strings.Contains(s, "*") && (ident.USCC(s).Verdict == ident.OK || ident.IDCard(s).Verdict == ident.OK) {
		k.codes = append(k.codes, s)
	}
}

// near is the one known text that a reading may stand for: few ideographs differ, digits and letters do not.
func (k *known) near(t string) string {
	n := len([]rune(t))
	part := 5 // one in five may differ, in long texts one in four
	if n >= 16 {
		part = 4
	}
	best, bestAt, tie := "", n, false
	for _, w := range k.long {
		x := plain.Tight(w)
		if abs(len([]rune(x))-n) > max(2, n/part) || ascii(x) != ascii(t) {
			continue
		}
		switch d := plain.Distance([]rune(x), []rune(t)); {
		case d*part > max(n, len([]rune(x))):
		case d < bestAt:
			best, bestAt, tie = w, d, false
		case d == bestAt && plain.Tight(best) != x:
			tie = true
		}
	}
	if tie {
		return ""
	}
	return best
}

var legalForm = regexp.MustCompile(`(?:股份|责任)?有?限?(?:责任)?公司$|有限公司\S?$`)

// holey is the one known company whose name remains when characters that the scan lost are put back: most of what was
// read stands in the name in the same order, and no other known name fits as well.
func (k *known) holey(t string) string {
	core := []rune(legalForm.ReplaceAllString(t, ""))
	if len(core) < 4 || ascii(t) != "" {
		return ""
	}
	best, score, second := "", 0, 0
	for _, w := range k.companies {
		c := []rune(legalForm.ReplaceAllString(plain.Tight(w), ""))
		n := plain.Common(core, c)
		if n*10 < len(core)*6 || n*10 < len(core)*7 && len(core) != len(c) || n*10 < len(c)*4 {
			continue
		}
		if n > score {
			best, score, second = w, n, score
		} else if n > second {
			second = n
		}
	}
	if score-second < 2 {
		return ""
	}
	return best
}

// person is the one known name of three characters that differs in one, or of which two were read.
func (k *known) person(t string) string {
	n, hit := len([]rune(t)), ""
	for _, p := range k.persons {
		x := []rune(plain.Tight(p))
		if len(x) != 3 || n < 2 || n > 4 || n < 4 && plain.Distance(x, []rune(t)) != 1 || plain.Common(x, []rune(t)) < 2 {
			continue
		}
		if hit != "" && hit != p {
			return ""
		}
		hit = p
	}
	return hit
}

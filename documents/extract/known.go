package extract

import (
	"regexp"
	"sort"
	"strings"

	"github.com/xindiao/xindiao/documents/ident"
	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/dossier"
)

// fact is what a paper with embedded text, or the application, says.
type fact struct {
	value string
	at    dossier.Place
}

// known is what documents with embedded text say.
type known struct {
	long      []fact // names of companies, addresses, kinds of company, certificate numbers
	companies []fact
	persons   []fact
	codes     []fact
	holders   map[string]fact // share -> name, "" when two have it
	exact     map[string]bool
	byNumber  map[string]fact // social credit code, identity or account number -> whose it is, "" when two papers differ
}

const maxKnown = 4000

var company = regexp.MustCompile(`^[\p{Han}()]{4,40}(?:公司|厂|合作社|商行|经营部|销售部|批发部|超市|店|中心|事务所|支行|分行)$`)

// owned are the fields of a paper that hold a number and whose it is.
var owned = [][2]string{{"uscc", "name"}, {"taxpayer_id", "taxpayer"}, {"uscc", "entity"}, {"account_no", "account_name"}, {"id_number", "name"}, {"id", "grantor"}}

var accountOf = regexp.MustCompile(`(?:户名|账户名称|单位名称|公司名称|名称):?([\p{Han}()]{4,40}?(?:公司|厂|部|店|合作社|商行|中心)).{0,80}?(?:账号|帐号|账户):?(\d{12,25})`)

func gatherKnown(docs []*dossier.Document, app dossier.Application) *known {
	k := &known{exact: map[string]bool{}, holders: map[string]fact{}, byNumber: map[string]fact{}}
	stated := dossier.Place{Quote: "申请信息"}
	k.bind(app.USCC, fact{app.Applicant, stated})
	k.text(app.Applicant, stated)
	k.text(app.Lender, stated)
	k.code(app.USCC, stated)
	for _, d := range docs {
		if d.Type == dossier.TypeIrrelevant {
			continue
		}
		if d.Scan {
			if c, ok := d.Field("id_number"); ok && c.Confidence > 0.5 {
				k.code(c.Value, d.At(c.At)) // a number that passes its check is as good as text
			}
			continue
		}
		k.paper(d)
	}
	return k
}

// paper gathers from one document with embedded text.
func (k *known) paper(d *dossier.Document) {
	for _, p := range owned {
		if n, ok := d.Field(p[1]); ok {
			k.bind(d.Fields[p[0]].Value, fact{n.Value, d.At(n.At)})
		}
	}
	for _, key := range sortedKeys(d.Fields) {
		f := d.Fields[key]
		k.field(d, f)
		for _, r := range f.Rows {
			for _, c := range sortedKeys(r.Cells) {
				k.field(d, r.Cells[c])
			}
			if key == "shareholders" || key == "holders" {
				k.holder(d, r)
			}
		}
	}
	for _, p := range d.Pages {
		for _, t := range p.Tables {
			k.cells(d, p.Number, t)
		}
		text := p.Text
		if len(text) > 60_000 {
			continue
		}
		for _, m := range accountOf.FindAllStringSubmatch(plain.Tight(text), 20) {
			k.bind(m[2], fact{m[1], dossier.Place{File: d.File, Page: p.Number, Quote: plain.Quote(m[0])}})
		}
	}
}

func sortedKeys[T any](m map[string]T) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

func (k *known) bind(number string, who fact) {
	if len(number) < 12 || who.value == "" || strings.Contains(number, "*") {
		return
	}
	if have, ok := k.byNumber[number]; ok && plain.Tight(have.value) != plain.Tight(who.value) {
		who.value = ""
	}
	k.byNumber[number] = who
}

func (k *known) cells(d *dossier.Document, page int, t dossier.Table) {
	for _, row := range t.Rows {
		for _, c := range row {
			if len(k.long) > maxKnown {
				return
			}
			if s := plain.Tight(c.Text); len(s) < 130 && company.MatchString(s) {
				k.text(strings.TrimSpace(c.Text), dossier.Place{File: d.File, Page: page, Box: c.Box, Quote: plain.Quote(c.Text)})
			}
		}
	}
}

func (k *known) holder(d *dossier.Document, r dossier.Row) {
	pct, name := r.Get("pct"), r.Get("name")
	if pct == "" || name == "" {
		return
	}
	if other, ok := k.holders[pct]; ok && other.value != name {
		name = ""
	}
	k.holders[pct] = fact{name, d.At(r.At)}
}

func (k *known) field(d *dossier.Document, f dossier.Field) {
	switch f.Kind {
	case dossier.KindText, "", dossier.KindCode, dossier.KindOrg, dossier.KindPerson, dossier.KindAddress:
		k.text(f.Value, d.At(f.At))
	case dossier.KindUSCC, dossier.KindIDCard:
		k.code(f.Value, d.At(f.At))
	}
}

func (k *known) text(s string, at dossier.Place) {
	t := plain.Tight(s)
	if t == "" || k.exact[t] || len(t) > 900 {
		return
	}
	k.exact[t] = true
	switch n := len([]rune(t)); {
	case n >= 6 && hasHan(t):
		k.long = append(k.long, fact{s, at})
		if company.MatchString(t) {
			k.companies = append(k.companies, fact{s, at})
		}
	case n >= 2 && n <= 4 && allHan([]rune(t)):
		k.persons = append(k.persons, fact{s, at})
	}
}

func (k *known) code(s string, at dossier.Place) {
	if s != "" && !strings.Contains(s, "*") && (ident.USCC(s).Verdict == ident.OK || ident.IDCard(s).Verdict == ident.OK) {
		k.codes = append(k.codes, fact{s, at})
	}
}

// near is the one known text that a reading may stand for: few ideographs differ, digits and letters do not.
func (k *known) near(t string) fact {
	n := len([]rune(t))
	part := 5 // one in five may differ, in long texts one in four
	if n >= 16 {
		part = 4
	}
	best, bestAt, tie := fact{}, n, false
	for _, w := range k.long {
		x := plain.Tight(w.value)
		if abs(len([]rune(x))-n) > max(2, n/part) || ascii(x) != ascii(t) {
			continue
		}
		switch d := plain.Distance([]rune(x), []rune(t)); {
		case d*part > max(n, len([]rune(x))):
		case d < bestAt:
			best, bestAt, tie = w, d, false
		case d == bestAt && plain.Tight(best.value) != x:
			tie = true
		}
	}
	if tie {
		return fact{}
	}
	return best
}

var legalForm = regexp.MustCompile(`(?:股份|责任)?有?限?(?:责任)?公司$|有限公司\S?$`)

// holey is the one known company whose name remains when characters that the scan lost are put back: most of what was
// read stands in the name in the same order, and no other known name fits as well.
func (k *known) holey(t string) fact {
	core := []rune(legalForm.ReplaceAllString(t, ""))
	if len(core) < 4 || ascii(t) != "" {
		return fact{}
	}
	best, score, second := fact{}, 0, 0
	for _, w := range k.companies {
		c := []rune(legalForm.ReplaceAllString(plain.Tight(w.value), ""))
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
		return fact{}
	}
	return best
}

// person is the one known name of three characters that differs in one, or of which two were read.
func (k *known) person(t string) fact {
	n, hit := len([]rune(t)), fact{}
	for _, p := range k.persons {
		x := []rune(plain.Tight(p.value))
		if len(x) != 3 || n < 2 || n > 4 || n < 4 && plain.Distance(x, []rune(t)) != 1 || plain.Common(x, []rune(t)) < 2 {
			continue
		}
		if hit.value != "" && hit.value != p.value {
			return fact{}
		}
		hit = p
	}
	return hit
}

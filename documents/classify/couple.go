package classify

import (
	"regexp"
	"strings"

	"github.com/xindiao/xindiao/documents/ident"
	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/dossier"
)

var namedOn = regexp.MustCompile(`姓名:?(\p{Han}{2,4}?)(?:性别|国籍|出生|身份|男|女|[^\p{Han}]|$)`)

// couple takes the other person of a marriage certificate that names the legal representative.
func (p *people) couple(d *dossier.Document, docs []*dossier.Document) {
	names := set{}
	for _, k := range []string{"entity", "spouse"} {
		put(names, value(d, k))
	}
	for _, m := range namedOn.FindAllStringSubmatch(plain.Of(d).Flow, 8) {
		put(names, m[1])
	}
	p.byNumber(d, docs)
	for n := range names {
		if !p.legalRep[n] {
			continue
		}
		for other := range names {
			if other != n {
				put(p.spouse, other)
			}
		}
	}
}

var personNo = regexp.MustCompile(`\d{17}[\dXx]`)

// byNumber finds the other person by the numbers, which check themselves where OCR misreads the names: a certificate
// that bears the legal representative's number bears the spouse's too.
func (p *people) byNumber(d *dossier.Document, docs []*dossier.Document) {
	on := set{}
	for _, n := range personNo.FindAllString(plain.Of(d).Flow, 6) {
		if _, ok := ident.ReadCard(n); ok {
			on[strings.ToUpper(n)] = true
		}
	}
	if len(on) != 2 {
		return
	}
	var rep, other *dossier.Document
	for _, c := range docs {
		switch {
		case !on[value(c, "id_number")]:
		case p.legalRep[plain.Tight(value(c, "name"))]:
			rep = c
		default:
			other = c
		}
	}
	if rep != nil && other != nil && value(rep, "id_number") != value(other, "id_number") {
		put(p.spouse, value(other, "name"))
	}
}

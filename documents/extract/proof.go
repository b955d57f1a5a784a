package extract

import (
	"regexp"
	"strings"

	"github.com/xindiao/xindiao/documents/ident"
	"github.com/xindiao/xindiao/dossier"
)

var longNumber = regexp.MustCompile(`[0-9A-Z]{12,25}`)

// numbered is whose number stands in a line: a code with a check character or an account number that a printed paper
// or the application gives to one name.
func (k *known) numbered(line string) (fact, bool) {
	hit, n := fact{}, 0
	for _, m := range longNumber.FindAllString(line, 6) {
		if w := k.byNumber[m]; w.value != "" && w.value != hit.value {
			hit, n = w, n+1
		}
	}
	return hit, n == 1
}

// ofNumber names the owner of a scanned paper by the number on it.
func (k *known) ofNumber(d *dossier.Document) {
	for _, p := range owned {
		code, ok := d.Field(p[0])
		n, okN := d.Field(p[1])
		want := k.byNumber[code.Value]
		if !ok || !okN || want.value == "" || n.Value == want.value {
			continue
		}
		if alike(n.Value, want.value) {
			d.Fields[p[1]] = proven(n, want.value, 0.9)
		}
	}
}

// byCard names the person of a paper by the identity number on it, as the identity card with that number does.
func byCard(docs []*dossier.Document) {
	who := map[string]dossier.Field{}
	for _, d := range docs {
		id, ok := d.Field("id_number")
		name, okName := d.Field("name")
		if ok && okName && ident.IDCard(id.Value).Verdict == ident.OK && (who[id.Value].Value == "" || !d.Scan) {
			who[id.Value] = name
		}
	}
	for _, d := range docs {
		id, ok := d.Field("id")
		g := d.Fields["grantor"]
		if n := who[id.Value]; ok && d.Scan && n.Value != "" && n.Value != g.Value {
			if g.Key == "" {
				g = dossier.Field{Key: "grantor", Label: "授权人", Kind: dossier.KindText, At: id.At, Confidence: 1}
			}
			d.Fields["grantor"] = proven(g, n.Value, 0.9)
		}
	}
}

// unmask puts the full number for one printed with stars when exactly one known number fits and passes its check.
func (k *known) unmask(d *dossier.Document) {
	f, ok := d.Field("id_number")
	if !ok || !strings.Contains(f.Value, "*") {
		return
	}
	hit := ""
	for _, c := range k.codes {
		if ident.MaskedMatch(f.Value, c.value) && c.value != hit {
			if hit != "" {
				return
			}
			hit = c.value
		}
	}
	if hit != "" {
		d.Fields["id_number"] = proven(f, hit, 0.9)
	}
}

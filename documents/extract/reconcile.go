package extract

import (
	"strings"

	"github.com/shopspring/decimal"

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
	defer byNumber(docs)
	defer k.byCode(docs)
	for _, d := range docs {
		k.unmask(d)
		k.supplier(d)
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
				if key == "signers" {
					k.signer(f.Rows[i])
				}
			}
			if key == "signers" {
				d.Fields["passed_pct"] = passed(d.Fields["passed_pct"], f)
			}
		}
	}
}

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
			return repaired(f, c, 0.7)
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
	if t == "" || k.exact[t] || len(t) > 900 {
		return f
	}
	if n >= 6 {
		if v := k.near(t); v != "" {
			return repaired(f, v, 0.7)
		}
		if v := k.holey(t); v != "" && names[f.Key] && f.Confidence < 0.72 { // a clear reading is another company
			return repaired(f, v, 0.45)
		}
		return f
	}
	if allHan([]rune(t)) && names[f.Key] {
		if v := k.person(t); v != "" {
			return repaired(f, v, 0.6)
		}
	}
	return f
}

// names are the keys whose values are names of persons or companies.
var names = map[string]bool{"name": true, "entity": true, "legal_rep": true, "grantor": true, "taxpayer": true, "borrower": true,
	"payer": true, "payee": true, "party_a": true, "party_b": true, "owner": true, "insured": true, "beneficiary": true, "mortgagor": true,
	"mortgagee": true, "buyer": true, "seller": true, "account_name": true, "applicant": true, "lessee": true}

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

// byCode names the company of a scanned paper by the social credit code on it, which has a check character, as the
// application or a printed paper with that code does.
func (k *known) byCode(docs []*dossier.Document) {
	pairs := [][2]string{{"uscc", "name"}, {"taxpayer_id", "taxpayer"}, {"id", "grantor"}, {"uscc", "entity"}}
	for _, d := range docs {
		if !d.Scan {
			continue
		}
		for _, p := range pairs {
			code, ok := d.Field(p[0])
			n, okN := d.Field(p[1])
			want := k.byUSCC[code.Value]
			if !ok || !okN || want == "" || plain.Tight(n.Value) == plain.Tight(want) {
				continue
			}
			if a, b := []rune(plain.Tight(n.Value)), []rune(plain.Tight(want)); plain.Common(a, b)*2 >= len(b) {
				d.Fields[p[1]] = repaired(n, want, 0.75)
			}
		}
	}
}

// byNumber names the person of a paper by the identity number on it, as the identity card with that number does.
func byNumber(docs []*dossier.Document) {
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
			d.Fields["grantor"] = repaired(g, n.Value, 0.7)
		}
	}
}

// signer names a row of signatures by its share and the other way round, where the company's papers leave no choice.
func (k *known) signer(r dossier.Row) {
	name, pct := r.Cells["name"], r.Cells["pct"]
	if pct.Value != "" {
		if want := k.holders[pct.Value]; want != "" && want != name.Value && plain.Common([]rune(want), []rune(name.Value)) > 0 {
			r.Cells["name"] = repaired(name, want, 0.5)
		}
		return
	}
	for share, holder := range k.holders {
		if holder != "" && holder == name.Value {
			r.Cells["pct"] = dossier.Field{Key: "pct", Kind: dossier.KindPercent, Value: share, At: name.At, Confidence: 0.5, Method: "known"}
		}
	}
}

// passed adds up the shares of those who signed.
func passed(old, signers dossier.Field) dossier.Field {
	total := decimal.Zero
	for _, r := range signers.Rows {
		if p, ok := r.Cells["pct"].Decimal(); ok && r.Get("signed") == "yes" {
			total = total.Add(p)
		}
	}
	old.Key, old.Label, old.Kind, old.Value, old.Method = "passed_pct", "已签字表决权", dossier.KindPercent, total.String(), "sum"
	if old.At.File == "" {
		old.At = signers.At
	}
	old.Confidence = 0.6
	return old
}

// unmask puts the full number for one printed with stars when exactly one known number fits.
func (k *known) unmask(d *dossier.Document) {
	f, ok := d.Field("id_number")
	if !ok || !strings.Contains(f.Value, "*") {
		return
	}
	hit := ""
	for _, c := range k.codes {
		if ident.MaskedMatch(f.Value, c) && c != hit {
			if hit != "" {
				return
			}
			hit = c
		}
	}
	if hit != "" {
		d.Fields["id_number"] = repaired(f, hit, 0.9)
	}
}

// supplier puts the full name for the short one in a statement's title when exactly one known company has its
// characters in that order.
func (k *known) supplier(d *dossier.Document) {
	f, ok := d.Field("supplier")
	if !ok || company.MatchString(plain.Tight(f.Value)) {
		return
	}
	short := []rune(plain.Tight(f.Value))
	hit := ""
	for _, c := range k.companies {
		if len(short) >= 3 && plain.Common(short, []rune(plain.Tight(c))) == len(short) && c != hit {
			if hit != "" {
				return
			}
			hit = c
		}
	}
	if hit != "" {
		d.Fields["supplier"] = repaired(f, hit, 0.7)
	}
}

func repaired(f dossier.Field, v string, most float64) dossier.Field {
	if f.Raw == "" {
		f.Raw = f.Value
	}
	f.Value = v
	f.Confidence = min(f.Confidence, most)
	f.Method += "+known"
	return f
}

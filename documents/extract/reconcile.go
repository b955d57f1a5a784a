package extract

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/documents/ident"
	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/dossier"
)

// Reconcile sets what scans read beside what the dossier's papers with embedded text say. A value is only replaced
// where a number on the same paper proves what it stands for (Method ends in "+number", Raw keeps the reading): a
// social credit code or identity number with its check character, an account number, the share beside a signature.
// Where other papers merely support another reading the value stays as read and gets a Doubt and a Candidate, so
// that a real difference stays visible. Digits and letters of words never count as misread.
func Reconcile(docs []*dossier.Document, app dossier.Application) {
	k := gatherKnown(docs, app)
	for _, d := range docs {
		k.unmask(d)
		k.supplier(d)
		if !d.Scan {
			continue
		}
		for _, key := range sortedKeys(d.Fields) {
			f := d.Fields[key]
			if f.Kind != dossier.KindRows {
				d.Fields[key] = k.settle(f)
				continue
			}
			for i := range f.Rows {
				for c, cell := range f.Rows[i].Cells {
					f.Rows[i].Cells[c] = k.settle(cell)
				}
				if key == "signers" {
					k.signer(f.Rows[i])
				}
			}
			if key == "signers" {
				d.Fields["passed_pct"] = passed(d.Fields["passed_pct"], f)
			}
		}
		k.ofNumber(d)
	}
	byCard(docs)
}

func (k *known) settle(f dossier.Field) dossier.Field {
	switch f.Kind {
	case dossier.KindUSCC, dossier.KindIDCard:
		return k.settleCode(f)
	case dossier.KindText, "", dossier.KindCode, dossier.KindOrg, dossier.KindPerson, dossier.KindAddress:
		return k.settleText(f)
	}
	return f
}

// settleCode takes the known code for a reading that fails its check: the check character proves it.
func (k *known) settleCode(f dossier.Field) dossier.Field {
	check := ident.USCC
	if f.Kind == dossier.KindIDCard {
		check = ident.IDCard
	}
	if f.Value == "" || check(f.Value).Verdict == ident.OK && !strings.Contains(f.Doubt, "校验") {
		return f
	}
	for _, c := range k.codes {
		if len(c.value) == len(f.Value) && check(c.value).Verdict == ident.OK && differs(c.value, f.Value) <= 2 {
			return proven(f, c.value, 0.85)
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

// settleText offers what other papers read.
func (k *known) settleText(f dossier.Field) dossier.Field {
	t := plain.Tight(f.Value)
	n := len([]rune(t))
	if t == "" || k.exact[t] || len(t) > 900 {
		return f
	}
	if w, ok := k.numbered(f.At.Quote); ok && isName(f) && alike(t, w.value) {
		return proven(f, w.value, 0.9)
	}
	if n >= 6 {
		if v := k.near(t); v.value != "" {
			return offer(f, v)
		}
		if v := k.holey(t); v.value != "" && isName(f) && f.Confidence < 0.72 { // a clear reading is another company
			return offer(f, v)
		}
		return f
	}
	if allHan([]rune(t)) && isName(f) {
		if v := k.person(t); v.value != "" {
			return offer(f, v)
		}
	}
	return f
}

// names are the keys whose values are names of persons or companies.
var names = map[string]bool{"name": true, "entity": true, "legal_rep": true, "grantor": true, "taxpayer": true, "borrower": true,
	"payer": true, "payee": true, "party_a": true, "party_b": true, "owner": true, "insured": true, "beneficiary": true, "mortgagor": true,
	"mortgagee": true, "buyer": true, "seller": true, "account_name": true, "applicant": true, "lessee": true}

// isName tells whether a field holds a person's or a company's name.
func isName(f dossier.Field) bool {
	return names[f.Key] || f.Kind == dossier.KindOrg || f.Kind == dossier.KindPerson
}

// alike tells whether a reading may be a name at all: half of the name's characters were read, in order, not counting
// the legal form, which companies share.
func alike(read, name string) bool {
	core := func(s string) []rune {
		t := plain.Tight(s)
		if c := legalForm.ReplaceAllString(t, ""); len([]rune(c)) > 3 {
			return []rune(c)
		}
		return []rune(t)
	}
	a, b := core(read), core(name)
	return plain.Common(a, b)*2 >= len(b) && len(a) <= len(b)+3
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

// signer names a row of signatures by its share, which one holder alone has, and gives a row without a share that
// holder's, where the company's papers leave no choice.
func (k *known) signer(r dossier.Row) {
	name, pct := r.Cells["name"], r.Cells["pct"]
	if pct.Value != "" {
		want := k.holders[pct.Value]
		switch n := plain.Common([]rune(want.value), []rune(name.Value)); {
		case want.value == "" || want.value == name.Value || n == 0:
		case n*2 >= len([]rune(want.value)):
			r.Cells["name"] = proven(name, want.value, 0.75)
		default:
			r.Cells["name"] = offer(name, want)
		}
		return
	}
	for share, holder := range k.holders {
		if holder.value != "" && holder.value == name.Value {
			r.Cells["pct"] = dossier.Field{Key: "pct", Kind: dossier.KindPercent, Value: share, At: holder.at, Confidence: 0.5, Method: "known",
				Doubt: "本件未读出持股比例，取自" + source(holder.at)}
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

// supplier puts the full name for the short one in a statement's title when exactly one known company has its
// characters in that order; the field says so.
func (k *known) supplier(d *dossier.Document) {
	f, ok := d.Field("supplier")
	if !ok || company.MatchString(plain.Tight(f.Value)) {
		return
	}
	short := []rune(plain.Tight(f.Value))
	hit := fact{}
	for _, c := range k.companies {
		if len(short) >= 3 && plain.Common(short, []rune(plain.Tight(c.value))) == len(short) && c.value != hit.value {
			if hit.value != "" {
				return
			}
			hit = c
		}
	}
	if hit.value != "" {
		said := f.Value
		f = proven(f, hit.value, 0.7)
		f.Method, f.Doubt = strings.TrimSuffix(f.Method, "+number")+"+short", fmt.Sprintf("原件只写简称“%s”，全称取自%s", said, source(hit.at))
		d.Fields["supplier"] = f
	}
}

// offer keeps the reading and sets beside it what another paper says.
func offer(f dossier.Field, w fact) dossier.Field {
	f.Candidate = &dossier.Candidate{Value: w.value, At: w.at}
	f.Doubt = fmt.Sprintf("扫描件识读为“%s”，%s中为“%s”，请对照原件核对", f.Value, source(w.at), w.value)
	f.Confidence = min(f.Confidence, 0.7)
	return f
}

func source(at dossier.Place) string {
	if at.File == "" {
		return at.Quote
	}
	return "《" + at.File + "》"
}

// proven puts in what a number on the paper proves.
func proven(f dossier.Field, v string, most float64) dossier.Field {
	if f.Raw == "" {
		f.Raw = f.Value
	}
	f.Value, f.Candidate, f.Doubt = v, nil, ""
	f.Confidence = min(max(f.Confidence, 0.75), most)
	f.Method += "+number"
	return f
}

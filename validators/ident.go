package validators

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/documents/ident"
	"github.com/xindiao/xindiao/report"
)

// Ident wants an identifier's check digit to hold. A mismatch on a scan is usually a misreading, so it is said as
// one: the candidate that would hold is named, and nothing is called forged on a checksum alone.
type Ident struct {
	Types []string `yaml:"types"` // empty: all documents
	Field string   `yaml:"field"`
	As    string   `yaml:"as"` // uscc, id_card, zhongzheng, org_code
}

func (k *Ident) validate() error {
	if _, ok := identChecks[k.As]; !ok {
		return fmt.Errorf("as: unknown %q", k.As)
	}
	return need(k.Field != "", "field")
}

func (k *Ident) check(in *Input, _ *Rule) []outcome {
	docs := in.Dossier.Documents
	if len(k.Types) > 0 {
		docs = in.Dossier.Valid(k.Types...)
	}
	var out []outcome
	for _, d := range docs {
		f, ok := d.Field(k.Field)
		if !ok || strings.Contains(f.Value, "*") || !d.Current() {
			continue
		}
		v := base(in, d)
		v["value"], v["candidate"] = mask(k.As, f.Value), ""
		o := outcome{docs: files(d), vars: v, evidence: []report.Citation{hit{d, f}.cite()}}
		res, candidate := identChecks[k.As](f.Value)
		if res != ident.OK {
			o.result = report.Fail
			if candidate != "" {
				v["candidate"] = "；若为误读，可能是 " + mask(k.As, candidate)
			}
			if d.Scan { // a reading, not yet a fact
				o.severity = report.Info
			}
		}
		out = append(out, o)
	}
	return out
}

func mask(kind, value string) string {
	if kind == "id_card" && len(value) > 10 {
		return value[:6] + strings.Repeat("*", len(value)-10) + value[len(value)-4:]
	}
	return value
}

// identChecks maps the names that rules use to the checks.
var identChecks = map[string]func(string) (ident.Verdict, string){
	"uscc":             func(s string) (ident.Verdict, string) { r := ident.USCC(s); return r.Verdict, r.Candidate },
	"id_card":          func(s string) (ident.Verdict, string) { r := ident.IDCard(s); return r.Verdict, r.Candidate },
	"zhongzheng":       func(s string) (ident.Verdict, string) { r := ident.Zhongzheng(s); return r.Verdict, r.Candidate },
	"org_code":         func(s string) (ident.Verdict, string) { r := ident.OrgCode(s); return r.Verdict, r.Candidate },
	"food_license":     func(s string) (ident.Verdict, string) { r := ident.FoodLicense(s); return r.Verdict, r.Candidate },
	"real_estate_cert": func(s string) (ident.Verdict, string) { r := ident.RealEstateCert(s); return r.Verdict, r.Candidate },
}

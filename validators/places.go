package validators

import (
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
	"github.com/xindiao/xindiao/report"
)

// Ref names a field of documents of some types.
type Ref struct {
	Types []string `yaml:"types"`
	Field string   `yaml:"field"`
}

// hit is a field found in a document.
type hit struct {
	doc   *dossier.Document
	field dossier.Field
}

// find returns the field in every current document of the types.
func (r Ref) find(in *Input) []hit {
	var out []hit
	for _, d := range in.Dossier.Valid(r.Types...) {
		if f, ok := d.Field(r.Field); ok {
			out = append(out, hit{d, f})
		}
	}
	return out
}

func (r Ref) empty() bool { return len(r.Types) == 0 || r.Field == "" }

func (h hit) cite() report.Citation {
	at := h.doc.At(h.field.At)
	if at.Quote == "" {
		at.Quote = h.field.Raw
	}
	return report.Cite(at)
}

func files(docs ...*dossier.Document) []string {
	out := make([]string, 0, len(docs))
	seen := map[string]bool{}
	for _, d := range docs {
		if d != nil && !seen[d.File] {
			seen[d.File] = true
			out = append(out, d.File)
		}
	}
	return out
}

// who names the party of a document, or its type when the party is unknown.
func who(d *dossier.Document) string {
	for _, k := range []string{"name", "entity", "applicant", "grantor", "owner", "account_name", "taxpayer", "party_a"} {
		if f, ok := d.Field(k); ok {
			return f.Value
		}
	}
	return d.Party.Name
}

// sameName compares two names; on a scan one character of three or more may be misread.
func sameName(a, b string, scan bool) bool {
	x, y := []rune(squeeze(a)), []rune(squeeze(b))
	if string(x) == string(y) {
		return true
	}
	if !scan || len(x) != len(y) || len(x) < 3 {
		return false
	}
	diff := 0
	for i := range x {
		if x[i] != y[i] {
			diff++
		}
	}
	return diff == 1
}

// sameParty compares two company names as a poor scan leaves them.
func sameParty(a, b string) bool {
	x, y := []rune(squeeze(a)), []rune(squeeze(b))
	return len(x) > 0 && len(y) > 0 && plain.Distance(x, y)*3 <= max(len(x), len(y))
}

// notTestable says why a check could not be made.
func notTestable(why string, docs ...*dossier.Document) outcome {
	return outcome{result: report.NotTestable, docs: files(docs...), vars: map[string]string{"why": why}}
}

// base gives the variables that every message may use.
func base(in *Input, d *dossier.Document) map[string]string {
	v := map[string]string{"as_of": in.Dossier.Application.AsOf.String(), "file": "", "type": "", "who": "",
		"lender": in.Dossier.Application.Lender, "applicant": in.Dossier.Application.Applicant}
	if d != nil {
		v["file"], v["type"], v["who"] = d.File, d.TypeName, who(d)
	}
	return v
}

var patterns sync.Map // text -> *regexp.Regexp

// pattern compiles a rule's expression once; validate refused the ones that do not compile.
func pattern(s string) *regexp.Regexp {
	if re, ok := patterns.Load(s); ok {
		return re.(*regexp.Regexp)
	}
	re := regexp.MustCompile(s)
	patterns.Store(s, re)
	return re
}

// squeeze folds what may differ between two writings of one name or address.
func squeeze(s string) string {
	return strings.NewReplacer(" ", "", "　", "", "（", "(", "）", ")", "，", ",", "：", ":", "\n", "", "\t", "",
		"・", "·", "－", "-", "—", "-").Replace(s)
}

func clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n]) + "…"
}

// wan prints 元 as 万元: 1,200.00万元.
func wan(d dossier.Decimal) string {
	return finance.Format(d.Div(dossier.D("10000")).Round(2), 2) + "万元"
}

func unique(list []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range list {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

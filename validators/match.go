package validators

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
)

// Match wants two fields on two papers to agree.
type Match struct {
	Left      Ref      `yaml:"left"`
	Right     Ref      `yaml:"right"`
	As        string   `yaml:"as"`        // name, text, number, address, date; default text
	Tolerance string   `yaml:"tolerance"` // number: relative, "0.005"
	Excuse    *Excuse  `yaml:"excuse"`    // a paper that explains a difference
	Skip      string   `yaml:"skip"`      // where one of the two matches, they are of different sorts and not compared: a warehouse is no seat
	Legible   bool     `yaml:"legible"`   // leaves a difference open where a scan was read with little certainty
	SameBy    []string `yaml:"same_by"`   // compare only papers that agree in these fields: left, right
}

// Excuse is a paper whose fields hold both values: a change registered in between.
type Excuse struct {
	Types  []string `yaml:"types"`
	Before string   `yaml:"before"`
	After  string   `yaml:"after"`
}

func (k *Match) validate() error {
	switch k.As {
	case "", "text", "name", "number", "address", "date":
	default:
		return fmt.Errorf("as: unknown %q", k.As)
	}
	if _, err := regexp.Compile(k.Skip); err != nil {
		return err
	}
	return need(!k.Left.empty() && !k.Right.empty(), "left and right")
}

func (k *Match) check(in *Input, _ *Rule) []outcome {
	var out []outcome
	for _, r := range printed(k.Right.find(in)) {
		lefts := printed(k.Left.find(in))
		done := false // several papers may hold the left value: one difference is one finding
		for _, l := range lefts {
			if done {
				break
			}
			if l.doc == r.doc || !k.same(l.doc, r.doc) || k.skips(l) != k.skips(r) {
				continue
			}
			if l.field.Confidence > 0 && l.field.Confidence < 0.5 || r.field.Confidence > 0 && r.field.Confidence < 0.5 {
				out = append(out, notTestable(fmt.Sprintf("%s 或 %s 的字迹读取不清，请人工核对", l.doc.File, r.doc.File), l.doc, r.doc))
				continue
			}
			v := base(in, l.doc)
			v["left"], v["right"], v["left_file"], v["right_file"] = show(l.field), show(r.field), l.doc.File, r.doc.File
			v["left_type"], v["right_type"] = l.doc.TypeName, r.doc.TypeName
			o := outcome{docs: files(l.doc, r.doc), vars: v, evidence: []report.Citation{l.cite(), r.cite()}}
			agree, arithmetic := k.agree(l.field, r.field)
			if !agree && k.Legible && (doubtful(l) || doubtful(r)) { // a digit misread on a scan is no difference
				out = append(out, notTestable(fmt.Sprintf("%s 与 %s 的数字不一致，其中扫描件的识别把握不足，请人工核对", l.doc.File, r.doc.File), l.doc, r.doc))
				continue
			}
			if !agree && !k.excused(in, l.field, r.field) {
				o.result, o.arithmetic = report.Fail, arithmetic
				done = len(k.Left.Types) > 1
				for _, other := range k.Left.find(in) { // every paper that holds the left value is evidence
					if other.doc != l.doc && sameAddress(other.field.Value, l.field.Value) {
						o.docs = append(o.docs, other.doc.File)
					}
				}
			}
			out = append(out, o)
		}
	}
	return out
}

// doubtful tells whether a value stands on a scan and was read with less than good certainty.
func doubtful(h hit) bool {
	return h.doc.Scan && h.field.Confidence > 0 && h.field.Confidence < 0.8
}

func (k *Match) skips(h hit) bool {
	return k.Skip != "" && regexp.MustCompile(k.Skip).MatchString(squeeze(h.field.Value))
}

// printed leaves scans out where a printed paper of another type says the same thing: a misreading is no difference.
func printed(hits []hit) []hit {
	var out []hit
	types := map[string]bool{}
	for _, h := range hits {
		types[h.doc.Type] = true
		if !h.doc.Scan {
			out = append(out, h)
		}
	}
	if len(out) == 0 || len(types) < 2 {
		return hits
	}
	return out
}

func (k *Match) same(l, r *dossier.Document) bool {
	if len(k.SameBy) != 2 {
		return true
	}
	a, ok1 := l.Field(k.SameBy[0])
	b, ok2 := r.Field(k.SameBy[1])
	return ok1 && ok2 && squeeze(a.Value) == squeeze(b.Value)
}

func show(f dossier.Field) string {
	if f.Raw != "" && f.Kind != dossier.KindText {
		return f.Raw
	}
	return f.Value
}

func (k *Match) agree(l, r dossier.Field) (bool, string) {
	switch k.As {
	case "number":
		a, ok1 := l.Decimal()
		b, ok2 := r.Decimal()
		if !ok1 || !ok2 {
			return true, ""
		}
		diff := a.Sub(b)
		limit := dossier.D("0")
		if k.Tolerance != "" {
			limit = dossier.D(k.Tolerance).Mul(b.Abs())
		}
		return diff.Abs().LessThanOrEqual(limit), fmt.Sprintf("%s − %s = %s", a, b, diff)
	case "date":
		return l.Value == r.Value, l.Value + " ≠ " + r.Value
	case "address":
		return sameAddress(l.Value, r.Value), l.Value + " ≠ " + r.Value
	}
	return squeeze(l.Value) == squeeze(r.Value), l.Value + " ≠ " + r.Value
}

func (k *Match) excused(in *Input, l, r dossier.Field) bool {
	if k.Excuse == nil {
		return false
	}
	fits := func(before, after string) bool {
		a, b := squeeze(before), squeeze(after)
		x, y := squeeze(l.Value), squeeze(r.Value)
		return a != "" && b != "" && (near(a, x) && near(b, y) || near(a, y) && near(b, x))
	}
	for _, d := range in.Dossier.Valid(k.Excuse.Types...) {
		bf, _ := d.Field(k.Excuse.Before)
		af, _ := d.Field(k.Excuse.After)
		if fits(bf.Value, af.Value) {
			return true
		}
		if ch, ok := d.Field("changes"); ok {
			for _, row := range ch.Rows {
				if fits(row.Get("before"), row.Get("after")) {
					return true
				}
			}
		}
	}
	return false
}

var region = regexp.MustCompile(`^(?:[^省市区县]{2,4}(?:省|自治区))?(?:[^省市区县]{1,5}市)?(?:[^省市区县]{1,6}[市区县])?(?:[^街镇乡道]{1,6}(?:街道|镇|乡))?`)
var digits = regexp.MustCompile(`\d+`)

// sameAddress compares two addresses: the numbers in the detailed part must agree, and one detailed part must hold
// the words of the other. 浙江省…尚桥科技工业园尚桥路66号 and …尚桥路66号 are one address; 108号 and 106号 are two.
func sameAddress(a, b string) bool {
	a, b = squeeze(a), squeeze(b)
	if a == b || strings.HasSuffix(a, b) || strings.HasSuffix(b, a) {
		return true
	}
	a, b = region.ReplaceAllString(a, ""), region.ReplaceAllString(b, "")
	na, nb := digits.FindAllString(a, -1), digits.FindAllString(b, -1)
	if len(na) == 0 || len(nb) == 0 {
		return true // no house number to compare: nothing can be said
	}
	return na[len(na)-1] == nb[len(nb)-1] && overlap(a, b) >= 0.4
}

// near tells whether two squeezed strings are the same but for a few characters, as OCR leaves them.
func near(a, b string) bool { return a == b || overlap(a, b) >= 0.8 }

// overlap is the share of the shorter string's character pairs that stand in the other too.
func overlap(a, b string) float64 {
	pa, pb := pairs(a), pairs(b)
	if len(pa) > len(pb) {
		pa, pb = pb, pa
	}
	if len(pa) == 0 {
		return 0
	}
	n := 0
	for p := range pa {
		if pb[p] {
			n++
		}
	}
	return float64(n) / float64(len(pa))
}

func pairs(s string) map[string]bool {
	r := []rune(s)
	out := map[string]bool{}
	for i := 0; i+1 < len(r); i++ {
		out[string(r[i:i+2])] = true
	}
	return out
}

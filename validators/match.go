package validators

import (
	"fmt"
	"regexp"

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
			if !agree && k.meant(l.field, r.field) { // misread on a scan, as other papers show: a person decides
				out = append(out, notTestable(fmt.Sprintf("%s 与 %s 的识读结果不同（“%s”与“%s”），其他材料支持两者一致，请对照原件核对", l.doc.File, r.doc.File, l.field.Value, r.field.Value), l.doc, r.doc))
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
	return k.Skip != "" && pattern(k.Skip).MatchString(squeeze(h.field.Value))
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

// meant tells whether the two agree once a scan's doubtful reading is taken for the candidate that other papers support.
func (k *Match) meant(l, r dossier.Field) bool {
	if l.Candidate == nil && r.Candidate == nil {
		return false
	}
	l.Value, r.Value = l.Meant(), r.Meant()
	agree, _ := k.agree(l, r)
	return agree
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

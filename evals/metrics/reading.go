package metrics

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xindiao/xindiao/evals/truth"
	"github.com/xindiao/xindiao/report"
)

// fields_text and fields_scan part what is read off text from what is read off images. Unlike fields, which follows
// the yardstick to the letter, they take a share of 45 and a ratio of 0.45 for the same.
var (
	_ = add(Metric{Name: "fields_text", Title: "电子件字段", Order: 11, Measure: func(c *Case) Result { return c.fieldsOf(false) }})
	_ = add(Metric{Name: "fields_scan", Title: "扫描件字段", Order: 12, Measure: func(c *Case) Result { return c.fieldsOf(true) }})
)

func (c *Case) fieldsOf(scan bool) Result {
	var r Result
	type tally struct{ good, of int }
	kinds := map[string]*tally{}
	for _, f := range sorted(c.Truth.Documents) {
		t := c.Truth.Documents[f]
		if t.Kind == archive || t.Scan != scan {
			continue
		}
		k := kinds[t.Kind]
		if k == nil {
			k = &tally{}
			kinds[t.Kind] = k
		}
		have := readValues(c.document(f))
		for _, key := range sorted(t.Fields) {
			for _, want := range leaves(key, t.Fields[key]) {
				k.of++
				if slices.ContainsFunc(have, func(got string) bool { return want.same(got) }) {
					k.good++
					continue
				}
				r.Notes = append(r.Notes, f+" "+want.key+"："+want.text)
			}
		}
	}
	for _, id := range sorted(kinds) {
		k := kinds[id]
		r.Good, r.Of = r.Good+k.good, r.Of+k.of
		if k.good < k.of {
			r.Notes = append(r.Notes, fmt.Sprintf("%s 共 %d/%d", id, k.good, k.of))
		}
	}
	return r
}

// leaf is one wanted value with its key.
type leaf struct{ key, text string }

func leaves(key string, v any) []leaf {
	var out []leaf
	switch v := v.(type) {
	case map[string]any:
		for _, k := range sorted(v) {
			out = append(out, leaves(k, v[k])...)
		}
		return out
	case []any:
		for _, x := range v {
			out = append(out, leaves(key, x)...)
		}
		return out
	}
	for _, s := range truth.Scalars(v) {
		out = append(out, leaf{key, s})
	}
	return out
}

func (l leaf) same(got string) bool {
	if sameValue(l.text, got) {
		return true
	}
	if !strings.Contains(l.key, "pct") {
		return false
	}
	w, ok := number(strings.TrimSuffix(l.text, "%"))
	g, okG := number(got)
	return ok && okG && w.Shift(-2).Equal(g)
}

// owners are the fields of a truth that name whose paper it is, the surest first.
var owners = []string{"entity", "taxpayer", "account_name", "applicant", "grantor", "borrower", "insured", "mortgagor", "payer", "owner", "name"}

// ownerOf is whose paper a document is, "" when its truth does not say.
func ownerOf(d truth.Document) string {
	if d.Owner != "" {
		return d.Owner
	}
	for _, k := range owners {
		if s, ok := d.Fields[k].(string); ok && s != "" {
			return s
		}
	}
	return ""
}

// parties: the share of papers whose owner is named right.
var _ = add(Metric{Name: "parties", Title: "归属主体", Order: 13, Measure: func(c *Case) Result {
	var r Result
	for _, f := range sorted(c.Truth.Documents) {
		t := c.Truth.Documents[f]
		want := ownerOf(t)
		if t.Kind == archive || t.Kind == "irrelevant" || want == "" {
			continue
		}
		r.Of++
		got := ""
		if d := c.document(f); d != nil && d.Party != nil {
			got = d.Party.Name
		}
		if fold(got) == fold(want) {
			r.Good++
			continue
		}
		r.Notes = append(r.Notes, fmt.Sprintf("%s：应属于%s，识别为“%s”", f, want, got))
	}
	return r
}})

// setAside tells papers that do not count: irrelevant ones, copies, superseded versions.
func setAside(d *report.DocumentJSON) bool {
	return d != nil && (d.SupersededBy != nil || d.DuplicateOf != nil || d.Type == "irrelevant")
}

// aside: of the old versions, copies and irrelevant papers, those that are set aside.
var _ = add(Metric{Name: "aside", Title: "旧版与无关件", Order: 14, Measure: func(c *Case) Result {
	var r Result
	for _, f := range sorted(c.Truth.Documents) {
		t := c.Truth.Documents[f]
		if !t.Superseded && t.Duplicate == "" && t.Kind != "irrelevant" {
			continue
		}
		r.Of++
		d := c.document(f)
		right := setAside(d) && (t.Kind == "irrelevant") == (d.Type == "irrelevant")
		if right {
			r.Good++
		} else {
			r.Notes = append(r.Notes, f+"：应标为旧版、副本或无关文件，未标")
		}
	}
	return r
}})

// mislinked: papers that count and were set aside. A wrong link is worse than a missing one.
var _ = add(Metric{Name: "mislinked", Title: "误判不采用", Order: 15, Lower: true, Measure: func(c *Case) Result {
	var r Result
	for _, f := range sorted(c.Truth.Documents) {
		t := c.Truth.Documents[f]
		if t.Superseded || t.Duplicate != "" || t.Kind == "irrelevant" || t.Kind == archive {
			continue
		}
		if r.Of++; setAside(c.document(f)) {
			r.Good++
			r.Notes = append(r.Notes, f+"：有效材料被标为旧版、副本或无关文件")
		}
	}
	return r
}})

package metrics

import (
	"encoding/json"
	"fmt"

	"github.com/xindiao/xindiao/evals/truth"
)

// sure is the confidence from which a reading is shown without a mark: at most one in twenty may be wrong there.
const sure = 0.9

// sure_kinds and sure_fields count what is wrong though said with certainty; the notes give the bins, so that a
// confidence can be held to what it claims.
var (
	_ = add(Metric{Name: "sure_kinds", Title: "高把握误识别", Order: 16, Lower: true, Measure: func(c *Case) Result {
		var b bins
		for _, f := range sorted(c.Truth.Documents) {
			t, d := c.Truth.Documents[f], c.document(f)
			if t.Kind == archive || d == nil {
				continue
			}
			b.add(d.Confidence, sameKind(t, d), fmt.Sprintf("%s：识别为 %s", f, d.Type))
		}
		return b.result()
	}})
	_ = add(Metric{Name: "sure_fields", Title: "高把握误读", Order: 17, Lower: true, Measure: func(c *Case) Result {
		var b bins
		for _, f := range sorted(c.Truth.Documents) {
			t, d := c.Truth.Documents[f], c.document(f)
			if t.Kind == archive || d == nil {
				continue
			}
			for _, key := range sorted(t.Fields) {
				want := leaves(key, t.Fields[key])
				got, ok := d.Fields[key]
				if !ok || len(want) != 1 || len(truth.Scalars(plainJSON(got.Value))) != 1 {
					continue // lists are scored by fields_text and fields_scan
				}
				value := truth.Scalars(plainJSON(got.Value))[0]
				b.add(got.Sure, want[0].same(value), fmt.Sprintf("%s %s：%s，读作 %s", f, key, want[0].text, value))
			}
		}
		return b.result()
	}})
)

// plainJSON makes typed rows and decoded ones alike.
func plainJSON(v any) any {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	var out any
	if json.Unmarshal(raw, &out) != nil {
		return nil
	}
	return out
}

// bins holds readings by confidence, in tenths.
type bins struct {
	good, of [11]int
	wrong    []string // of the surest
}

func (b *bins) add(confidence float64, right bool, note string) {
	i := min(max(int(confidence*10+1e-9), 0), 10)
	b.of[i]++
	if right {
		b.good[i]++
	} else if confidence >= sure {
		b.wrong = append(b.wrong, note)
	}
}

func (b *bins) result() Result {
	r := Result{Notes: b.wrong}
	for i, n := range b.of {
		if n > 0 {
			r.Notes = append(r.Notes, fmt.Sprintf("把握 %.1f 起：%d 项中 %d 项正确", float64(i)/10, n, b.good[i]))
		}
		if i >= 9 {
			r.Good, r.Of = r.Good+n-b.good[i], r.Of+n
		}
	}
	return r
}

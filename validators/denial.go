package validators

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/xindiao/xindiao/report"
)

// Denial wants a statement that nothing exists (Says, matching Pattern) not to be contradicted by Against: a list
// field with rows, or a money field above zero.
type Denial struct {
	Says    Ref    `yaml:"says"`
	Pattern string `yaml:"pattern"`
	Against []Ref  `yaml:"against"`
	Where   []Cond `yaml:"where"`  // rows that count
	Newest  string `yaml:"newest"` // date field: only the newest paper that says it counts
	Show    string `yaml:"show"`   // column named in the message
	Amount  string `yaml:"amount"`
}

func (k *Denial) validate() error {
	if _, err := regexp.Compile(k.Pattern); err != nil {
		return err
	}
	return need(!k.Says.empty() && k.Pattern != "" && len(k.Against) > 0, "says, pattern and against")
}

func (k *Denial) check(in *Input, _ *Rule) []outcome {
	re := pattern(k.Pattern)
	var out []outcome
	for _, says := range k.newest(k.Says.find(in)) {
		if !re.MatchString(squeeze(says.field.Value)) {
			continue
		}
		o := outcome{docs: files(says.doc), evidence: []report.Citation{says.cite()}, vars: base(in, says.doc)}
		var seen []string
		for _, ref := range k.Against {
			for _, h := range ref.find(in) {
				for _, row := range h.field.Rows {
					if !all(in, k.Where, row) {
						continue
					}
					text := row.Get(k.Show)
					if a, ok := row.Cells[k.Amount].Decimal(); ok {
						text += wan(a)
					}
					seen = append(seen, text)
					at := h.doc.At(row.At)
					if at.Quote == "" {
						at.Quote = text
					}
					o.docs = append(o.docs, files(h.doc)...)
					o.evidence = append(o.evidence, report.Cite(at))
				}
			}
		}
		o.docs = unique(o.docs)
		o.vars["says"] = clip(says.field.Value, 60)
		o.vars["against"] = strings.Join(unique(seen), "、")
		if len(seen) > 0 {
			o.result = report.Fail
			o.arithmetic = fmt.Sprintf("声明“无”，实际%d笔：%s", len(seen), o.vars["against"])
		}
		out = append(out, o)
	}
	return out
}

// newest keeps the papers with the latest date in the field Newest.
func (k *Denial) newest(hits []hit) []hit {
	if k.Newest == "" {
		return hits
	}
	last, out := "", []hit(nil)
	for _, h := range hits {
		f, _ := h.doc.Field(k.Newest)
		switch {
		case f.Value > last: // dates in canonical form compare as text
			last, out = f.Value, []hit{h}
		case f.Value == last:
			out = append(out, h)
		}
	}
	return out
}

package validators

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
	"github.com/xindiao/xindiao/report"
)

// Phrase looks for words in the text of papers; with Rows it looks in a column of a list field first.
type Phrase struct {
	Types  []string `yaml:"types"` // empty: every document, other companies' too
	Any    []string `yaml:"any"`   // regular expressions over text without blanks
	Unless []string `yaml:"unless"`
	Rows   string   `yaml:"rows"`
	Column string   `yaml:"column"`
	Amount string   `yaml:"amount"` // column shown as {{.amount}}
}

func (k *Phrase) validate() error {
	for _, p := range append(append([]string{}, k.Any...), k.Unless...) {
		if _, err := regexp.Compile(p); err != nil {
			return err
		}
	}
	return need(len(k.Any) > 0, "any")
}

func (k *Phrase) check(in *Input, _ *Rule) []outcome {
	docs := in.Dossier.Documents
	if len(k.Types) > 0 {
		docs = in.Dossier.Valid(k.Types...)
	}
	hitRe, skipRe := alternatives(k.Any), alternatives(k.Unless)
	var out []outcome
	for _, d := range docs {
		if len(d.Pages) == 0 {
			continue
		}
		hits := k.rows(in, d, hitRe, skipRe)
		if len(hits) == 0 {
			hits = k.sentences(in, d, hitRe, skipRe)
		}
		if len(hits) == 0 {
			hits = []outcome{{docs: files(d), vars: base(in, d)}}
		}
		out = append(out, hits...)
	}
	return out
}

func (k *Phrase) rows(in *Input, d *dossier.Document, hitRe, skipRe *regexp.Regexp) []outcome {
	f, ok := d.Field(k.Rows)
	if k.Rows == "" || !ok {
		return nil
	}
	var out []outcome
	for _, row := range f.Rows {
		text := squeeze(row.Get(k.Column))
		if !hitRe.MatchString(text) || skipRe != nil && skipRe.MatchString(text) {
			continue
		}
		v := base(in, d)
		v["quote"], v["amount"] = row.Get(k.Column), ""
		if a, ok := row.Cells[k.Amount].Decimal(); ok {
			v["amount"] = wan(a)
		}
		at := row.At
		at.File = d.File
		if at.Quote == "" {
			at.Quote = row.Get(k.Column)
		}
		out = append(out, outcome{result: report.Fail, docs: files(d), vars: v, evidence: []report.Citation{report.Cite(at)}})
	}
	return out
}

var stops = regexp.MustCompile(`[。；;！!\n]|（\d+）|\(\d+\)`)
var amountIn = regexp.MustCompile(`\d[\d,，]*(?:\.\d+)?(?:万元|万|元)`)

func (k *Phrase) sentences(in *Input, d *dossier.Document, hitRe, skipRe *regexp.Regexp) []outcome {
	var out []outcome
	for _, p := range d.Pages {
		for _, s := range stops.Split(p.Text, -1) {
			text := squeeze(s)
			if text == "" || !hitRe.MatchString(text) || skipRe != nil && skipRe.MatchString(text) {
				continue
			}
			v := base(in, d)
			v["quote"] = clip(strings.TrimSpace(s), 60)
			v["amount"] = amountIn.FindString(text)
			at := dossier.Place{File: d.File, Page: p.Number, Line: lineOf(p, s), Quote: v["quote"]}
			out = append(out, outcome{result: report.Fail, docs: files(d), vars: v, evidence: []report.Citation{report.Cite(at)}})
		}
	}
	if len(out) > 1 { // one paper, one finding: the first place stands for all, the others are evidence
		for _, o := range out[1:] {
			out[0].evidence = append(out[0].evidence, o.evidence...)
		}
		out = out[:1]
	}
	return out
}

func lineOf(p dossier.Page, s string) int {
	i := strings.Index(p.Text, s)
	if i < 0 {
		return 0
	}
	return 1 + strings.Count(p.Text[:i], "\n")
}

func alternatives(list []string) *regexp.Regexp {
	if len(list) == 0 {
		return nil
	}
	return regexp.MustCompile("(?:" + strings.Join(list, ")|(?:") + ")")
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
	re := regexp.MustCompile(k.Pattern)
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
					at := row.At
					at.File = h.doc.File
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

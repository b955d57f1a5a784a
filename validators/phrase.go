package validators

import (
	"regexp"
	"strings"

	"github.com/xindiao/xindiao/dossier"
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
		at := d.At(row.At)
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
	return pattern("(?:" + strings.Join(list, ")|(?:") + ")")
}

package validators

import (
	"fmt"
	"strconv"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
)

// Expiry wants a date field to lie after the day of the check; 长期 always passes. With Ahead it speaks of papers
// that run out within so many days after it instead.
type Expiry struct {
	Types []string `yaml:"types"`
	Field string   `yaml:"field"`
	Ahead int      `yaml:"ahead"` // days; 0: already expired
}

func (k *Expiry) validate() error { return need(len(k.Types) > 0 && k.Field != "", "types and field") }

func (k *Expiry) check(in *Input, _ *Rule) []outcome {
	asOf := in.Dossier.Application.AsOf
	var out []outcome
	for _, d := range in.Dossier.Valid(k.Types...) {
		f, ok := d.Field(k.Field)
		if !ok {
			if k.Ahead == 0 {
				out = append(out, notTestable(d.File+" 未读出有效期", d))
			}
			continue
		}
		until, ok := f.Date()
		v := base(in, d)
		v["until"] = f.Value
		o := outcome{docs: files(d), vars: v, evidence: []report.Citation{hit{d, f}.cite()}}
		if ok && f.Value != dossier.LongTerm {
			days := asOf.Sub(until)
			switch {
			case k.Ahead == 0 && days > 0:
				v["days"] = strconv.Itoa(days)
				o.result = report.Fail
				o.arithmetic = fmt.Sprintf("%s − %s = %d天", asOf, until, days)
			case k.Ahead > 0 && days <= 0 && -days <= k.Ahead:
				v["days"] = strconv.Itoa(-days)
				o.result = report.Fail
				o.arithmetic = fmt.Sprintf("%s − %s = %d天", until, asOf, -days)
			}
		}
		out = append(out, o)
	}
	return out
}

// MaxAge wants a paper's own date to be no older than the bank's limit on the day of the check.
type MaxAge struct {
	Types   []string `yaml:"types"`
	Field   string   `yaml:"field"`
	Bank    string   `yaml:"bank"`    // key of bank_rules
	Default int      `yaml:"default"` // days, when the bank sets none
}

func (k *MaxAge) validate() error {
	return need(len(k.Types) > 0 && k.Field != "" && k.Bank != "" && k.Default > 0, "types, field, bank and default")
}

func (k *MaxAge) check(in *Input, _ *Rule) []outcome {
	limit := in.Dossier.Application.Bank.Days(k.Bank)
	if limit == 0 {
		limit = k.Default
	}
	asOf := in.Dossier.Application.AsOf
	var out []outcome
	for _, d := range in.Dossier.Valid(k.Types...) {
		f, ok := d.Field(k.Field)
		date, isDate := f.Date()
		if !ok || !isDate {
			out = append(out, notTestable(d.File+" 未读出出具日期", d))
			continue
		}
		age := asOf.Sub(date)
		v := base(in, d)
		v["date"], v["age"], v["limit"] = date.String(), strconv.Itoa(age), strconv.Itoa(limit)
		o := outcome{docs: files(d), vars: v, evidence: []report.Citation{hit{d, f}.cite()},
			arithmetic: fmt.Sprintf("%s − %s = %d天，上限%d天", asOf, date, age, limit)}
		if age > limit {
			o.result = report.Fail
		}
		out = append(out, o)
	}
	return out
}

// Order wants the first date not to be later than the second, for papers of one person or company.
type Order struct {
	First  Ref    `yaml:"first"`
	Then   Ref    `yaml:"then"`
	SameBy string `yaml:"same_by"` // field of Then that names the party; compared with the first paper's party
	By     string `yaml:"by"`      // field of First that names the party
}

func (k *Order) validate() error { return need(!k.First.empty() && !k.Then.empty(), "first and then") }

func (k *Order) check(in *Input, _ *Rule) []outcome {
	var out []outcome
	for _, then := range k.Then.find(in) {
		for _, first := range k.First.find(in) {
			a, okA := first.doc.Field(k.By)
			b, okB := then.doc.Field(k.SameBy)
			if k.By != "" && (!okA || !okB || !sameName(a.Value, b.Value, first.doc.Scan || then.doc.Scan)) {
				continue
			}
			d1, ok1 := first.field.Date()
			d2, ok2 := then.field.Date()
			if !ok1 || !ok2 {
				continue
			}
			v := base(in, then.doc)
			v["first"], v["then"], v["first_file"] = d1.String(), d2.String(), first.doc.File
			v["days"] = strconv.Itoa(d1.Sub(d2))
			o := outcome{docs: files(then.doc, first.doc), vars: v, evidence: []report.Citation{then.cite(), first.cite()}}
			if d1.After(d2) {
				o.result = report.Fail
				o.arithmetic = fmt.Sprintf("%s 晚于 %s %d天", d1, d2, d1.Sub(d2))
			}
			out = append(out, o)
		}
	}
	return out
}

func need(ok bool, what string) error {
	if !ok {
		return fmt.Errorf("%s needed", what)
	}
	return nil
}

package validators

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
)

// Votes wants the signed voting shares of a resolution to reach the articles' threshold.
type Votes struct {
	Resolution []string `yaml:"resolution"`
	Articles   []string `yaml:"articles"`
	Default    string   `yaml:"default"` // threshold when the articles name none
}

func (k *Votes) validate() error {
	return need(len(k.Resolution) > 0 && len(k.Articles) > 0 && k.Default != "", "resolution, articles and default")
}

func (k *Votes) check(in *Input, _ *Rule) []outcome {
	var out []outcome
	for _, d := range in.Dossier.Valid(k.Resolution...) {
		signers, ok := d.Field("signers")
		if !ok {
			out = append(out, notTestable(d.File+" 未读出股东签字", d))
			continue
		}
		o := outcome{docs: files(d), vars: base(in, d)}
		limit, rule := dossier.D(k.Default), "公司法及章程"
		for _, a := range in.Dossier.Valid(k.Articles...) {
			if f, ok := a.Field("decision_threshold"); ok {
				if t, ok := f.Decimal(); ok {
					limit = t
				}
			}
			if f, ok := a.Field("decision_rule"); ok {
				rule = f.Value
				o.docs = append(o.docs, a.File)
				o.evidence = append(o.evidence, hit{a, f}.cite())
			}
		}
		k.count(in, d, signers, limit, rule, &o)
		out = append(out, o)
	}
	return out
}

func (k *Votes) count(in *Input, d *dossier.Document, signers dossier.Field, limit dossier.Decimal, rule string, o *outcome) {
	shares := shareholders(in)
	sum := dossier.D("0")
	var yes, no, unclear []string
	for _, row := range signers.Rows {
		pct, ok := row.Cells["pct"].Decimal()
		if !ok || pct.IsZero() {
			pct = shareOf(shares, row.Get("name"), d.Scan)
		}
		name := row.Get("name") + "（" + pct.Mul(dossier.D("100")).String() + "%）"
		switch row.Get("signed") {
		case "yes":
			yes = append(yes, name)
			sum = sum.Add(pct)
		case "no":
			no = append(no, name)
		default:
			unclear = append(unclear, name)
		}
		at := d.At(row.At)
		o.evidence = append(o.evidence, report.Cite(at))
	}
	o.vars["signed"], o.vars["unsigned"] = strings.Join(yes, "、"), strings.Join(no, "、")
	o.vars["sum"] = sum.Mul(dossier.D("100")).String() + "%"
	o.vars["rule"] = clip(rule, 80)
	o.vars["limit"] = limit.Mul(dossier.D("100")).StringFixed(2) + "%"
	o.arithmetic = fmt.Sprintf("已签字表决权 %s，要求不低于 %s", o.vars["sum"], o.vars["limit"])
	switch {
	case sum.GreaterThanOrEqual(limit.Sub(dossier.D("0.0001"))):
	case len(unclear) > 0:
		o.result = report.NotTestable
		o.vars["why"] = d.File + " 上" + strings.Join(unclear, "、") + "是否签字未能判断，请人工核对"
	default:
		o.result = report.Fail
	}
}

// shareOf looks a name up; on a scan one character of three or more may be misread, when only one holder fits.
func shareOf(shares map[string]dossier.Decimal, name string, scan bool) dossier.Decimal {
	if p, ok := shares[squeeze(name)]; ok || !scan {
		return p
	}
	var found []dossier.Decimal
	for holder, p := range shares {
		if sameName(holder, name, true) {
			found = append(found, p)
		}
	}
	if len(found) == 1 {
		return found[0]
	}
	return dossier.D("0")
}

// shareholders maps names to shares, from the registry first, then from the articles.
func shareholders(in *Input) map[string]dossier.Decimal {
	out := map[string]dossier.Decimal{}
	for _, ref := range []Ref{{[]string{"articles_of_association"}, "holders"}, {[]string{"business_registration_extract"}, "shareholders"}} {
		for _, h := range ref.find(in) {
			for _, row := range h.field.Rows {
				if p, ok := row.Cells["pct"].Decimal(); ok {
					out[squeeze(row.Get("name"))] = p
				}
			}
		}
	}
	return out
}

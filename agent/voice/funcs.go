package voice

import (
	"regexp"
	"strconv"
	"strings"
	"text/template"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
)

// funcs are the words that templates may use; docs/templates.md explains them to a risk officer.
func (u *utterance) funcs() template.FuncMap {
	return template.FuncMap{
		"app": u.app, "field": u.field, "has": u.has, "any": u.anyOf, "rows": u.rows, "sum": u.sum, "count": u.count, "file": u.file,
		"fig": u.fig, "figOf": u.figOf, "periodOf": u.periodOf, "figs": u.series, "name": u.name, "period": u.period, "known": u.known, "move": u.move,
		"drivers": u.drivers, "above": u.above, "below": u.below, "explain": u.explain, "quote": u.quote,
		"finding": u.finding, "found": u.found, "industry": u.industry, "bank": u.bank, "join": strings.Join, "materials": u.materials,
		"rising": u.rising, "falling": u.falling, "basis": u.basis, "is": u.is, "because": u.because, "each": u.each, "covers": u.covers, "gap": u.gap, "share": u.share,
	}
}

// app prints a key of the application: applicant, product, amount, term, guarantee, purpose, lender, as_of, check_period.
func (u *utterance) app(key string) (string, error) {
	a := u.v.Dossier.Application
	value, appKey, docKey := "", key, ""
	switch key {
	case "applicant":
		value, docKey = a.Applicant, "applicant"
	case "product":
		value = a.Product
	case "amount":
		appKey, docKey = "amount_cny", "amount_cny"
		if a.AmountCNY.IsPositive() {
			value = Wan(a.AmountCNY)
		}
	case "term":
		appKey, docKey = "term_months", "term_months"
		if a.TermMonths > 0 {
			value = strconv.Itoa(a.TermMonths) + "个月"
		}
	case "guarantee":
		value = a.Guarantee
	case "purpose":
		value = a.Purpose
	case "lender":
		value = a.Lender
	case "as_of":
		value = a.AsOf.Chinese()
	case "check_period":
		value = isoDate.ReplaceAllStringFunc(a.CheckPeriod, func(s string) string {
			if d, err := dossier.ParseDate(s); err == nil {
				return d.Chinese()
			}
			return s
		})
	}
	if value == "" || value == "0年0月0日" {
		return "", missing("application %s", key)
	}
	u.citeApplication(appKey, docKey, value)
	return value, nil
}

var isoDate = regexp.MustCompile(`\d{4}-\d{2}-\d{2}`)

// citeApplication cites the borrower's own application when it says the same, application.yaml otherwise.
func (u *utterance) citeApplication(appKey, docKey, value string) {
	for _, d := range u.v.Dossier.Valid("loan_application") {
		if f, ok := d.Field(docKey); ok && docKey != "" {
			u.cite(f.At)
			return
		}
	}
	for _, k := range u.v.Dossier.Application.Inferred {
		if k == appKey {
			return
		}
	}
	u.cite(dossier.Place{File: "application.yaml", Quote: appKey + ": " + value})
}

// found tells whether a rule fired.
func (u *utterance) found(rule string) bool {
	for _, f := range u.v.Findings {
		if f.Rule == rule && f.Result == report.Fail {
			return true
		}
	}
	return false
}

// finding prints a rule's message and cites its evidence.
func (u *utterance) finding(rule string) (string, error) {
	for _, f := range u.v.Findings {
		if f.Rule == rule && f.Result == report.Fail {
			for _, c := range f.Evidence {
				if len(u.cites) < maxCites {
					u.cites = append(u.cites, c)
				}
			}
			return InWan(f.Message), nil
		}
	}
	return "", missing("finding %s", rule)
}

// because cites a finding's evidence without repeating its words.
func (u *utterance) because(rule string) (string, error) {
	_, err := u.finding(rule)
	return "", err
}

// covers tells whether a figure reaches the amount asked for.
func (u *utterance) covers(indicator, when string) bool {
	f, ok := u.v.At(indicator, when)
	return ok && f.Value.GreaterThanOrEqual(u.v.Dossier.Application.AmountCNY)
}

// industry prints 3525 模具制造.
func (u *utterance) industry() (string, error) {
	if u.v.Code == "" {
		return "", missing("industry")
	}
	if f, ok := u.find("business_license", "scope"); ok {
		u.cite(f.At)
	}
	u.citeApplication("industry_code_claimed", "", u.v.Dossier.Application.Industry)
	return strings.TrimLeft(u.v.Code, "ABCDEFGHIJKLMNOPQRST") + " " + u.v.Industry, nil
}

// bank prints a limit of the bank: days, months, or an LTV ceiling as bank "ltv.industrial".
func (u *utterance) bank(key string) (string, error) {
	b := u.v.Dossier.Application.Bank
	if class, ok := strings.CutPrefix(key, "ltv."); ok {
		if d, ok := b.MortgageLTVMax[class]; ok {
			u.cite(dossier.Place{File: "application.yaml", Quote: "mortgage_ltv_max." + class + ": " + d.String()})
			return d.Mul(dossier.D("100")).String() + "%", nil
		}
	} else if n := b.Days(key); n > 0 {
		u.cite(dossier.Place{File: "application.yaml", Quote: key + ": " + strconv.Itoa(n)})
		return strconv.Itoa(n), nil
	}
	return "", missing("bank rule %s", key)
}

package agent

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/datafile"
	"github.com/xindiao/xindiao/internal/gbt4754"
)

// LoadApplication reads application.yaml of a dossier folder; without one it gives the zero Application. A key that is not
// known is a problem to tell, not an error: banks add their own. Anything else wrong is an error with file and line.
func LoadApplication(dir string) (app dossier.Application, problems []dossier.Problem, err error) {
	const name = "application.yaml"
	data, err := os.ReadFile(filepath.Join(dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return app, nil, nil
	}
	if err != nil {
		return app, nil, &dossier.Error{Kind: dossier.ErrInput, File: name, Msg: "无法读取", Cause: err}
	}
	strict := datafile.Decode(name, data, &app)
	if strict == nil {
		return app, nil, nil
	}
	app = dossier.Application{}
	if err := yaml.Unmarshal(data, &app); err != nil {
		return app, nil, &dossier.Error{Kind: dossier.ErrInput, File: name, Msg: "格式有误：" + strict.Error()}
	}
	return app, []dossier.Problem{{Kind: dossier.ErrInput, Msg: "有不认识的字段，已忽略：" + strict.Error()}}, nil
}

// source is a list of document fields that may state a key of the application, the best first.
type source struct{ types, field string }

// infer fills what nobody stated from the materials, and says so in Inferred. It tells whether the borrower was
// among that.
func infer(d *dossier.Dossier, now time.Time) bool {
	app := &d.Application
	unnamed := app.Applicant == ""
	note := func(key string) { app.Inferred = append(app.Inferred, key) }
	text := func(key string, p *string, from ...source) {
		if *p != "" {
			return
		}
		if f, ok := first(d, from); ok {
			*p = f.Value
			note(key)
		}
	}
	text("applicant", &app.Applicant, source{"loan_application", "applicant"}, source{"loan_contract", "borrower"},
		source{"business_license", "name"}, source{"credit_report_enterprise", "entity"}, source{"business_registration_extract", "name"})
	text("uscc", &app.USCC, source{"business_license", "uscc"}, source{"business_registration_extract", "uscc"})
	text("purpose", &app.Purpose, source{"loan_application", "purpose"}, source{"loan_contract", "purpose"})
	text("lender", &app.Lender, source{"loan_contract", "lender"}, source{"credit_authorization_enterprise", "bank"}, source{"credit_authorization_personal", "bank"})
	if app.AmountCNY.IsZero() {
		if f, ok := first(d, []source{{"loan_application", "amount_cny"}, {"loan_contract", "amount_cny"}}); ok {
			if v, ok := f.Decimal(); ok {
				app.AmountCNY = v
				note("amount_cny")
			}
		}
	}
	if app.TermMonths == 0 {
		if f, ok := first(d, []source{{"loan_application", "term_months"}}); ok {
			if v, ok := f.Decimal(); ok {
				app.TermMonths = int(v.IntPart())
				note("term_months")
			}
		}
	}
	inferGuarantee(d, note)
	set := func(key string, p *string, value string) {
		if *p == "" {
			*p = value
			note(key)
		}
	}
	set("product", &app.Product, "流动资金贷款")
	set("customer_type", &app.CustomerType, "corporate")
	if app.ReportKind == "" {
		kind := dossier.ReportCredit
		if len(d.Valid("loan_contract")) > 0 && len(d.Valid("loan_application")) == 0 {
			kind = dossier.ReportPostLoan
		}
		set("report_kind", &app.ReportKind, kind)
	}
	if app.AsOf.IsZero() {
		app.AsOf = dossier.DateOf(now)
		note("as_of")
	}
	if app.Industry == "" {
		if f, ok := first(d, []source{{"business_registration_extract", "industry"}, {"vat_return", "industry"}}); ok {
			if c := gbt4754.Named(strings.TrimSpace(f.Value)); len(c) > 0 {
				app.Industry = c[0].Code
				note("industry_code_claimed")
			}
		}
	}
	return unnamed && app.Applicant != ""
}

func inferGuarantee(d *dossier.Dossier, note func(string)) {
	app := &d.Application
	if app.Guarantee != "" {
		return
	}
	f, _ := first(d, []source{{"loan_application", "guarantee"}, {"loan_contract", "guarantee"}})
	var kinds []string
	for _, k := range []string{"抵押", "质押", "信用", "保证"} {
		if strings.Contains(f.Value, k) {
			kinds = append(kinds, k)
		}
	}
	switch {
	case len(kinds) > 0:
		app.Guarantee = kinds[0]
	case len(d.Valid("real_estate_certificate", "valuation_report")) > 0:
		app.Guarantee = "抵押"
	default:
		app.Guarantee = "信用"
	}
	note("guarantee")
}

func first(d *dossier.Dossier, from []source) (dossier.Field, bool) {
	for _, s := range from {
		for _, doc := range d.Valid(s.types) {
			if f, ok := doc.Field(s.field); ok && f.Value != "" {
				return f, true
			}
		}
	}
	return dossier.Field{}, false
}

// industry resolves the claimed code; the problem says when it is not in GB/T 4754.
func industry(app dossier.Application) (code, name string, problem *dossier.Problem) {
	if app.Industry == "" {
		return "", "", nil
	}
	c, ok := gbt4754.Lookup(app.Industry)
	if !ok && len(app.Industry) >= 4 { // an unknown class whose group exists
		c, ok = gbt4754.Lookup(app.Industry[:len(app.Industry)-1])
	}
	if !ok {
		return "", "", &dossier.Problem{Kind: dossier.ErrInput, Msg: fmt.Sprintf("行业代码 %s 不在 GB/T 4754-2017 中", app.Industry)}
	}
	return c.Full(), c.Name, nil
}

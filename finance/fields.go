package finance

import (
	"github.com/xindiao/xindiao/dossier"
)

// officialTypes are issued by a registry, tax office, credit centre or bank.
var officialTypes = map[string]bool{"vat_return": true, "cit_return": true, "tax_payment_certificate": true,
	"tax_clearance_certificate": true, "social_insurance_record": true, "credit_report_enterprise": true,
	"credit_report_personal": true, "bank_statement_corporate": true, "real_estate_certificate": true,
	"real_estate_registry_search": true, "business_license": true, "business_registration_extract": true,
	"mortgage_registration_cert": true, "loan_contract": true, "loan_iou": true, "payment_voucher": true}

// FromField makes a figure of a document's field; ok is false when the field is absent or no number.
func FromField(d *dossier.Document, key, indicator, entity string, p dossier.Period, u dossier.Unit) (dossier.Figure, bool) {
	fl, ok := d.Field(key)
	if !ok {
		return dossier.Figure{}, false
	}
	return fieldFigure(d, fl, indicator, entity, p, u)
}

func fieldFigure(d *dossier.Document, fl dossier.Field, indicator, entity string, p dossier.Period, u dossier.Unit) (dossier.Figure, bool) {
	v, ok := fl.Decimal()
	if !ok {
		return dossier.Figure{}, false
	}
	basis := dossier.BasisUnaudited
	if officialTypes[d.Type] {
		basis = dossier.BasisOfficial
	}
	at := d.At(fl.At)
	printed := fl.Raw
	if printed == "" {
		printed = fl.Value
	}
	return dossier.Figure{Indicator: indicator, Name: NameOf(indicator), Entity: entity, Scope: dossier.ScopeSingle, Period: p, Value: v,
		Unit: u, Basis: basis, Source: &dossier.Source{Place: at, Printed: printed, Unit: u}}, true
}

// fieldDate returns the first of keys that holds a day.
func fieldDate(d *dossier.Document, keys ...string) (dossier.Date, bool) {
	for _, k := range keys {
		if f, ok := d.Field(k); ok {
			if v, ok := f.Date(); ok {
				return v, true
			}
		}
	}
	return dossier.Date{}, false
}

func current(docs []*dossier.Document, typ string) []*dossier.Document {
	var out []*dossier.Document
	for _, d := range docs {
		if d.Type == typ && d.Current() {
			out = append(out, d)
		}
	}
	return out
}

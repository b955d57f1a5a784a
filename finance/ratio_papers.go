package finance

import (
	"regexp"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// inputs reads amounts that ratios and checks need from papers other than statements.
func (st *Study) inputs(d *dossier.Dossier) {
	s := st.Set
	for _, doc := range current(d.Documents, "other_receivables_detail") {
		if f, ok := relatedReceivables(doc, s.ownerOf(doc, "entity")); ok {
			s.add(f)
		}
	}
	for _, typ := range []string{"audit_report_3y", "financial_statement_notes"} {
		for _, doc := range current(d.Documents, typ) {
			if f, ok := s.restrictedCash(doc); ok {
				s.add(f)
			}
		}
	}
}

// relatedReceivables adds up the rows of a list of other receivables that say 是 under 是否关联方.
func relatedReceivables(doc *dossier.Document, entity string) (dossier.Figure, bool) {
	day, ok := fieldDate(doc, "date")
	rows, has := doc.Field("rows")
	if !ok || !has {
		return dossier.Figure{}, false
	}
	v, told := zero, false
	for _, r := range rows.Rows {
		b, err := parseDecimal(r.Get("balance"))
		mark := r.Get("related")
		told = told || mark != ""
		if err == nil && (mark == "是" || mark == "关联方" || mark == "关联") {
			v = v.Add(b)
		}
	}
	if !told {
		return dossier.Figure{}, false // the list does not say who is related
	}
	at := doc.At(rows.At)
	at.Quote = "关联方款项合计 " + Money(v)
	return dossier.Figure{Indicator: "related_receivables", Entity: entity, Period: dossier.At(day), Value: v, Unit: dossier.Yuan, Basis: dossier.BasisUnaudited,
		Source: &dossier.Source{Place: at, Printed: Format(v, 2), Unit: dossier.Yuan}}, true
}

// restrictedRE is the line of the notes that names restricted money; notes print 元 with two decimals, the closing
// balance first.
var restrictedRE = regexp.MustCompile(`(?:受限(?:制)?的?货币资金|(?:使用|所有权)[^\d\n]{0,16}受(?:到)?限(?:制)?的?(?:货币资金|款项)(?:总额|合计|小计)?|对使用有限制的款项(?:总额)?)[^\d\n]{0,12}?(\d{1,3}(?:,\d{3})*\.\d{2}|\d{1,15}\.\d{2})(?:[^\d%％]|$)`)

// restrictedCash is the restricted money that a report's notes name, when it is no more than the money itself.
func (s *Set) restrictedCash(doc *dossier.Document) (dossier.Figure, bool) {
	const most = 400 // pages
	end, ok := fieldDate(doc, "period_end")
	if !ok {
		return dossier.Figure{}, false
	}
	at, entity := dossier.At(end), s.ownerOf(doc, "entity")
	cash, ok := s.Best("cash", entity, at)
	if !ok {
		return dossier.Figure{}, false
	}
	for i, p := range doc.Pages {
		if i >= most {
			break
		}
		for _, line := range strings.Split(p.Text, "\n") {
			if len(line) > 600 || strings.Contains(line, "万元") || strings.Contains(line, "千元") {
				continue
			}
			m := restrictedRE.FindStringSubmatch(strings.Join(strings.Fields(fold(line)), " "))
			if m == nil {
				continue
			}
			v, err := parseDecimal(strings.ReplaceAll(m[1], ",", ""))
			if err != nil || !v.IsPositive() || v.GreaterThan(cash.Value) {
				continue
			}
			place := doc.At(dossier.Place{Page: p.Number, Quote: clip(strings.TrimSpace(line), 80)})
			return dossier.Figure{Indicator: "restricted_cash", Entity: cash.Entity, Scope: cash.Scope, Period: at, Value: v, Unit: dossier.Yuan, Basis: cash.Basis,
				Source: &dossier.Source{Place: place, Printed: m[1], Unit: dossier.Yuan}}, true
		}
	}
	return dossier.Figure{}, false
}

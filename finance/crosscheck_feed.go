package finance

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

const maxFeedRows = 20000

// feed takes what one feed names out of the current papers into the set; other companies' papers keep their owner.
func (s *Set) feed(f crossFeed, docs []*dossier.Document) {
	for _, typ := range f.Types {
		for _, d := range current(docs, typ) {
			owner := s.ownerOf(d, f.Party)
			fl, ok := d.Field(f.Field)
			if !ok {
				continue
			}
			if f.Month != "" {
				s.feedMonths(f, d, fl, owner)
				continue
			}
			p, ok := f.period(d)
			if !ok {
				continue
			}
			var g dossier.Figure
			if f.Cell != "" {
				g, ok = f.sum(d, fl.Rows, fl.At, owner, p)
			} else {
				g, ok = fieldFigure(d, fl, f.Figure, owner, p, f.Unit)
			}
			if ok {
				g.Name = f.Name
				s.add(g)
			}
		}
	}
}

// period is the span that the paper's number covers.
func (f crossFeed) period(d *dossier.Document) (dossier.Period, bool) {
	for _, k := range f.When {
		fl, ok := d.Field(k)
		if !ok {
			continue
		}
		text := strings.TrimSuffix(squeeze(fl.Value), "度")
		if _, err := strconv.Atoi(text); err == nil {
			text = monthText(text)
		}
		if len(text) == 4 { // a year alone
			text += "-12-31"
		} else if strings.HasSuffix(text, "年") && len([]rune(text)) == 5 {
			text = text[:4] + "-12-31"
		}
		end, _, _, ok := readPeriod(text)
		if !ok {
			continue
		}
		month := end.MonthEnd()
		switch f.Span {
		case "ytd":
			return dossier.Span(month, int(month.Month)), true
		case "year":
			return dossier.Span(dossier.NewDate(end.Year, 12, 31), 12), true
		case "month":
			return dossier.Span(month, 1), true
		case "quarter":
			return dossier.Span(month, 3), true
		case "yearend":
			return dossier.At(month), true
		}
		if len(fl.Value) <= 7 { // a month stands for its last day
			return dossier.At(month), true
		}
		return dossier.At(end), true
	}
	return dossier.Period{}, false
}

func (f crossFeed) wants(r dossier.Row) bool {
	col, word, ok := strings.Cut(f.Where, "=")
	return !ok || strings.Contains(r.Get(col), word)
}

// sum adds up a column; the figure says how many rows it is the sum of.
func (f crossFeed) sum(d *dossier.Document, rows []dossier.Row, at dossier.Place, owner string, p dossier.Period) (dossier.Figure, bool) {
	total, n := zero, 0
	for i, r := range rows {
		v, err := parseDecimal(r.Get(f.Cell))
		if i >= maxFeedRows || err != nil || !f.wants(r) {
			continue
		}
		if n == 0 && at.File == "" && at.Page == 0 {
			at = r.At
		}
		total, n = total.Add(v), n+1
	}
	if n == 0 {
		return dossier.Figure{}, false
	}
	if f.Scale > 1 {
		total = total.Mul(intD(int(f.Scale)))
	}
	basis := dossier.BasisUnaudited
	if officialTypes[d.Type] {
		basis = dossier.BasisOfficial
	}
	at = d.At(at)
	if at.Quote == "" || n > 1 {
		at.Quote = fmt.Sprintf("%d行合计 %s", n, Format(total, 2))
	}
	return dossier.Figure{Indicator: f.Figure, Name: f.Name, Entity: owner, Scope: dossier.ScopeSingle, Period: p, Value: total, Unit: f.Unit,
		Basis: basis, Source: &dossier.Source{Place: at, Printed: Format(total, 2), Unit: f.Unit}}, true
}

// feedMonths makes a figure a month of rows that name their month.
func (s *Set) feedMonths(f crossFeed, d *dossier.Document, fl dossier.Field, owner string) {
	by := map[dossier.Period][]dossier.Row{}
	var order []dossier.Period
	for i, r := range fl.Rows {
		if i >= maxFeedRows {
			break
		}
		end, months, month, ok := readPeriod(monthText(r.Get(f.Month)))
		if !ok || !f.wants(r) {
			continue
		}
		if month {
			months = 1
		}
		p := dossier.Span(end.MonthEnd(), max(months, 1))
		if by[p] == nil {
			order = append(order, p)
		}
		by[p] = append(by[p], r)
	}
	for _, p := range order {
		if g, ok := f.sum(d, by[p], by[p][0].At, owner, p); ok {
			s.add(g)
		}
	}
}

// feedCredit adds the outstanding loans of each credit report, of the borrower's own kinds only.
func (s *Set) feedCredit(docs []*dossier.Document) {
	for _, d := range current(docs, "credit_report_enterprise") {
		if a, ok := s.creditFigure(d, "credit_loan_balance", anyLoan); ok {
			s.add(a)
		}
	}
}

// backVAT adds what returns say of other spans: the months up to the one before (cumulated less the month, because a
// return is often a month newer than the statements), and sums of months or quarters where nothing is cumulated.
func (s *Set) backVAT() {
	for _, part := range []struct {
		id     string
		months int
	}{{"vat_sales_month", 1}, {"vat_sales_quarter", 3}} {
		for _, p := range s.Periods(part.id, "") {
			span := dossier.Span(p.End, int(p.End.Month))
			all, have := s.Best("vat_sales", "", span)
			one, _ := s.Best(part.id, "", p)
			if have && span.Months > part.months {
				s.derive("vat_sales", dossier.Span(p.End.AddDays(1).AddMonths(-part.months).AddDays(-1), span.Months-part.months),
					"vat_sales - "+part.id, all.Value.Sub(one.Value), all, one)
			}
			if !have {
				s.sumSpans(part.id, part.months, span)
			}
		}
	}
}

// derive adds a computed figure unless one is there.
func (s *Set) derive(id string, p dossier.Period, formula string, v dossier.Decimal, from ...dossier.Figure) {
	if _, ok := s.Best(id, "", p); ok || len(from) == 0 {
		return
	}
	f := dossier.Figure{Indicator: id, Entity: s.Entity, Period: p, Value: v, Unit: from[0].Unit, Basis: dossier.BasisComputed, Formula: formula}
	for _, o := range from {
		f.Operands = append(f.Operands, o.ID)
	}
	s.add(f)
}

// sumSpans adds the year's months or quarters up to span when none is missing.
func (s *Set) sumSpans(id string, months int, span dossier.Period) {
	var from []dossier.Figure
	var terms []string
	total := zero
	for m := months; m <= span.Months; m += months {
		f, ok := s.Best(id, "", dossier.Span(dossier.NewDate(span.End.Year, m, 1).MonthEnd(), months))
		if !ok {
			return
		}
		from, terms, total = append(from, f), append(terms, id), total.Add(f.Value)
	}
	s.derive("vat_sales", span, strings.Join(terms, " + "), total, from...)
}

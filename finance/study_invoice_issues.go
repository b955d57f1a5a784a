package finance

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance/invoice"
)

// Kinds of issues that invoices give.
const (
	KindInvoiceInvalid   = "invoice_invalid"   // numbers, dates or tax that cannot be
	KindInvoiceDuplicate = "invoice_duplicate" // the same invoice twice, or one number for two
	KindInvoiceDiffers   = "invoice_differs"   // two papers list one invoice differently
	KindInvoiceVoid      = "invoice_void"      // too many void or red invoices, or at month ends
	KindInvoiceRed       = "invoice_red"       // red letters without an original
	KindInvoiceReversed  = "invoice_reversed"  // sales reversed after the loan was granted
	KindInvoiceSilence   = "invoice_silence"   // months without an invoice
	KindInvoiceBurst     = "invoice_burst"     // a jump just before the application
	KindInvoiceGoods     = "invoice_goods"     // goods that do not fit the industry, or were never bought
	KindInvoiceCircle    = "invoice_circle"    // bought from and sold to the same parties
	KindInvoiceParties   = "invoice_parties"   // customers mostly new: a remark
)

// issues turns what the checks found into issues. What only an entire ledger can tell is asked of an entire one only.
func (x *InvoiceStudy) issues(entity string) (out []Issue) {
	lim := invoice.DefaultLimits()
	for _, s := range []*invoice.SideResult{x.Sales, x.Purchases} {
		if s == nil {
			continue
		}
		for _, c := range s.Checks {
			kind := ""
			switch {
			case strings.HasPrefix(c.ID, "duplicate_"):
				kind = KindInvoiceDuplicate
			case c.ID == "red_orphan" && x.Whole[s.Side] && s.RedRate.GreaterThanOrEqual(lim.RedShare):
				kind = KindInvoiceRed
			case c.ID == "return":
				kind = KindInvoiceCircle
			case c.Weight == invoice.Fault:
				kind = KindInvoiceInvalid
			default:
				continue
			}
			out = append(out, x.issue(kind, entity, s, fmt.Sprintf("%s：%d张，合计%s元%s", c.Name, c.Rows, c.Amount, examples(c)), c.Amount.Decimal(), x.places(c)...))
		}
	}
	for _, d := range x.differs {
		is := x.issue(KindInvoiceDiffers, entity, nil, fmt.Sprintf("发票%s在《%s》中价税合计%s元%s，在《%s》中%s元%s", d.first.number, x.Files[d.first.at.file], d.first.total,
			voided(d.first.void), x.Files[d.again.at.file], d.again.total, voided(d.again.void)), (d.again.total - d.first.total).Decimal(),
			x.placeOf(d.first.at, d.first.number), x.placeOf(d.again.at, d.again.number))
		is.Expected, is.Actual = d.first.total.Decimal(), d.again.total.Decimal()
		if out = append(out, is); len(out) > 60 {
			break
		}
	}
	out = append(out, x.voids(entity, lim)...)
	out = append(out, x.series(entity, lim)...)
	return append(out, x.trade(entity, lim)...)
}

func voided(v bool) string {
	if v {
		return "（作废）"
	}
	return ""
}

// examples names the first three rows of a check.
func examples(c invoice.Check) string {
	var parts []string
	for _, e := range c.Examples[:min(3, len(c.Examples))] {
		s := e.Number
		if s == "" {
			s = e.Party
		}
		if !e.Date.IsZero() {
			s += " " + e.Date.String()
		}
		if e.Note != "" {
			s += " " + e.Note
		}
		parts = append(parts, strings.TrimSpace(s))
	}
	if len(parts) == 0 {
		return ""
	}
	return "，如" + strings.Join(parts, "；")
}

func (x *InvoiceStudy) places(c invoice.Check) (out []dossier.Place) {
	for _, e := range c.Examples {
		if p := x.place(e.Line, strings.TrimSpace(e.Number+" "+e.Date.String()+" "+e.Amount.String())); p.File != "" {
			out = append(out, p)
		}
	}
	return out
}

// issue makes one; s is the side it speaks of, nil for both. Its papers are those of the places, or all.
func (x *InvoiceStudy) issue(kind, entity string, s *invoice.SideResult, msg string, diff dossier.Decimal, places ...dossier.Place) Issue {
	is := Issue{Kind: kind, Entity: entity, Diff: diff, Places: places}
	if s != nil {
		is.Indicator, is.Period = sideKey(s.Side), invoicePeriod(s)
		is.Name = NameOf(is.Indicator)
		msg = s.Side.Chinese() + "发票" + msg
	}
	seen := map[string]bool{}
	for _, p := range places {
		if !seen[p.File] {
			seen[p.File] = true
			is.Docs = append(is.Docs, p.File)
		}
	}
	if len(is.Docs) == 0 {
		is.Docs = x.Files
	}
	is.Doubtful = true
	for _, f := range is.Docs {
		is.Doubtful = is.Doubtful && x.scans[f]
	}
	is.Message = msg
	return is
}

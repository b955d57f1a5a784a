package extract

import (
	"regexp"
	"strings"

	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

var (
	listed   = regexp.MustCompile(`(?:\(\d{1,2}\)|\([一二三四五六七八九十]\)|[①②③④⑤⑥⑦⑧⑨]|(?:^|[;。:])\d[、.])([^;。()①②③④⑤⑥⑦⑧⑨]{3,80}?)([\d,.]+(?:万元|元|亿元))`)
	toParty  = regexp.MustCompile(`向([\p{Han}()]{4,40}?(?:公司|厂|部|店|行|合作社))`)
	fileOwn  = regexp.MustCompile(`[_\-\s(]([\p{Han}]{2,4})[)_.\s-]`)
	photoDay = regexp.MustCompile(`(20\d{2})[-.年/]?(0[1-9]|1[0-2])[-.月/]?(0[1-9]|[12]\d|3[01])日?(?:\s|\D)*?\d{2}[:.]?\d{2}`)
	halfYear = regexp.MustCompile(`^(?:半年|6个月|六个月)$`)
)

// usage_items reads uses that stand in one sentence: （1）向甲公司采购70万元；（2）….
var _ = add("usage_items", func(r *reader, _ *types.Field, _ *types.Finder) []found {
	rows := []dossier.Row{}
	for _, m := range listed.FindAllStringSubmatchIndex(r.text.Flow, 30) {
		l := r.text.LineAt(m[0])
		at := l.Place(r.d.File)
		use := tidy(r.text.Clean(m[2], m[3]))
		v, _, ok := Money(r.text.Flow[m[4]:m[5]], "")
		if !ok || use == "" {
			continue
		}
		cells := map[string]dossier.Field{
			"use":        {Key: "use", Kind: dossier.KindText, Value: use, Raw: use, At: at, Confidence: 0.85, Method: "pattern"},
			"amount_cny": {Key: "amount_cny", Kind: dossier.KindMoney, Value: v.String(), Raw: r.text.Clean(m[4], m[5]), At: at, Confidence: 0.85, Method: "pattern"},
		}
		if p, ok := cutOut(toParty, use); ok {
			cells["payee"] = dossier.Field{Key: "payee", Kind: dossier.KindText, Value: p, Raw: p, At: at, Confidence: 0.8, Method: "pattern"}
		}
		rows = append(rows, dossier.Row{Cells: cells, At: at})
	}
	if len(rows) == 0 {
		return nil
	}
	return []found{{rows: rows, at: rows[0].At, conf: 0.85, method: "pattern"}}
})

// statement_supplier reads the other side of a supplier's account statement from its title: 某某 对账单.
var _ = add("statement_supplier", func(r *reader, _ *types.Field, _ *types.Finder) []found {
	for i := range r.text.Lines {
		if i > 4 {
			break
		}
		l := &r.text.Lines[i]
		if m := supplierTitle.FindStringSubmatch(l.Fold); m != nil {
			v, _ := cutOut(supplierTitle, l.Clean)
			return r.said(l, v, 0.7)
		}
	}
	return nil
})

var supplierTitle = regexp.MustCompile(`^([\p{Han}()]{2,40}?)[\s\t]*(?:对账单|供货清单|送货单|进货清单|销售清单)$`)

// owner_in_file takes a personal name out of the file name, the last resort of exports that print none.
var _ = add("owner_in_file", func(r *reader, _ *types.Field, _ *types.Finder) []found {
	name := strings.ReplaceAll(fileName(r.d), "支付账单", "")
	if m := fileOwn.FindStringSubmatch("_" + name); m != nil && !strings.ContainsAny(m[1], "支付流水账单明细收款") {
		return []found{{raw: m[1], at: dossier.Place{File: r.d.File, Quote: fileName(r.d)}, conf: 0.4, method: "pattern"}}
	}
	return nil
})

// overdue_accounts says which accounts are not in order now; "无" when all are.
var _ = add("overdue_accounts", func(r *reader, _ *types.Field, _ *types.Finder) []found {
	rows := r.keep["accounts"].Rows
	if len(rows) == 0 {
		return nil
	}
	var bad []string
	for _, row := range rows {
		if s := row.Get("status") + row.Get("cls"); strings.Contains(s, "逾期") || strings.Contains(s, "呆账") || strings.ContainsAny(row.Get("cls"), "次可损") {
			bad = append(bad, row.Get("bank")+row.Get("type")+row.Get("status"))
		}
	}
	h := found{raw: "无", at: rows[0].At, conf: 0.85, method: "table"}
	if len(bad) > 0 {
		h.raw = strings.Join(bad, "；")
	}
	return []found{h}
})

// valuation_until adds the stated term to the date of issue; the last day is the day before.
var _ = add("valuation_until", func(r *reader, _ *types.Field, _ *types.Finder) []found {
	term, ok := r.keep["valid_for"]
	issued, ok2 := r.keep["issue_date"]
	if !ok || !ok2 {
		return nil
	}
	d, ok := issued.Date()
	if !ok {
		return nil
	}
	months := 0
	s := plain.Tight(term.Value)
	n, isNum := ChineseNumber(firstNumeral(s))
	if !isNum {
		n, isNum = Number(number.FindString(s))
	}
	switch {
	case halfYear.MatchString(s):
		months = 6
	case isNum && strings.HasSuffix(s, "年"):
		months = int(n.IntPart()) * 12
	case isNum:
		months = int(n.IntPart())
	}
	if months <= 0 || months > 120 {
		return nil
	}
	return []found{{raw: d.AddMonths(months).AddDays(-1).String(), at: term.At, conf: 0.85, method: "label"}}
})

// issue_date is the last date of a licence that is not the day of its founding; the same day printed twice is both.
var _ = add("issue_date", func(r *reader, _ *types.Field, _ *types.Finder) []found {
	founded := r.keep["founded"].Value
	var out []found
	skipped := false
	for i := range r.text.Lines {
		l := &r.text.Lines[i]
		for _, m := range dateZh.FindAllString(l.Fold, 4) {
			d, ok := FindDate(m)
			switch {
			case !ok || strings.Contains(l.Fold, "期限"):
			case d.String() == founded && !skipped:
				skipped = true
			default:
				out = r.said(l, d.String(), 0.8)
			}
		}
	}
	return out
})

var _ = add("photo_date", func(r *reader, _ *types.Field, _ *types.Finder) []found {
	for i := len(r.text.Lines) - 1; i >= 0; i-- {
		l := &r.text.Lines[i]
		if m := photoDay.FindStringSubmatch(l.Fold); m != nil {
			return r.said(l, m[1]+"-"+m[2]+"-"+m[3], 0.8)
		}
	}
	for i := len(r.text.Lines) - 1; i >= 0; i-- {
		if d, ok := FindDate(r.text.Lines[i].Fold); ok {
			return r.said(&r.text.Lines[i], d.String(), 0.6)
		}
	}
	return nil
})

// caption is the longest line of words that is not the time stamp.
var _ = add("caption", func(r *reader, _ *types.Field, _ *types.Finder) []found {
	best, words := -1, 3
	for i := range r.text.Lines {
		l := &r.text.Lines[i]
		if photoDay.MatchString(l.Fold) || strings.HasPrefix(l.Fold, "(印章)") || strings.HasPrefix(l.Fold, "(手写)") || l.Scan && l.Confidence > 0 && l.Confidence < 0.4 {
			continue
		}
		n := 0
		for _, c := range l.Fold {
			if hasHan(string(c)) || c >= '0' && c <= '9' {
				n++
			}
		}
		if n > words {
			best, words = i, n
		}
	}
	if best < 0 {
		return nil
	}
	return r.said(&r.text.Lines[best], r.text.Lines[best].Clean, 0.6)
})

// invoice_side is the company that stands on the same side of most invoices of a list.
var _ = add("invoice_side", func(r *reader, _ *types.Field, _ *types.Finder) []found {
	rows := r.keep["lines"].Rows
	if len(rows) == 0 {
		side := "seller"
		if r.d.Type == "vat_invoices_purchase" {
			side = "buyer"
		}
		return r.printedSide(side)
	}
	side := "seller"
	bought, sold := spread(rows, "buyer"), spread(rows, "seller")
	if bought < sold {
		side = "buyer"
	}
	for _, s := range []string{"seller", "buyer"} {
		if name := plain.Tight(r.d.Party.Name); name != "" && plain.Tight(rows[0].Get(s)) == name {
			side = s
		}
	}
	if bought == sold && r.d.Type == "vat_invoices_purchase" { // one company on either side: what it was taken for decides
		side = "buyer"
	}
	c := rows[0].Cells[side]
	return []found{{raw: c.Value, at: c.At, conf: 0.9, method: "table"}}
})

func spread(rows []dossier.Row, col string) int {
	seen := map[string]bool{}
	for _, r := range rows {
		seen[plain.Tight(r.Get(col))] = true
	}
	return len(seen)
}

func invoiceParty(col string, labels ...string) finder {
	return func(r *reader, f *types.Field, _ *types.Finder) []found {
		if rows := r.keep["lines"].Rows; len(rows) > 0 {
			if spread(rows, col) > 1 {
				return nil
			}
			c := rows[0].Cells[col]
			return []found{{raw: c.Value, at: c.At, conf: 0.9, method: "table"}}
		}
		if hits := r.labelled(&types.Finder{Labels: labels}); len(hits) > 0 {
			return hits
		}
		return r.printedSide(col)
	}
}

var twoNames = regexp.MustCompile(`(?:^|[^\p{Han}])名称:\s*([^\t:]{2,50}?)\s*[\t ][^:]{0,12}名称:\s*([^\t:]{2,50}?)\s*$`)

// printedSide reads the two names that an invoice prints side by side: the buyer's on the left, the seller's on the right.
func (r *reader) printedSide(side string) []found {
	for i := range r.text.Lines {
		l := &r.text.Lines[i]
		m := twoNames.FindStringSubmatchIndex(l.Fold)
		if m == nil {
			continue
		}
		if side == "buyer" {
			return r.said(l, l.CleanSpan(m[2], m[3]), 0.9)
		}
		return r.said(l, l.CleanSpan(m[4], m[5]), 0.9)
	}
	return nil
}

var (
	_ = add("invoice_seller", invoiceParty("seller", "销售方名称", "销方名称", "销售方"))
	_ = add("invoice_buyer", invoiceParty("buyer", "购买方名称", "购方名称", "购买方"))
)

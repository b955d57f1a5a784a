package extract

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

var yearSpan = regexp.MustCompile(`(20\d{2})年度`)

// statement_end: a statement that names only its year closes on 31 December.
var _ = add("statement_end", func(r *reader, _ *types.Field, _ *types.Finder) []found {
	for i := range r.text.Lines {
		l := &r.text.Lines[i]
		if m := yearSpan.FindStringSubmatch(l.Fold); m != nil {
			return r.said(l, m[1]+"-12-31", 0.75)
		}
		if m := throughMonth.FindStringSubmatch(l.Fold); m != nil {
			if d, ok := FindDate(m[1] + "-" + m[2] + "-1"); ok {
				return r.said(l, d.MonthEnd().String(), 0.75)
			}
		}
	}
	return nil
})

// statement_months counts the months that the income statement covers.
var _ = add("statement_months", func(r *reader, _ *types.Field, _ *types.Finder) []found {
	for i := range r.text.Lines {
		l := &r.text.Lines[i]
		if m := throughMonth.FindStringSubmatch(l.Fold); m != nil {
			return r.said(l, m[2], 0.9)
		}
		if yearSpan.MatchString(l.Fold) {
			return r.said(l, "12", 0.9)
		}
	}
	end, ok := r.keep["period_end"]
	if !ok {
		return nil
	}
	d, ok := end.Date()
	if !ok {
		return nil
	}
	return []found{{raw: fmt.Sprint(int(d.Month)), at: end.At, conf: 0.6, method: "statement"}}
})

var stock = regexp.MustCompile(`^(140[1-8]|1406|1411|1421|1461|1471)`)

// ledger_inventory sums the 存货 accounts of a trial balance, closing debit less closing credit.
var _ = add("ledger_inventory", func(r *reader, _ *types.Field, _ *types.Finder) []found {
	var h found
	total, n := decimal.Zero, 0
	for _, row := range r.keep["balances"].Rows {
		code := row.Get("code")
		if !stock.MatchString(code) || len(code) > 4 { // sub-accounts repeat their account
			continue
		}
		d, _ := row.Cells["debit"].Decimal()
		c, _ := row.Cells["credit"].Decimal()
		if total, n = total.Add(d).Sub(c), n+1; n == 1 {
			h.at = row.At
		}
	}
	if n == 0 {
		return nil
	}
	h.raw, h.conf, h.method = total.String(), 0.9, "sum"
	return []found{h}
})

// opening_balance is the first balance without its own movement.
var _ = add("opening_balance", func(r *reader, _ *types.Field, _ *types.Finder) []found {
	rows := r.keep["lines"].Rows
	if len(rows) == 0 {
		return nil
	}
	b, ok := rows[0].Cells["balance"].Decimal()
	if !ok {
		return nil
	}
	in, _ := rows[0].Cells["credit"].Decimal()
	out, _ := rows[0].Cells["debit"].Decimal()
	return []found{{raw: b.Sub(in).Add(out).String(), at: rows[0].At, conf: 0.85, method: "sum"}}
})

// roundTrips pairs rows of equal amount that go in and out with the same party on one day.
func (r *reader) roundTrips() (income decimal.Decimal, pairs int, at dossier.Place, ok bool) {
	type key struct{ day, other, amount string }
	in, out := map[key]int{}, map[key]int{}
	rows := r.keep["lines"].Rows
	for _, row := range rows {
		k := key{row.Get("date"), row.Get("other"), row.Get("amount")}
		switch {
		case strings.Contains(row.Get("flag"), "收入"):
			in[k]++
		case strings.Contains(row.Get("flag"), "支出"):
			out[k]++
		}
	}
	income = decimal.Zero
	for k, n := range in {
		m := min(n, out[k])
		a, err := decimal.NewFromString(k.amount)
		if m == 0 || err != nil || k.other == "" || k.other == "/" {
			continue
		}
		income, pairs = income.Add(a.Mul(decimal.NewFromInt(int64(m)))), pairs+m
	}
	if len(rows) > 0 {
		at = rows[0].At
	}
	return income, pairs, at, len(rows) > 0
}

var _ = add("round_trip_income", func(r *reader, _ *types.Field, _ *types.Finder) []found {
	v, _, at, ok := r.roundTrips()
	if !ok {
		return nil
	}
	return []found{{raw: v.String(), at: at, conf: 0.9, method: "sum"}}
})

var _ = add("round_trip_pairs", func(r *reader, _ *types.Field, _ *types.Finder) []found {
	_, n, at, ok := r.roundTrips()
	if !ok {
		return nil
	}
	return []found{{raw: fmt.Sprint(n), at: at, conf: 0.9, method: "count"}}
})

var _ = add("operating_income", func(r *reader, _ *types.Field, _ *types.Finder) []found {
	v, _, at, ok := r.roundTrips()
	if !ok {
		return nil
	}
	total := decimal.Zero
	for _, row := range filter(r.keep["lines"].Rows, "flag", "收入") {
		a, _ := row.Cells["amount"].Decimal()
		total = total.Add(a)
	}
	return []found{{raw: total.Sub(v).String(), at: at, conf: 0.85, method: "sum"}}
})

// last_month keeps the month as printed when it is six digits: 202608.
var _ = add("last_month", func(r *reader, _ *types.Field, _ *types.Finder) []found {
	rows := r.keep["rows"].Rows
	if len(rows) == 0 {
		return nil
	}
	c := rows[len(rows)-1].Cells["month"]
	return []found{{raw: c.Raw, at: c.At, conf: 0.9, method: "table"}}
})

func (r *reader) vat(re string, n int) []found {
	h, ok := r.rowNumber(regexp.MustCompile(re), n)
	if !ok {
		return nil
	}
	return []found{h}
}

// vatSales adds the taxable lines of the return: 适用税率, 简易办法, 免抵退 and 免税. "Of which" lines are not added.
func (r *reader) vatSales(n int) []found {
	lines := []string{`按适用税率计税销售额`, `按简易办法计税销售额`, `免、?抵、?退办法出口销售额`, `免税销售额$|免税销售额\D{0,3}\d`}
	if !strings.Contains(r.text.Flow, "适用税率计税销售额") {
		lines = []string{`应征增值税不含税销售.{0,3}3%|应征增值税不含税销售`, `应征增值税不含税销售.{0,3}5%`, `销售使用过的固定资产`, `免税销售额`, `出口免税销售额`}
	}
	total, first := decimal.Zero, found{}
	seen := map[string]bool{}
	places := []int{n}
	if !r.monthlyReturn() && split.MatchString(r.text.Flow) { // 货物及劳务 and 服务 stand in columns of their own
		places = []int{2 * n, 2*n + 1}
	}
	for _, at := range places {
		first, total = r.addLines(lines, at, first, total, seen)
		seen = map[string]bool{}
	}
	if first.raw == "" {
		return nil
	}
	first.raw = total.String()
	return []found{first}
}

var split = regexp.MustCompile(`货物及劳务.{0,40}服务、?不动产和?(?:、)?无形资产`)

// addLines adds the n-th amount of each line.
func (r *reader) addLines(lines []string, n int, first found, total decimal.Decimal, seen map[string]bool) (found, decimal.Decimal) {
	for _, re := range lines {
		h, ok := r.rowNumber(regexp.MustCompile(re), n)
		if !ok || seen[h.at.Quote] {
			continue
		}
		v, ok := Number(number.FindString(plain.Tight(h.raw)))
		if !ok {
			continue
		}
		if seen[h.at.Quote] = true; first.raw == "" {
			first = h
		}
		total = total.Add(v)
	}
	return first, total
}

func (r *reader) monthlyReturn() bool {
	return !strings.Contains(r.text.Flow, "小规模纳税人适用")
}

var (
	_ = add("vat_sales_month", func(r *reader, _ *types.Field, _ *types.Finder) []found {
		if !r.monthlyReturn() {
			return nil
		}
		return r.vatSales(0)
	})
	_ = add("vat_sales_quarter", func(r *reader, _ *types.Field, _ *types.Finder) []found {
		if r.monthlyReturn() {
			return nil
		}
		return r.vatSales(0)
	})
	_ = add("vat_sales_ytd", func(r *reader, _ *types.Field, _ *types.Finder) []found { return r.vatSales(1) })
	_ = add("vat_output", func(r *reader, _ *types.Field, _ *types.Finder) []found { return r.vat(`销项税额`, 0) })
	_ = add("vat_input", func(r *reader, _ *types.Field, _ *types.Finder) []found {
		return r.vat(`(?:^|[^\p{Han}]|税款计算)进项税额(?:[^转\p{Han}]|$)`, 0)
	})
	_ = add("vat_due_month", func(r *reader, _ *types.Field, _ *types.Finder) []found {
		return r.vat(`(?:^|[^\p{Han}]|税款计算)应纳税额合?计?(?:[^\p{Han}减]|$)`, 0)
	})
	_ = add("vat_due_ytd", func(r *reader, _ *types.Field, _ *types.Finder) []found {
		return r.vat(`(?:^|[^\p{Han}]|税款计算)应纳税额合?计?(?:[^\p{Han}减]|$)`, 1)
	})
)

var monthRent = regexp.MustCompile(`月租金[^\d]{0,12}([\d,.]+\d(?:万元|元)?)`)

var _ = add("annual_from_month", func(r *reader, _ *types.Field, _ *types.Finder) []found {
	m := monthRent.FindStringSubmatchIndex(r.text.Flow)
	if m == nil {
		return nil
	}
	v, _, ok := Money(r.text.Flow[m[2]:m[3]], "")
	if !ok {
		return nil
	}
	return r.said(r.text.LineAt(m[0]), v.Mul(decimal.NewFromInt(12)).String(), 0.8)
})

var years = regexp.MustCompile(`期限:?为?([一二三四五六七八九十壹贰叁两]|\d{1,2})年`)

var _ = add("term_years", func(r *reader, _ *types.Field, _ *types.Finder) []found {
	m := years.FindStringSubmatchIndex(r.text.Flow)
	if m == nil {
		return nil
	}
	s := r.text.Flow[m[2]:m[3]]
	n, ok := ChineseNumber(s)
	if !ok {
		n, ok = Number(s)
	}
	if !ok {
		return nil
	}
	return r.said(r.text.LineAt(m[0]), n.Mul(decimal.NewFromInt(12)).String(), 0.85)
})

var lineNoise = regexp.MustCompile(`^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]\)|减:|加:|其中:|\d+[.、]|[△*☆#])+|\((?:亏损|净亏损|损失|净损失)[^)]*\)$`)

// line_item reads the first amount of a statement line; a 行次 column is left out. Finance reads statements in full,
// these few let a list of documents be told apart.
var _ = add("line_item", func(r *reader, _ *types.Field, fi *types.Finder) []found {
	for gi := range r.tabs {
		g := &r.tabs[gi]
		order := map[int]bool{}
		for ri, row := range g.rows {
			for ci, c := range row {
				s := plain.Tight(c.Text)
				if s == "行次" || s == "行号" {
					order[ci] = true
				}
				if !fi.TakeRe().MatchString(lineNoise.ReplaceAllString(lineNoise.ReplaceAllString(s, ""), "")) {
					continue
				}
				for cj := ci + 1; cj < len(row) && cj < ci+6 && !hasHan(row[cj].Text); cj++ {
					if v := plain.Tight(row[cj].Text); !order[cj] && (amountLike(v) || g.sheet && isNumber(v)) {
						return []found{{raw: v, at: g.place(r.d.File, ri, row[cj]), conf: 0.9, method: "statement"}}
					}
				}
			}
		}
	}
	return nil
})

func isNumber(s string) bool {
	_, ok := Number(s)
	return ok
}

// deposit_interest lists the interest that the bank paid on the balance: its amount tells what the balance was.
var _ = add("deposit_interest", func(r *reader, _ *types.Field, _ *types.Finder) []found {
	rows := []dossier.Row{}
	for _, row := range r.keep["lines"].Rows {
		memo := row.Get("memo") + row.Get("other")
		if in, ok := row.Cells["credit"].Decimal(); !ok || in.IsZero() || !strings.Contains(memo, "息") || strings.Contains(memo, "贷款") {
			continue
		}
		amount := row.Cells["credit"]
		amount.Key = "amount"
		rows = append(rows, dossier.Row{At: row.At, Cells: map[string]dossier.Field{"date": row.Cells["date"], "amount": amount}})
	}
	if len(rows) == 0 {
		return nil
	}
	return []found{{rows: rows, at: rows[0].At, conf: 0.9, method: "table"}}
})

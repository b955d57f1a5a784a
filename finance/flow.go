package finance

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// FlowKind is where a flow comes from.
type FlowKind string

// Flow kinds.
const (
	FlowBank   FlowKind = "bank"
	FlowWeChat FlowKind = "wechat"
	FlowAlipay FlowKind = "alipay"
)

// Chinese prints 银行流水, 微信账单, 支付宝账单.
func (k FlowKind) Chinese() string {
	switch k {
	case FlowWeChat:
		return "微信账单"
	case FlowAlipay:
		return "支付宝账单"
	}
	return "银行流水"
}

// Txn is one row of a flow; amounts are positive 元, one of In and Out is zero.
type Txn struct {
	N       int // from 1, in time order
	Date    dossier.Date
	Time    string // 15:04:05, "" when none is printed
	In, Out dossier.Decimal
	Balance *dossier.Decimal
	Party   string
	Account string // of the party, as printed
	Summary string // 摘要, 用途 and 备注 joined
	At      dossier.Place
}

// Amount is In or Out, whichever is not zero.
func (t Txn) Amount() dossier.Decimal {
	if t.In.IsZero() {
		return t.Out
	}
	return t.In
}

// Flow is one account's statement over a span of days.
type Flow struct {
	File    string
	DocType string
	Kind    FlowKind
	Owner   string
	Account string
	Bank    string
	Start   dossier.Date // as printed, else of the first row
	End     dossier.Date
	Unit    dossier.Unit

	Opening, Closing    *dossier.Decimal // as printed
	HeaderIn, HeaderOut *dossier.Decimal // totals as printed
	HeaderAt            dossier.Place    // where the totals stand

	Rows    []Txn
	Skipped int // rows that neither come in nor go out (不计收支, 交易关闭)
}

// ErrNoFlow is returned for documents in which no rows of a flow are found.
var ErrNoFlow = errors.New("没有读到流水明细")

// ReadFlow reads a bank statement, a WeChat bill or an Alipay bill from tables, or from lines where no table was
// rebuilt.
func ReadFlow(d *dossier.Document) (*Flow, error) {
	f := &Flow{File: d.File, DocType: d.Type, Kind: FlowBank, Unit: dossier.Yuan}
	r := &flowReader{f: f}
	for i := range d.Pages {
		p := &d.Pages[i]
		before := len(f.Rows)
		for _, t := range p.Tables {
			r.table(p, t)
		}
		if len(f.Rows) == before {
			r.textRows(p)
		} else if !sheetOnly(p) {
			r.headerLines(p)
		}
	}
	if len(f.Rows) == 0 {
		return nil, fmt.Errorf("《%s》%w", d.File, ErrNoFlow)
	}
	r.finish(d)
	return f, nil
}

// flowReader keeps the column map from page to page.
type flowReader struct {
	f    *Flow
	cols *flowCols
}

var (
	ownerRE   = regexp.MustCompile(`(?:户名|账户名称|客户名称|单位名称|姓名|账户名|微信昵称|真实姓名)[:：]\s*\[?([^\[\]:：\s,，]{2,40})`)
	accountRE = regexp.MustCompile(`(?:账号|账户|卡号|帐号)[:：]\s*\[?([0-9*]{6,32})`)
	bankRE    = regexp.MustCompile(`([\p{Han}]{2,20}(?:银行|信用社|农商行|农信社)[\p{Han}]{0,20}?(?:支行|分行|营业部|分理处|营业厅)?)(?:\s|账户|对公|个人|交易|客户|$)`)
	moneyAt   = `[:：]?\s*(?:人民币|RMB|¥|￥)?\s*([-\d,]+(?:\.\d+)?)`
	openRE    = regexp.MustCompile(`(?:期初余额|上期余额|承前余额|起始余额|上页余额)` + moneyAt)
	closeRE   = regexp.MustCompile(`(?:期末余额|截止余额|本期余额|结束余额)` + moneyAt)
	inSumRE   = regexp.MustCompile(`(?:贷方(?:发生额)?(?:合计|累计|总额)|收入(?:合计|总额|总金额)|贷方总金额)` + moneyAt)
	outSumRE  = regexp.MustCompile(`(?:借方(?:发生额)?(?:合计|累计|总额)|支出(?:合计|总额|总金额)|借方总金额)` + moneyAt)
	platInRE  = regexp.MustCompile(`收入[:：]?\s*\d+笔[,，]?\s*(?:合计)?([\d,]+(?:\.\d+)?)\s*元?`)
	platOutRE = regexp.MustCompile(`支出[:：]?\s*\d+笔[,，]?\s*(?:合计)?([\d,]+(?:\.\d+)?)\s*元?`)
)

// headText reads what stands above the rows.
func (r *flowReader) headText(s string, at dossier.Place) {
	if len(s) > 1000 {
		return
	}
	f := r.f
	s = fold(s)
	set := func(dst **dossier.Decimal, re *regexp.Regexp) {
		if m := re.FindStringSubmatch(s); m != nil && *dst == nil {
			if v, _, ok := ParseAmount(m[1]); ok {
				v = v.Mul(f.Unit.Scale())
				*dst = &v
				f.HeaderAt = at
				f.HeaderAt.Quote = clip(s, 80)
			}
		}
	}
	if m := unitRE.FindStringSubmatch(squeeze(s)); m != nil {
		f.Unit = unitNamed(m[1])
	}
	set(&f.Opening, openRE)
	set(&f.Closing, closeRE)
	set(&f.HeaderIn, inSumRE)
	set(&f.HeaderOut, outSumRE)
	set(&f.HeaderIn, platInRE)
	set(&f.HeaderOut, platOutRE)
	if m := ownerRE.FindStringSubmatch(s); m != nil && f.Owner == "" {
		f.Owner = cutEntity(m[1])
	}
	if m := accountRE.FindStringSubmatch(s); m != nil && f.Account == "" {
		f.Account = m[1]
	}
	if m := bankRE.FindStringSubmatch(s + " "); m != nil && f.Bank == "" {
		f.Bank = m[1]
	}
	switch {
	case len(r.f.Rows) > 0: // what a row names is a counterparty
	case strings.Contains(s, "微信支付"):
		f.Kind = FlowWeChat
	case strings.Contains(s, "支付宝"):
		f.Kind = FlowAlipay
	}
	if f.Start.IsZero() {
		if ds := dayRE.FindAllStringSubmatch(squeeze(s), 2); len(ds) == 2 {
			a, b := dateOf(ds[0][1], ds[0][2], ds[0][3]), dateOf(ds[1][1], ds[1][2], ds[1][3])
			if a.Valid() && b.Valid() && !b.Before(a) {
				f.Start, f.End = a, b
			}
		}
	}
}

func (r *flowReader) headerLines(p *dossier.Page) {
	for i, l := range p.Lines {
		if i > 12 {
			return
		}
		r.headText(l.Text, dossier.Place{File: r.f.File, Page: p.Number, Line: i + 1, Box: l.Box})
	}
}

// finish puts the rows into time order, fills what was not printed and numbers the rows.
func (r *flowReader) finish(d *dossier.Document) {
	f := r.f
	if n := len(f.Rows); n > 1 && f.Rows[0].Date.After(f.Rows[n-1].Date) {
		for i, j := 0, n-1; i < j; i, j = i+1, j-1 {
			f.Rows[i], f.Rows[j] = f.Rows[j], f.Rows[i]
		}
	}
	for i := range f.Rows {
		f.Rows[i].N = i + 1
	}
	if v, ok := d.Field("account_name"); ok && f.Owner == "" {
		f.Owner = v.Value
	}
	if v, ok := d.Field("owner"); ok && f.Kind != FlowBank {
		f.Owner = v.Value
	}
	first, last := f.Rows[0].Date, f.Rows[len(f.Rows)-1].Date
	for _, t := range f.Rows {
		if t.Date.Before(first) {
			first = t.Date
		}
		if t.Date.After(last) {
			last = t.Date
		}
	}
	if f.Start.IsZero() || f.Start.After(first) {
		f.Start = first
	}
	if f.End.IsZero() || f.End.Before(last) {
		f.End = last
	}
}

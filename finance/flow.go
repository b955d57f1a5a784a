package finance

import (
	"errors"
	"fmt"

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
	Serial  int // as printed, 0 when none is
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

// Net is what the row adds to the balance.
func (t Txn) Net() dossier.Decimal { return t.In.Sub(t.Out) }

// Flow is one account's statement over a span of days.
type Flow struct {
	File     string
	DocType  string
	Kind     FlowKind
	Owner    string
	Account  string
	Bank     string
	Currency string       // ISO code; "" is CNY
	Start    dossier.Date // as printed, else of the first row
	End      dossier.Date
	Unit     dossier.Unit

	Opening, Closing    *dossier.Decimal // as printed
	HeaderIn, HeaderOut *dossier.Decimal // totals as printed
	HeaderAt            dossier.Place    // where the totals stand

	Rows    []Txn
	Neutral []Txn // neither in nor out by the bill's own words (提现, 零钱互转): kept to match transfers
	Skipped int   // rows that neither come in nor go out (不计收支, 交易关闭)
	Cut     bool  // more rows than the bound; the rest was not read
	Notes   []string
	Parts   []string // files that were joined, nil for one file
	Doubled int      // rows that a joined file held again
}

// Foreign tells whether the amounts are not 元 of renminbi.
func (f *Flow) Foreign() bool { return f.Currency != "" && f.Currency != "CNY" }

// Convert turns a foreign flow into 元 at a rate that somebody states; why says who and when, and is kept as a note.
func (f *Flow) Convert(rate dossier.Decimal, why string) error {
	if !rate.IsPositive() || why == "" {
		return errors.New("折算须给出大于零的汇率及其来源")
	}
	to := func(p **dossier.Decimal) {
		if *p != nil {
			v := (*p).Mul(rate).Round(2)
			*p = &v
		}
	}
	for _, rows := range [][]Txn{f.Rows, f.Neutral} {
		for i := range rows {
			rows[i].In, rows[i].Out = rows[i].In.Mul(rate).Round(2), rows[i].Out.Mul(rate).Round(2)
			rows[i].Balance = nil // rounded row by row, it would not run on
		}
	}
	for _, p := range []**dossier.Decimal{&f.Opening, &f.Closing, &f.HeaderIn, &f.HeaderOut} {
		to(p)
	}
	f.Notes = append(f.Notes, fmt.Sprintf("由%s按%s折算为人民币（%s）", f.Currency, rate, why))
	f.Currency = ""
	return nil
}

// ErrNoFlow is returned for documents in which no rows of a flow are found.
var ErrNoFlow = errors.New("没有读到流水明细")

const maxTxns = 300_000

// ReadFlow reads the first account of a bank statement, a WeChat bill or an Alipay bill; see ReadFlows.
func ReadFlow(d *dossier.Document) (*Flow, error) {
	fs, err := ReadFlows(d)
	if err != nil {
		return nil, err
	}
	return fs[0], nil
}

// ReadFlows reads the accounts of a statement from tables, or from lines where no table was rebuilt. A file with
// several accounts or currencies gives a flow for each, in the order of their first rows.
func ReadFlows(d *dossier.Document) ([]*Flow, error) {
	r := newFlowReader(d)
	joined := d.JoinedTables()
	done := map[int]bool{} // pages whose rows came from tables
	next := 0
	for i := range d.Pages {
		p := &d.Pages[i]
		first := true
		before := r.rows
		for ; next < len(joined) && len(joined[next].Pages) > 0 && joined[next].Pages[0] <= p.Number; next++ {
			if first && !joined[next].Sheet {
				r.headerLines(p)
			}
			first = false
			r.table(p, joined[next], done)
		}
		for next < len(joined) && len(joined[next].Pages) == 0 {
			next++
		}
		if r.rows == before && !done[p.Number] {
			r.textRows(p)
		} else if first && !sheetOnly(p) {
			r.headerLines(p)
		}
		if i == len(d.Pages)-1 && !sheetOnly(p) && r.rows > before {
			r.footLines(p)
		}
	}
	return r.finish()
}

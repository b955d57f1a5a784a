package finance

import (
	"fmt"
	"sort"

	"github.com/xindiao/xindiao/dossier"
)

// KindDebtor is a receivable that neither invoices nor receipts nor a contract bear out.
const KindDebtor = "debtor_unsupported"

// Debtor is one of the largest receivables with what the other papers say of the customer (X10, 三方核对).
type Debtor struct {
	Name      string
	Balance   dossier.Figure
	Share     dossier.Decimal  // of the list
	Contracts []string         // files
	Invoiced  *dossier.Decimal // without tax, over the ledgers handed in; nil: no ledger, or a customer beyond its largest
	Received  *dossier.Decimal // over the accounts handed in; nil: no accounts
	Outcome   Outcome
	Why       string
}

const topDebtors = 5

// debtorChecks holds the largest receivables against contracts, invoices and receipts. A debtor of whom no paper that
// was handed in knows anything is a break; one that some know and others do not is a remark.
func (st *Study) debtorChecks(docs []*dossier.Document) {
	s := st.Set
	for _, d := range current(docs, "ar_aging") {
		rows, ok := d.Field("rows")
		day, okDay := fieldDate(d, "as_of")
		if !ok || !okDay || !SameName(s.ownerOf(d, "entity"), s.Entity) {
			continue
		}
		list := st.largest(d, rows.Rows, day)
		for _, b := range list {
			st.Debtors = append(st.Debtors, st.debtor(docs, b))
		}
	}
	for _, b := range st.Debtors {
		st.CrossChecks = append(st.CrossChecks, b.check(s))
	}
}

// largest are the top rows of an ageing list, as figures.
func (st *Study) largest(d *dossier.Document, rows []dossier.Row, day dossier.Date) []Debtor {
	var out []Debtor
	total := zero
	for i, r := range rows {
		c := r.Cells["balance"]
		v, ok := c.Decimal()
		if i >= maxFeedRows || !ok || !v.IsPositive() || r.Get("customer") == "" {
			continue
		}
		if c.At == (dossier.Place{}) {
			c.At = r.At
		}
		f, ok := fieldFigure(d, c, "debtor_balance", st.Set.Entity, dossier.At(day), dossier.Yuan)
		if !ok {
			continue
		}
		f.Name, f.Note = "应收账款："+clip(r.Get("customer"), 40), clip(r.Get("customer"), 40)
		total = total.Add(v)
		out = append(out, Debtor{Name: r.Get("customer"), Balance: f})
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Balance.Value.GreaterThan(out[j].Balance.Value) })
	out = out[:min(len(out), topDebtors)]
	for i := range out {
		out[i].Balance = st.Set.add(out[i].Balance)
		out[i].Share = div(out[i].Balance.Value, total).Round(4)
	}
	return out
}

// contractsWith lists the sales contracts whose other side is name.
func contractsWith(docs []*dossier.Document, name string) []string {
	var out []string
	for _, d := range current(docs, "sales_contracts") {
		for _, k := range []string{"buyer", "party_a", "party_b"} {
			if f, ok := d.Field(k); ok && SameName(f.Value, name) {
				out = append(out, d.File)
				break
			}
		}
	}
	return out
}

func (st *Study) debtor(docs []*dossier.Document, b Debtor) Debtor {
	b.Contracts = contractsWith(docs, b.Name)
	b.Invoiced = st.invoicedTo(b.Name)
	if v, ok := st.receivedFrom(b.Name); ok {
		b.Received = &v
	}
	known, unknown := 0, 0
	for _, has := range []*dossier.Decimal{b.Invoiced, b.Received} {
		switch {
		case has == nil:
		case has.IsPositive():
			known++
		default:
			unknown++
		}
	}
	if len(b.Contracts) > 0 {
		known++
	}
	say := func(v *dossier.Decimal, what string) string {
		if v == nil {
			return what + "未能核对"
		}
		return what + Money(*v) + "元"
	}
	b.Why = fmt.Sprintf("合同%d份，%s，%s", len(b.Contracts), say(b.Invoiced, "开票（不含税）"), say(b.Received, "回款"))
	switch {
	case known == 0 && unknown == 0:
		b.Outcome = OutcomeUntestable
	case known == 0 && unknown == 2:
		b.Outcome = OutcomeBreak
	case unknown > 0 || b.Invoiced != nil && b.Balance.Value.GreaterThan(b.Invoiced.Mul(dossier.D("1.13"))):
		b.Outcome = OutcomeRemark
	default:
		b.Outcome = OutcomePass
	}
	return b
}

// receivedFrom sums what a customer paid into the borrower's accounts; false without accounts.
func (st *Study) receivedFrom(name string) (dossier.Decimal, bool) {
	total, any := zero, false
	for _, a := range st.Flows {
		any = any || a.Flow.Kind == FlowBank
		for _, t := range a.Flow.Rows {
			if t.In.IsPositive() && SameName(t.Party, name) {
				total = total.Add(t.In)
			}
		}
	}
	return total, any
}

// check is the debtor's row of the table.
func (b Debtor) check(s *Set) CrossCheck {
	c := CrossCheck{ID: "x10_debtor/" + b.Name, Code: "X10", Name: "主要应收账款三方核对：" + b.Name, Entity: s.Entity, Period: b.Balance.Period,
		Left:  CrossSide{Name: "应收账款余额", Figure: &b.Balance, Figures: []dossier.Figure{b.Balance}, Places: s.placesOf([]dossier.Figure{b.Balance}, 0), Shown: FormatValue(b.Balance)},
		Right: CrossSide{Name: "合同、发票与回款", Shown: b.Why}, Tolerance: "至少有一项佐证",
		Basis: "真实的应收账款应有合同、发票和回款相互印证；账龄表上的大额客户在其他材料中完全不出现，应收账款真实性存疑",
		Gap:   "开票或流水材料的期间早于或晚于该笔交易；客户由关联公司代付；合同以订单代替", Outcome: b.Outcome, Owner: "信用审批部", Since: "2026-01-01", Kind: KindDebtor,
		Message: fmt.Sprintf("%s应收账款中%s余额%s元（占%s），%s", b.Balance.Period.Chinese(), b.Name, Money(b.Balance.Value), percent(b.Share), b.Why)}
	if b.Invoiced == nil {
		c.Missing = append(c.Missing, "销项发票清单")
	}
	if b.Received == nil {
		c.Missing = append(c.Missing, "对公账户流水")
	}
	if len(b.Contracts) == 0 {
		c.Missing = append(c.Missing, "与该客户的销售合同")
	}
	if b.Outcome == OutcomeBreak {
		c.Message += "：账龄表列示的主要客户在开票和流水中均未出现，应收账款真实性存疑"
	}
	return c
}

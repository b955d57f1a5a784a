package finance

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance/invoice"
)

// maxInvoiceRows bounds what one dossier may hold; a longer ledger is for xindiao's streaming reader.
const maxInvoiceRows = 1_000_000

// invoiceFeed gives the rows of several papers to one ledger: an invoice that two of them list is counted once.
type invoiceFeed struct {
	study          *InvoiceStudy
	ledger         *invoice.Ledger
	borrower       string
	unit           int // sheets and papers so far
	seen           int // rows, whatever became of them
	first          map[string]*invoiceSum
	again          map[string]*invoiceSum // of the unit being read
	names          map[string]bool
	asked, matched bool // the row at hand names seller and buyer, and one of them is the borrower
}

// invoiceSum is one invoice as one paper lists it, over several lines perhaps.
type invoiceSum struct {
	number string
	unit   int
	total  invoice.Cents
	void   bool
	at     rowAt
}

// invoiceDiffers is an invoice that two papers list differently.
type invoiceDiffers struct{ first, again *invoiceSum }

func newInvoiceFeed(borrower string, o invoice.Options) *invoiceFeed {
	return &invoiceFeed{study: &InvoiceStudy{scans: map[string]bool{}}, ledger: invoice.NewLedger(o), borrower: borrower,
		first: map[string]*invoiceSum{}, again: map[string]*invoiceSum{}, names: map[string]bool{}}
}

// isOwner tells the borrower's name and remembers that it stood on the row.
func (in *invoiceFeed) isOwner(name []byte) bool {
	in.asked = true
	is, ok := in.names[string(name)]
	if !ok {
		is = SameName(string(name), in.borrower)
		if len(in.names) < 10_000 {
			in.names[string(name)] = is
		}
	}
	in.matched = in.matched || is
	return is
}

func (in *invoiceFeed) document(doc *dossier.Document) {
	o := invoice.ReadOptions{File: doc.File, Side: invoice.Sales}
	if doc.Type == "vat_invoices_purchase" {
		o.Side = invoice.Purchase
	}
	if in.borrower != "" {
		o.Owner = in.isOwner
	}
	file := len(in.study.Files)
	in.study.Files = append(in.study.Files, doc.File)
	in.study.scans[doc.File] = doc.Scan
	before := in.seen
	t := invoice.NewTable(o)
	for i := range doc.Pages {
		p := &doc.Pages[i]
		for _, tab := range p.Tables {
			g := newGrid(*p, tab)
			if g.sheet != "" && i > 0 { // another sheet may list the same invoices by line
				in.endUnit()
			}
			for r := range g.rows {
				c := firstCell(g.rows[r])
				in.row(t, g.texts(r), rowAt{file, p.Number, g.place(doc.File, p.Number, c, "").Cell, c.Box})
			}
		}
	}
	if !t.Header() {
		in.single(doc, o, file)
	}
	in.endUnit()
	if in.seen == before {
		in.study.Files = in.study.Files[:file]
	}
}

func (g grid) texts(r int) []string {
	out := make([]string, len(g.rows[r]))
	for c := range out {
		out[c] = g.rows[r][c].Text
	}
	return out
}

var (
	singleHead   = []string{"发票号码", "发票代码", "开票日期", "销售方名称", "购买方名称", "金额", "税额", "价税合计", "发票状态"}
	singleFields = []string{"number", "code", "first", "seller", "buyer", "amount_ex_tax", "tax", "total", "state"}
)

// single takes an invoice that stands on a paper of its own, by the fields that were extracted.
func (in *invoiceFeed) single(doc *dossier.Document, o invoice.ReadOptions, file int) {
	t := invoice.NewTable(o)
	t.Row(singleHead, 0, &invoice.Row{})
	var cells []string
	var at dossier.Place
	for _, k := range singleFields {
		f, _ := doc.Field(k)
		if k == "number" {
			at = f.At
		}
		cells = append(cells, f.Value)
	}
	if cells[0] != "" {
		in.row(t, cells, rowAt{file, max(at.Page, 1), at.Cell, at.Box})
	}
}

// row counts an invoice, or sets it aside for comparison when an earlier sheet or paper has it.
func (in *invoiceFeed) row(t *invoice.Table, cells []string, at rowAt) {
	if len(in.study.at) >= maxInvoiceRows {
		return
	}
	in.asked, in.matched = false, false
	var r invoice.Row
	if !t.Row(cells, len(in.study.at)+1, &r) {
		return
	}
	in.seen++
	if in.asked && !in.matched {
		in.study.Others++
		return
	}
	r.Owner = nil
	if k := invoiceKey(&r); k != "" {
		s := in.first[k]
		switch {
		case s == nil:
			s = &invoiceSum{number: string(r.Number), unit: in.unit, at: at}
			in.first[k] = s
		case s.unit != in.unit:
			if s = in.again[k]; s == nil {
				s = &invoiceSum{number: string(r.Number), unit: in.unit, at: at}
				in.again[k] = s
			}
		}
		s.total += r.Total
		s.void = s.void || r.State == invoice.Void
		if in.again[k] == s {
			return
		}
	}
	in.study.at = append(in.study.at, at)
	if in.study.begins[r.Side] == 0 {
		in.study.begins[r.Side] = len(in.study.at)
	}
	in.ledger.Add(&r) //nolint:errcheck // its bound is above maxInvoiceRows
}

// endUnit closes a sheet or paper: what it lists again is compared with the first listing.
func (in *invoiceFeed) endUnit() {
	var keys []string
	for k := range in.again {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		in.study.Again++
		f, a := in.first[k], in.again[k]
		if f.void != a.void || !f.void && (f.total-a.total > 1 || a.total-f.total > 1) {
			in.study.differs = append(in.study.differs, invoiceDiffers{f, a})
		}
	}
	clear(in.again)
	in.unit++
}

// invoiceKey names an invoice across papers: side, seller, code and number without leading zeros, "" without a number.
func invoiceKey(r *invoice.Row) string {
	n := strings.TrimLeft(string(r.Number), "0")
	if n == "" || len(n) > 40 {
		return ""
	}
	seller := ""
	if r.Side == invoice.Purchase {
		seller = nameKey(string(r.Party))
	}
	return fmt.Sprintf("%d|%s|%s|%s", r.Side, seller, r.Code, n)
}

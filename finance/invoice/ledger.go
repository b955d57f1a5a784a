package invoice

import (
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// Options say what the checks need besides the rows; all may be left out.
type Options struct {
	AsOf     dossier.Date // no invoice can be later; the last date of the ledger when unset
	Applied  dossier.Date // day of the application, for bursts before it; AsOf when unset
	Approved dossier.Date // day the loan was granted, for reversals after it
	Industry string       // GB/T 4754 code of the borrower, with or without letter
	Scope    string       // 经营范围 as registered: goods that it names are not foreign
	Related  []string     // names of related parties
	Limits   *Limits      // the data file's when nil
	TempDir  string       // for what does not fit into memory; the system's when empty
	MaxRows  int          // 20 million when 0
}

// Ledger takes rows in any order, of one owner or many, both sides, and checks them. What it holds grows with the
// number of counterparties times the months each is active in, and with kinds of goods; never with rows. Not safe for
// concurrent use.
type Ledger struct {
	o       Options
	lim     Limits
	rates   *rateBook
	cal     calendar
	books   []*book
	byOwner map[string]*book
	last    *book
	parties []*party
	codes   map[string]int8
	rows    int
	asOf    Day
	numbers spool // by seller and number
	values  spool // by party and amount
}

// book is one owner's part.
type book struct {
	id    uint32
	owner string
	sides [2]*sideBook
	raw   map[string]*party // by the name as written
	named map[string]*party // by the name folded
	rest  *party            // all parties beyond the limit
}

// party is one counterparty of one owner.
type party struct {
	id    uint32
	name  string
	sides [2]partySide
}

type partySide struct {
	rows, red, void int32
	net             Cents
	largest         Cents // blue invoice
	first           Day   // of a blue invoice
	months          []partyMonth
}

type partyMonth struct {
	month Month
	rows  int32
	net   Cents
}

// NewLedger makes an empty one.
func NewLedger(o Options) *Ledger {
	t := data()
	l := &Ledger{o: o, lim: t.limits, rates: &t.rates, byOwner: map[string]*book{}, codes: map[string]int8{}}
	if o.Limits != nil {
		l.lim = *o.Limits
	}
	if !o.AsOf.IsZero() {
		l.asOf = DayOf(o.AsOf)
	}
	if l.o.MaxRows <= 0 {
		l.o.MaxRows = 20_000_000
	}
	l.numbers.dir, l.values.dir = o.TempDir, o.TempDir
	return l
}

// Add takes one row; it copies what it keeps. The error tells that there are more rows than MaxRows: what was added
// stands.
func (l *Ledger) Add(r *Row) error {
	if l.rows >= l.o.MaxRows {
		return &dossier.Error{Kind: dossier.ErrTooLarge, Msg: "发票行数超过上限，其余没有计入，请分段提供清单"}
	}
	l.rows++
	b := l.last
	if b == nil || b.owner != string(r.Owner) {
		b = l.book(r.Owner)
		l.last = b
	}
	s := b.sides[r.Side]
	if s == nil {
		s = &sideBook{goods: map[string]*goodsSum{}}
		b.sides[r.Side] = s
	}
	p := l.party(b, r)
	k, fault := l.keyOf(r)
	if fault != checkNone {
		s.hitRow(fault, r, "")
	}
	l.checkRow(s, r)
	s.add(l, r, p)
	l.keep(b, p, r, k)
	return nil
}

func (l *Ledger) book(owner []byte) *book {
	if b := l.byOwner[string(clipBytes(owner, 240))]; b != nil {
		return b
	}
	if len(l.books) >= l.lim.MaxParties { // a column of owners that is none
		return l.books[len(l.books)-1]
	}
	b := &book{id: uint32(len(l.books)), owner: string(clipBytes(owner, 240)), raw: map[string]*party{}, named: map[string]*party{}}
	l.books = append(l.books, b)
	l.byOwner[b.owner] = b
	return b
}

// party finds the other side by name, written in any width and with any brackets, else by tax number.
func (l *Ledger) party(b *book, r *Row) *party {
	name := r.Party
	if len(name) == 0 {
		name = r.PartyID
	}
	name = clipBytes(name, 240)
	if p := b.raw[string(name)]; p != nil {
		return p
	}
	fold := strings.ToUpper(tight(string(name)))
	p := b.named[fold]
	if p == nil {
		if len(l.parties) >= l.lim.MaxParties {
			if b.rest == nil {
				b.rest = l.newParty("其余对手方合计")
			}
			return b.rest
		}
		p = l.newParty(string(name))
		b.named[fold] = p
	}
	if len(b.raw) < 2*l.lim.MaxParties {
		b.raw[string(name)] = p
	}
	return p
}

func (l *Ledger) newParty(name string) *party {
	p := &party{id: uint32(len(l.parties)), name: name}
	l.parties = append(l.parties, p)
	return p
}

// Flags of records beside the state in the low bits.
const (
	flagState    = 0x07
	flagPurchase = 0x08
	flagRef      = 0x10 // not an invoice: the original's number in the remark of a red one
	flagKnown    = 0x20 // a red one whose remark names its original
	flagLines    = 0x40 // the ledger has goods: one invoice may take several lines
)

// keep puts what the checks over all rows need into the spools.
func (l *Ledger) keep(b *book, p *party, r *Row, k key) {
	rec := record{total: r.value(), party: p.id, line: uint32(r.Line), day: r.Day, flags: uint16(r.State), goods: uint32(hash(r.Goods))}
	if r.Side == Purchase {
		rec.flags |= flagPurchase
	}
	if len(r.Goods) > 0 {
		rec.flags |= flagLines
	}
	var seller uint64
	if r.Side == Purchase {
		seller = uint64(p.id) + 1
	}
	a := uint64(b.id)<<33 | uint64(r.Side)<<32 | seller
	red := r.State != Void && rec.total < 0
	if red && len(r.Remark) > 0 {
		if o, ok := original(r.Remark); ok {
			rec.flags |= flagKnown
			ref := rec
			ref.a, ref.b, ref.c = a, o.hi|uint64(o.kind)<<56, o.lo
			ref.flags |= flagRef
			l.numbers.add(ref)
		}
	}
	if k.kind != numberNone {
		n := rec
		n.a, n.b, n.c = a, k.hi|uint64(k.kind)<<56, k.lo
		l.numbers.add(n)
	}
	if r.counts() && rec.total != 0 && r.Day != 0 {
		rec.a, rec.b = uint64(b.id)<<32|uint64(p.id), uint64(rec.total.abs())
		rec.c = uint64(r.Day) << 1
		if red {
			rec.c |= 1
		}
		l.values.add(rec)
	}
}

package filings

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
)

// Causes of this suite besides those of finance.
const (
	OtherFormat = "other_format" // lines of banks, brokers, insurers, which the general form does not have
	EmptyCell   = "empty_cell"   // a line that the tables carry was not found for this filing
)

// Check is one sum that statements must obey, over all filings.
type Check struct {
	ID         string         `json:"id"` // check and line: A2 net_profit
	Name       string         `json:"name"`
	Tested     int            `json:"tested"`
	Held       int            `json:"held"`
	Broken     int            `json:"broken"`
	Untestable int            `json:"untestable,omitempty"` // do not close, but the tables have no column for some of their lines
	Causes     map[string]int `json:"causes,omitempty"`     // of the broken ones
}

// Breaks sums the checks.
type Breaks struct {
	Tested      int            `json:"tested"`
	Held        int            `json:"held"`
	Broken      int            `json:"broken"`
	Untestable  int            `json:"untestable"`
	Unexplained int            `json:"unexplained"`
	Filings     int            `json:"filings"` // company-years with a break
	Causes      map[string]int `json:"causes"`
}

func (b *Breaks) sum(cs []*Check) {
	b.Causes = map[string]int{}
	for _, c := range cs {
		b.Tested += c.Tested
		b.Held += c.Held
		b.Broken += c.Broken
		b.Untestable += c.Untestable
		for k, n := range c.Causes {
			b.Causes[k] += n
		}
	}
	b.Unexplained = b.Causes[string(finance.CauseUnknown)]
}

func (k *keeper) check(x finance.Sum) *Check {
	id := x.Check + " " + x.Total.Indicator
	c := k.checks[id]
	if c == nil {
		c = &Check{ID: id, Name: x.Total.Name, Causes: map[string]int{}}
		k.checks[id] = c
	}
	return c
}

// statements are one company's sums.
type statements struct {
	set  *finance.Set
	w    *finance.Workings
	sums []finance.Sum // of the forms, between papers and of the tables' own columns
}

// articulate runs the sums of one company's statements, within and between its years.
func (k *keeper) articulate(f *firm) {
	set, unread := k.c.set(f)
	k.card.Unread += unread
	k.card.Figures += len(set.All())
	st := &statements{set: set, w: set.Workings()}
	st.sums = st.w.Sums
	for _, y := range f.sorted() {
		st.sums = append(st.sums, k.c.book.extra(set, y)...)
	}
	bad := map[int]bool{}
	for _, x := range st.sums {
		if spec := k.c.book.sumByID(x.Check); spec != nil && spec.Evidence {
			continue
		}
		c := k.check(x)
		c.Tested++
		if x.Holds() {
			c.Held++
			continue
		}
		class, text := k.cause(st, x)
		if class == "" {
			c.Untestable++
		} else {
			c.Broken++
			c.Causes[class]++
			bad[x.Total.Period.End.Year] = true
		}
		if k.o.Verbose {
			if class == "" {
				class = "untestable"
			}
			k.card.lines = append(k.card.lines, fmt.Sprintf("%s %s %s %s：差额%s [%s] %s", f.code, x.Total.Period.Chinese(), c.ID, c.Name,
				finance.Money(x.Diff()), class, text))
		}
	}
	k.card.Breaks.Filings += len(bad)
	k.checklist(f, set)
}

// exact are the causes that fit to the cent on an amount that stands there; slips of single digits do so by chance now
// and then, and count for less than a line of the sum that is known to be absent.
var exact = map[finance.CauseClass]bool{finance.CauseSign: true, finance.CauseDouble: true, finance.CauseMissing: true,
	finance.CauseRestated: true, finance.CauseRounding: true, finance.CausePaper: true}

// cause classes one broken sum; "" when the tables cannot tell, having no column for one of its lines.
func (k *keeper) cause(st *statements, x finance.Sum) (class, text string) {
	columns, cells, fits := k.gaps(st.set, x)
	if len(columns) > 0 {
		return "", "表中没有" + names(columns) + "这些列"
	}
	cs := st.w.Causes(x)
	if len(cs) > 0 && cs[0].Confirmed {
		return string(cs[0].Class), cs[0].Text
	}
	if text, ok := locate(st.sums, x); ok {
		return string(finance.CauseWrong), text
	}
	if text, ok := k.otherFormat(st, x); ok {
		return OtherFormat, text
	}
	sure := len(cs) > 0 && (cs[0].Rivals == 0 || x.Equal && cs[0].Rivals == 1) // of two papers either may be the wrong one
	switch {
	case sure && (!fits || exact[cs[0].Class]):
		return string(cs[0].Class), cs[0].Text
	case fits && len(cells) == 1:
		return EmptyCell, "未抽取到" + names(cells) + "，应为 " + finance.Money(x.Diff().Abs())
	case fits:
		return EmptyCell, "未抽取到" + names(cells)
	}
	return string(finance.CauseUnknown), ""
}

// locate finds the one cell of a broken sum for which one other value closes this sum and another broken one, and
// breaks none that holds.
func locate(sums []finance.Sum, x finance.Sum) (string, bool) {
	var best string
	most := 0
	try := func(f dossier.Figure, to dossier.Decimal) {
		closed := 0
		for _, o := range sums {
			moved, has := with(o, f, to)
			switch {
			case !has:
			case o.Holds() && !moved.Holds():
				return
			case !o.Holds() && moved.Holds():
				closed++
			}
		}
		if closed == most && closed > 1 {
			best = "" // two cells would do
		}
		if closed > most {
			most, best = closed, fmt.Sprintf("%s%s %s 若为 %s，%d项勾稽同时相符", f.Period.Chinese(), f.Name, finance.Money(f.Value), finance.Money(to), closed)
		}
	}
	try(x.Total, x.Want())
	for _, t := range x.Terms {
		d := x.Diff()
		if t.Sign < 0 {
			d = d.Neg()
		}
		try(t.Figure, t.Figure.Value.Add(d))
	}
	return best, most > 1 && best != ""
}

// with is o with another value of the cell f; has tells whether o holds that cell at all.
func with(o finance.Sum, f dossier.Figure, to dossier.Decimal) (moved finance.Sum, has bool) {
	moved = o
	if o.Total.ID == f.ID {
		moved.Total.Value, has = to, true
	}
	for i, t := range o.Terms {
		if t.Figure.ID == f.ID {
			moved.Terms, has = append([]finance.Term(nil), moved.Terms...), true
			moved.Terms[i].Figure.Value = to
		}
	}
	return moved, has
}

// otherFormat tells whether a statement prints lines that the general form does not have.
func (k *keeper) otherFormat(st *statements, x finance.Sum) (string, bool) {
	if x.Equal {
		return "", false
	}
	p := period(finance.IncomeStatement, x.Total.Period.End.Year)
	for _, id := range k.c.book.sums.Markers {
		if f, ok := st.set.Get(id, p); ok && !f.Value.IsZero() {
			return "列示了" + f.Name, true
		}
	}
	all, ok1 := st.set.Get("total_revenue", p)
	own, ok2 := st.set.Get("revenue", p)
	if ok1 && ok2 && all.Value.Sub(own.Value).GreaterThan(rounding) {
		return "营业总收入" + finance.Money(all.Value) + "大于营业收入" + finance.Money(own.Value), true
	}
	if x.Total.Indicator == "operating_profit" {
		for _, o := range st.sums {
			if o.Check == "P4" && o.Total.Period == x.Total.Period && o.Holds() {
				return "按营业总收入和营业总成本计算相符，差额在通用格式以外的收入和成本项目中", true
			}
		}
	}
	return "", false
}

func names(ids []string) string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = finance.NameOf(id)
	}
	return strings.Join(out, "、")
}

package finance

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// figKey names what a figure measures, of whom and when.
func figKey(f dossier.Figure) string {
	return strings.Join([]string{f.Indicator, string(f.Scope), nameKey(f.Entity), f.Period.String()}, "|")
}

// spanKey names the statement that a figure stands in.
func spanKey(s Statement, f dossier.Figure) string {
	return strings.Join([]string{string(s), string(f.Scope), nameKey(f.Entity), f.Period.String()}, "|")
}

// anchorLines are the lines without which a table is no whole statement; of each group one suffices.
var anchorLines = map[Statement][][]string{
	BalanceSheet:    {{"total_assets"}, {"total_liabilities", "total_liabilities_equity"}, {"total_equity", "total_liabilities_equity"}},
	IncomeStatement: {{"revenue", "total_revenue"}, {"operating_profit", "profit_before_tax"}, {"net_profit"}},
	CashFlow:        {{"cfo"}, {"cfi", "cff"}, {"cf_net_increase", "cf_end"}, {"cf_sales", "cf_purchases", "cf_employees", "cf_taxes"}},
}

// whole tells whether the block holds a full statement, not a part or a summary.
func (b *block) whole() bool {
	groups, ok := anchorLines[b.stmt]
	if !ok || len(b.ids) < 6 {
		return false
	}
	for _, g := range groups {
		if !slices.ContainsFunc(g, func(id string) bool { return b.ids[id] }) {
			return false
		}
	}
	return true
}

// assemble puts the blocks together: whole statements first, then what they do not say. A summary or note that repeats
// lines of a whole statement adds only periods which no statement covers.
func (r *reader) assemble() ([]dossier.Figure, []Issue) {
	r.oneEntity()
	covered, lines := map[string]bool{}, map[Statement]map[string]bool{}
	groups := map[Statement]bool{} // statements of which one says 合并 or 母公司
	for _, b := range r.blocks {
		if b.whole() {
			groups[b.stmt] = groups[b.stmt] || b.scoped
		}
	}
	for _, b := range r.blocks {
		if groups[b.stmt] && !b.scoped {
			b.scoped = r.scopeByValues(b)
		}
	}
	for _, b := range r.blocks {
		if !b.whole() {
			continue
		}
		if lines[b.stmt] == nil {
			lines[b.stmt] = map[string]bool{}
		}
		for _, f := range b.figs {
			covered[spanKey(b.stmt, f.Figure)], lines[b.stmt][f.Indicator] = true, true
		}
	}
	k := &keeper{at: map[string]int{}}
	for _, full := range []bool{true, false} {
		for n, b := range r.blocks {
			if b.whole() != full {
				continue
			}
			extra := !full && !b.runs && b.repeats(lines[b.stmt])
			for _, f := range b.figs {
				if extra && (covered[spanKey(b.stmt, f.Figure)] || groups[b.stmt] && !b.scoped) {
					continue
				}
				k.add(f, n, b)
			}
		}
	}
	k.standIns(r.c)
	slices.SortStableFunc(k.figs, func(a, b kept) int { return a.block - b.block })
	figs := make([]dossier.Figure, 0, len(k.figs))
	for _, f := range k.figs {
		figs = append(figs, f.Figure)
	}
	return figs, k.issues
}

// oneEntity gives statements that name nobody to the only one whom the document's other statements name.
func (r *reader) oneEntity() {
	name := ""
	for _, b := range r.blocks {
		for _, f := range b.figs {
			if f.Entity == "" || name != "" && nameKey(name) == nameKey(f.Entity) {
				continue
			}
			if name != "" {
				return
			}
			name = f.Entity
		}
	}
	for _, b := range r.blocks {
		for i := range b.figs {
			b.figs[i].Entity = name
		}
	}
}

// repeats tells whether the block has lines that whole statements have too.
func (b *block) repeats(lines map[string]bool) bool {
	for id := range b.ids {
		if lines[id] {
			return true
		}
	}
	return false
}

// scopeByValues gives a block that does not say whose it is the scope of the statement that prints the same amounts.
func (r *reader) scopeByValues(b *block) bool {
	for _, a := range r.blocks {
		if a == b || a.stmt != b.stmt || !a.scoped || !a.whole() {
			continue
		}
		vals := map[string]dossier.Figure{}
		scope := dossier.Scope("")
		mixed := false
		for _, f := range a.figs {
			vals[f.Indicator+"|"+f.Period.String()] = f.Figure
			mixed = mixed || scope != "" && scope != f.Scope
			scope = f.Scope
		}
		same, shared := 0, 0
		for _, f := range b.figs {
			o, ok := vals[f.Indicator+"|"+f.Period.String()]
			if !ok || o.Value.IsZero() && f.Value.IsZero() {
				continue
			}
			shared++
			if within(o.Value, f.Value, decMax(ulp(o), ulp(f.Figure))) {
				same++
			}
		}
		if mixed || same < 2 || same*2 <= shared {
			continue
		}
		for i := range b.figs {
			b.figs[i].Scope = scope
		}
		return true
	}
	return false
}

type kept struct {
	readFigure
	block int
	from  *block
}

// keeper holds each figure once.
type keeper struct {
	figs   []kept
	at     map[string]int // figKey -> index in figs
	issues []Issue
}

// add keeps a figure once; a row that bears the standard's own name beats one found by an alias. Two whole statements
// of one document that differ are an issue: the later one's opening against the earlier one's closing.
func (k *keeper) add(f readFigure, n int, b *block) {
	key := figKey(f.Figure)
	i, ok := k.at[key]
	if !ok {
		k.at[key] = len(k.figs)
		k.figs = append(k.figs, kept{f, n, b})
		return
	}
	old := k.figs[i]
	if f.exact && !old.exact {
		k.figs[i] = kept{f, old.block, b}
		return
	}
	if b == old.from || !f.exact || !b.whole() || !old.from.whole() || within(f.Value, old.Value, decMax(ulp(f.Figure), ulp(old.Figure))) {
		return
	}
	k.issues = append(k.issues, withinDocument(old.Figure, f.Figure))
}

func withinDocument(a, b dossier.Figure) Issue {
	d := b.Value.Sub(a.Value)
	return Issue{Kind: KindDifference, Indicator: a.Indicator, Name: a.Name, Entity: a.Entity, Period: a.Period, Expected: a.Value,
		Actual: b.Value, Diff: d, Figures: []dossier.Figure{a, b}, Docs: docsOf(a, b), Places: []dossier.Place{a.Source.Place, b.Source.Place},
		Doubtful: strings.Contains(a.Note+b.Note, ScanNote),
		Message: fmt.Sprintf("《%s》中%s的%s先后列示为%s元（%s）和%s元（%s），相差%s元，须有追溯调整或更正说明", a.Source.File, a.Period.Chinese(),
			a.Name, Money(a.Value), placeName(a.Source.Place), Money(b.Value), placeName(b.Source.Place), Money(d.Abs())),
		Arithmetic: Money(b.Value) + " － " + Money(a.Value) + " = " + Money(d)}
}

func placeName(p dossier.Place) string {
	if strings.Contains(p.Cell, "!") {
		return p.Cell
	}
	return fmt.Sprintf("第%d页", p.Page)
}

// standIns lets a line count for another that its statement does not print: 营业总收入 alone is the revenue.
func (k *keeper) standIns(c *chart) {
	for _, f := range k.figs {
		l := c.lines[CAS2019][f.Indicator]
		if l == nil || l.StandsFor == "" {
			continue
		}
		g := f
		g.Indicator, g.Name = l.StandsFor, c.display[l.StandsFor]
		if _, ok := k.at[figKey(g.Figure)]; ok {
			continue
		}
		g.Note = joinNotes(filledNotes(f.Note, "表内只列“"+f.Name+"”"))
		k.at[figKey(g.Figure)] = len(k.figs)
		k.figs = append(k.figs, g)
	}
}

package finance

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// StatementTypes are the document types that Statements reads.
var StatementTypes = []string{"financial_statements_annual", "financial_statements_interim", "audit_report_3y",
	"consolidated_statements", "financial_statement_notes", "guarantor_financials"}

// Statements reads the statements and account balances of every current document. The figures come in document
// order, without ids; see Set. Issues name documents whose statements could not be read, and missing units.
func Statements(docs []*dossier.Document) ([]dossier.Figure, []Issue) {
	var figs []dossier.Figure
	var issues []Issue
	for _, d := range docs {
		if !d.Current() || !isStatement(d) {
			continue
		}
		f, is := ReadStatements(d)
		figs, issues = append(figs, f...), append(issues, is...)
	}
	return figs, issues
}

// Superseded reads the statements of versions that no longer count, for comparison only.
func Superseded(docs []*dossier.Document) []dossier.Figure {
	var figs []dossier.Figure
	for _, d := range docs {
		if d.SupersededBy == "" || !isStatement(d) {
			continue
		}
		f, _ := ReadStatements(d)
		figs = append(figs, f...)
	}
	return figs
}

func isStatement(d *dossier.Document) bool {
	for _, t := range StatementTypes {
		if d.Type == t {
			return true
		}
	}
	return false
}

// ReadStatements reads one document, whatever its type says.
func ReadStatements(d *dossier.Document) ([]dossier.Figure, []Issue) {
	r := &reader{doc: d, c: theChart(), seen: map[string]int{}}
	for pass := range 2 { // a statement without a date of its own takes that of its neighbours
		for i := range d.Pages {
			r.page(&d.Pages[i])
		}
		if !r.undated || pass == 1 || r.last.end.IsZero() {
			break
		}
	}
	var issues []Issue
	if len(r.figs) == 0 && d.Type != "financial_statement_notes" {
		issues = append(issues, Issue{Kind: KindUnread, Docs: []string{d.File}, Doubtful: d.Scan,
			Message: fmt.Sprintf("《%s》中没有读到可用的报表数据", d.File)})
	}
	if len(r.figs) > 0 && r.assumed {
		issues = append(issues, Issue{Kind: KindUnitAssumed, Docs: []string{d.File},
			Message: fmt.Sprintf("《%s》的报表没有标明金额单位，暂按“元”处理", d.File)})
	}
	return r.figs, issues
}

// reader gathers one document's figures.
type reader struct {
	doc     *dossier.Document
	c       *chart
	figs    []dossier.Figure
	seen    map[string]int // statement row, scope and period -> index in figs
	aliased map[int]bool   // figs that were found by an alias
	assumed bool
	undated bool   // amounts were left out for want of a period
	last    header // of the page before, for tables that run on
}

func (r *reader) page(p *dossier.Page) {
	before := len(r.figs)
	tables := &reader{doc: r.doc, c: r.c, seen: map[string]int{}, last: r.last}
	for _, t := range p.Tables {
		g := newGrid(*p, t)
		if tables.trial(p, t, g) {
			continue
		}
		tables.table(p, t, g)
	}
	if sheetOnly(p) {
		r.merge(tables)
		if len(r.figs) > before {
			r.last = tables.last
		}
		return
	}
	lines := &reader{doc: r.doc, c: r.c, seen: map[string]int{}, last: r.last}
	lines.lines(p)
	if len(lines.figs) > len(tables.figs) {
		tables = lines
	}
	r.merge(tables)
	if len(r.figs) > before {
		r.last = tables.last
	}
}

func sheetOnly(p *dossier.Page) bool {
	for _, t := range p.Tables {
		if t.Sheet {
			return true
		}
	}
	return false
}

func (r *reader) merge(o *reader) {
	r.assumed = r.assumed || o.assumed && len(o.figs) > 0
	r.undated = r.undated || o.undated
	for i, f := range o.figs {
		r.add(f, !o.aliased[i])
	}
}

// add keeps a figure once; a row that bears the standard's own name beats one found by an alias.
func (r *reader) add(f dossier.Figure, exact bool) {
	key := strings.Join([]string{f.Indicator, string(f.Scope), nameKey(f.Entity), f.Period.String()}, "|")
	if r.aliased == nil {
		r.aliased = map[int]bool{}
	}
	if i, ok := r.seen[key]; ok {
		if exact && r.aliased[i] {
			r.figs[i] = f
			delete(r.aliased, i)
		}
		return
	}
	r.seen[key] = len(r.figs)
	if !exact {
		r.aliased[len(r.figs)] = true
	}
	r.figs = append(r.figs, f)
}

// table reads every statement that stands in the grid, one under another or side by side.
func (r *reader) table(p *dossier.Page, t dossier.Table, g grid) {
	type block struct {
		head, from, to int
		regs           []region
	}
	var blocks []block
	for i := 0; i < len(g.rows); i++ {
		if regs, n, ok := g.head(i); ok {
			if len(blocks) > 0 {
				blocks[len(blocks)-1].to = i
			}
			blocks = append(blocks, block{i, i + n, len(g.rows), regs})
			i += n - 1
		}
	}
	if len(blocks) == 0 {
		r.runOn(p, g)
		return
	}
	floor := 0
	for _, b := range blocks {
		h := r.context(p, t, g, floor, b.head)
		n := len(r.figs)
		r.block(p, g, h, b.regs, b.from, b.to)
		if len(r.figs) > n { // a row of two dates is no header: what it says belongs to the next block
			floor = max(b.from, b.to-8)
		}
	}
}

// block reads rows from..to under one header.
func (r *reader) block(p *dossier.Page, g grid, h header, regs []region, from, to int) {
	s := r.which(g, h, regs, from, to)
	if s == "" {
		return
	}
	r.rows(p, g, h, s, regs, from, to)
	h.run = &run{kind: s, regs: regs, width: g.width()}
	r.last = h
}

// runOn reads a table without a header that continues the one before it: same width, and most of its rows are lines
// of that statement.
func (r *reader) runOn(p *dossier.Page, g grid) {
	c := r.last.run
	if c == nil || g.width() != c.width || len(g.rows) > 200 {
		return
	}
	known := 0
	for i := range g.rows {
		for _, reg := range c.regs {
			if _, ok := r.find(c.kind, g.name(i, reg)); ok {
				known++
				break
			}
		}
	}
	if known*2 > len(g.rows) {
		r.rows(p, g, r.last, c.kind, c.regs, 0, len(g.rows))
	}
}

// rows reads the lines from..to; a column in which everything is zero was never filled in.
func (r *reader) rows(p *dossier.Page, g grid, h header, s Statement, regs []region, from, to int) {
	for _, reg := range regs {
		blank := r.blankColumns(g, s, reg, from, to)
		for i := from; i < to; i++ {
			name := g.name(i, reg)
			hit, ok := r.find(s, name)
			if !ok {
				continue
			}
			for _, c := range reg.cols {
				if c.at >= len(g.rows[i]) || blank[c.at] {
					continue
				}
				cell := g.rows[i][c.at]
				v, _, ok := ParseAmount(cell.Text)
				if !ok {
					continue
				}
				r.figure(s, h, c, reg.cols, hit, v, cell.Text, func(q string) dossier.Place { return g.place(r.doc.File, p.Number, cell, q) }, name)
			}
		}
	}
}

func (r *reader) blankColumns(g grid, s Statement, reg region, from, to int) map[int]bool {
	out := map[int]bool{}
	for _, c := range reg.cols {
		zeros, others := 0, 0
		for i := from; i < to; i++ {
			if c.at >= len(g.rows[i]) {
				continue
			}
			if v, _, num := ParseAmount(g.rows[i][c.at].Text); num {
				if _, ok := r.find(s, g.name(i, reg)); ok && v.IsZero() {
					zeros++
				} else if ok {
					others++
				}
			}
		}
		out[c.at] = others == 0 && zeros >= 5
	}
	return out
}

// which decides the statement by its rows; a title settles ties and lets a short table count.
func (r *reader) which(g grid, h header, regs []region, from, to int) Statement {
	best, most := Statement(""), 0
	for _, s := range []Statement{BalanceSheet, IncomeStatement, CashFlow} {
		n := 0
		for _, reg := range regs {
			for i := from; i < to; i++ {
				if _, ok := r.find(s, g.name(i, reg)); ok {
					n++
				}
			}
		}
		if s == h.title && n > 0 {
			n += 3
		}
		if n > most {
			best, most = s, n
		}
	}
	if most < 5 {
		return ""
	}
	return best
}

func (r *reader) figure(s Statement, h header, c column, all []column, hit lineHit, v dossier.Decimal, printed string,
	place func(quote string) dossier.Place, name string) {
	period, note, ok := h.period(s, c, all)
	if !ok {
		r.undated = true
		return
	}
	if r.doc.Scan {
		note = joinNotes(slices.DeleteFunc([]string{note, ScanNote}, func(s string) bool { return s == "" }))
	}
	scope := c.scope
	if scope == "" {
		scope = h.scope
	}
	if scope == "" {
		scope = dossier.ScopeSingle
	}
	shown := squeeze(printed)
	if !strings.Contains(shown, ",") {
		shown = Format(v, 0)
	}
	r.add(dossier.Figure{Indicator: hit.id, Name: r.c.display[hit.id], Entity: h.entity, Scope: scope, Period: period,
		Value: v.Mul(h.unit.Scale()), Unit: dossier.Yuan, Basis: basisOf(r.doc), Note: note,
		Source: &dossier.Source{Place: place(strings.TrimSpace(clip(name, 40)) + " " + shown), Printed: shown, Unit: h.unit}}, hit.exact)
}

// ScanNote marks figures that OCR read.
const ScanNote = "由扫描件识别，须核对原件"

// find looks a name up; on a scan one misread character is forgiven where it leaves a single line to mean.
func (r *reader) find(s Statement, name string) (lineHit, bool) {
	h, ok := r.c.lookup(s, name)
	if ok || !r.doc.Scan {
		return h, ok
	}
	return r.c.fuzzy(s, name)
}

func basisOf(d *dossier.Document) dossier.Basis {
	if d.Type == "audit_report_3y" {
		return dossier.BasisAudited
	}
	if f, ok := d.Field("sealed"); ok && f.Value == "yes" {
		return dossier.BasisStamped
	}
	for i, p := range d.Pages {
		if i > 20 {
			break
		}
		if strings.Contains(p.Text, "加盖公章") || strings.Contains(p.Text, "已盖章") {
			return dossier.BasisStamped
		}
	}
	return dossier.BasisUnaudited
}

package filings

import (
	"fmt"
	"sort"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
)

// period is what a table's amounts of a year refer to.
func period(s finance.Statement, year int) dossier.Period {
	end := dossier.NewDate(year, 12, 31)
	if s == finance.IncomeStatement || s == finance.CashFlow {
		return dossier.Span(end, 12)
	}
	return dossier.At(end)
}

// set makes a company's figures out of its rows, oldest year first; unread counts cells that are no number.
func (c *corpus) set(f *firm) (s *finance.Set, unread int) {
	s = finance.NewSet(f.name)
	years := f.sorted()
	for _, y := range years {
		file := fmt.Sprintf("%s%d年年度报告", f.name, y)
		for i, rec := range f.years[y] {
			t := c.tables[i]
			if t.Text {
				continue
			}
			for k, cell := range rec.cells {
				if cell == "" {
					continue
				}
				v, _, ok := finance.ParseAmount(cell)
				if !ok {
					unread++
					continue
				}
				unit := t.Unit
				if unit == "" {
					unit = dossier.Yuan
				}
				s.Add(dossier.Figure{Indicator: t.columns[k].id, Name: t.columns[k].name, Scope: dossier.ScopeConsolidated, Period: period(t.Statement, y),
					Value: v, Unit: unit, Basis: dossier.BasisAudited, Source: &dossier.Source{Printed: strings.TrimSuffix(cell, ".0"), Unit: unit,
						Place: dossier.Place{File: file, Line: rec.line, Cell: t.Name + "：" + t.columns[k].name}}})
			}
		}
		c.derive(s, y)
	}
	return s, unread
}

func (f *firm) sorted() []int {
	years := make([]int, 0, len(f.years))
	for y := range f.years {
		years = append(years, y)
	}
	sort.Ints(years)
	return years
}

// derive adds the totals that the tables leave out, when every part is there.
func (c *corpus) derive(s *finance.Set, year int) {
	for _, d := range c.book.tables.Derived {
		p := period(finance.StatementOf(d.ID), year)
		if _, ok := s.Get(d.ID, p); ok {
			continue
		}
		f := dossier.Figure{Indicator: d.ID, Scope: dossier.ScopeConsolidated, Period: p, Unit: dossier.Yuan, Basis: dossier.BasisComputed,
			Formula: d.Formula}
		all := true
		for _, id := range strings.Split(d.Formula, " + ") {
			part, ok := s.Get(id, p)
			all = all && ok
			f.Value = f.Value.Add(part.Value)
			f.Operands = append(f.Operands, part.ID)
		}
		if all {
			s.Add(f)
		}
	}
}

// cell returns the words in a column of a table of words.
func (c *corpus) cell(f *firm, year int, column string) (string, bool) {
	recs, ok := f.years[year]
	if !ok {
		return "", false
	}
	for i, t := range c.tables {
		if !t.Text || recs[i].cells == nil {
			continue
		}
		for k, col := range t.columns {
			if col.name == column {
				return recs[i].cells[k], recs[i].cells[k] != ""
			}
		}
	}
	return "", false
}

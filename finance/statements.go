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

func isStatement(d *dossier.Document) bool { return slices.Contains(StatementTypes, d.Type) }

// ReadStatements reads one document, whatever its type says. Where a document prints the same line several times, the
// full statement counts, not a summary or a note.
func ReadStatements(d *dossier.Document) ([]dossier.Figure, []Issue) {
	if f, ok := foreignForm(d); ok {
		return nil, []Issue{{Kind: KindUnread, Docs: []string{d.File}, Doubtful: d.Scan, Message: f.message(d.File)}}
	}
	r := &reader{doc: d, c: theChart()}
	for pass := range 2 { // a statement without a date of its own takes that of its neighbours
		r.pages()
		if !r.undated || pass == 1 || r.last.end.IsZero() {
			break
		}
	}
	figs, issues := r.assemble()
	figs, repaired := r.repair(figs)
	issues = append(issues, repaired...)
	if len(figs) == 0 && d.Type != "financial_statement_notes" {
		issues = append(issues, Issue{Kind: KindUnread, Docs: []string{d.File}, Doubtful: d.Scan,
			Message: fmt.Sprintf("《%s》中没有读到可用的报表数据", d.File)})
	}
	if len(figs) > 0 && r.assumed {
		issues = append(issues, Issue{Kind: KindUnitAssumed, Docs: []string{d.File},
			Message: fmt.Sprintf("《%s》的报表没有标明金额单位，暂按“元”处理", d.File)})
	}
	return figs, issues
}

// ScanNote marks figures that OCR read.
const ScanNote = "由扫描件识别，须核对原件"

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

package metrics

import (
	"fmt"
	"slices"

	"github.com/xindiao/xindiao/evals/truth"
	"github.com/xindiao/xindiao/report"
)

// kinds: the share of documents that are named right, or as a kind of the same group.
var _ = add(Metric{Name: "kinds", Title: "材料识别", Order: 1, Measure: func(c *Case) Result {
	var r Result
	for _, f := range sorted(c.Truth.Documents) {
		t := c.Truth.Documents[f]
		if t.Kind == archive {
			continue
		}
		r.Of++
		d := c.document(f)
		if d != nil && sameKind(t, d) {
			r.Good++
			continue
		}
		got := "未读到"
		if d != nil {
			got = d.Type
		}
		r.Notes = append(r.Notes, fmt.Sprintf("%s：应为 %s（%s），识别为 %s", f, t.Kind, t.KindZH, got))
	}
	return r
}})

const archive = "archive_zip" // a container; its members are scored

// groups of kinds that differ in whose paper it is, or in its cover, not in what it is.
var groups = [][]string{
	{"financial_statements_annual", "audit_report_3y", "audit_report"},
	{"legal_rep_id", "spouse_id", "shareholder_id", "guarantor_id", "actual_controller_id", "borrower_id", "id_card"},
	{"bank_statement_corporate", "bank_statement_personal", "bank_statement", "payment_platform_statement"},
	{"credit_authorization_personal", "credit_authorization_enterprise", "credit_authorization"},
}

func sameKind(t truth.Document, d *report.DocumentJSON) bool {
	if t.Kind == d.Type {
		return true
	}
	for _, g := range groups {
		if slices.Contains(g, t.Kind) && slices.Contains(g, d.Type) {
			return true
		}
	}
	if t.Kind == "irrelevant" && slices.Contains([]string{"other", "unknown", ""}, d.Type) {
		return true
	}
	return !t.InCatalogue() && fold(t.KindZH) == fold(d.NameZH)
}

func sorted[T any](m map[string]T) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

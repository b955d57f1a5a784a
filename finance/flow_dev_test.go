package finance

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"github.com/xindiao/xindiao/dossier"
)

// TestDevFlowTruths holds totals, receipts and 积数 of the trial dossiers' statements against their truths; it runs only
// where XINDIAO_DEV names their folder.
func TestDevFlowTruths(t *testing.T) {
	root := os.Getenv("XINDIAO_DEV")
	if root == "" {
		t.Skip("XINDIAO_DEV names no folder of trial dossiers")
	}
	files, _ := filepath.Glob(filepath.Join(root, "*", "truth.yaml"))
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var truth struct {
			Documents yaml.MapSlice `yaml:"documents"`
			Facts     struct {
				Raw map[string]any `yaml:"bank_flow"`
			} `yaml:"facts"`
		}
		if err := yaml.Unmarshal(raw, &truth); err != nil {
			t.Fatal(err)
		}
		var a *FlowAnalysis
		for _, it := range truth.Documents {
			name, d := it.Key.(string), it.Value.(map[string]any)
			if d["kind"] != flowTypes[0] || strings.Contains(name, "!") {
				continue
			}
			doc := loadAny(t, filepath.Join(filepath.Dir(file), "files", name), flowTypes[0])
			f, err := ReadFlow(doc)
			if err != nil {
				t.Fatal(err)
			}
			a = Analyse(f, FlowOptions{Borrower: f.Owner})
		}
		if a == nil {
			t.Fatalf("%s: no statement", file)
		}
		want := truth.Facts.Raw
		check := func(what string, got dossier.Decimal, v any) {
			if !got.Equal(toDec(v)) {
				t.Errorf("%s: %s is %s, want %v", filepath.Base(filepath.Dir(file)), what, got, v)
			}
		}
		check("in", a.TotalIn, want["credit_total"])
		check("out", a.TotalOut, want["debit_total"])
		check("receipts", a.Receipts, want["customer_receipts"])
		check("rows", intD(len(a.Flow.Rows)), want["rows"])
		last := a.closing[len(a.closing)-1]
		check("closing", last.balance, want["closing"])
		for _, x := range want["deposit_interest"].([]any) {
			m := x.(map[string]any)
			for _, r := range a.Interest {
				if r.Row.Date.String() == m["date"] {
					check("interest "+r.Row.Date.String(), r.Row.In, m["amount"])
					check("积数 "+r.Row.Date.String(), r.Settled, m["accumulated_balance_days"])
				}
			}
		}
		if len(a.Interest) != len(want["deposit_interest"].([]any)) {
			t.Errorf("%d settlements", len(a.Interest))
		}
	}
}

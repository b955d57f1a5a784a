package invoices

import (
	"os"
	"strings"
	"testing"
)

// TestReal runs the suite where XINDIAO_INVOICES names a folder of ledgers, as xindiao eval invoices -v does.
func TestReal(t *testing.T) {
	dir := os.Getenv("XINDIAO_INVOICES")
	if dir == "" {
		t.Skip("XINDIAO_INVOICES names no folder of ledgers")
	}
	card, err := Run(t.Context(), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := card.WriteText(&b, true); err != nil {
		t.Fatal(err)
	}
	t.Log("\n" + b.String())
}

package invoice

import (
	"fmt"
	"testing"

	"github.com/xindiao/xindiao/documents/ident"
)

// The forms of numbers are those of documents/ident, which stands on the same floor and cannot be imported.
func TestFormsAgree(t *testing.T) {
	for i := range 100 {
		n := fmt.Sprintf("24%02d2000000000000000", i)
		if want := ident.EInvoiceNumber(n).Verdict == ident.OK; knownRegion(uint8(i)) != want {
			t.Errorf("%s: want %v", n, want)
		}
	}
	for i := range 1000 {
		for _, c := range []string{fmt.Sprintf("3300153%03d", i), fmt.Sprintf("033001900%03d", i), fmt.Sprintf("144031909%03d", i), fmt.Sprintf("244031909%03d", i)} {
			if want := ident.InvoiceCode(c).Verdict == ident.OK; knownCode([]byte(c)) != want {
				t.Errorf("%s: want %v", c, want)
			}
		}
	}
	if tight(" 甲（集团）【一】Ａ ") != "甲(集团)(一)A" {
		t.Error(tight(" 甲（集团）【一】Ａ "))
	}
}

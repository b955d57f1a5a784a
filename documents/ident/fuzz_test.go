package ident

import "testing"

// FuzzChecks: no input panics, and what is offered as a cure passes the check itself.
func FuzzChecks(f *testing.F) {
	for _, s := range []string{"91350100M000100Y43", "11010519491231002x", "LSVAA49J132047371", "浙B12345", "SC10337088100001", "（2029）浙0213民初1号", ""} {
		f.Add(s)
	}
	checks := []func(string) Result{USCC, IDCard, OrgCode, BankCard, VIN, Zhongzheng, InvoiceCode, EInvoiceNumber, RealEstateCert, RealEstateUnit,
		FoodLicense, CaseNumber, Plate, OldIDCard}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 1<<10 {
			t.Skip()
		}
		for i, check := range checks {
			r := check(s)
			if r.Candidate != "" && check(r.Candidate).Verdict != OK {
				t.Fatalf("check %d: %q offers %q, which fails", i, s, r.Candidate)
			}
			if r.Verdict == OK && check(r.Value).Verdict != OK {
				t.Fatalf("check %d: %q is ok but its value %q is not", i, s, r.Value)
			}
		}
		_, _ = ReadCard(s)
		MaskedMatch(s, s)
	})
}

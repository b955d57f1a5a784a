package ident

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"
)

var byKind = map[string]func(string) Result{
	"uscc": USCC, "id_card": IDCard, "org_code": OrgCode, "bank_card_luhn": BankCard, "vin": VIN,
	"zhongzheng_code": Zhongzheng, "invoice_code": InvoiceCode, "einvoice_number": EInvoiceNumber,
	"real_estate_cert_no": RealEstateCert, "real_estate_unit_code": RealEstateUnit,
}

func TestVectors(t *testing.T) {
	f, err := os.Open("testdata/vectors.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, row := range rows[1:] {
		kind, value, want, why := row[0], row[1], row[2] == "true", row[3]
		if strings.Contains(why, "normalise") {
			want = true // these are checked after normalising
		}
		check, ok := byKind[kind]
		if !ok {
			t.Fatalf("no check for %s", kind)
		}
		if got := check(value); (got.Verdict == OK) != want {
			t.Errorf("%s %s: %s, want valid=%v (%s)", kind, value, got.Verdict, want, why)
		}
		n++
	}
	if n < 100 {
		t.Fatalf("only %d vectors", n)
	}
}

func TestCandidate(t *testing.T) {
	if r := USCC("91350100M000100Y4O"); r.Verdict != Malformed || r.Candidate != "" {
		t.Errorf("O for the check character 3: %+v", r) // 0 does not fit either
	}
	if r := USCC("9I350100M000100Y43"); r.Candidate != "91350100M000100Y43" {
		t.Errorf("I for 1: %+v", r)
	}
	if r := USCC("91350100M000100Y44"); r.Verdict != ChecksumMismatch {
		t.Errorf("%+v", r)
	}
}

func TestCard(t *testing.T) {
	c, ok := ReadCard("11010519491231002x")
	if !ok || c.Birth.String() != "1949-12-31" || c.Male {
		t.Errorf("%+v %v", c, ok)
	}
	if !MaskedMatch("110105********002X", "11010519491231002X") || MaskedMatch("110105********0021", "11010519491231002X") {
		t.Error("masked numbers")
	}
}

func TestFoodLicense(t *testing.T) {
	if r := FoodLicense("SC1033708810000"); r.Verdict != Malformed {
		t.Errorf("%+v", r)
	}
	ok := 0
	for d := '0'; d <= '9'; d++ {
		if FoodLicense("SC1033708810000"+string(d)).Verdict == OK {
			ok++
		}
	}
	if ok != 1 {
		t.Errorf("%d check digits fit", ok)
	}
}

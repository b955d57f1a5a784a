package types

import (
	"os"
	"testing"

	"github.com/xindiao/xindiao/internal/datafile"
)

// FuzzKindFile gives a bank's file to the decoder, the compiler and the lint: a fault is an error, never a crash.
func FuzzKindFile(f *testing.F) {
	f.Add([]byte(good))
	for _, id := range []string{"water_intake_permit", "shareholder_register", "org_code_certificate_legacy", "credit_report_enterprise"} {
		data, err := os.ReadFile(id + ".yaml")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	shared, err := common()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 64<<10 {
			t.Skip()
		}
		var k Type
		if datafile.Decode("a.yaml", data, &k) != nil {
			return
		}
		k.own = k.Fields
		if k.compile(shared) != nil {
			return
		}
		c := &Catalogue{byID: map[string]*Type{k.ID: &k}, order: []*Type{&k}}
		c.Lint()
		k.ValidityZH()
		k.FileHints()
	})
}

package finance

import (
	"archive/zip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance/invoice"
)

// TestDevInvoices holds the ledgers of the trial dossiers against their truths, to the cent; it runs only where
// XINDIAO_DEV names their folder.
func TestDevInvoices(t *testing.T) {
	root := os.Getenv("XINDIAO_DEV")
	if root == "" {
		t.Skip("XINDIAO_DEV names no folder of trial dossiers")
	}
	files, _ := filepath.Glob(filepath.Join(root, "*", "truth.yaml"))
	seen := 0
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var truth struct {
			AsOf      string                    `yaml:"as_of"`
			Documents map[string]map[string]any `yaml:"documents"`
			Template  struct {
				Class string `yaml:"class_code"`
			} `yaml:"template"`
		}
		if err := yaml.Unmarshal(raw, &truth); err != nil {
			t.Fatal(err)
		}
		for name, d := range truth.Documents {
			kind := fmt.Sprint(d["kind"])
			if kind != "vat_invoices_sales" && kind != "vat_invoices_purchase" || !strings.HasSuffix(name, ".xlsx") {
				continue
			}
			seen++
			want := d["fields"].(map[string]any)
			doc := loadXLSX(t, name, devFile(t, filepath.Join(filepath.Dir(f), "files"), name), kind)
			asOf, _ := dossier.ParseDate(truth.AsOf)
			st := &Study{Set: NewSet(fmt.Sprint(want["entity"]))}
			st.invoices(&dossier.Dossier{Application: dossier.Application{AsOf: asOf, Industry: truth.Template.Class}, Documents: []*dossier.Document{doc}})
			s := st.Invoices.Sales
			if kind == "vat_invoices_purchase" {
				s = st.Invoices.Purchases
			}
			for k, got := range map[string]invoice.Cents{"amount_ex_tax": s.Net, "tax": s.Tax} {
				if w, err := parseDecimal(fmt.Sprint(want[k])); err != nil || !w.Equal(got.Decimal()) {
					t.Errorf("%s: %s is %s, want %v", name, k, got, want[k])
				}
			}
			if fmt.Sprint(want["count"]) != fmt.Sprint(s.Rows) || fmt.Sprint(want["first"]) != s.First.String() {
				t.Errorf("%s: %d rows from %s, want %v from %v", name, s.Rows, s.First, want["count"], want["first"])
			}
			for _, is := range st.Issues {
				t.Errorf("an honest ledger: %s: %s %s", name, is.Kind, is.Message)
			}
		}
	}
	if seen == 0 {
		t.Fatal("no ledgers")
	}
}

func devFile(t *testing.T, dir, name string) []byte {
	t.Helper()
	outer, member, inside := strings.Cut(name, "!")
	if !inside {
		data, err := os.ReadFile(filepath.Join(dir, outer))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	z, err := zip.OpenReader(filepath.Join(dir, outer))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for _, f := range z.File {
		n, err := simplifiedchinese.GBK.NewDecoder().String(f.Name)
		if f.Name != member && (err != nil || n != member) {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	t.Fatalf("%s: no such member", name)
	return nil
}

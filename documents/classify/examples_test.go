package classify_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/documents/classify"
	"github.com/xindiao/xindiao/documents/extract"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

// TestExamples runs every catalogue file's own examples.
func TestExamples(t *testing.T) {
	c, err := types.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range c.All() {
		for i, e := range k.Examples {
			t.Run(fmt.Sprintf("%s/%d", k.ID, i+1), func(t *testing.T) {
				d := document(e)
				classify.Classify(c, d, dossier.Application{})
				if e.Not {
					if d.Type == k.ID {
						t.Fatalf("is taken for %s: %v", k.ID, d.Why)
					}
					return
				}
				if !k.Assigned && !sameBeforeResolve(d.Type, k.ID) {
					for _, s := range classify.Rank(c, d)[:min(3, len(classify.Rank(c, d)))] {
						t.Logf("%s %.2f %v", s.Type.ID, s.Value, s.Why)
					}
					t.Fatalf("is %s", d.Type)
				}
				d.Type = k.ID
				extract.Extract(c, d)
				for key, want := range e.Fields {
					if got := at(d, key); got != want {
						t.Errorf("%s: %q, want %q", key, got, want)
					}
				}
			})
		}
	}
}

// sameBeforeResolve: sides of a trade are told apart only beside the other documents.
func sameBeforeResolve(got, want string) bool {
	trade := map[string]bool{"sales_contracts": true, "purchase_contracts": true}
	return got == want || trade[got] && trade[want]
}

func document(e types.Sample) *dossier.Document {
	d := &dossier.Document{File: e.File, Format: "pdf"}
	if e.File == "" {
		d.File = "x.pdf"
	}
	if e.Image {
		d.Format, d.Scan = "image", true
	}
	p := dossier.Page{Number: 1, Text: strings.TrimRight(e.Text, "\n"), Scan: e.Image}
	if len(e.Table) > 0 {
		var tab dossier.Table
		for i, row := range e.Table {
			var cells []dossier.Cell
			for j, s := range row {
				cells = append(cells, dossier.Cell{Text: s, Ref: fmt.Sprintf("r%dc%d", i+1, j+1)})
			}
			tab.Rows = append(tab.Rows, cells)
			p.Text += "\n" + strings.Join(row, "\t")
		}
		p.Tables = []dossier.Table{tab}
	}
	d.Pages = []dossier.Page{p}
	if e.Party != "" {
		d.Party = dossier.Party{Name: e.Party, Role: dossier.RoleBorrower}
	}
	return d
}

func at(d *dossier.Document, key string) string {
	parts := strings.Split(key, ".")
	f := d.Fields[parts[0]]
	switch {
	case len(parts) == 1:
		return f.Value
	case parts[1] == "len":
		return strconv.Itoa(len(f.Rows))
	}
	i, _ := strconv.Atoi(parts[1])
	if i >= len(f.Rows) {
		return ""
	}
	return f.Rows[i].Get(parts[2])
}

func TestFuncsExist(t *testing.T) {
	c, err := types.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range c.All() {
		for _, f := range k.Fields {
			for _, w := range f.Find {
				if w.Func != "" && !extract.HasFunc(w.Func) {
					t.Errorf("%s.yaml: field %s: no finder %q", k.ID, f.Key, w.Func)
				}
			}
		}
	}
}

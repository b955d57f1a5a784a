// Package trial runs a kind's own examples against a whole catalogue and says which kind wins and why.
package trial

import (
	"fmt"
	"sort"
	"strconv"
	"strings"

	"github.com/xindiao/xindiao/documents/classify"
	"github.com/xindiao/xindiao/documents/extract"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

// Diff is a field that an example says otherwise than expected.
type Diff struct{ Key, Want, Got string }

// Outcome is what came of one example.
type Outcome struct {
	Kind   *types.Type
	Number int // of the example in the kind's file, from 1
	Not    bool
	Got    string           // id of the kind that won; unknown when none had signs enough
	Ranks  []classify.Score // the first three, the best first
	Own    float64          // score of the kind itself
	Diffs  []Diff
	Fields int // that were compared
}

// Named tells whether the example went where it belongs. A kind that only a second look at all papers gives, and the
// two sides of a trade, are not told by the words of one paper.
func (o Outcome) Named() bool {
	switch {
	case o.Not:
		return o.Got != o.Kind.ID
	case o.Kind.Assigned, o.Got == o.Kind.ID:
		return true
	}
	return trade[o.Got] && trade[o.Kind.ID]
}

var trade = map[string]bool{"sales_contracts": true, "purchase_contracts": true}

// OK tells whether the example holds: kind and fields.
func (o Outcome) OK() bool { return o.Named() && len(o.Diffs) == 0 }

// Run tries every example of t. The file name never helps.
func Run(c *types.Catalogue, t *types.Type) []Outcome {
	var out []Outcome
	for i, e := range t.Examples {
		d := Document(e)
		o := Outcome{Kind: t, Number: i + 1, Not: e.Not, Ranks: classify.Rank(c, d)}
		classify.Classify(c, d, dossier.Application{})
		o.Got = d.Type
		for _, s := range o.Ranks {
			if s.Type.ID == t.ID {
				o.Own = s.Value
			}
		}
		o.Ranks = o.Ranks[:min(3, len(o.Ranks))]
		if !e.Not {
			d.Type = t.ID
			extract.Extract(c, d)
			o.Fields = len(e.Fields)
			o.Diffs = diffs(d, e)
		}
		out = append(out, o)
	}
	return out
}

func diffs(d *dossier.Document, e types.Sample) []Diff {
	var out []Diff
	for key, want := range e.Fields {
		if got := At(d, key); got != want {
			out = append(out, Diff{key, want, got})
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Key < out[j].Key })
	return out
}

// Document makes the document that an example describes, without a telling file name.
func Document(e types.Sample) *dossier.Document {
	d := &dossier.Document{File: "x.pdf", Format: "pdf"}
	if e.Image {
		d.File, d.Format, d.Scan = "x.jpg", "image", true
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

// At returns what d says under key: a field, key.len of a list, or key.N.column.
func At(d *dossier.Document, key string) string {
	parts := strings.Split(key, ".")
	f := d.Fields[parts[0]]
	switch {
	case len(parts) == 1:
		return f.Value
	case parts[1] == "len":
		return strconv.Itoa(len(f.Rows))
	case len(parts) < 3:
		return ""
	}
	i, err := strconv.Atoi(parts[1])
	if err != nil || i < 0 || i >= len(f.Rows) {
		return ""
	}
	return f.Rows[i].Get(parts[2])
}

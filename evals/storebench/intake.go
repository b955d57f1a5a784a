package storebench

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/retrieval/lexical"
)

// perDocument is how many chunks a synthetic document has.
const perDocument = 25

// Space is the synthetic embedding space.
func (d *Data) Space() store.Space { return store.Space{Name: "bench", Dim: d.Dim} }

// Intake is a customer's dossier: documents of perDocument chunks, one page each.
func (d *Data) Intake(c Customer) store.Intake {
	in := store.Intake{Name: "授信", Dossier: &dossier.Dossier{Application: dossier.Application{Applicant: c.Key}}, Space: d.Space(), Actor: "bench"}
	for at := 0; at < len(c.Texts); at += perDocument {
		end := min(at+perDocument, len(c.Texts))
		doc := &dossier.Document{File: fmt.Sprintf("%04d.pdf", at/perDocument), Format: "pdf", Type: "contract", TypeName: "合同", Confidence: 1}
		var ix store.FileIndex
		var page strings.Builder
		for k, text := range c.Texts[at:end] {
			start := page.Len()
			page.WriteString(text)
			ix.Chunks = append(ix.Chunks, store.Chunk{Page: 1, Line: k + 1, Start: start, End: page.Len(), FileStart: start, FileEnd: page.Len(),
				Kind: "prose", Text: text, Vector: c.Vectors[at+k]})
			page.WriteByte('\n')
		}
		doc.Pages = []dossier.Page{{Number: 1, Text: page.String()}}
		ix.Segment = lexical.Pack(c.Texts[at:end])
		in.Dossier.Documents = append(in.Dossier.Documents, doc)
		in.Files = append(in.Files, ix)
	}
	return in
}

// Load puts every customer into the store, one intake each, and returns the views on them and the time that the
// store took; cutting and packing are not its work.
func (d *Data) Load(ctx context.Context, s store.Store) (out []store.Tenant, took time.Duration, err error) {
	for _, c := range d.Customers {
		in := d.Intake(c)
		start := time.Now()
		row, err := s.PutCustomer(ctx, c.Key, c.Key)
		if err != nil {
			return nil, 0, err
		}
		t := s.Tenant(row.ID)
		if _, err := t.Intake(ctx, in); err != nil {
			return nil, 0, fmt.Errorf("%s: %w", c.Key, err)
		}
		took += time.Since(start)
		out = append(out, t)
	}
	return out, took, nil
}

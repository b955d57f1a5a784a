// Package documents names what was read: kind, owner, fields and versions, in the order in which each needs the other.
package documents

import (
	"github.com/xindiao/xindiao/documents/bundle"
	"github.com/xindiao/xindiao/documents/classify"
	"github.com/xindiao/xindiao/documents/extract"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/documents/versions"
	"github.com/xindiao/xindiao/dossier"
)

// Name parts files that hold several papers, classifies every document, reads its fields, settles who is who among
// all of them, sets other papers' readings beside a scan's and marks superseded versions. It returns the documents,
// in the order of docs, a parted file's papers in its place; they are changed in place. It may be called again.
func Name(c *types.Catalogue, docs []*dossier.Document, app dossier.Application) []*dossier.Document {
	docs = parted(c, docs)
	for _, d := range docs {
		classify.Classify(c, d, app)
		extract.Extract(c, d)
	}
	before := make([]string, len(docs))
	// Twice: what the first look retypes (contracts, guarantors) tells the second one more names.
	for range 2 {
		for i, d := range docs {
			before[i] = d.Type
		}
		classify.Resolve(c, docs, app)
		for i, d := range docs {
			if d.Type != before[i] || d.Party.Role == dossier.RoleBorrower {
				extract.Extract(c, d)
			}
		}
	}
	extract.Reconcile(docs, app)
	versions.Link(c, docs, app)
	return docs
}

func parted(c *types.Catalogue, docs []*dossier.Document) []*dossier.Document {
	out := make([]*dossier.Document, 0, len(docs))
	for _, d := range docs {
		out = append(out, bundle.Split(c, d)...)
	}
	return out
}

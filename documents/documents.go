// Package documents names what was read: kind, owner, fields and versions, in the order in which each needs the other.
package documents

import (
	"context"
	"runtime"
	"sync"

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
	return NameWith(context.Background(), c, docs, app, nil)
}

// NameWith is Name with somebody to ask about documents whose words do not settle their kind; nil asks nobody. What
// the chooser fails to answer stays as it was.
func NameWith(ctx context.Context, c *types.Catalogue, docs []*dossier.Document, app dossier.Application, ch classify.Chooser) []*dossier.Document {
	docs = parted(c, docs)
	each(docs, func(d *dossier.Document) {
		d.Party = dossier.Party{}
		classify.Classify(c, d, app)
		if err := classify.Choose(ctx, ch, c, d); err != nil {
			d.Why = append(d.Why, "未能取得模型对种类的意见")
		}
		extract.Extract(c, d)
	})
	// Twice: what the first look retypes (contracts, guarantors) tells the second one more names.
	for range 2 {
		type look struct {
			kind  string
			party dossier.Party
		}
		before := map[*dossier.Document]look{}
		for _, d := range docs {
			before[d] = look{d.Type, d.Party}
		}
		classify.Resolve(c, docs, app)
		each(docs, func(d *dossier.Document) {
			if (look{d.Type, d.Party}) != before[d] {
				extract.Extract(c, d)
			}
		})
	}
	extract.Reconcile(docs, app)
	classify.Owners(c, docs, app)
	versions.Link(c, docs, app)
	return docs
}

// each does one thing to all documents, several at once: documents do not know each other here.
func each(docs []*dossier.Document, do func(*dossier.Document)) {
	var wg sync.WaitGroup
	next := make(chan *dossier.Document)
	for range min(runtime.GOMAXPROCS(0), len(docs)) {
		wg.Go(func() {
			for d := range next {
				do(d)
			}
		})
	}
	for _, d := range docs {
		next <- d
	}
	close(next)
	wg.Wait()
}

func parted(c *types.Catalogue, docs []*dossier.Document) []*dossier.Document {
	parts := map[*dossier.Document][]*dossier.Document{}
	var mu sync.Mutex
	each(docs, func(d *dossier.Document) {
		p := bundle.Split(c, d)
		mu.Lock()
		parts[d] = p
		mu.Unlock()
	})
	out := make([]*dossier.Document, 0, len(docs))
	for _, d := range docs {
		out = append(out, parts[d]...)
	}
	return out
}

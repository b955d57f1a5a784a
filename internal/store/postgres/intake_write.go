package postgres

import (
	"context"

	"github.com/xindiao/xindiao/internal/store"
)

var (
	documentColumns = []string{"customer_id", "id", "dossier_id", "ord", "hash", "file", "title", "type", "party", "current", "period", "blob",
		"pages", "fields", "first_chunk", "chunks", "periods", "body", "segment"}
	pageColumns  = []string{"customer_id", "document_id", "ord", "number", "name", "text", "layout"}
	fieldColumns = []string{"customer_id", "document_id", "key", "kind", "value", "body"}
	chunkColumns = []string{"id", "document_id", "page", "line", "start_at", "end_at", "file_start", "file_end", "kind", "cell", "clause", "period",
		"hash", "text", "context"} // behind the owner's
	vectorColumns = []string{"customer_id", "id", "space_id", "v"}
)

// at is the place of one of a document's rows.
type at struct {
	p *packed
	i int
}

// copyDocuments copies the new documents in.
func (w *intake) copyDocuments(ctx context.Context) error {
	if len(w.added) == 0 {
		return nil
	}
	var err error
	var pages, fields, chunks, vectors []at
	for _, p := range w.added {
		for i := range p.doc.Pages {
			pages = append(pages, at{p, i})
		}
		for i := range p.keys {
			fields = append(fields, at{p, i})
		}
		for i, c := range p.ix.Chunks {
			chunks = append(chunks, at{p, i})
			if c.Vector != nil {
				vectors = append(vectors, at{p, i})
			}
		}
	}
	w.vectors = int64(len(vectors))
	in := func(table string, columns []string, n int, fill func(b *row, i int)) {
		if err == nil {
			err = copyIn(ctx, w.tx, "xindiao."+table, columns, n, func(b *row, i int) {
				b.long(w.t.id)
				fill(b, i)
			})
		}
	}
	in("document", documentColumns, len(w.added), func(b *row, i int) { w.document(b, w.added[i]) })
	in("page", pageColumns, len(pages), func(b *row, i int) {
		p, g := pages[i].p, &pages[i].p.doc.Pages[pages[i].i]
		b.long(p.id)
		b.int(pages[i].i)
		b.int(g.Number)
		b.text(g.Name)
		b.text(g.Text)
		b.bytes(p.layouts[pages[i].i])
	})
	in("field", fieldColumns, len(fields), func(b *row, i int) {
		p, key := fields[i].p, fields[i].p.keys[fields[i].i]
		b.long(p.id)
		b.text(key)
		b.text(string(p.doc.Fields[key].Kind))
		b.text(p.doc.Fields[key].Value)
		b.bytes(p.fields[fields[i].i])
	})
	in("chunk", append([]string{"customer_id"}, chunkColumns...), len(chunks), func(b *row, i int) {
		p, k := chunks[i].p, chunks[i].i
		b.chunk(p.first+int64(k), p.id, &p.ix.Chunks[k], p.hashes[k])
	})
	in("chunk_vec", vectorColumns, len(vectors), func(b *row, i int) {
		p, k := vectors[i].p, vectors[i].i
		b.long(p.first + int64(k))
		b.int(int(w.space))
		b.vector(p.ix.Chunks[k].Vector)
	})
	return err
}

func (w *intake) document(b *row, p *packed) {
	d := p.doc
	b.long(p.id)
	b.long(w.dossier)
	b.int(p.ord)
	b.text(p.hash)
	b.text(d.File)
	b.text(d.TypeName)
	b.text(d.Type)
	b.text(d.Party.Name)
	b.bool(d.Current())
	b.text(p.ix.Period)
	b.text(p.ix.Blob)
	b.int(size(d.Pages != nil, len(d.Pages)))
	b.int(size(d.Fields != nil, len(d.Fields)))
	b.long(p.first)
	b.int(len(p.ix.Chunks))
	b.texts(p.periods)
	b.bytes(p.body)
	b.bytes(p.ix.Segment)
}

// chunk fills chunkColumns.
func (b *row) chunk(id, document int64, c *store.Chunk, h store.Hash) {
	b.long(id)
	b.long(document)
	b.int(c.Page)
	b.int(c.Line)
	b.long(int64(c.Start))
	b.long(int64(c.End))
	b.long(int64(c.FileStart))
	b.long(int64(c.FileEnd))
	b.text(c.Kind)
	b.text(c.Cell)
	b.text(c.Clause)
	b.text(c.Period)
	b.bytes(h[:])
	b.text(c.Text)
	b.text(c.Context)
}

// complete moves kept documents to their places and gives their chunks the vectors that they lack.
func (w *intake) complete(ctx context.Context) error {
	if w.moved {
		var ids []int64
		var ords []int32
		for _, p := range w.kept {
			ids, ords = append(ids, p.id), append(ords, int32(p.ord))
		}
		if _, err := w.tx.Exec(ctx, `update `+w.t.doc+` d set ord = n.ord from unnest($2::bigint[], $3::int[]) n(id, ord)
			where d.customer_id = $1 and d.id = n.id`, w.t.id, ids, ords); err != nil {
			return err
		}
	}
	if w.space == 0 || len(w.kept) == 0 || w.st.counts[w.space]+w.vectors == w.st.chunks {
		return nil
	}
	var have []store.ChunkVector
	for _, p := range w.kept {
		for i, c := range p.ix.Chunks {
			if c.Vector != nil {
				have = append(have, store.ChunkVector{ID: p.first + int64(i), Vector: c.Vector})
			}
		}
	}
	n, err := w.t.put(ctx, w.tx, w.space, have)
	w.vectors += n
	return err
}

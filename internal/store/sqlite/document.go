package sqlite

import (
	"context"
	"encoding/json"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
)

func (x *intake) prepare(ctx context.Context) error {
	for _, p := range []struct {
		in    **inserter
		query string
	}{
		{&x.newDocs, `INSERT INTO documents (collection_id, dossier_id, ord, hash, file, type, type_name, party, current, period, blob,
			pages, fields, first_chunk, chunks, periods, segment, head) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`},
		{&x.newPages, "INSERT INTO pages (collection_id, document_id, ord, number, name, text, layout) VALUES (?, ?, ?, ?, ?, ?, ?)"},
		{&x.newField, "INSERT INTO fields (collection_id, document_id, key, field) VALUES (?, ?, ?, ?)"},
		{&x.newChunk, insertChunk},
	} {
		in, err := prepareIn(ctx, x.tx, p.query)
		if err != nil {
			return err
		}
		*p.in = in
	}
	return nil
}

func (x *intake) close() {
	for _, in := range []*inserter{x.newDocs, x.newPages, x.newField, x.newChunk} {
		if in != nil {
			in.close()
		}
	}
}

// documents writes those that are new and numbers those that stay.
func (x *intake) documents(ctx context.Context, kept map[string][]keptDoc) error {
	have, err := countVectors(ctx, x.tx, x.t.id, x.space)
	if err != nil {
		return err
	}
	complete := have == x.st.chunks
	for i, d := range x.Dossier.Documents {
		if k := kept[x.hashes[i]]; len(k) > 0 {
			kept[x.hashes[i]] = k[1:]
			if err := x.keep(ctx, k[0], i, complete); err != nil {
				return err
			}
			x.receipt.Kept++
			continue
		}
		if err := x.add(i, d); err != nil {
			return err
		}
		x.receipt.Added++
	}
	return nil
}

// keep gives a document that stays its place, and its chunks the vectors that they lack.
func (x *intake) keep(ctx context.Context, k keptDoc, ord int, complete bool) error {
	if k.ord != int64(ord) {
		if _, err := x.tx.ExecContext(ctx, "UPDATE documents SET ord = ? WHERE collection_id = ? AND id = ?", ord, x.t.id, k.id); err != nil {
			return err
		}
		x.st.raise = true
	}
	if x.space == 0 || complete {
		return nil
	}
	lacking, err := lackingVectors(ctx, x.tx, x.t.id, x.space, x.Space.Dim, k.first, x.Files[ord].Chunks)
	x.vectors = append(x.vectors, lacking...)
	return err
}

// lackingVectors are those of the chunks that have none in the space; the first chunk has the id first.
func lackingVectors(ctx context.Context, q querier, collection, space int64, dim int, first int64, chunks []store.Chunk) ([]store.ChunkVector, error) {
	var out []store.ChunkVector
	var b block
	for i, c := range chunks {
		id := first + int64(i)
		if i == 0 || id%blockSize == 0 {
			var err error
			if b, err = readBlock(ctx, q, collection, space, id/blockSize, dim); err != nil {
				return nil, err
			}
		}
		if c.Vector != nil && b.mask&(1<<(id%blockSize)) == 0 {
			out = append(out, store.ChunkVector{ID: id, Vector: c.Vector})
		}
	}
	return out, nil
}

// add writes a new document whole; its vectors wait for those of the others, with which they share blocks.
func (x *intake) add(i int, d *dossier.Document) error {
	ix := x.Files[i]
	head, err := store.PackDocument(d)
	if err != nil {
		return unstorable(d.File, err)
	}
	periods, err := periodsOf(ix.Chunks)
	if err != nil {
		return err
	}
	first, n := int64(0), int64(len(ix.Chunks))
	if n > 0 {
		first = x.st.nextChunk
	}
	res, err := x.newDocs.st.ExecContext(x.newDocs.ctx, x.t.id, x.id, i, x.hashes[i], d.File, d.Type, d.TypeName, d.Party.Name, d.Current(),
		ix.Period, ix.Blob, count(len(d.Pages), d.Pages == nil), count(len(d.Fields), d.Fields == nil), first, n, periods, notNil(ix.Segment), head)
	if err != nil {
		return err
	}
	id, err := res.LastInsertId()
	if err != nil {
		return err
	}
	if err := x.content(id, d); err != nil {
		return err
	}
	if err := addChunks(x.newChunk, x.t.id, first, id, d.TypeName, ix.Chunks); err != nil {
		return err
	}
	for j, c := range ix.Chunks {
		if c.Vector != nil {
			x.vectors = append(x.vectors, store.ChunkVector{ID: first + int64(j), Vector: c.Vector})
		}
	}
	x.st.nextChunk += n
	x.st.chunks += n
	x.st.raise = true
	return nil
}

// content writes the pages and fields.
func (x *intake) content(id int64, d *dossier.Document) error {
	for ord, p := range d.Pages {
		layout, err := store.PackPage(p)
		if err != nil {
			return unstorable(d.File, err)
		}
		if err := x.newPages.add(x.t.id, id, ord, p.Number, p.Name, p.Text, layout); err != nil {
			return err
		}
	}
	for key, f := range d.Fields {
		b, err := json.Marshal(f)
		if err != nil {
			return unstorable(d.File, err)
		}
		if err := x.newField.add(x.t.id, id, key, string(b)); err != nil {
			return err
		}
	}
	return nil
}

// rest writes the figures and findings anew.
func (x *intake) rest(ctx context.Context) error {
	for _, table := range []string{"figures", "findings"} {
		if _, err := x.tx.ExecContext(ctx, "DELETE FROM "+table+" WHERE collection_id = ? AND dossier_id = ?", x.t.id, x.id); err != nil {
			return err
		}
	}
	figures, err := prepareIn(ctx, x.tx, "INSERT INTO figures (collection_id, dossier_id, ord, indicator, figure) VALUES (?, ?, ?, ?, ?)")
	if err != nil {
		return err
	}
	defer figures.close()
	for i, f := range x.Figures {
		b, err := json.Marshal(f)
		if err != nil {
			return unstorable(x.Name, err)
		}
		if err := figures.add(x.t.id, x.id, i, f.Indicator, string(b)); err != nil {
			return err
		}
	}
	findings, err := prepareIn(ctx, x.tx, "INSERT INTO findings (collection_id, dossier_id, ord, rule, finding) VALUES (?, ?, ?, ?, ?)")
	if err != nil {
		return err
	}
	defer findings.close()
	for i, f := range x.Findings {
		b, err := json.Marshal(f)
		if err != nil {
			return unstorable(x.Name, err)
		}
		if err := findings.add(x.t.id, x.id, i, f.Rule, string(b)); err != nil {
			return err
		}
	}
	return nil
}

// count is a length, -1 of nil.
func count(n int, isNil bool) int {
	if isNil {
		return -1
	}
	return n
}

// notNil is for columns that must not be NULL.
func notNil(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

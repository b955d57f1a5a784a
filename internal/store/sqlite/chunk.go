package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/xindiao/xindiao/internal/store"
)

const insertChunk = `INSERT INTO chunks (collection_id, id, document_id, hash, page, line, start_at, end_at, file_start, file_end,
	kind, cell, clause, period, context, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

// addChunks writes a document's chunks with ids from first on; title begins what is embedded of them.
func addChunks(in *inserter, collection, first, document int64, title string, chunks []store.Chunk) error {
	for i, c := range chunks {
		hash := store.HashText(store.EmbedText(title, c))
		if err := in.add(collection, first+int64(i), document, hash[:], c.Page, c.Line, c.Start, c.End, c.FileStart, c.FileEnd,
			c.Kind, c.Cell, c.Clause, c.Period, c.Context, c.Text); err != nil {
			return err
		}
	}
	return nil
}

// dropChunks takes the chunks of documents out, with their vectors.
func dropChunks(ctx context.Context, tx *sql.Tx, st *state, gone []keptDoc) error {
	if len(gone) == 0 {
		return nil
	}
	st.raise = true
	out, err := prepareIn(ctx, tx, "DELETE FROM chunks WHERE collection_id = ? AND id BETWEEN ? AND ?")
	if err != nil {
		return err
	}
	defer out.close()
	vectors := selection{}
	for _, d := range gone {
		if d.chunks == 0 {
			continue
		}
		if err := out.add(st.id, d.first, d.first+d.chunks-1); err != nil {
			return err
		}
		vectors.addRun(d.first, d.chunks)
		st.chunks -= d.chunks
	}
	return dropVectors(ctx, tx, st.id, vectors)
}

// periodsOf is the JSON of the chunks' periods, "" when none has one of its own.
func periodsOf(chunks []store.Chunk) (string, error) {
	var any bool
	periods := make([]string, len(chunks))
	for i, c := range chunks {
		periods[i] = c.Period
		any = any || c.Period != ""
	}
	if !any {
		return "", nil
	}
	b, err := json.Marshal(periods)
	return string(b), err
}

const chunkColumns = `SELECT id, document_id, page, line, start_at, end_at, file_start, file_end, kind, cell, clause, period, context, text
	FROM chunks WHERE collection_id = ? AND id IN (SELECT value FROM json_each(?))`

// Chunks reads chunks by id.
func (c collection) Chunks(ctx context.Context, ids []int64) ([]store.ChunkRow, error) {
	if len(ids) == 0 || c.id == 0 {
		return nil, nil
	}
	wanted, err := jsonList(ids)
	if err != nil {
		return nil, err
	}
	rows, err := c.s.query(ctx, nil, chunkColumns, []any{c.id, wanted})
	if err != nil {
		return nil, c.s.fail(ctx, err)
	}
	found := make(map[int64]store.ChunkRow, len(ids))
	err = drain(rows, func(rows *sql.Rows) error {
		var r store.ChunkRow
		err := rows.Scan(&r.ID, &r.Document, &r.Page, &r.Line, &r.Start, &r.End, &r.FileStart, &r.FileEnd,
			&r.Kind, &r.Cell, &r.Clause, &r.Period, &r.Context, &r.Text)
		found[r.ID] = r
		return err
	})
	if err != nil {
		return nil, c.s.fail(ctx, err)
	}
	out := make([]store.ChunkRow, 0, len(ids))
	for _, id := range ids {
		if r, ok := found[id]; ok {
			out = append(out, r)
		}
	}
	return out, nil
}

package postgres

import (
	"context"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
)

func dossierDate(d day) dossier.Date { return dossier.Date(d) }

// remove deletes the items that are gone or changed.
func (w *corpusWrite) remove(ctx context.Context, st *state) error {
	if len(w.gone) == 0 {
		return nil
	}
	var ids, from, to []int64
	for _, o := range w.gone {
		ids, from, to = append(ids, o.id), append(from, o.first), append(to, o.first+int64(o.chunks))
		st.chunks -= int64(o.chunks)
	}
	if _, err := w.tx.Exec(ctx, `delete from xindiao.corpus_item where corpus_id = $1 and id = any($2)`, w.c.id, ids); err != nil {
		return err
	}
	if _, err := w.tx.Exec(ctx, `delete from xindiao.corpus_chunk c using unnest($2::bigint[], $3::bigint[]) g(a, z)
		where c.corpus_id = $1 and c.id >= g.a and c.id < g.z`, w.c.id, from, to); err != nil {
		return err
	}
	for space := range st.counts {
		tag, err := w.tx.Exec(ctx, `delete from xindiao.corpus_vec c using unnest($3::bigint[], $4::bigint[]) g(a, z)
			where c.corpus_id = $1 and c.space_id = $2 and c.id >= g.a and c.id < g.z`, w.c.id, space, from, to)
		if err != nil {
			return err
		}
		st.add(space, -tag.RowsAffected())
	}
	return nil
}

// copyItems copies the new items in.
func (w *corpusWrite) copyItems(ctx context.Context) error {
	type spot struct {
		it *newItem
		i  int
	}
	var chunks []spot
	var vectors []placed
	for n := range w.added {
		it := &w.added[n]
		for i, c := range it.Chunks {
			chunks = append(chunks, spot{it, i})
			if c.Vector != nil {
				vectors = append(vectors, placed{it.first + int64(i), it.Industry, day(it.From), day(it.To), c.Vector})
			}
		}
	}
	items := []string{"corpus_id", "id", "ord", "key", "file", "title", "label", "type", "industry", "from_day", "to_day", "sha256",
		"first_chunk", "chunks", "periods", "segment"}
	err := copyIn(ctx, w.tx, "xindiao.corpus_item", items, len(w.added), func(b *row, i int) {
		it := &w.added[i]
		b.int(int(w.c.id))
		b.long(it.id)
		b.int(it.ord)
		for _, s := range [...]string{it.Key, it.File, it.Title, it.Label, it.Type, it.Industry} {
			b.text(s)
		}
		b.day(it.From)
		b.day(it.To)
		b.text(it.SHA256)
		b.long(it.first)
		b.int(len(it.Chunks))
		b.texts(it.periods)
		b.bytes(it.Segment)
	})
	if err != nil {
		return err
	}
	err = copyIn(ctx, w.tx, "xindiao.corpus_chunk", append([]string{"corpus_id"}, chunkColumns...), len(chunks), func(b *row, i int) {
		it, k := chunks[i].it, chunks[i].i
		b.int(int(w.c.id))
		b.chunk(it.first+int64(k), it.id, &it.Chunks[k], it.hashes[k])
	})
	if err != nil {
		return err
	}
	return w.c.copyVectors(ctx, w.tx, w.space, vectors)
}

// complete moves kept items to their places and gives their chunks the vectors that they lack.
func (w *corpusWrite) complete(ctx context.Context, st *state) (int64, error) {
	if w.moved {
		var ids []int64
		var ords []int32
		for _, it := range w.kept {
			ids, ords = append(ids, it.id), append(ords, int32(it.ord))
		}
		if _, err := w.tx.Exec(ctx, `update xindiao.corpus_item d set ord = n.ord from unnest($2::bigint[], $3::int[]) n(id, ord)
			where d.corpus_id = $1 and d.id = n.id`, w.c.id, ids, ords); err != nil {
			return 0, err
		}
	}
	if w.space == 0 || len(w.kept) == 0 || st.counts[w.space] == st.chunks {
		return 0, nil
	}
	var have []store.ChunkVector
	for _, it := range w.kept {
		for i, c := range it.Chunks {
			if c.Vector != nil {
				have = append(have, store.ChunkVector{ID: it.first + int64(i), Vector: c.Vector})
			}
		}
	}
	return w.c.put(ctx, w.tx, w.space, have)
}

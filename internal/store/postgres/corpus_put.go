package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/xindiao/xindiao/internal/store"
)

// few is how many new vectors go in beside a standing HNSW index; for more it is dropped and built anew.
const few = 2000

// PutCorpus makes or replaces a corpus.
func (s *Store) PutCorpus(ctx context.Context, in store.CorpusIntake) (store.Corpus, error) {
	if err := s.alive(); err != nil {
		return store.Corpus{}, err
	}
	in, err := store.CheckCorpus(in)
	if err != nil {
		return store.Corpus{}, err
	}
	var space int32
	if !in.Space.IsZero() {
		if err := store.CheckSpace(in.Space); err != nil {
			return store.Corpus{}, err
		}
		if space, err = s.makeSpace(ctx, in.Space); err != nil {
			return store.Corpus{}, err
		}
	}
	var out store.Corpus
	err = s.write(ctx, nobody, func(tx pgx.Tx) error {
		var err error
		out, err = s.putCorpus(ctx, tx, in, space)
		return err
	})
	if err != nil {
		return store.Corpus{}, err
	}
	if space != 0 { // also after a run that ended before it built them
		if err := s.corpusView(out.ID, out.Name).build(ctx, space, in.Space.Dim); err != nil {
			return out, err
		}
	}
	return out, nil
}

func (s *Store) putCorpus(ctx context.Context, tx pgx.Tx, in store.CorpusIntake, space int32) (store.Corpus, error) {
	h := in.Corpus
	tag, err := tx.Exec(ctx, `insert into xindiao.corpus (name, title, kind, owner, date, sha256, items, chunks, updated, version)
		values ($1, '', '', '', '', '', 0, 0, $2, nextval('xindiao.corpus_version')) on conflict (name) do nothing`, h.Name, now())
	if err != nil {
		return h, err
	}
	found, err := tx.Query(ctx, `select `+corpusColumns+` from xindiao.corpus where name = $1 for update`, h.Name)
	if err != nil {
		return h, err
	}
	before, err := pgx.CollectExactlyOneRow(found, scanCorpus)
	if err != nil {
		return h, err
	}
	if tag.RowsAffected() == 0 && before.SHA256 == h.SHA256 && h.SHA256 != "" {
		return before, nil
	}
	c := s.corpusView(before.ID, h.Name)
	w := &corpusWrite{c: c, tx: tx, in: in, space: space}
	if err := c.locked(ctx, tx, func(st *state) error { return w.run(ctx, st) }); err != nil {
		return h, err
	}
	industries := map[string]int{}
	for _, it := range in.Items {
		industries[it.Industry] += len(it.Chunks)
	}
	found, err = tx.Query(ctx, `update xindiao.corpus set title = $2, kind = $3, owner = $4, date = $5, sha256 = $6, items = $7, updated = $8, industries = $9,
		next_item = $10 where id = $1 returning `+corpusColumns, c.id, h.Title, h.Kind, h.Owner, h.Date.String(), h.SHA256, len(in.Items), now(), industries, w.nextItem)
	if err != nil {
		return h, err
	}
	after, err := pgx.CollectExactlyOneRow(found, scanCorpus)
	if err != nil {
		return h, err
	}
	return after, s.chronicle(ctx, tx, in.Actor, "corpus.put", h.Name, map[string]any{
		"items": len(in.Items), "added": len(w.added), "removed": len(w.gone), "sha256": h.SHA256})
}

// corpusWrite is one replacement.
type corpusWrite struct {
	c        *corpus
	tx       pgx.Tx
	in       store.CorpusIntake
	space    int32
	nextItem int64
	added    []newItem
	gone     []oldItem
	kept     []newItem
	moved    bool
}

type newItem struct {
	*store.CorpusItem
	ord       int
	id, first int64
	hashes    []store.Hash
	periods   []string
}

type oldItem struct {
	id, first int64
	ord       int
	chunks    int
	store.CorpusItem
}

func (w *corpusWrite) run(ctx context.Context, st *state) error {
	active, err := w.c.s.space(ctx, st.active)
	if err != nil {
		return err
	}
	if err := w.compare(ctx); err != nil {
		return err
	}
	if err := w.remove(ctx, st); err != nil {
		return err
	}
	var vectors int64
	for i := range w.added {
		it := &w.added[i]
		it.id = w.nextItem
		w.nextItem++
		if n := int64(len(it.Chunks)); n > 0 {
			it.first = st.nextChunk
			st.nextChunk += n
			st.chunks += n
		}
		for _, k := range it.Chunks {
			if k.Vector != nil {
				vectors++
			}
		}
	}
	if w.space != 0 {
		if _, err := w.tx.Exec(ctx, `select xindiao.corpus_room($1, $2)`, w.c.id, w.space); err != nil {
			return err
		}
		if vectors > few {
			if _, err := w.tx.Exec(ctx, `select xindiao.corpus_graph_drop($1, $2)`, w.c.id, w.space); err != nil {
				return err
			}
		}
	}
	if err := w.copyItems(ctx); err != nil {
		return err
	}
	st.add(w.space, vectors)
	late, err := w.complete(ctx, st)
	if err != nil {
		return err
	}
	st.add(w.space, late)
	old := st.active
	if err := st.settle(w.space, w.in.Space, active); err != nil {
		return err
	}
	if len(w.added)+len(w.gone) > 0 || w.moved || late > 0 || !same(old, st.active) {
		st.version++
	}
	return nil
}

// compare finds which items are there already.
func (w *corpusWrite) compare(ctx context.Context) error {
	if err := w.tx.QueryRow(ctx, `select next_item from xindiao.corpus where id = $1`, w.c.id).Scan(&w.nextItem); err != nil {
		return err
	}
	before := map[string]oldItem{}
	err := forRows(ctx, w.tx, func(r pgx.Rows) error {
		var o oldItem
		var from, to day
		err := r.Scan(&o.id, &o.first, &o.ord, &o.chunks, &o.Key, &o.File, &o.Title, &o.Label, &o.Type, &o.Industry, &from, &to, &o.SHA256)
		o.From, o.To = dossierDate(from), dossierDate(to)
		before[o.Key] = o
		return err
	}, `select id, first_chunk, ord, chunks, key, file, title, label, type, industry, from_day, to_day, sha256 from xindiao.corpus_item where corpus_id = $1`, w.c.id)
	if err != nil {
		return err
	}
	for i := range w.in.Items {
		it := newItem{CorpusItem: &w.in.Items[i], ord: i}
		o, ok := before[it.Key]
		if ok && o.unchanged(it.CorpusItem) {
			delete(before, it.Key)
			it.id, it.first = o.id, o.first
			w.kept = append(w.kept, it)
			w.moved = w.moved || o.ord != i
			continue
		}
		w.added = append(w.added, it)
	}
	for _, o := range before {
		w.gone = append(w.gone, o)
	}
	return each(len(w.added), func(i int) error {
		it := &w.added[i]
		it.hashes, it.periods = hashes(it.Heading(), it.Chunks), store.Periods(it.Chunks)
		return nil
	})
}

// unchanged tells that an item may stay: its bytes are the same, and so is what a search filters and shows.
func (o oldItem) unchanged(it *store.CorpusItem) bool {
	return o.SHA256 == it.SHA256 && o.File == it.File && o.Title == it.Title && o.Label == it.Label && o.Type == it.Type &&
		o.Industry == it.Industry && o.From == it.From && o.To == it.To
}

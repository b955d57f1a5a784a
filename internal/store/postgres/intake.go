package postgres

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
)

// cover is what a dossier holds beside its documents.
type cover struct {
	Application dossier.Application
	Problems    []dossier.Problem
	Empty       bool // a list of documents that is there and holds none
}

// old is a document of the intake before.
type old struct {
	id     int64
	ord    int
	hash   string
	first  int64
	chunks int
}

// Intake writes one reading whole or not at all.
func (t *tenant) Intake(ctx context.Context, in store.Intake) (store.Receipt, error) {
	if err := t.s.alive(); err != nil {
		return store.Receipt{}, err
	}
	in, err := store.CheckIntake(in)
	if err != nil {
		return store.Receipt{}, err
	}
	docs, err := hashAll(in)
	if err != nil {
		return store.Receipt{}, err
	}
	var space int32
	if !in.Space.IsZero() {
		if err := store.CheckSpace(in.Space); err != nil {
			return store.Receipt{}, err
		}
		if space, err = t.s.makeSpace(ctx, in.Space); err != nil {
			return store.Receipt{}, err
		}
	}
	var out store.Receipt
	err = t.s.write(ctx, t.id, func(tx pgx.Tx) error {
		w := &intake{t: t, tx: tx, in: in, docs: docs, space: space}
		var err error
		out, err = w.run(ctx)
		return err
	})
	if err != nil {
		return store.Receipt{}, err
	}
	return out, nil
}

// intake is one try at it.
type intake struct {
	t       *tenant
	tx      pgx.Tx
	in      store.Intake
	docs    []*packed
	space   int32
	st      *state
	dossier int64
	again   bool      // not the first intake
	kept    []*packed // with their old ids
	added   []*packed
	moved   bool // a kept document stands elsewhere
	vectors int64
}

func (w *intake) run(ctx context.Context) (store.Receipt, error) {
	var out store.Receipt
	var err error
	if w.st, err = w.t.lock(ctx, w.tx); err != nil {
		return out, err
	}
	active, err := w.t.s.space(ctx, w.st.active)
	if err != nil {
		return out, err
	}
	gone, err := w.compare(ctx)
	if err != nil {
		return out, err
	}
	if err := w.t.removeDocuments(ctx, w.tx, w.st, gone); err != nil {
		return out, err
	}
	if err := each(len(w.added), func(i int) error { return w.added[i].pack() }); err != nil {
		return out, err
	}
	if err := w.number(ctx); err != nil {
		return out, err
	}
	before := w.st.active
	if err := w.copyDocuments(ctx); err != nil {
		return out, err
	}
	if err := w.complete(ctx); err != nil {
		return out, err
	}
	w.st.add(w.space, w.vectors)
	if err := w.st.settle(w.space, w.in.Space, active); err != nil {
		return out, err
	}
	if err := w.writeLists(ctx); err != nil {
		return out, err
	}
	if len(w.added)+len(gone) > 0 || w.moved || w.vectors > 0 || !same(before, w.st.active) {
		w.st.version++
	}
	out = store.Receipt{Dossier: w.dossier, Version: w.st.version, Kept: len(w.kept), Added: len(w.added), Removed: len(gone)}
	_, err = record(ctx, w.tx, w.t.id, w.st, w.in.Actor, "intake", fmt.Sprintf("dossier:%d", w.dossier), map[string]any{
		"documents": len(w.docs), "kept": out.Kept, "added": out.Added, "removed": out.Removed,
		"figures": len(w.in.Figures), "findings": len(w.in.Findings), "input": w.in.InputHash})
	if err != nil {
		return out, err
	}
	return out, w.t.save(ctx, w.tx, w.st)
}

// compare makes or renews the dossier's row and finds which documents are there already. It returns those that go.
func (w *intake) compare(ctx context.Context) ([]old, error) {
	d := w.in.Dossier
	body, err := store.Pack(cover{d.Application, d.Problems, d.Documents != nil && len(d.Documents) == 0})
	if err != nil {
		return nil, err
	}
	a := d.Application
	err = w.tx.QueryRow(ctx, `insert into xindiao.dossier as d (customer_id, name, applicant, kind, as_of, documents, input_hash, created, updated, body)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)
		on conflict (customer_id, name) do update set applicant = excluded.applicant, kind = excluded.kind, as_of = excluded.as_of,
			documents = excluded.documents, input_hash = excluded.input_hash, updated = excluded.updated, body = excluded.body, intakes = d.intakes + 1
		returning id, intakes > 1`, w.t.id, w.in.Name, a.Applicant, a.ReportKind, a.AsOf.String(), len(d.Documents), w.in.InputHash, now(), body).Scan(&w.dossier, &w.again)
	if err != nil {
		return nil, err
	}
	w.kept, w.added = nil, w.docs
	if !w.again {
		return nil, nil
	}
	before, err := w.t.oldDocuments(ctx, w.tx, w.dossier)
	if err != nil {
		return nil, err
	}
	byHash := map[string][]old{}
	for _, o := range before {
		byHash[o.hash] = append(byHash[o.hash], o)
	}
	w.kept, w.added = nil, nil
	for _, p := range w.docs {
		same := byHash[p.hash]
		if len(same) == 0 {
			w.added = append(w.added, p)
			continue
		}
		byHash[p.hash] = same[1:]
		p.id, p.first = same[0].id, same[0].first
		w.moved = w.moved || same[0].ord != p.ord
		w.kept = append(w.kept, p)
	}
	var gone []old
	for _, o := range before {
		if slices.Contains(byHash[o.hash], o) {
			gone = append(gone, o)
		}
	}
	return gone, nil
}

func (t *tenant) oldDocuments(ctx context.Context, tx pgx.Tx, dossier int64) ([]old, error) {
	rows, err := tx.Query(ctx, `select id, ord, hash, first_chunk, chunks from `+t.doc+` where customer_id = $1 and dossier_id = $2 order by ord`, t.id, dossier)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (o old, err error) {
		return o, r.Scan(&o.id, &o.ord, &o.hash, &o.first, &o.chunks)
	})
}

// removeDocuments deletes documents with all that hangs on them.
func (t *tenant) removeDocuments(ctx context.Context, tx pgx.Tx, st *state, gone []old) error {
	if len(gone) == 0 {
		return nil
	}
	var ids, from, to []int64
	for _, o := range gone {
		ids, from, to = append(ids, o.id), append(from, o.first), append(to, o.first+int64(o.chunks))
		st.chunks -= int64(o.chunks)
	}
	for _, table := range []string{t.page, t.field} {
		if _, err := tx.Exec(ctx, `delete from `+table+` where customer_id = $1 and document_id = any($2)`, t.id, ids); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(ctx, `delete from `+t.doc+` where customer_id = $1 and id = any($2)`, t.id, ids); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `delete from `+t.chunk+` c using unnest($2::bigint[], $3::bigint[]) g(a, z)
		where c.customer_id = $1 and c.id >= g.a and c.id < g.z`, t.id, from, to); err != nil {
		return err
	}
	for space := range st.counts {
		tag, err := tx.Exec(ctx, `delete from `+t.vec+` c using unnest($3::bigint[], $4::bigint[]) g(a, z)
			where c.customer_id = $1 and c.space_id = $2 and c.id >= g.a and c.id < g.z`, t.id, space, from, to)
		if err != nil {
			return err
		}
		st.add(space, -tag.RowsAffected())
	}
	return nil
}

// number gives the new documents and their chunks their ids.
func (w *intake) number(ctx context.Context) error {
	if len(w.added) == 0 {
		return nil
	}
	rows, err := w.tx.Query(ctx, `select nextval('xindiao.document_id') from generate_series(1, $1)`, len(w.added))
	if err != nil {
		return err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return err
	}
	slices.Sort(ids)
	for i, p := range w.added {
		p.id, p.first = ids[i], 0
		if n := int64(len(p.ix.Chunks)); n > 0 {
			p.first = w.st.nextChunk
			w.st.nextChunk += n
			w.st.chunks += n
		}
	}
	return nil
}

// now is a time as both engines keep it.
func now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

func same(a, b *int32) bool { return a == b || a != nil && b != nil && *a == *b }

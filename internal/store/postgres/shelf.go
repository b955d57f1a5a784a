package postgres

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
)

// names are the tables of one side: the customers', or the corpora's. Both have the same columns where shelf asks.
type names struct {
	head, key       string // a collection's own row
	owner           string // column of the tables below
	doc, chunk, vec string
	heading         string // what stands before a chunk's text when it is embedded
	catalog         string // columns of a CatalogDoc that only one side has
	order           string
	what            string // in Chinese

	page, field string // of a customer alone
	exact, only string // its searches, made once
}

// customers are the names for each partition.
var customers = func() (out [partitions]names) {
	for i := range out {
		no := fmt.Sprintf("_%02d", i)
		out[i] = names{head: "xindiao.collection", key: "customer_id", owner: "customer_id", doc: "xindiao.document" + no, chunk: "xindiao.chunk" + no,
			vec: "xindiao.chunk_vec" + no, page: "xindiao.page" + no, field: "xindiao.field" + no, heading: "d.title", catalog: "d.dossier_id, '', d.party, d.current, d.period, '', null::date, null::date", order: "d.dossier_id, d.ord", what: "这个客户"}
		out[i].exact, out[i].only = out[i].sql(exact), out[i].sql(exactOnly)
	}
	return out
}()

var corpora = names{head: "xindiao.corpus", key: "id", owner: "corpus_id", doc: "xindiao.corpus_item", chunk: "xindiao.corpus_chunk", vec: "xindiao.corpus_vec",
	heading: "d.title || case d.label when '' then '' else ' ' || d.label end", catalog: "0::bigint, d.label, '', true, '', d.industry, d.from_day, d.to_day", order: "d.ord", what: "这个资料库"}

// sql fills the tables' names into a statement: {head}, {key}, {owner}, {doc}…
func (n *names) sql(stmt string) string {
	return strings.NewReplacer("{head}", n.head, "{key}", n.key, "{owner}", n.owner, "{doc}", n.doc, "{chunk}", n.chunk,
		"{vec}", n.vec, "{page}", n.page, "{field}", n.field, "{heading}", n.heading, "{catalog}", n.catalog, "{order}", n.order).Replace(stmt)
}

// shelf is what is the same of a customer's collection and a corpus.
type shelf struct {
	s        *Store
	id       int64 // of the customer or the corpus
	customer int64 // for the setting; nobody of a corpus
	*names
}

// Version is the collection's version.
func (c *shelf) Version(ctx context.Context) (int64, error) {
	var v int64
	err := c.s.one(ctx, c.s.read, c.customer, []any{&v}, c.sql(`select version from {head} where {key} = $1`), c.id)
	return v, missing(err, c.what)
}

// Catalog reads what a searcher keeps, on one state of the database.
func (c *shelf) Catalog(ctx context.Context) (store.Catalog, error) {
	var out store.Catalog
	err := c.s.snapshot(ctx, c.s.read, c.customer, func(tx pgx.Tx) error {
		out = store.Catalog{}
		var space *int32
		var counts map[int32]int64
		err := tx.QueryRow(ctx, c.sql(`select version, space_id, counts from {head} where {key} = $1`), c.id).Scan(&out.Version, &space, &counts)
		if err != nil {
			return missing(err, c.what)
		}
		if space != nil {
			out.Embedded = int(counts[*space])
			if err := tx.QueryRow(ctx, `select name, dim from xindiao.space where id = $1`, *space).Scan(&out.Space.Name, &out.Space.Dim); err != nil {
				return err
			}
		}
		return forRows(ctx, tx, func(r pgx.Rows) error {
			d, err := scanCatalog(r)
			out.Documents = append(out.Documents, d)
			return err
		}, c.sql(`select d.id, d.file, d.title, d.type, d.first_chunk, d.chunks, d.periods, d.segment, {catalog} from {doc} d
			where d.{owner} = $1 order by {order}`), c.id)
	})
	return out, err
}

func scanCatalog(r pgx.Rows) (d store.CatalogDoc, err error) {
	var from, to day
	err = r.Scan(&d.ID, &d.File, &d.Title, &d.Type, &d.FirstChunk, &d.Chunks, &d.Periods, &d.Segment,
		&d.Dossier, &d.Label, &d.Party, &d.Current, &d.Period, &d.Industry, &from, &to)
	d.From, d.To = dossier.Date(from), dossier.Date(to)
	return d, err
}

// Chunks reads chunks in the order asked.
func (c *shelf) Chunks(ctx context.Context, ids []int64) ([]store.ChunkRow, error) {
	if len(ids) == 0 {
		return nil, c.s.alive()
	}
	got := make(map[int64]store.ChunkRow, len(ids))
	err := c.s.ask(ctx, c.s.read, c.customer, func(r pgx.Rows) error {
		var k store.ChunkRow
		err := r.Scan(&k.ID, &k.Document, &k.Page, &k.Line, &k.Start, &k.End, &k.FileStart, &k.FileEnd, &k.Kind, &k.Cell, &k.Clause, &k.Period, &k.Text, &k.Context)
		got[k.ID] = k
		return err
	}, c.sql(`select id, document_id, page, line, start_at, end_at, file_start, file_end, kind, cell, clause, period, text, context
		from {chunk} where {owner} = $1 and id = any($2)`), c.id, ids)
	if err != nil {
		return nil, err
	}
	out := make([]store.ChunkRow, 0, len(got))
	for _, id := range ids {
		if k, ok := got[id]; ok {
			out = append(out, k)
		}
	}
	return out, nil
}

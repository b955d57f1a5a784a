package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/xindiao/xindiao/internal/store"
)

const (
	catalogDocuments = `SELECT id, dossier_id, file, type_name, '', type, party, current, period, '', '', '', first_chunk, chunks, periods, segment
		FROM documents WHERE collection_id = ? ORDER BY dossier_id, ord`
	catalogItems = `SELECT id, 0, file, title, label, type, '', 1, '', industry, from_day, to_day, first_chunk, chunks, periods, segment
		FROM items WHERE collection_id = ? ORDER BY ord`
)

// Catalog reads what a searcher keeps.
func (c collection) Catalog(ctx context.Context) (cat store.Catalog, err error) {
	err = c.s.read(ctx, func(tx *sql.Tx) error {
		st, err := c.load(ctx, tx)
		if err != nil {
			return err
		}
		cat.Version = st.version
		if cat.Space, err = loadSpace(ctx, tx, st.space); err != nil {
			return err
		}
		n, err := countVectors(ctx, tx, c.id, st.space)
		if err != nil {
			return err
		}
		cat.Embedded = int(n)
		query := catalogDocuments
		if c.id < 0 {
			query = catalogItems
		}
		return each(ctx, tx, query, []any{c.id}, func(rows *sql.Rows) error {
			d, err := scanCatalog(rows)
			cat.Documents = append(cat.Documents, d)
			return err
		})
	})
	return cat, err
}

func scanCatalog(rows *sql.Rows) (d store.CatalogDoc, err error) {
	var from, to, periods string
	if err := rows.Scan(&d.ID, &d.Dossier, &d.File, &d.Title, &d.Label, &d.Type, &d.Party, &d.Current, &d.Period,
		&d.Industry, &from, &to, &d.FirstChunk, &d.Chunks, &periods, &d.Segment); err != nil {
		return d, err
	}
	if d.From, err = day(from); err != nil {
		return d, err
	}
	if d.To, err = day(to); err != nil {
		return d, err
	}
	if periods != "" {
		err = json.Unmarshal([]byte(periods), &d.Periods)
	}
	return d, err
}

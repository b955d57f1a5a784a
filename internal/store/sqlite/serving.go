package sqlite

import (
	"context"
	"database/sql"
	"strings"

	"github.com/xindiao/xindiao/internal/store"
)

// itemRow is what a search must know of an item; days are 2006-01-02, which compare as text.
type itemRow struct {
	industry, from, to string
	first, chunks      int64
}

// itemList is the items of a corpus as of a version.
type itemList struct {
	version int64
	rows    []itemRow
}

// maxItems bounds what is remembered of a corpus' items, some 20 MB.
const maxItems = 200_000

// serves tells whether an item may be shown for the industry and the day: it is of the industry, of one that contains
// it, or of all; and in force on the day, or without a last day when none is asked for.
func (r itemRow) serves(industry, asOf string) bool {
	if industry != "" && !strings.HasPrefix(industry, r.industry) {
		return false
	}
	if asOf == "" {
		return r.to == ""
	}
	return r.from <= asOf && (r.to == "" || r.to >= asOf)
}

// itemRows reads the items of a corpus, or remembers them from the last search.
func (c collection) itemRows(ctx context.Context, tx *sql.Tx) ([]itemRow, error) {
	st, err := c.load(ctx, tx)
	if err != nil {
		return nil, err
	}
	c.s.mu.Lock()
	have, ok := c.s.items[c.id]
	c.s.mu.Unlock()
	if ok && have.version == st.version {
		return have.rows, nil
	}
	var out []itemRow
	err = each(ctx, tx, "SELECT industry, from_day, to_day, first_chunk, chunks FROM items WHERE collection_id = ?", []any{c.id}, func(rows *sql.Rows) error {
		var r itemRow
		err := rows.Scan(&r.industry, &r.from, &r.to, &r.first, &r.chunks)
		out = append(out, r)
		return err
	})
	if err == nil && len(out) <= maxItems {
		c.s.mu.Lock()
		c.s.items[c.id] = itemList{st.version, out}
		c.s.mu.Unlock()
	}
	return out, err
}

// serving narrows a selection to the items that may be shown.
func (c collection) serving(ctx context.Context, tx *sql.Tx, q store.VectorQuery, only selection) (selection, error) {
	rows, err := c.itemRows(ctx, tx)
	if err != nil {
		return nil, err
	}
	out, asOf, all := selection{}, q.AsOf.String(), true
	for _, r := range rows {
		if r.serves(q.Industry, asOf) {
			out.addRun(r.first, r.chunks)
		} else {
			all = false
		}
	}
	switch {
	case all:
		return only, nil
	case only == nil:
		return out, nil
	}
	for b, mask := range only {
		if mask &= out[b]; mask != 0 {
			only[b] = mask
		} else {
			delete(only, b)
		}
	}
	return only, nil
}

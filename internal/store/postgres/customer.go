package postgres

import (
	"context"
	"strconv"

	"github.com/jackc/pgx/v5"

	"github.com/xindiao/xindiao/internal/store"
)

// maxList bounds a page of a listing.
const maxList = 10_000

// PutCustomer makes or renames.
func (s *Store) PutCustomer(ctx context.Context, key, name string) (store.Customer, error) {
	key, name = store.CleanText(key), store.CleanText(name)
	if err := store.CheckName("客户编号", key); err != nil {
		return store.Customer{}, err
	}
	var c store.Customer
	err := s.write(ctx, nobody, func(tx pgx.Tx) error {
		row := tx.QueryRow(ctx, `insert into xindiao.customer (key, name) values ($1, $2) on conflict (key) do update set name = excluded.name
			returning id, key, name, created`, key, name)
		if err := row.Scan(&c.ID, &c.Key, &c.Name, &c.Created); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, s.setting(), strconv.FormatInt(c.ID, 10)); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `insert into xindiao.collection (customer_id) values ($1) on conflict do nothing`, c.ID)
		return err
	})
	c.Created = c.Created.UTC()
	return c, err
}

func scanCustomer(r pgx.Rows) (c store.Customer, err error) {
	err = r.Scan(&c.ID, &c.Key, &c.Name, &c.Created)
	c.Created = c.Created.UTC()
	return c, err
}

// Customer finds by key.
func (s *Store) Customer(ctx context.Context, key string) (store.Customer, error) {
	got, err := list(ctx, s, s.pool, nobody, scanCustomer, `select id, key, name, created from xindiao.customer where key = $1`, store.CleanText(key))
	if err == nil && len(got) == 0 {
		err = store.NotFound("这个客户")
	}
	if err != nil {
		return store.Customer{}, err
	}
	return got[0], nil
}

// Customers lists the directory.
func (s *Store) Customers(ctx context.Context, after int64, limit int) ([]store.Customer, error) {
	return list(ctx, s, s.pool, nobody, scanCustomer, `select id, key, name, created from xindiao.customer where id > $1 order by id limit $2`,
		after, min(max(limit, 0), maxList))
}

// Tenant is the view on one customer.
func (s *Store) Tenant(customer int64) store.Tenant {
	return &tenant{shelf{s: s, id: customer, customer: customer, names: &customers[partition(customer)]}}
}

// tenant is one customer's view. Collections that are not a customer's are in corpus.go.
type tenant struct{ shelf }

// ID is the customer.
func (t *tenant) ID() int64 { return t.id }

// state is the collection's row, locked.
type state struct {
	tally
	version   int64
	nextChunk int64
	number    int64 // of the audit chain's head
	hash      string
}

// lock takes the customer's row until the transaction ends: writers of one customer go one after another.
func (t *tenant) lock(ctx context.Context, tx pgx.Tx) (*state, error) {
	st := &state{}
	err := tx.QueryRow(ctx, `select version, next_chunk, chunks, counts, space_id, audit_number, audit_hash from xindiao.collection
		where customer_id = $1 for update`, t.id).Scan(&st.version, &st.nextChunk, &st.chunks, &st.counts, &st.active, &st.number, &st.hash)
	if err != nil {
		return nil, missing(err, "这个客户")
	}
	return st, nil
}

// save writes the row back.
func (t *tenant) save(ctx context.Context, tx pgx.Tx, st *state) error {
	_, err := tx.Exec(ctx, `update xindiao.collection set version = $2, next_chunk = $3, chunks = $4, counts = $5, space_id = $6, readable = $7,
		audit_number = $8, audit_hash = $9 where customer_id = $1`,
		t.id, st.version, st.nextChunk, st.chunks, st.counts, st.active, st.readable(), st.number, st.hash)
	return err
}

package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"github.com/xindiao/xindiao/internal/store"
)

// PutCustomer makes or renames the customer with this key.
func (s *Store) PutCustomer(ctx context.Context, key, name string) (store.Customer, error) {
	key, name = store.CleanText(key), store.CleanText(name)
	if err := store.CheckName("客户编号", key); err != nil {
		return store.Customer{}, err
	}
	var c store.Customer
	err := s.write(ctx, func(tx *sql.Tx) error {
		var err error
		c, err = customer(ctx, tx, key)
		switch {
		case errors.Is(err, store.ErrNotFound):
			c = store.Customer{Key: key, Name: name, Created: now()}
			if err := tx.QueryRowContext(ctx, "INSERT INTO customers (key, name, created) VALUES (?, ?, ?) RETURNING id",
				key, name, micros(c.Created)).Scan(&c.ID); err != nil {
				return err
			}
			_, err = tx.ExecContext(ctx, "INSERT INTO collections (id) VALUES (?)", c.ID)
			return err
		case err != nil || c.Name == name:
			return err
		}
		c.Name = name
		_, err = tx.ExecContext(ctx, "UPDATE customers SET name = ? WHERE id = ?", name, c.ID)
		return err
	})
	return c, err
}

// Customer finds by key.
func (s *Store) Customer(ctx context.Context, key string) (store.Customer, error) {
	c, err := customer(ctx, s.r, key)
	return c, s.fail(ctx, err)
}

const customerColumns = "SELECT id, key, name, created FROM customers "

func customer(ctx context.Context, q querier, key string) (store.Customer, error) {
	var c store.Customer
	var created int64
	err := q.QueryRowContext(ctx, customerColumns+"WHERE key = ?", key).Scan(&c.ID, &c.Key, &c.Name, &created)
	if errors.Is(err, sql.ErrNoRows) {
		return c, store.NotFound("这个客户")
	}
	c.Created = at(created)
	return c, err
}

// Customers lists by id.
func (s *Store) Customers(ctx context.Context, after int64, limit int) ([]store.Customer, error) {
	var out []store.Customer
	err := each(ctx, s.r, customerColumns+"WHERE id > ? ORDER BY id LIMIT ?", []any{after, max(limit, 0)}, func(rows *sql.Rows) error {
		var c store.Customer
		var created int64
		err := rows.Scan(&c.ID, &c.Key, &c.Name, &created)
		c.Created = at(created)
		out = append(out, c)
		return err
	})
	return out, s.fail(ctx, err)
}

// tenant is the view on one customer.
type tenant struct{ collection }

// Tenant is the view on one customer. An id that is none's finds nothing: corpora have ids below 1.
func (s *Store) Tenant(customer int64) store.Tenant { return tenant{collection{s, max(customer, 0)}} }

func (t tenant) ID() int64 { return t.id }

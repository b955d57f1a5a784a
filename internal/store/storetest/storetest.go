// Package storetest is the conformance suite that every store.Store passes: what the contract says in words, tried.
//
// A backend's test is a few lines:
//
//	var backend = storetest.Backend{Fresh: …, Open: …}
//
//	func TestMain(m *testing.M)       { storetest.Main(m, backend) }
//	func TestStore(t *testing.T)      { storetest.Run(t, backend) }
//	func TestCustomers(t *testing.T)  { storetest.Crossed(t, backend) }
//	func TestKill(t *testing.T)       { storetest.Kill(t, backend) }
package storetest

import (
	"context"
	"fmt"
	"testing"

	"github.com/xindiao/xindiao/internal/store"
)

// Backend is how the suite gets at a kind of store. Hooks that a backend has no use for stay nil.
type Backend struct {
	// Fresh makes an empty database, which goes away with the test, and returns what Open takes.
	Fresh func(t testing.TB) string
	// Open opens the database at target, also while another process has it open.
	Open func(ctx context.Context, target string) (store.Store, error)

	// Tamper changes the audit chain behind the store's back, as an administrator who puts the triggers aside can.
	Tamper func(ctx context.Context, target string, do Tamper) error
	// Forbid tries to change the audit table as the application itself, one try a key; every value must be an error.
	Forbid func(ctx context.Context, target string) map[string]error
	// Rows counts, as the application's role, the rows that each table with a customer shows under a row-level
	// security setting; "" is none at all.
	Rows func(ctx context.Context, target, setting string) (map[string]int, error)
	// Sever ends the application's sessions from the server's side.
	Sever func(ctx context.Context, target string) error
}

// Tamper is a change of a customer's audit chain from the outside.
type Tamper struct {
	Customer int64
	Number   int64  // of the entry to change, or of the first that is cut off
	Detail   string // what the entry shall say
	Cut      bool   // delete the entries from Number on
}

// Run tries the contract on one database.
func Run(t *testing.T, b Backend) {
	e := newEnv(t, b)
	for _, g := range []struct {
		name string
		run  func(*testing.T, *env)
	}{
		{"directory", directory},
		{"round trip", roundTrip},
		{"realistic", realistic},
		{"again", again},
		{"catalog", catalog},
		{"search", search},
		{"spaces", spaces},
		{"random", random},
		{"reports", reports},
		{"waivers", waivers},
		{"audit", audit},
		{"delete", deletion},
		{"hostile", hostile},
		{"refused", refusals},
		{"concurrent", concurrent},
		{"cancelled", cancelled},
		{"corpora", corpora},
		{"reopened", reopened},
		{"closed", closed},
	} {
		t.Run(g.name, func(t *testing.T) { g.run(t, e) })
	}
}

// env is an open store with what the suite knows of it.
type env struct {
	b      Backend
	target string
	s      store.Store
	made   int
}

func newEnv(t *testing.T, b Backend) *env {
	t.Helper()
	e := &env{b: b, target: b.Fresh(t)}
	e.s = e.open(t)
	return e
}

// open opens the database once more, until the test ends.
func (e *env) open(t *testing.T) store.Store {
	t.Helper()
	s, err := e.b.Open(t.Context(), e.target)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// tenant makes a customer.
func (e *env) tenant(t *testing.T) store.Tenant {
	t.Helper()
	e.made++
	c, err := e.s.PutCustomer(t.Context(), fmt.Sprintf("客户-%d", e.made), "名称")
	if err != nil {
		t.Fatal(err)
	}
	return e.s.Tenant(c.ID)
}

// must stops the test on an error.
func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

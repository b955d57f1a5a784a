package storetest

import (
	"fmt"
	"strings"
	"testing"
)

// rowSecurity looks at the tables below the store's own statements, as the application's role: without a customer
// set nothing shows, with one only its rows.
func rowSecurity(t *testing.T, e *env, owners []*owner) {
	ctx := t.Context()
	for _, setting := range []string{"", "0", "-1", "99999999", "1 or true", "abc", "9223372036854775808"} {
		rows, err := e.b.Rows(ctx, e.target, setting)
		if err != nil {
			if setting == "" || setting == "0" {
				t.Errorf("setting %q: %v", setting, err)
			}
			continue // refused is closed, too
		}
		if len(rows) < 8 {
			t.Errorf("setting %q: only %d tables looked at", setting, len(rows))
		}
		for table, n := range rows {
			if n != 0 {
				t.Errorf("setting %q: %d rows of %s", setting, n, table)
			}
		}
	}
	// Customers of equal contents show equal numbers, and nobody shows all.
	one, err := e.b.Rows(ctx, e.target, fmt.Sprint(owners[0].tn.ID()))
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, n := range one {
		total += n
	}
	if total < 20 {
		t.Errorf("a customer sees %d of its own rows", total)
	}
	for _, o := range owners[1:] {
		if o.n%15 != 0 { // those built as the first was
			continue
		}
		rows, err := e.b.Rows(ctx, e.target, fmt.Sprint(o.tn.ID()))
		if err != nil {
			t.Fatal(err)
		}
		for table, n := range rows {
			if !strings.Contains(table, "audit") && n != one[table] {
				t.Errorf("customer %d sees %d rows of %s, customer 0 sees %d", o.n, n, table, one[table])
			}
		}
	}
}

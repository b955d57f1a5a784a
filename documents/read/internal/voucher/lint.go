package voucher

import (
	"errors"
	"fmt"
	"strconv"
)

// Lint checks the families: that they can be read, and that every one reads its own examples as they say.
func Lint() []error {
	r, err := load()
	if err != nil {
		return []error{err}
	}
	return r.lint()
}

func (r *registry) lint() (errs []error) {
	for _, f := range r.order {
		if len(f.Examples) == 0 && (len(f.Roots) > 0 || f.Space != "") {
			errs = append(errs, fmt.Errorf("families/%s.yaml: no example", f.id))
		}
		for i, e := range f.Examples {
			if err := e.check(f.id); err != nil {
				errs = append(errs, fmt.Errorf("families/%s.yaml: example %d: %w", f.id, i+1, err))
			}
		}
	}
	return errs
}

func (e Example) check(family string) error {
	list, err := Read([]byte(e.XML))
	if err != nil || len(list) != 1 {
		return fmt.Errorf("%d vouchers, %w", len(list), err)
	}
	s := list[0]
	var errs []error
	if s.Family != family || s.Title != e.Title {
		errs = append(errs, fmt.Errorf("is %q with the title %q, want %q", s.Family, s.Title, e.Title))
	}
	if s.Strange > 0 {
		errs = append(errs, fmt.Errorf("%d elements without a label", s.Strange))
	}
	for _, p := range e.Pairs {
		if len(p) != 2 || s.Value(p[0]) != p[1] {
			errs = append(errs, fmt.Errorf("%v: is %q", p, s.Value(p[0])))
		}
	}
	for _, c := range e.Cells {
		if len(c) != 4 {
			errs = append(errs, fmt.Errorf("%v: want table, row, label, value", c))
		} else if got, ok := s.cell(c[0], c[1], c[2]); !ok || got != c[3] {
			errs = append(errs, fmt.Errorf("%v: is %q", c, got))
		}
	}
	return errors.Join(errs...)
}

// cell is the value under a label in a row, from 1, of a table; "" where the table has no such label.
func (s *Sheet) cell(table, row, label string) (value string, ok bool) {
	n, _ := strconv.Atoi(row)
	for _, t := range s.Tables {
		if t.Name != table || n < 1 || n > len(t.Rows) {
			continue
		}
		for i, h := range t.Heads {
			if h == label {
				return t.Rows[n-1][i], true
			}
		}
		return "", true
	}
	return "", false
}

package store

import "context"

// EachCustomer calls f for every customer by id, page by page, until f returns an error, which it returns.
func EachCustomer(ctx context.Context, s Store, f func(Customer) error) error {
	const page = 500
	for after := int64(0); ; {
		list, err := s.Customers(ctx, after, page)
		if err != nil || len(list) == 0 {
			return err
		}
		for _, c := range list {
			if err := f(c); err != nil {
				return err
			}
			after = c.ID
		}
	}
}

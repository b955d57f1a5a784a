package postgres

import (
	"context"
	"fmt"
	"regexp"

	"github.com/jackc/pgx/v5"
)

// When an HNSW index pays. Looking at all rows costs 0.3 to 0.5 µs a row of 1,024 dimensions, twice that when the rows
// lie scattered, and misses nothing; a graph costs about 0.5 ms whatever the size. The graph over all rows serves an industry of a quarter of them by going on until
// enough rows pass; for a rarer one that takes long and misses some, so that gets a graph of its own.
const (
	graphFrom = 4000 // rows of a corpus
	partFrom  = 800  // rows of one industry
	partTo    = 4    // one industry has at most one in so many rows
	exactTo   = 1500 // rows of the industries that are looked at together
)

// everything is the key of the graph over all rows.
const everything = "*"

// industryCode is what a graph of its own is built for.
var industryCode = regexp.MustCompile(`^[A-Z0-9]{0,8}$`)

// build makes the graphs that pay and do not stand yet. It runs after the rows are in: with a graph in place they
// would go in a hundred times slower. Until then searches are exact.
func (c *corpus) build(ctx context.Context, space int32, dim int) error {
	r, err := c.load(ctx, space)
	if err != nil {
		return err
	}
	var todo []string
	if r.vectors >= graphFrom && !r.graphs[everything] {
		todo = append(todo, everything)
	}
	for code, n := range r.industries {
		if r.vectors >= graphFrom && n >= partFrom && int64(n)*partTo < r.vectors && !r.graphs[code] && industryCode.MatchString(code) {
			todo = append(todo, code)
		}
	}
	defer c.s.routes.Delete(routeKey{c.id, space})
	for i, code := range todo {
		err := c.s.write(ctx, nobody, func(tx pgx.Tx) error {
			if _, err := tx.Exec(ctx, `select set_config('maintenance_work_mem', $1, true), set_config('statement_timeout', '0', true)`,
				fmt.Sprintf("%dMB", c.s.opt.BuildMemory)); err != nil {
				return err
			}
			if i == 0 {
				if _, err := tx.Exec(ctx, `select xindiao.corpus_counted($1, $2)`, c.id, space); err != nil {
					return err
				}
			}
			_, err := tx.Exec(ctx, `select xindiao.corpus_graph_build($1, $2, $3, $4)`, c.id, space, dim, code)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

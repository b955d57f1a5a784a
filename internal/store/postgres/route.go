package postgres

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/xindiao/xindiao/internal/store"
)

// route is what is known of a corpus and space for choosing between looking at all and the graphs. Answers do not
// hang on it: a graph that is gone makes a search slow, not wrong.
type route struct {
	version    int64
	vectors    int64
	industries map[string]int
	graphs     map[string]bool
	loaded     time.Time
}

type routeKey struct {
	corpus int64
	space  int32
}

// routeAge is how long a route serves: graphs are built and dropped by other processes too.
const routeAge = 30 * time.Second

func (c *corpus) load(ctx context.Context, space int32) (*route, error) {
	r := &route{graphs: map[string]bool{}, loaded: time.Now()}
	var graphs []string
	err := c.s.one(ctx, c.s.read, nobody, []any{&r.version, &r.vectors, &r.industries, &graphs}, `select version, coalesce((counts ->> $2::int::text)::bigint, 0), industries,
		array(select industry from xindiao.corpus_graph where corpus_id = $1 and space_id = $2) from xindiao.corpus where id = $1`, c.id, space)
	if err != nil {
		return nil, missing(err, c.what)
	}
	for _, g := range graphs {
		r.graphs[g] = true
	}
	c.s.routes.Store(routeKey{c.id, space}, r)
	return r, nil
}

func (c *corpus) route(ctx context.Context, space int32) (*route, error) {
	if r, ok := c.s.routes.Load(routeKey{c.id, space}); ok && time.Since(r.(*route).loaded) < routeAge {
		return r.(*route), nil
	}
	return c.load(ctx, space)
}

// plan says which industries are searched by which graph and which exactly.
type plan struct {
	graphs  []string // by the graph of each industry
	whole   bool     // by the graph over everything, filtered by through; nil: by nothing
	through []string
	exact   bool // by looking at the rows of rest; nil: at all
	rest    []string
}

// choose routes by counted rows. The planner would take the graph over everything for an industry of a hundredth of
// the rows too, and find two of ten.
func (r *route) choose(q store.VectorQuery) plan {
	switch codes := r.within(q.Industry); {
	case q.Only != nil || !r.graphs[everything]:
		return plan{exact: true, rest: codes}
	case codes == nil:
		return plan{whole: true}
	default:
		var p plan
		n := 0
		for _, code := range codes {
			switch n += r.industries[code]; {
			case r.graphs[code]:
				p.graphs = append(p.graphs, code)
				n -= r.industries[code]
			case n <= exactTo:
				p.rest = append(p.rest, code)
			default:
				p.through = append(p.through, code)
				n -= r.industries[code]
			}
		}
		p.whole = len(p.through) > 0
		if p.exact = len(p.rest) > 0 || !p.whole && len(p.graphs) == 0; p.exact && p.rest == nil {
			p.rest = codes // none: no item serves this industry
		}
		return p
	}
}

// within lists the codes that serve an industry and have rows; nil for no industry.
func (r *route) within(industry string) []string {
	if industry == "" {
		return nil
	}
	out := []string{}
	for code, n := range r.industries {
		if n > 0 && strings.HasPrefix(industry, code) {
			out = append(out, code)
		}
	}
	slices.Sort(out)
	return out
}

func (p plan) String() string {
	if p.approximate() {
		return "hnsw"
	}
	return "exact"
}

// effort is hnsw.ef_search: on 200,000 rows the graph over everything finds 0.92 of the best ten with 100.
func (p plan) effort() int {
	if p.whole {
		return 250
	}
	return 100
}

func (p plan) approximate() bool {
	return p.whole || len(p.graphs) > 0
}

// sql builds the search with its arguments: the best of each part, then the best of all.
func (p plan) sql(c *corpus, space int32, k int, q store.VectorQuery) (string, []any) {
	args := []any{c.id, space, query(q.Vector), k}
	arg := func(v any) string {
		args = append(args, v)
		return "$" + strconv.Itoa(len(args))
	}
	leaf := fmt.Sprintf("xindiao.corpus_vec_%d_%d", c.id, space)
	serves := "to_day is null"
	if !q.AsOf.IsZero() {
		on := arg(day(q.AsOf))
		serves = "(from_day is null or from_day <= " + on + ") and (to_day is null or to_day >= " + on + ")"
	}
	if q.Only != nil {
		serves += " and id = any(" + arg(q.Only) + ")"
	}
	var parts []string
	graph := func(where string) {
		parts = append(parts, fmt.Sprintf("(select id, v::halfvec(%d) <=> $3::halfvec(%[1]d) as d from %s where %s order by v::halfvec(%[1]d) <=> $3::halfvec(%[1]d) limit $4)",
			q.Space.Dim, leaf, where))
	}
	for _, code := range p.graphs { // as text, which industryCode took: a parameter would not match the graph's own condition
		graph(serves + " and industry = '" + code + "'")
	}
	if p.whole && p.through == nil {
		graph(serves)
	} else if p.whole {
		graph(serves + " and industry = any(" + arg(p.through) + ")")
	}
	if p.exact {
		where := serves
		if p.rest != nil {
			where += " and industry = any(" + arg(p.rest) + ")"
		}
		parts = append(parts, "(select id, (v <=> $3::halfvec) + 0 as d from "+leaf+" where "+where+" order by d, id limit $4)")
	}
	return `select id, d, (select version from xindiao.corpus where id = $1 and $2 = any(readable)) from (` + strings.Join(parts, " union all ") +
		`) x order by d, id limit $4`, args
}

// SearchVector searches by the graphs where they pay.
func (c *corpus) SearchVector(ctx context.Context, q store.VectorQuery) (store.Found, error) {
	q.Industry = store.CleanText(q.Industry)
	space, err := c.s.searchable(ctx, q)
	if err != nil {
		return store.Found{}, err
	}
	if space == 0 || q.K <= 0 || q.Only != nil && len(q.Only) == 0 {
		return c.nothing(ctx, space, q.Space)
	}
	for try := 0; ; try++ {
		r, err := c.route(ctx, space)
		if err != nil {
			return store.Found{}, err
		}
		p := r.choose(q)
		f, err := c.search(ctx, space, q, p)
		if p.approximate() && err == nil && len(f.Hits) < min(q.K, maxHits) && f.Version == r.version { // the filter left too few on the graph's way
			f, err = c.search(ctx, space, q, plan{exact: true, rest: r.within(q.Industry)})
		}
		switch {
		case errors.Is(err, errGone) && try < 3, err == nil && f.Version != 0 && f.Version != r.version && try < 3:
			c.s.routes.Delete(routeKey{c.id, space}) // the corpus was replaced
			continue
		case errors.Is(err, errGone), err == nil && f.Version == 0:
			return c.nothing(ctx, space, q.Space)
		}
		return f, err
	}
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

// errGone tells that the partition is not there.
var errGone = errors.New("postgres: no such partition")

// search runs one plan. Version is 0 when no row came back, or the space may not be searched.
func (c *corpus) search(ctx context.Context, space int32, q store.VectorQuery, p plan) (store.Found, error) {
	f := store.Found{Route: p.String()}
	k := min(q.K, maxHits)
	sql, args := p.sql(c, space, k, q)
	var b pgx.Batch
	b.Queue(c.s.setting(), strconv.Itoa(nobody))
	b.Queue(`select set_config('hnsw.ef_search', $1, true), set_config('hnsw.iterative_scan', 'relaxed_order', true), set_config('enable_sort', $2, true),
		set_config('plan_cache_mode', 'force_custom_plan', true)`, strconv.Itoa(max(p.effort(), k)), onOff(!p.approximate()))
	b.Queue(sql, args...)
	res := c.s.read.SendBatch(ctx, &b)
	_, err := res.Exec()
	if err != nil {
		res.Close()
		if code(err) == "42P01" { // all statements are prepared before the first runs
			return f, errGone
		}
		return f, fault(err)
	}
	var version *int64
	err = answer(res, func(r pgx.Rows) error {
		var h store.Scored
		if err := r.Scan(&h.ID, &h.Score, &version); err != nil {
			return err
		}
		h.Score = 1 - h.Score
		f.Hits = append(f.Hits, h)
		return nil
	})
	if code(err) == "42P01" {
		return f, errGone
	}
	if version != nil {
		f.Version = *version
	}
	return f, fault(err)
}

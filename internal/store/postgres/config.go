package postgres

import (
	"context"
	"fmt"
	"net/url"
	"runtime"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/xindiao/xindiao/dossier"
)

// AppRole is whom every statement runs as. The migration makes it; it cannot sign in and owns nothing.
const AppRole = "xindiao_app"

// config is a URL taken apart.
type config struct {
	pool    *pgxpool.Config
	bouncer bool // a pooler in transaction mode: no session outlives a transaction
	target  string
}

// parse reads a URL. Errors never show it, for it may hold a password.
func parse(raw string) (config, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" {
		return config{}, &dossier.Error{Kind: dossier.ErrInput, Msg: "数据库地址不合格式，应为 postgres://用户@主机:端口/库名"}
	}
	q := u.Query()
	c := config{bouncer: q.Get("pgbouncer") != "" && q.Get("pgbouncer") != "0"}
	own := q.Has("pool_max_conns")
	q.Del("pgbouncer")
	u.RawQuery = q.Encode()
	if c.pool, err = pgxpool.ParseConfig(u.String()); err != nil {
		return config{}, &dossier.Error{Kind: dossier.ErrInput, Msg: "数据库地址中的参数不合格式，请核对主机、端口、sslmode 和 pool_max_conns"}
	}
	if !own { // two to four times the cores served most, in the runs of retrieval notes
		c.pool.MaxConns = int32(max(8, min(4*runtime.NumCPU(), 64)))
	}
	cc := c.pool.ConnConfig
	if cc.ConnectTimeout == 0 {
		cc.ConnectTimeout = 10 * time.Second
	}
	c.target = fmt.Sprintf("%s:%d/%s", cc.Host, cc.Port, cc.Database)
	if strings.HasPrefix(cc.Host, "/") {
		c.target = cc.Host + "/" + cc.Database
	}
	if cc.RuntimeParams["application_name"] == "" {
		cc.RuntimeParams["application_name"] = "xindiao"
	}
	if c.bouncer { // it passes no settings on, and prepared statements are gone with the transaction
		cc.DefaultQueryExecMode = pgx.QueryExecModeCacheDescribe
		return c, nil
	}
	for k, v := range map[string]string{
		"timezone":                            "UTC",
		"statement_timeout":                   "300000",
		"lock_timeout":                        "60000",
		"jit":                                 "off",
		"idle_in_transaction_session_timeout": "600000",
	} {
		if _, ok := cc.RuntimeParams[k]; !ok {
			cc.RuntimeParams[k] = v
		}
	}
	return c, nil
}

// connect opens the pool. Every connection takes the application's role and shows that row-level security binds it.
func connect(ctx context.Context, c config) (*pgxpool.Pool, error) {
	p := c.pool.Copy()
	p.AfterConnect = func(ctx context.Context, conn *pgx.Conn) error {
		if err := types(ctx, conn); err != nil {
			return err
		}
		if !c.bouncer {
			if _, err := conn.Exec(ctx, "set role "+AppRole); err != nil {
				return err
			}
		}
		return bound(ctx, conn, c.bouncer)
	}
	pool, err := pgxpool.NewWithConfig(ctx, p)
	if err != nil {
		return nil, fault(err)
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, fault(err)
	}
	return pool, nil
}

// bound refuses a connection whose role row-level security does not bind.
func bound(ctx context.Context, conn *pgx.Conn, bouncer bool) error {
	role := "current_user"
	if bouncer { // each transaction takes the role for itself
		role = "'" + AppRole + "'"
	}
	var free bool
	err := conn.QueryRow(ctx, "select rolsuper or rolbypassrls from pg_roles where rolname = "+role).Scan(&free)
	if err == nil && free {
		return &dossier.Error{Kind: dossier.ErrDependency, Msg: "数据库角色 " + AppRole + " 可绕过行级安全，不能用来服务；请执行 ALTER ROLE " + AppRole + " NOSUPERUSER NOBYPASSRLS"}
	}
	if err == nil && !bouncer {
		err = agree(ctx, conn)
	}
	return err
}

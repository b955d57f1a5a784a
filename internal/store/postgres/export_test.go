package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// Bound is bound without a pooler.
func Bound(ctx context.Context, c *pgx.Conn) error { return bound(ctx, c, false) }

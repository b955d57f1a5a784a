package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	pgxvector "github.com/pgvector/pgvector-go/pgx"
)

// query is the vector of a search, as a parameter. pgvector's own type rounds each number by a table-free general
// conversion, which is a fifteenth of a small customer's search.
type query []float32

// codec is pgvector's, with query beside its own type.
type codec struct{ pgxvector.HalfVectorCodec }

// PlanEncode takes query in binary.
func (c codec) PlanEncode(m *pgtype.Map, oid uint32, format int16, value any) pgtype.EncodePlan {
	if _, ok := value.(query); ok && format == pgx.BinaryFormatCode {
		return encodeQuery{}
	}
	return c.HalfVectorCodec.PlanEncode(m, oid, format, value)
}

type encodeQuery struct{}

// Encode appends the value without its length.
func (encodeQuery) Encode(value any, buf []byte) ([]byte, error) {
	b := row{buf}
	b.halves(value.(query))
	return b.buf, nil
}

// types makes the connection know vectors.
func types(ctx context.Context, conn *pgx.Conn) error {
	if err := pgxvector.RegisterTypes(ctx, conn); err != nil {
		return err
	}
	t, ok := conn.TypeMap().TypeForName("halfvec")
	if !ok {
		return pgx.ErrNoRows
	}
	conn.TypeMap().RegisterType(&pgtype.Type{Name: "halfvec", OID: t.OID, Codec: codec{}})
	return nil
}

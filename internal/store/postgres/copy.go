package postgres

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
)

// sheet encodes rows for COPY in binary while they are sent: the server takes rows in as the next ones are encoded.
// It reads as the stream itself. pgx's CopyFrom would ask for the columns' types first, by a SELECT that the role has
// no right to on a partition.
type sheet struct {
	rows int
	row  func(b *row, i int)
	at   int
	b    row
	off  int
	end  bool
}

// row is one row under construction; its columns are appended in the order of the COPY statement.
type row struct{ buf []byte }

// signature opens a binary COPY; flags and extension are empty.
var signature = append([]byte("PGCOPY\n\xff\r\n\x00"), 0, 0, 0, 0, 0, 0, 0, 0)

// copyIn copies n rows into a table. Rows fill the columns in their order.
func copyIn(ctx context.Context, tx pgx.Tx, table string, columns []string, n int, fill func(b *row, i int)) error {
	if n == 0 {
		return nil
	}
	cols := len(columns)
	sh := &sheet{rows: n, row: func(b *row, i int) {
		b.buf = binary.BigEndian.AppendUint16(b.buf, uint16(cols))
		fill(b, i)
	}}
	sh.b.buf = append(make([]byte, 0, 128<<10), signature...)
	tag, err := tx.Conn().PgConn().CopyFrom(ctx, sh, fmt.Sprintf("copy %s (%s) from stdin binary", table, strings.Join(columns, ", ")))
	if err == nil && tag.RowsAffected() != int64(n) {
		err = fmt.Errorf("copy into %s took %d of %d rows", table, tag.RowsAffected(), n)
	}
	return err
}

// Read gives the next bytes of the stream.
func (s *sheet) Read(p []byte) (int, error) {
	for s.off == len(s.b.buf) || len(s.b.buf)-s.off < len(p) && !s.end {
		if s.off > 0 {
			s.b.buf = s.b.buf[:copy(s.b.buf, s.b.buf[s.off:])]
			s.off = 0
		}
		switch {
		case s.at < s.rows:
			s.row(&s.b, s.at)
			s.at++
		case !s.end:
			s.b.buf = append(s.b.buf, 0xff, 0xff)
			s.end = true
		default:
			return 0, io.EOF
		}
	}
	n := copy(p, s.b.buf[s.off:])
	s.off += n
	return n, nil
}

func (b *row) size(n int)     { b.buf = binary.BigEndian.AppendUint32(b.buf, uint32(n)) }
func (b *row) null()          { b.size(math.MaxUint32) }
func (b *row) text(s string)  { b.size(len(s)); b.buf = append(b.buf, s...) }
func (b *row) bytes(v []byte) { b.size(len(v)); b.buf = append(b.buf, v...) }

func (b *row) long(v int64) {
	b.size(8)
	b.buf = binary.BigEndian.AppendUint64(b.buf, uint64(v))
}

func (b *row) int(v int) {
	b.size(4)
	b.buf = binary.BigEndian.AppendUint32(b.buf, uint32(int32(min(max(v, math.MinInt32), math.MaxInt32))))
}

func (b *row) bool(v bool) {
	b.size(1)
	if v {
		b.buf = append(b.buf, 1)
	} else {
		b.buf = append(b.buf, 0)
	}
}

// textOID is the type of text in an array's header.
const textOID = 25

// texts is a text[]; nil is NULL.
func (b *row) texts(v []string) {
	if v == nil {
		b.null()
		return
	}
	n := 20
	for _, s := range v {
		n += 4 + len(s)
	}
	b.size(n)
	for _, x := range [...]uint32{1, 0, textOID, uint32(len(v)), 1} { // dimensions, has nulls, type, length, first index
		b.buf = binary.BigEndian.AppendUint32(b.buf, x)
	}
	for _, s := range v {
		b.text(s)
	}
}

// vector is a halfvec: dimension, zero, then the numbers in half precision.
func (b *row) vector(v []float32) {
	b.size(4 + 2*len(v))
	b.halves(v)
}

func (b *row) halves(v []float32) {
	b.buf = binary.BigEndian.AppendUint16(b.buf, uint16(len(v)))
	b.buf = append(b.buf, 0, 0)
	b.buf = slices.Grow(b.buf, 2*len(v))
	out := b.buf[len(b.buf) : len(b.buf)+2*len(v)]
	for i, x := range v {
		h := half(x)
		out[2*i], out[2*i+1] = byte(h>>8), byte(h)
	}
	b.buf = b.buf[:len(b.buf)+len(out)]
}

// half rounds a finite number within half precision's range to half precision, to even (IEEE 754, binary16).
func half(x float32) uint16 {
	u := math.Float32bits(x)
	if r := u&0x7fffffff - 113<<23; r < 1<<30 { // a normal half
		return uint16(u>>16&0x8000 | (r+1<<23+0xfff+r>>13&1)>>13)
	}
	return tiny(u)
}

// tiny is half for numbers below the smallest normal half: multiples of 2^-24.
func tiny(u uint32) uint16 {
	sign, e := uint16(u>>16&0x8000), u>>23&0xff
	if e < 102 { // less than half of the smallest
		return sign
	}
	m, shift := u&0x7fffff|0x800000, 126-e
	return sign | uint16((m+1<<(shift-1)-1+m>>shift&1)>>shift)
}

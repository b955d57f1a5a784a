package postgres

import (
	"context"
	"fmt"
	"math/bits"

	"github.com/jackc/pgx/v5"
)

// partitions is how many parts the bulky tables have.
const partitions = 32

// partition is where Postgres keeps a customer's bulky rows: HASH partitioning of one bigint. Reading the partition
// itself saves the server looking at all 32 for each search. The function is part of Postgres' storage format
// (hashint8extended, hash_combine64), so it does not change; each connection is asked for its opinion all the same. A
// wrong number could only ever find nothing.
func partition(customer int64) int {
	const seed = 0x7A5B22367996DCFD // HASH_PARTITION_SEED
	lo, hi := uint32(customer), uint32(uint64(customer)>>32)
	if customer >= 0 {
		lo ^= hi
	} else {
		lo ^= ^hi
	}
	return int((hashUint32(lo, seed) + 0x49a0f4dd15e5a8e3) % partitions) // hash_combine64(0, h)
}

// hashUint32 is hash_bytes_uint32_extended: Jenkins' lookup3 over four bytes.
func hashUint32(k uint32, seed uint64) uint64 {
	a := uint32(0x9e3779b9 + 4 + 3923095)
	b, c := a, a
	a += uint32(seed >> 32)
	b += uint32(seed)
	a, b, c = mix(a, b, c)
	a += k
	_, b, c = final(a, b, c)
	return uint64(b)<<32 | uint64(c)
}

func mix(a, b, c uint32) (uint32, uint32, uint32) {
	a = (a - c) ^ bits.RotateLeft32(c, 4)
	c += b
	b = (b - a) ^ bits.RotateLeft32(a, 6)
	a += c
	c = (c - b) ^ bits.RotateLeft32(b, 8)
	b += a
	a = (a - c) ^ bits.RotateLeft32(c, 16)
	c += b
	b = (b - a) ^ bits.RotateLeft32(a, 19)
	a += c
	c = (c - b) ^ bits.RotateLeft32(b, 4)
	b += a
	return a, b, c
}

func final(a, b, c uint32) (uint32, uint32, uint32) {
	c = (c ^ b) - bits.RotateLeft32(b, 14)
	a = (a ^ c) - bits.RotateLeft32(c, 11)
	b = (b ^ a) - bits.RotateLeft32(a, 25)
	c = (c ^ b) - bits.RotateLeft32(b, 16)
	a = (a ^ c) - bits.RotateLeft32(c, 4)
	b = (b ^ a) - bits.RotateLeft32(a, 14)
	c = (c ^ b) - bits.RotateLeft32(b, 24)
	return a, b, c
}

// agree compares partition with the server's own opinion.
func agree(ctx context.Context, conn *pgx.Conn) error {
	var ids []int64
	var parts []int32
	for i := range int64(64) {
		id := i*i*i*2654435761 + i
		ids, parts = append(ids, id), append(parts, int32(partition(id)))
	}
	var wrong int
	err := conn.QueryRow(ctx, `select count(*) from unnest($1::bigint[], $2::int[]) s(id, p)
		where not satisfies_hash_partition('xindiao.chunk_vec'::regclass, $3::int, s.p, s.id)`, ids, parts, partitions).Scan(&wrong)
	if err == nil && wrong > 0 {
		err = fmt.Errorf("the server puts %d of %d customers into other partitions", wrong, len(ids))
	}
	return err
}

package sqlite

import "bytes"

// defaultCache keeps the vectors of some 30,000 chunks of 1024 dimensions.
const defaultCache = 128 << 20

// cached is the vectors of a collection as of a version.
type cached struct {
	numbers []int64
	blocks  []block
	bytes   int64
}

// Bytes is what it takes in memory.
func (c *cached) Bytes() int64 { return c.bytes }

// add copies a block; false when it would not fit into the budget.
func (c *cached) add(number int64, b block, budget int64) bool {
	c.bytes += int64(len(b.data) + len(b.norms) + 64)
	if c.bytes > budget {
		return false
	}
	c.numbers = append(c.numbers, number)
	c.blocks = append(c.blocks, block{b.mask, bytes.Clone(b.norms), bytes.Clone(b.data)})
	return true
}

package sqlite

import (
	"encoding/binary"
	"errors"
	"math"
	"math/bits"
)

// blockSize chunks share a row of vectors: a row a vector would cost more for the rows than for the distances.
const blockSize = 64

// block is the vectors of up to 64 chunks with neighbouring ids.
type block struct {
	mask  uint64
	norms []byte // float32 an inverse length
	data  []byte // float32, the vectors one after another
}

var errBlock = errors.New("sqlite: a block of vectors is not as long as its mask says")

// check tells whether the bytes are what the mask promises: the loops over them rely on it.
func (b block) check(dim int) error {
	n := bits.OnesCount64(b.mask)
	if len(b.norms) != 4*n || len(b.data) != 4*n*dim {
		return errBlock
	}
	return nil
}

// slot is the place of a chunk among those of the block.
func (b block) slot(bit int) int { return bits.OnesCount64(b.mask & (1<<bit - 1)) }

func (b block) vector(bit, dim int) []float32 {
	at := b.slot(bit) * 4 * dim
	return floats(b.data[at : at+4*dim])
}

// with puts vectors by bit into the block, over those that are there.
func (b block) with(vectors *[blockSize][]float32, dim int) block {
	var out block
	for bit := range blockSize {
		v, old := vectors[bit], b.mask&(1<<bit) != 0
		switch {
		case v != nil:
			out.mask |= 1 << bit
			out.norms = binary.LittleEndian.AppendUint32(out.norms, math.Float32bits(inverseNorm(v)))
			for _, x := range v {
				out.data = binary.LittleEndian.AppendUint32(out.data, math.Float32bits(x))
			}
		case old:
			i := b.slot(bit)
			out.mask |= 1 << bit
			out.norms = append(out.norms, b.norms[4*i:4*i+4]...)
			out.data = append(out.data, b.data[4*i*dim:4*(i+1)*dim]...)
		}
	}
	return out
}

// without takes the chunks of the mask out.
func (b block) without(gone uint64, dim int) block {
	kept := block{mask: b.mask}
	for bit := range blockSize {
		if gone&(1<<bit) != 0 {
			kept.mask &^= 1 << bit
		}
	}
	for m := kept.mask; m != 0; m &= m - 1 {
		i := b.slot(bits.TrailingZeros64(m))
		kept.norms = append(kept.norms, b.norms[4*i:4*i+4]...)
		kept.data = append(kept.data, b.data[4*i*dim:4*(i+1)*dim]...)
	}
	return kept
}

// span is the mask of the ids from first to last within block number n; 0 when none is.
func span(n, first, last int64) uint64 {
	lo, hi := max(first, n*blockSize)-n*blockSize, min(last, n*blockSize+blockSize-1)-n*blockSize
	if lo > hi {
		return 0
	}
	return ^uint64(0) >> (blockSize - 1 - hi + lo) << lo
}

// inverseNorm is 1 over the Euclidean length.
func inverseNorm(v []float32) float32 {
	var sum float64
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	return float32(1 / math.Sqrt(sum))
}

func floats(b []byte) []float32 {
	out := make([]float32, len(b)/4)
	for i := range out {
		out[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return out
}

// dot is the inner product of q with a stored vector: as the bytes come, four sums side by side.
func dot(b []byte, q []float32) float32 {
	var s0, s1, s2, s3 float32
	for len(q) >= 8 && len(b) >= 32 {
		c, p := (*[32]byte)(b), (*[8]float32)(q)
		s0 += p[0] * math.Float32frombits(binary.LittleEndian.Uint32(c[0:4]))
		s1 += p[1] * math.Float32frombits(binary.LittleEndian.Uint32(c[4:8]))
		s2 += p[2] * math.Float32frombits(binary.LittleEndian.Uint32(c[8:12]))
		s3 += p[3] * math.Float32frombits(binary.LittleEndian.Uint32(c[12:16]))
		s0 += p[4] * math.Float32frombits(binary.LittleEndian.Uint32(c[16:20]))
		s1 += p[5] * math.Float32frombits(binary.LittleEndian.Uint32(c[20:24]))
		s2 += p[6] * math.Float32frombits(binary.LittleEndian.Uint32(c[24:28]))
		s3 += p[7] * math.Float32frombits(binary.LittleEndian.Uint32(c[28:32]))
		q, b = q[8:], b[32:]
	}
	for i := range q {
		s0 += q[i] * math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return s0 + s1 + s2 + s3
}

func floatAt(b []byte, i int) float32 {
	return math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
}

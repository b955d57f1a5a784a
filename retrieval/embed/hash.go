package embed

import (
	"context"
	"crypto/sha256"
	"fmt"
	"hash/fnv"
	"math"
	"strings"
	"sync"

	"github.com/xindiao/xindiao/retrieval/lexical"
)

// Hash hashes a text's bigrams, words and numbers into a fixed number of signed buckets (feature hashing, Weinberger
// et al. 2009). It knows no meaning: it is a second lexical opinion that costs no model and no network, and it stands
// in for a real llm.Embedder where none is configured. The zero value has 1024 buckets.
type Hash struct{ Buckets int }

// probe holds every kind of thing that lexical.Tokens looks at: how it is cut names the space.
const probe = "第三條 甲方應於二〇二五年三月五日前，向乙方支付貨款人民幣壹佰萬元（5,420.78万元，約１．２亿元），逾期按0.05%计息；民國113年, Bge-M3 v1.5 A-1024"

// fingerprint changes when texts are cut into terms in another way: vectors from before and after never mix.
var fingerprint = sync.OnceValue(func() string {
	sum := sha256.Sum256([]byte(strings.Join(lexical.Tokens(probe), "\x00")))
	return fmt.Sprintf("%x", sum[:3])
})

// Name is hash-1024-FINGERPRINT.
func (h Hash) Name() string { return fmt.Sprintf("hash-%d-%s", h.Dim(), fingerprint()) }

// Dim is the number of buckets.
func (h Hash) Dim() int {
	if h.Buckets <= 0 {
		return 1024
	}
	return h.Buckets
}

// Embed returns unit vectors. A text without terms is one empty term: a zero vector has no direction to compare.
func (h Hash) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	counts := map[string]int{}
	for i, text := range texts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		clear(counts)
		for _, t := range lexical.Tokens(text) {
			counts[t]++
		}
		out[i] = h.vector(counts)
	}
	return out, nil
}

func (h Hash) vector(counts map[string]int) []float32 {
	v := make([]float32, h.Dim())
	add := func(term string, n int) {
		f := fnv.New64a()
		f.Write([]byte(term)) // never fails
		sum := f.Sum64()
		// logs are rounded to 1/64, so that sums are exact and the map's order does not show
		w := float32(math.Round((1+math.Log(float64(n)))*64) / 64)
		if sum>>63 == 1 {
			w = -w
		}
		v[sum%uint64(len(v))] += w
	}
	for t, n := range counts {
		add(t, n)
	}
	if _, ok := Normalize(v); !ok { // no terms, or terms that cancel out
		add("", 1)
	}
	return v
}

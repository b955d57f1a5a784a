// Package storebench measures the stores beside what stands below them: raw SQL, a flat scan, an in-process vector
// database. Its benchmark is in storebench_test.go; the data here are synthetic and the same in every run.
package storebench

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"sync"
)

// Sizes are the customers' sizes that latency is measured at, in chunks.
var Sizes = []int{50, 250, 500, 1000, 3000, 5000}

// Customer is one synthetic customer: unit vectors of Dim numbers, one a chunk, and the chunks' texts.
type Customer struct {
	Key     string
	Vectors [][]float32
	Texts   []string
}

// Data are all customers; those of Sizes come first, each size several times.
type Data struct {
	Dim       int
	Customers []Customer
	Chunks    int
}

// Make draws customers until there are so many chunks. Vectors gather around topics, as passages of one borrower do;
// texts are made of syllables whose frequency falls as in written Chinese.
func Make(chunks, dim int) *Data {
	d := &Data{Dim: dim}
	var sizes []int
	total := 0
	add := func(n int) {
		sizes = append(sizes, n)
		total += n
	}
	for _, n := range Sizes {
		for range max(1, min(8, chunks/12/n)) {
			if total+n <= chunks {
				add(n)
			}
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	for total < chunks {
		n := int(50 * math.Pow(100, r.Float64())) // log-uniform between 50 and 5,000
		add(min(n, chunks-total))
	}
	d.Customers, d.Chunks = make([]Customer, len(sizes)), total
	var wg sync.WaitGroup
	slots := make(chan struct{}, 4)
	for i, n := range sizes {
		wg.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			d.Customers[i] = customer(i, n, dim)
		})
	}
	wg.Wait()
	return d
}

func customer(i, n, dim int) Customer {
	r := rand.New(rand.NewPCG(uint64(i), 7))
	c := Customer{Key: fmt.Sprintf("C%06d", i), Vectors: make([][]float32, n), Texts: make([]string, n)}
	topics := make([][]float32, max(2, n/25))
	for t := range topics {
		topics[t] = noise(r, dim, 1)
	}
	for k := range n {
		v := noise(r, dim, 0.9)
		for j, x := range topics[r.IntN(len(topics))] {
			v[j] += x
		}
		c.Vectors[k] = unit(v)
		c.Texts[k] = text(r, 120+r.IntN(240))
	}
	return c
}

// Near is a query: a chunk's vector with noise.
func Near(r *rand.Rand, v []float32) []float32 {
	q := noise(r, len(v), 0.7/math.Sqrt(float64(len(v))))
	for i, x := range v {
		q[i] += x
	}
	return unit(q)
}

// noise is near enough to normal for this purpose: the sum of three uniform numbers.
func noise(r *rand.Rand, dim int, scale float64) []float32 {
	v := make([]float32, dim)
	for i := range v {
		v[i] = float32((r.Float64() + r.Float64() + r.Float64() - 1.5) * 2 * scale)
	}
	return v
}

func unit(v []float32) []float32 {
	var s float64
	for _, x := range v {
		s += float64(x) * float64(x)
	}
	k := float32(1 / math.Sqrt(s))
	for i := range v {
		v[i] *= k
	}
	return v
}

// text makes sentences of about n characters over 2,000 characters, frequent ones frequent.
func text(r *rand.Rand, n int) string {
	var b strings.Builder
	for i := range n {
		if i%17 == 16 {
			b.WriteString("，")
			continue
		}
		b.WriteRune(rune(0x4E00 + int(2000*math.Pow(r.Float64(), 3))))
	}
	b.WriteString("。")
	return b.String()
}

// Words is a query text: a stretch of a chunk's text.
func Words(r *rand.Rand, text string) string {
	runes := []rune(text)
	n := min(14, len(runes))
	at := r.IntN(len(runes) - n + 1)
	return string(runes[at : at+n])
}

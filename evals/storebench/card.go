package storebench

import (
	"fmt"
	"math"
	"strings"
)

// Schema names the card's JSON.
const Schema = "xindiao.storebench/v1"

// Card is one run's figures. Milliseconds are of one machine; the ratios are what is promised.
type Card struct {
	Schema    string             `json:"schema"`
	Machine   string             `json:"machine"`
	Engines   map[string]string  `json:"engines"` // backend: version
	Chunks    int                `json:"chunks"`
	Customers int                `json:"customers"`
	Dim       int                `json:"dim"`
	Search    []SearchRow        `json:"search"`
	Intake    []IntakeRow        `json:"intake"`
	Corpus    *CorpusRows        `json:"corpus,omitempty"`
	Bytes     map[string]int     `json:"bytes_per_chunk"` // by engine and table, indexes included
	Ratios    map[string]float64 `json:"ratios"`          // what is promised, by name
}

// SearchRow is the latency of one engine at one size, in milliseconds, with its recall of the best ten.
type SearchRow struct {
	Engine        string  `json:"engine"`
	Chunks        int     `json:"chunks"` // of the customer
	P50           float64 `json:"p50_ms"`
	P99           float64 `json:"p99_ms"`
	RecallStored  float64 `json:"recall_stored,omitempty"`  // against what the engine holds, in double precision
	RecallFloat32 float64 `json:"recall_float32,omitempty"` // against the vectors that went in
}

// IntakeRow is bulk loading.
type IntakeRow struct {
	Engine  string  `json:"engine"`
	Rows    int     `json:"rows"` // chunks
	PerSec  float64 `json:"rows_per_second"`
	Seconds float64 `json:"seconds"`
}

// CorpusRows are searches of a shared corpus by industry.
type CorpusRows struct {
	Engine     string        `json:"engine"`
	Chunks     int           `json:"chunks"`
	ScanP50    float64       `json:"scan_p50_ms"` // exact, no filter
	Industries []IndustryRow `json:"industries"`
}

// IndustryRow is one industry filter.
type IndustryRow struct {
	Share  float64 `json:"share"` // of the corpus
	Route  string  `json:"route"`
	P50    float64 `json:"p50_ms"`
	Recall float64 `json:"recall"` // of the best ten, against the exact scan
}

// row finds a search row.
func (c *Card) row(engine string, n int) (SearchRow, bool) {
	for _, r := range c.Search {
		if r.Engine == engine && r.Chunks == n {
			return r, true
		}
	}
	return SearchRow{}, false
}

// ratio is the p50 of one engine over another's at a size; NaN when one was not measured.
func (c *Card) ratio(a, b string, n int) float64 {
	x, ok := c.row(a, n)
	y, ok2 := c.row(b, n)
	if !ok || !ok2 || y.P50 == 0 {
		return math.NaN()
	}
	return math.Round(100*x.P50/y.P50) / 100
}

// Text prints the card for a person.
func (c *Card) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d chunks of %d dimensions, %d customers; %s\n", c.Chunks, c.Dim, c.Customers, c.Machine)
	for _, r := range c.Search {
		fmt.Fprintf(&b, "search  %-22s n=%-5d p50 %8.3f ms  p99 %8.3f ms", r.Engine, r.Chunks, r.P50, r.P99)
		if r.RecallFloat32 > 0 {
			fmt.Fprintf(&b, "  recall stored %.4f float32 %.4f", r.RecallStored, r.RecallFloat32)
		}
		b.WriteByte('\n')
	}
	for _, r := range c.Intake {
		fmt.Fprintf(&b, "intake  %-22s %d rows in %.1f s: %.0f rows/s\n", r.Engine, r.Rows, r.Seconds, r.PerSec)
	}
	if c.Corpus != nil {
		fmt.Fprintf(&b, "corpus  %s, %d chunks, scan p50 %.3f ms\n", c.Corpus.Engine, c.Corpus.Chunks, c.Corpus.ScanP50)
		for _, r := range c.Corpus.Industries {
			fmt.Fprintf(&b, "corpus  industry of %5.2f %%  %-16s p50 %.3f ms  recall %.4f\n", 100*r.Share, r.Route, r.P50, r.Recall)
		}
	}
	for _, k := range sortedKeys(c.Bytes) {
		fmt.Fprintf(&b, "bytes   %-32s %6d a chunk\n", k, c.Bytes[k])
	}
	for _, k := range sortedKeys(c.Ratios) {
		fmt.Fprintf(&b, "ratio   %-48s %.3f\n", k, c.Ratios[k])
	}
	return b.String()
}

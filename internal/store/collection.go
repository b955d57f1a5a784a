package store

import (
	"crypto/sha256"
	"slices"

	"github.com/xindiao/xindiao/dossier"
)

// Space names the vectors of one embedding model: two models, or one with two dimensions, are two spaces.
type Space struct {
	Name string // the embedder's Name
	Dim  int    // at most MaxDim
}

// IsZero tells that there are no vectors.
func (s Space) IsZero() bool { return s == Space{} }

// MaxDim is the most numbers of a vector: a half-precision row stays on one page of Postgres.
const MaxDim = 4000

// Hash is the fingerprint of a chunk's embedded text.
type Hash [16]byte

// HashText makes the Hash of the text that is embedded.
func HashText(text string) Hash {
	sum := sha256.Sum256([]byte(text))
	return Hash(sum[:16])
}

// Chunk is a stretch of one page, ready to be searched. Offsets are bytes.
type Chunk struct {
	Page      int
	Line      int
	Start     int // into the page's text
	End       int
	FileStart int // into the document's text, its pages joined by form feeds
	FileEnd   int
	Kind      string // prose, clause, row…
	Cell      string // 资产负债表!A5
	Clause    string // 第二十三条
	Period    string
	Text      string
	Context   string // headings, table header, unit line: what a reader needs beside Text
	Vector    []float32
}

// EmbedText is what is embedded and hashed of a chunk: the title of its document (Document.TypeName, or
// CorpusItem.Heading), what surrounds it, and itself.
func EmbedText(title string, c Chunk) string {
	if c.Context == "" {
		return title + "\n" + c.Text
	}
	return title + "\n" + c.Context + "\n" + c.Text
}

// Periods are the periods of the chunks, nil when none has one.
func Periods(chunks []Chunk) []string {
	if !slices.ContainsFunc(chunks, func(c Chunk) bool { return c.Period != "" }) {
		return nil
	}
	out := make([]string, len(chunks))
	for i, c := range chunks {
		out[i] = c.Period
	}
	return out
}

// ChunkRow is a chunk as stored.
type ChunkRow struct {
	ID       int64
	Document int64
	Chunk    // without its Vector
}

// ChunkText is what a re-embedding reads.
type ChunkText struct {
	ID   int64
	Hash Hash
	Text string // EmbedText
}

// ChunkVector is a vector for a chunk.
type ChunkVector struct {
	ID     int64
	Vector []float32
}

// Catalog is what a searcher keeps of a collection.
type Catalog struct {
	Version   int64
	Space     Space // the active one; zero when nothing is embedded
	Embedded  int   // chunks with a vector in it
	Documents []CatalogDoc
}

// Chunks counts them.
func (c Catalog) Chunks() int {
	n := 0
	for _, d := range c.Documents {
		n += d.Chunks
	}
	return n
}

// CatalogDoc is a document, or an item of a corpus, with its postings. Its chunks have the ids FirstChunk,
// FirstChunk+1…, in the order in which Segment counts them.
type CatalogDoc struct {
	ID         int64
	Dossier    int64 // 0 in a corpus
	File       string
	Title      string // of a corpus item; the type's name for a material
	Label      string // 第二十三条
	Type       string
	Party      string
	Current    bool // not superseded, no copy, not another company's paper
	Period     string
	Industry   string       // of a corpus item: GB/T 4754 code or prefix; "" for all
	From       dossier.Date // in force from, zero when unknown
	To         dossier.Date // last day in force, zero when it still is
	FirstChunk int64
	Chunks     int
	Periods    []string // of the chunks, nil when none has one of its own
	Segment    []byte
}

// VectorQuery asks for the nearest chunks.
type VectorQuery struct {
	Space  Space
	Vector []float32
	K      int     // at most 1,000
	Only   []int64 // chunk ids to look at; nil: all

	// Of a corpus; ignored within a customer.
	Industry string       // GB/T 4754 code: items of this industry, of one that contains it, or of all
	AsOf     dossier.Date // items in force on this day
}

// Found is the answer of a vector search.
type Found struct {
	Hits    []Scored
	Version int64  // of the collection that was searched, 0 when the backend cannot tell
	Route   string // exact or hnsw, for --explain
}

// Scored is a chunk with its cosine similarity.
type Scored struct {
	ID    int64
	Score float64
}

// Dot is the inner product of two vectors of one length.
func Dot(a, b []float32) float32 {
	b = b[:len(a)]
	var s0, s1, s2, s3 float32 // four sums that do not wait for each other
	i := 0
	for ; i+4 <= len(a); i += 4 {
		x, y := a[i:i+4:i+4], b[i:i+4:i+4]
		s0 += x[0] * y[0]
		s1 += x[1] * y[1]
		s2 += x[2] * y[2]
		s3 += x[3] * y[3]
	}
	for ; i < len(a); i++ {
		s0 += a[i] * b[i]
	}
	return s0 + s1 + s2 + s3
}

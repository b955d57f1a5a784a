package store

import (
	"time"

	"github.com/xindiao/xindiao/dossier"
)

// Corpus is a shared collection: the law, the bank's policies, industry notes.
type Corpus struct {
	ID      int64
	Name    string // law, policy…: [a-z0-9_-]+
	Title   string
	Kind    string
	Owner   string
	Date    dossier.Date // as of which its owner vouches for it
	SHA256  string       // of everything in it
	Items   int
	Chunks  int
	Updated time.Time
}

// CorpusIntake is a corpus to be put into the store.
type CorpusIntake struct {
	Corpus Corpus // without ID and counts
	Items  []CorpusItem
	Space  Space
	Actor  string
}

// CorpusItem is one article, clause or note, or one file of the bank's own.
type CorpusItem struct {
	Key      string // stable within the corpus
	File     string
	Title    string
	Label    string
	Type     string
	Industry string
	From, To dossier.Date
	SHA256   string // of the item
	Chunks   []Chunk
	Segment  []byte
}

// Heading is the title and label of an item in one line.
func (it CorpusItem) Heading() string {
	if it.Label == "" {
		return it.Title
	}
	return it.Title + " " + it.Label
}

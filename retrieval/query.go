package retrieval

import (
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/retrieval/plan"
)

// Names of the two ways to search, for Query.Legs.
const (
	Lexical = "lexical"
	Vector  = "vector"
)

// Query asks for passages. Empty filters let everything through.
type Query struct {
	Text string     // searched as it stands when there is no Plan
	Plan *plan.Plan // several weighted searches for one answer

	Dossier  int64        // of a customer
	Types    []string     // document types
	Files    []string     // documents by file
	Parties  []string     // parts of the names that documents belong to
	Period   string       // 2025, 2025-06, 2025-12-31 or a span 2025-01-01/2025-06-30: what speaks of a time within it
	AsOf     dossier.Date // corpora: in force on this day; zero leaves out what has a last day
	Industry string       // corpora: GB/T 4754 code
	All      bool         // superseded, duplicate and irrelevant documents too

	K       int      // hits at most, 8 when 0
	Repeats bool     // the same words in several places as hits of their own, not in Hit.Also
	Legs    []string // ways to search, both when empty
	Explain bool     // every query's say in Hit.Legs, not only the best of each leg
}

// Leg is one ranking's say in a hit.
type Leg struct {
	Name  string  // bm25, or the embedder's name
	Query string  // the plan's query, "" when there was one only
	Rank  int     // from 1
	Score float64 // of the leg, on its own scale
}

// Hit is one passage found. Its ID (p7, or law:p7 in a collection with a name) is the same in every search of the
// collection while the document stays as it is.
type Hit struct {
	Passage  dossier.Passage
	Context  string // headings, sheet, table header and unit line that belong to the passage
	Source   string // Options.Name: which collection
	Document int64
	Chunk    int64
	Dossier  int64
	Type     string // of its document
	Title    string // of a corpus item, or the type's name
	Label    string // 第二十三条, of a corpus item
	Party    string
	Kind     string // prose, clause, row…
	Clause   string
	Period   string // of the passage, or of its document
	Score    float64
	Rerank   float64 // the reranker's score, 0 without one
	Legs     []Leg
	Also     []dossier.Place // where the same words stand too

	FileStart, FileEnd int // byte offsets into the document's text
}

// Evidence is the passage with its context before it, for a model to read and for numbers to be checked against:
// a table's numbers mean nothing without the unit that its heading declares. Its offsets are the bare passage's.
func (h Hit) Evidence() dossier.Passage {
	p := h.Passage
	if h.Context != "" {
		p.Text = h.Context + "\n" + p.Text
	}
	return p
}

// Result is what a search found and how.
type Result struct {
	Hits     []Hit        // best first
	Queries  []plan.Query // as searched
	Notes    []string     // for the user: a way to search that did not answer, passages that a filter could not judge
	Causes   []error      // for the log: why
	Route    string       // of the vector search: exact, hnsw; "" when there was none
	Space    store.Space  // of the vectors; zero when there was none
	Version  int64        // of the collection
	Searched int          // passages that the filters let through
	Passages int          // in the collection
}

func (r *Result) note(text string, cause error) {
	for _, n := range r.Notes {
		if n == text {
			return
		}
	}
	r.Notes = append(r.Notes, text)
	if cause != nil {
		r.Causes = append(r.Causes, cause)
	}
}

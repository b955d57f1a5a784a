package postgres

import (
	"runtime"
	"slices"
	"sync"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
)

// packed is a document ready to be copied in.
type packed struct {
	doc     *dossier.Document
	ix      *store.FileIndex
	ord     int
	hash    string
	body    []byte
	layouts [][]byte
	keys    []string // of the fields, in order
	fields  [][]byte
	periods []string
	hashes  []store.Hash // of the chunks

	id    int64 // its rows' numbers, given out in the transaction
	first int64
}

// hashAll makes the documents' hashes, as many at once as there are cores.
func hashAll(in store.Intake) ([]*packed, error) {
	out := make([]*packed, len(in.Files))
	err := each(len(out), func(i int) (err error) {
		p := &packed{doc: in.Dossier.Documents[i], ix: &in.Files[i], ord: i}
		p.hash, err = store.DocumentHash(p.doc, in.Files[i])
		out[i] = p
		return err
	})
	return out, err
}

// pack makes what goes into the columns of a document's rows.
func (p *packed) pack() (err error) {
	if p.body, err = store.PackDocument(p.doc); err != nil {
		return err
	}
	p.layouts = make([][]byte, len(p.doc.Pages))
	for i, page := range p.doc.Pages {
		if p.layouts[i], err = store.PackPage(page); err != nil {
			return err
		}
	}
	p.keys = p.keys[:0] // of a try before
	for k := range p.doc.Fields {
		p.keys = append(p.keys, k)
	}
	slices.Sort(p.keys)
	p.fields = make([][]byte, len(p.keys))
	for i, k := range p.keys {
		if p.fields[i], err = store.Pack(p.doc.Fields[k]); err != nil {
			return err
		}
	}
	p.hashes, p.periods = hashes(p.doc.TypeName, p.ix.Chunks), store.Periods(p.ix.Chunks)
	return nil
}

func hashes(title string, chunks []store.Chunk) []store.Hash {
	out := make([]store.Hash, len(chunks))
	for i, c := range chunks {
		out[i] = store.HashText(store.EmbedText(title, c))
	}
	return out
}

// each runs do for 0 to n-1 on all cores and returns the first error.
func each(n int, do func(i int) error) error {
	workers := min(runtime.GOMAXPROCS(0), n)
	errs := make([]error, workers)
	var next int
	var mu sync.Mutex
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for {
				mu.Lock()
				i := next
				next++
				mu.Unlock()
				if i >= n || errs[w] != nil {
					return
				}
				errs[w] = do(i)
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// size is how long a list is, -1 for one that is not there at all: a dossier is read back as it was handed in.
func size(there bool, n int) int {
	if there {
		return n
	}
	return -1
}

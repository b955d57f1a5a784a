package retrieval

import (
	"context"
	"slices"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/llm"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/retrieval/chunk"
	"github.com/xindiao/xindiao/retrieval/embed"
	"github.com/xindiao/xindiao/retrieval/lexical"
)

// PrepareOptions say how documents are made ready for a store.
type PrepareOptions struct {
	Embedder llm.Embedder          // embed.Hash when nil
	Known    store.Collection      // whose vectors of the same texts are used again; may be nil
	Chunk    chunk.Options         // sizes
	Progress func(done, total int) // of texts embedded; may be nil
}

// Prepared is what store.Intake needs besides the dossier.
type Prepared struct {
	Files  []store.FileIndex // one a document, in their order; Blob is left empty
	Space  store.Space       // of the vectors
	Notes  []string          // for the user
	Reused int               // vectors that Known had
	Paid   int               // texts embedded
	Bare   int               // chunks without a vector, because the embedder failed
	Cause  error             // why it did, for the log
}

// WithoutVectors is for a collection in which another space is active and refuses these (store.ErrSpace): its own
// embedding catches up later.
func (p *Prepared) WithoutVectors() *Prepared {
	q := *p
	q.Files, q.Notes, q.Space = slices.Clone(p.Files), slices.Clone(p.Notes), store.Space{}
	q.Paid, q.Reused, q.Bare = 0, 0, 0
	for i := range q.Files {
		q.Files[i].Chunks = slices.Clone(q.Files[i].Chunks)
		for k := range q.Files[i].Chunks {
			q.Files[i].Chunks[k].Vector = nil
			q.Bare++
		}
	}
	q.Notes = append(q.Notes, "库中的向量由另一个模型生成，新入库的段落用 xindiao reembed 换到同一模型后才有向量，此前按词语检索")
	return &q
}

// embedBatch is how many texts are handed to the embedder at once, between two calls of Progress.
const embedBatch = 256

// Prepare cuts the documents, packs their postings and embeds their chunks, superseded documents too: a search leaves
// them out unless asked. When the embedder fails, the chunks that it did not embed go without a vector, and Notes says
// so: they are found by their words, and a later embedding of the store catches up. It fails only when the context ends.
func Prepare(ctx context.Context, docs []*dossier.Document, o PrepareOptions) (*Prepared, error) {
	if o.Embedder == nil {
		o.Embedder = embed.Hash{}
	}
	p := &Prepared{Files: make([]store.FileIndex, len(docs)), Space: embed.Space(o.Embedder)}
	var texts []string
	var chunks []*store.Chunk
	for i, d := range docs {
		cut := chunk.Cut([]*dossier.Document{d}, o.Chunk)
		ix := &p.Files[i]
		ix.Chunks = make([]store.Chunk, len(cut))
		words := make([]string, len(cut))
		for k, c := range cut {
			ix.Chunks[k] = stored(c)
			words[k] = c.Embedded()
			texts = append(texts, store.CleanText(store.EmbedText(d.TypeName, ix.Chunks[k])))
			chunks = append(chunks, &ix.Chunks[k])
		}
		ix.Period = chunk.Period(d)
		ix.Segment = lexical.Pack(words)
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	return p, p.embed(ctx, texts, chunks, o)
}

func stored(c chunk.Chunk) store.Chunk {
	return store.Chunk{Page: c.Page, Line: c.Line, Start: c.Start, End: c.End, FileStart: c.FileStart, FileEnd: c.FileEnd,
		Kind: string(c.Kind), Cell: c.Cell, Clause: c.Clause, Period: c.Period, Text: c.Text, Context: c.Context}
}

// embed gives the chunks their vectors: texts[i] is chunks[i]'s.
func (p *Prepared) embed(ctx context.Context, texts []string, chunks []*store.Chunk, o PrepareOptions) error {
	vectors, err := p.known(ctx, texts, o.Known)
	if err != nil {
		return err
	}
	var todo []string
	var hashes []store.Hash
	asked := map[store.Hash]bool{}
	for _, t := range texts {
		if h := store.HashText(t); vectors[h] == nil && !asked[h] {
			asked[h] = true
			todo, hashes = append(todo, t), append(hashes, h)
		}
	}
	for at := 0; at < len(todo); at += embedBatch {
		end := min(at+embedBatch, len(todo))
		vs, err := o.Embedder.Embed(ctx, todo[at:end])
		if ctx.Err() != nil {
			return ctx.Err()
		}
		for i := 0; err == nil && i < end-at; i++ {
			if i >= len(vs) {
				err = store.ErrIncomplete
			} else if err = store.CheckVector(p.Space, vs[i]); err == nil {
				vectors[hashes[at+i]] = vs[i]
				p.Paid++
			}
		}
		if err != nil {
			p.Cause = err
			break
		}
		if o.Progress != nil {
			o.Progress(end, len(todo))
		}
	}
	for i, t := range texts {
		if chunks[i].Vector = vectors[store.HashText(t)]; chunks[i].Vector == nil {
			p.Bare++
		}
	}
	if p.Cause != nil {
		p.Notes = append(p.Notes, "向量模型 "+p.Space.Name+" 没有完成，部分段落暂时只能按词语检索；模型恢复后会补齐")
		if p.Bare == len(texts) {
			p.Space = store.Space{}
		}
	}
	return nil
}

// known asks the collection for vectors that it has of the same texts. Not getting them costs time only.
func (p *Prepared) known(ctx context.Context, texts []string, c store.Collection) (map[store.Hash][]float32, error) {
	out := map[store.Hash][]float32{}
	if c == nil || len(texts) == 0 {
		return out, ctx.Err()
	}
	hashes := make([]store.Hash, len(texts))
	for i, t := range texts {
		hashes[i] = store.HashText(t)
	}
	have, err := c.VectorsByHash(ctx, p.Space, hashes)
	if err != nil {
		return out, ctx.Err()
	}
	for h, v := range have {
		if store.CheckVector(p.Space, v) == nil {
			out[h] = v
			p.Reused++
		}
	}
	return out, ctx.Err()
}

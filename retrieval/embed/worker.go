package embed

import (
	"context"
	"fmt"
	"time"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/llm"
	"github.com/xindiao/xindiao/internal/store"
)

// worker fills one collection's new space.
type worker struct {
	Move
	c       store.Collection
	space   store.Space
	event   Event
	active  bool            // the space is in use already and only has gaps
	refused map[int64]error // chunks that the model will not embed
}

// most refused chunks before a collection is given up for this run: so many are not about the texts.
const most = 10

// round goes once over what has no vector.
func (w *worker) round(ctx context.Context) error {
	for after := int64(0); ; {
		start := time.Now()
		page, err := w.c.Unembedded(ctx, w.space, after, w.batch())
		if err != nil || len(page) == 0 {
			return err
		}
		if w.event.Total == 0 {
			cat, err := w.c.Catalog(ctx)
			if err != nil {
				return err
			}
			w.event.Total, w.active = cat.Chunks(), cat.Space == w.space
			if w.active { // gaps are not filled from another model that took over the name
				if err := same(ctx, w.c, cat, w.To); err != nil {
					return err
				}
			}
		}
		vectors, err := w.vectors(ctx, page)
		if err != nil {
			return err
		}
		if len(vectors) > 0 {
			if err := w.c.PutVectors(ctx, w.space, vectors); err != nil {
				return err
			}
		}
		w.event.Done += len(vectors)
		w.tell(w.event)
		after = page[len(page)-1].ID
		if err := w.pause(ctx, len(page), time.Since(start)); err != nil {
			return err
		}
	}
}

// vectors are those of the page's chunks: of the same text where the collection has it, of the model otherwise.
func (w *worker) vectors(ctx context.Context, page []store.ChunkText) ([]store.ChunkVector, error) {
	hashes := make([]store.Hash, len(page))
	for i, c := range page {
		hashes[i] = store.HashText(c.Text)
	}
	known, err := w.c.VectorsByHash(ctx, w.space, hashes)
	if err != nil {
		return nil, err
	}
	var todo []store.ChunkText
	first := map[store.Hash]bool{}
	for i, c := range page {
		if w.refused[c.ID] == nil && known[hashes[i]] == nil && !first[hashes[i]] {
			first[hashes[i]] = true
			todo = append(todo, c)
		}
	}
	fresh := make(map[store.Hash][]float32, len(todo))
	if err := w.ask(ctx, todo, fresh); err != nil {
		return nil, err
	}
	var out []store.ChunkVector
	for i, c := range page {
		v := known[hashes[i]]
		if v == nil {
			v = fresh[hashes[i]]
		}
		if v != nil {
			out = append(out, store.ChunkVector{ID: c.ID, Vector: v})
		}
	}
	return out, nil
}

// ask embeds the chunks. When the model refuses a batch for what is in it, it is asked in halves, down to the chunk
// that it will not have.
func (w *worker) ask(ctx context.Context, chunks []store.ChunkText, out map[store.Hash][]float32) error {
	if len(chunks) == 0 {
		return nil
	}
	texts := make([]string, len(chunks))
	for i, c := range chunks {
		texts[i] = c.Text
	}
	vs, err := w.To.Embed(ctx, texts)
	if err == nil && len(vs) != len(texts) {
		err = &llm.Error{Kind: llm.ErrInvalid, Provider: w.To.Name(), Note: "向量个数与文本个数不符"}
	}
	for i := 0; err == nil && i < len(vs); i++ {
		err = store.CheckVector(w.space, vs[i])
	}
	switch {
	case err == nil:
		for i, t := range texts {
			out[store.HashText(t)] = vs[i]
		}
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case !aboutTexts(err):
		return err
	case len(chunks) == 1:
		w.refused[chunks[0].ID] = err
		if len(w.refused) >= most {
			return w.refusal()
		}
		return nil
	}
	half := len(chunks) / 2
	if err := w.ask(ctx, chunks[:half], out); err != nil {
		return err
	}
	return w.ask(ctx, chunks[half:], out)
}

func aboutTexts(err error) bool {
	switch llm.KindOf(err) {
	case llm.ErrRefused, llm.ErrInvalid, llm.ErrFiltered, llm.ErrTooLarge:
		return true
	}
	return dossier.KindOf(err) == dossier.ErrInput // store.CheckVector
}

// refusal says which chunks stand in the way of the switch, nil when none does.
func (w *worker) refusal() error {
	if len(w.refused) == 0 {
		return nil
	}
	lowest := int64(0)
	for id := range w.refused {
		if lowest == 0 || id < lowest {
			lowest = id
		}
	}
	return &dossier.Error{Kind: dossier.ErrDependency, Cause: w.refused[lowest],
		Msg: fmt.Sprintf("%s：模型 %s 不接受其中 %d 段文本（最前为段落 %d），检索仍用原来的向量；请换模型或查看该段", w.event.Collection, w.space.Name, len(w.refused), lowest)}
}

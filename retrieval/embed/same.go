package embed

import (
	"context"
	"fmt"
	"math"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/llm"
	"github.com/xindiao/xindiao/internal/store"
)

// likeness is the least cosine of two vectors that one model gave one text. Half precision, other hardware and other
// batches stay above 0.999; other models, and other versions of one, stay far below.
const likeness = 0.98

// Same checks that e still gives the vectors that the collection holds under its name: a server may have loaded
// another model, or a newer version, under the old one. It embeds up to three passages; a collection in another space
// or without vectors passes. A *dossier.Error of ErrDependency says that the models differ.
func Same(ctx context.Context, c store.Collection, e llm.Embedder) error {
	cat, err := c.Catalog(ctx)
	if err != nil || cat.Space != Space(e) {
		return err
	}
	return same(ctx, c, cat, e)
}

func same(ctx context.Context, c store.Collection, cat store.Catalog, e llm.Embedder) error {
	var ids []int64
	titles := map[int64]string{}
	for _, i := range []int{0, len(cat.Documents) / 2, len(cat.Documents) - 1} {
		if i < 0 || cat.Documents[i].Chunks == 0 {
			continue
		}
		d := cat.Documents[i]
		id := d.FirstChunk + int64(d.Chunks/2)
		if titles[id] == "" {
			ids = append(ids, id)
		}
		titles[id] = store.CorpusItem{Title: d.Title, Label: d.Label}.Heading()
	}
	rows, err := c.Chunks(ctx, ids)
	if err != nil {
		return err
	}
	var texts []string
	var hashes []store.Hash
	for _, r := range rows {
		text := store.EmbedText(titles[r.ID], r.Chunk)
		texts, hashes = append(texts, text), append(hashes, store.HashText(text))
	}
	held, err := c.VectorsByHash(ctx, cat.Space, hashes)
	if err != nil || len(held) == 0 {
		return err
	}
	vs, err := e.Embed(ctx, texts)
	if err != nil {
		return err
	}
	for i, h := range hashes {
		old := held[h]
		if i >= len(vs) || len(old) == 0 || len(old) != len(vs[i]) {
			continue
		}
		if cos := cosine(old, vs[i]); cos < likeness {
			return &dossier.Error{Kind: dossier.ErrDependency, Msg: fmt.Sprintf("模型 %s 对同一段文本给出的向量与库中的不同（相似度 %.3f）：服务换了模型或版本而沿用旧名；请恢复原模型，或以新的模型名重新生成全部向量", cat.Space.Name, cos)}
		}
	}
	return nil
}

func cosine(a, b []float32) float64 {
	var ab, aa, bb float64
	for i := range a {
		x, y := float64(a[i]), float64(b[i])
		ab, aa, bb = ab+x*y, aa+x*x, bb+y*y
	}
	if aa == 0 || bb == 0 {
		return 0
	}
	return ab / (math.Sqrt(aa) * math.Sqrt(bb))
}

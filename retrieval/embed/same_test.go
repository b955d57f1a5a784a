package embed_test

import (
	"context"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/retrieval/embed"
)

// other gives other vectors under the old name.
type other struct{ *model }

func (o other) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	turned := make([]string, len(texts))
	for i, t := range texts {
		turned[i] = "另一个模型看到的" + strings.Repeat("别的内容", 20) + t
	}
	return o.model.Embed(ctx, turned)
}

func TestAnotherModelUnderTheOldName(t *testing.T) {
	st := open(t)
	older, newer := models()
	a := customer(t, st, "甲")
	if err := embed.Same(t.Context(), a, older); err != nil {
		t.Errorf("an empty collection: %v", err)
	}
	intake(t, a, older, "合同", 9)
	intake(t, a, older, "附件", 4)
	intake(t, a, nil, "后来的", 3)
	if err := embed.Same(t.Context(), a, older); err != nil {
		t.Errorf("the same model: %v", err)
	}
	if err := embed.Same(t.Context(), a, newer); err != nil {
		t.Errorf("another space: %v", err)
	}
	if err := embed.Same(t.Context(), a, other{older}); dossier.KindOf(err) != dossier.ErrDependency {
		t.Errorf("another model: %v", err)
	}
	var failed error
	sum, err := embed.Move{To: other{older}, Event: func(e embed.Event) { failed = e.Err }}.Run(t.Context(), st)
	if err != nil || sum.Failed != 1 || sum.Chunks != 0 || failed == nil {
		t.Errorf("gaps were filled with it: %+v, %v, %v", sum, err, failed)
	}
}

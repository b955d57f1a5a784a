package storetest

import (
	"math"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
)

// refusals hands in what no store may take: a clear error before anything is written.
func refusals(t *testing.T, e *env) {
	ctx := t.Context()
	tn := e.tenant(t)
	old := reading("卷", "旧", paper("a.pdf", "旧", 2))
	id := must[store.Receipt](t)(tn.Intake(ctx, old)).Dossier
	before, version := len(chain(t, tn)), must[int64](t)(tn.Version(ctx))
	for what, spoil := range map[string]func(*store.Intake){
		"no dossier":        func(in *store.Intake) { in.Dossier = nil },
		"no name":           func(in *store.Intake) { in.Name = "" },
		"endless name":      func(in *store.Intake) { in.Name = strings.Repeat("长", 4000) },
		"too few files":     func(in *store.Intake) { in.Files = in.Files[:1] },
		"nil document":      func(in *store.Intake) { in.Dossier.Documents[1] = nil },
		"short vector":      func(in *store.Intake) { in.Files[1].Chunks[2].Vector = []float32{1, 2} },
		"empty vector":      func(in *store.Intake) { in.Files[1].Chunks[2].Vector = []float32{} },
		"zero vector":       func(in *store.Intake) { in.Files[1].Chunks[2].Vector = make([]float32, space.Dim) },
		"NaN":               func(in *store.Intake) { in.Files[1].Chunks[2].Vector[1] = float32(math.NaN()) },
		"infinite":          func(in *store.Intake) { in.Files[1].Chunks[2].Vector[1] = float32(math.Inf(-1)) },
		"vectors, no space": func(in *store.Intake) { in.Space = store.Space{} },
		"no dimension":      func(in *store.Intake) { in.Space.Dim = 0 },
		"too wide":          func(in *store.Intake) { in.Space.Dim = store.MaxDim + 1 },
		"not a number":      func(in *store.Intake) { in.Dossier.Documents[1].Pages[0].Width = math.NaN() },
		"pages twice":       func(in *store.Intake) { in.Dossier.Documents[1].Pages[1].Number = 1 },
	} {
		in := reading("卷", "新", paper("a.pdf", "新", 2), paper("b.pdf", "新", 2))
		spoil(&in)
		_, err := tn.Intake(ctx, in)
		if err == nil {
			t.Errorf("%s: taken", what)
		} else if k := dossier.KindOf(err); k != dossier.ErrInput && what != "not a number" {
			t.Errorf("%s: kind %q: %v", what, k, err)
		}
		readBack(t, tn, id, old)
	}
	if n, v := len(chain(t, tn)), must[int64](t)(tn.Version(ctx)); n != before || v != version {
		t.Errorf("refused intakes left %d audit entries and raised the version by %d", n-before, v-version)
	}
	// Refused once, a store works on.
	good := reading("卷", "新", paper("b.pdf", "新", 1))
	readBack(t, tn, must[store.Receipt](t)(tn.Intake(ctx, good)).Dossier, good)
}

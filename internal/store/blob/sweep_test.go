package blob

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
)

// atOnce puts the same and different bytes from several sides, while they are deleted and read.
func atOnce(t *testing.T, s Store) {
	ctx := t.Context()
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			for i := range 10 {
				data := fmt.Appendf(nil, "同时 %d", i%5)
				digest, _, err := s.Put(ctx, 4, bytes.NewReader(data))
				if err != nil {
					t.Error(err)
					return
				}
				if got, err := read(s, 4, digest); err == nil && !bytes.Equal(got, data) || err != nil && !errors.Is(err, store.ErrNotFound) {
					t.Errorf("%q: %v", got, err)
				}
				if w == 0 {
					if err := s.Delete(ctx, 4, digest); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	wg.Wait()
}

func sweep(t *testing.T, k *kind) {
	ctx := t.Context()
	put := func(text string, age time.Duration) string {
		digest, _, err := k.s.Put(ctx, 5, strings.NewReader(text))
		if err == nil && age > 0 {
			err = k.age(5, digest, time.Now().Add(-age))
		}
		if err != nil {
			t.Fatal(err)
		}
		return digest
	}
	live, orphan, young, again := put("在用", 50*time.Hour), put("无主", 50*time.Hour), put("新到", 0), put("又来", 50*time.Hour)
	put("又来", 0) // put once more: it counts as new
	if _, err := Sweep(ctx, k.s, 5, nil, time.Minute); dossier.KindOf(err) != dossier.ErrInput {
		t.Errorf("sweep of what was just put: %v", err)
	}
	out, err := Sweep(ctx, k.s, 5, []string{live}, 30*time.Hour)
	if err != nil || out != (Swept{1, int64(len("无主"))}) {
		t.Errorf("swept %+v: %v", out, err)
	}
	want := []string{live, young, again}
	slices.Sort(want)
	if got := list(t, k.s, 5); !slices.Equal(got, want) || slices.Contains(got, orphan) {
		t.Errorf("left %d, want %d", len(got), len(want))
	}
}

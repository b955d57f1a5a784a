package embed

import (
	"context"
	"errors"
	"github.com/xindiao/xindiao/internal/store"
	"math"
	"reflect"
	"slices"
	"testing"
)

func TestHash(t *testing.T) {
	h := Hash{}
	texts := []string{"应收账款5,420.78万元", "應收賬款54,207,800元", "——", "", "经营性现金流"}
	before := slices.Clone(texts)
	vs, err := h.Embed(t.Context(), texts)
	if err != nil || len(vs) != len(texts) || !slices.Equal(before, texts) {
		t.Fatalf("%d vectors, %v", len(vs), err)
	}
	for i, v := range vs {
		if len(v) != h.Dim() || math.Abs(float64(store.Dot(v, v))-1) > 1e-5 {
			t.Errorf("%q: dim %d, length² %v", texts[i], len(v), store.Dot(v, v))
		}
	}
	if near, far := store.Dot(vs[0], vs[1]), store.Dot(vs[0], vs[4]); near <= far {
		t.Errorf("the same account %v is no nearer than another %v", near, far)
	}
	again, _ := h.Embed(t.Context(), texts)
	if !reflect.DeepEqual(vs, again) {
		t.Error("two runs differ")
	}
	if (Hash{Buckets: 256}).Name() == h.Name() {
		t.Error("two sizes share a name")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.Embed(ctx, texts); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestVectors(t *testing.T) {
	for n := range 19 {
		a, b := make([]float32, n), make([]float32, n+2)
		var want float32
		for i := range n {
			a[i], b[i] = float32(i+1), float32(2*i-5)
			want += a[i] * b[i]
		}
		if got := store.Dot(a, b); got != want {
			t.Errorf("%d: %v, want %v", n, got, want)
		}
	}
	inf := float32(math.Inf(1))
	for _, v := range [][]float32{nil, {0, 0}, {1, inf}, {float32(math.NaN())}} {
		if _, ok := Normalize(v); ok {
			t.Errorf("%v has no direction", v)
		}
	}
	if v, ok := Normalize([]float32{3, 4}); !ok || v[0] != 0.6 || v[1] != 0.8 {
		t.Errorf("got %v", v)
	}
	if v, ok := Normalize([]float32{1e30, 1e30}); !ok || math.Abs(float64(v[0])-math.Sqrt2/2) > 1e-6 {
		t.Errorf("large numbers: %v", v)
	}
}

func BenchmarkDot1024(b *testing.B) {
	x, y := make([]float32, 1024), make([]float32, 1024)
	for b.Loop() {
		store.Dot(x, y)
	}
}

func BenchmarkHash(b *testing.B) {
	texts := []string{probe + probe + probe}
	for b.Loop() {
		if _, err := (Hash{}).Embed(b.Context(), texts); err != nil {
			b.Fatal(err)
		}
	}
}

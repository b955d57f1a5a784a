package blob

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
)

// stores are the kinds of store with what a test must be able to do behind their back.
func stores(t *testing.T) map[string]*kind {
	dir, err := OpenDir(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	dir.limit = 3 << 20
	plain, tls := newFake(), newFake()
	return map[string]*kind{
		"dir": {s: dir, age: func(customer int64, digest string, at time.Time) error {
			return dir.root.Chtimes(place(customer, digest), at, at)
		},
			spoil: func(customer int64, digest string, data []byte) error {
				return dir.root.WriteFile(place(customer, digest), data, 0o600)
			}},
		"bucket over http":  bucketKind(bucket(t, plain, httptest.NewServer(plain)), plain),
		"bucket over https": bucketKind(bucket(t, tls, httptest.NewTLSServer(tls)), tls),
	}
}

type kind struct {
	s     Store
	age   func(customer int64, digest string, at time.Time) error
	spoil func(customer int64, digest string, data []byte) error
}

func bucket(t *testing.T, f *fake, srv *httptest.Server) *Bucket {
	t.Helper()
	t.Cleanup(srv.Close)
	t.Setenv("AWS_ACCESS_KEY_ID", "suite-key")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "suite-secret")
	u, err := url.Parse(srv.URL + "/bucket/some/prefix?region=local")
	if err != nil {
		t.Fatal(err)
	}
	b, err := newBucket(u, u.Scheme == "https", srv.Client().Transport)
	if err != nil {
		t.Fatal(err)
	}
	b.limit, b.part = 12<<20, 5<<20
	return b
}

func bucketKind(b *Bucket, f *fake) *kind {
	change := func(customer int64, digest string, do func(*object)) error {
		f.mu.Lock()
		defer f.mu.Unlock()
		key := b.drawer(customer) + digest
		o, ok := f.objects[key]
		if !ok {
			return errors.New("no such object")
		}
		do(&o)
		f.objects[key] = o
		return nil
	}
	return &kind{s: b, age: func(customer int64, digest string, at time.Time) error {
		return change(customer, digest, func(o *object) { o.at = at })
	}, spoil: func(customer int64, digest string, data []byte) error {
		return change(customer, digest, func(o *object) { o.data = data })
	}}
}

func digestOf(b []byte) string { sum := sha256.Sum256(b); return hex.EncodeToString(sum[:]) }

func read(s Store, customer int64, digest string) ([]byte, error) {
	r, err := s.Open(context.Background(), customer, digest)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

func list(t *testing.T, s Store, customer int64) (digests []string) {
	t.Helper()
	if err := s.List(t.Context(), customer, func(it Item) error { digests = append(digests, it.Digest); return nil }); err != nil {
		t.Fatal(err)
	}
	slices.Sort(digests)
	return digests
}

func TestStores(t *testing.T) {
	for name, k := range stores(t) {
		t.Run(name, func(t *testing.T) {
			t.Run("round trip", func(t *testing.T) { roundTrip(t, k.s) })
			t.Run("drawers", func(t *testing.T) { drawers(t, k.s) })
			t.Run("faults", func(t *testing.T) { faulty(t, k) })
			t.Run("at once", func(t *testing.T) { atOnce(t, k.s) })
			t.Run("sweep", func(t *testing.T) { sweep(t, k) })
		})
	}
}

func roundTrip(t *testing.T, s Store) {
	big := make([]byte, 2<<20+77)
	r := rand.New(rand.NewPCG(1, 2))
	for i := range big {
		big[i] = byte(r.Uint32())
	}
	var want []string
	for _, data := range [][]byte{{}, {0}, []byte("原件"), big, []byte("原件")} {
		var in io.Reader = bytes.NewReader(data)
		if len(data) < 1000 {
			in = iotest.OneByteReader(in)
		}
		digest, size, err := s.Put(t.Context(), 7, in)
		if err != nil || digest != digestOf(data) || size != int64(len(data)) {
			t.Fatalf("%d bytes: %s, %d, %v", len(data), digest, size, err)
		}
		if got, err := read(s, 7, digest); err != nil || !bytes.Equal(got, data) {
			t.Errorf("%d bytes read back as %d: %v", len(data), len(got), err)
		}
		if ok, err := s.Has(t.Context(), 7, digest); !ok || err != nil {
			t.Errorf("has: %v %v", ok, err)
		}
		want = append(want, digest)
	}
	slices.Sort(want)
	if got := list(t, s, 7); !slices.Equal(got, slices.Compact(want)) {
		t.Errorf("listed %d", len(got))
	}
	stop := errors.New("stop")
	n := 0
	if err := s.List(t.Context(), 7, func(it Item) error {
		if time.Since(it.Put) > time.Hour {
			t.Errorf("put at %v", it.Put)
		}
		n++
		return stop
	}); err != stop || n != 1 {
		t.Errorf("list stopped after %d: %v", n, err)
	}
	if s.String() == "" || strings.Contains(s.String(), "suite-") {
		t.Errorf("place %q", s)
	}
}

func drawers(t *testing.T, s Store) {
	ctx := t.Context()
	digest, _, err := s.Put(ctx, 21, strings.NewReader("共有"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range 5 {
		if _, _, err := s.Put(ctx, 2, strings.NewReader(fmt.Sprint("其他", i))); err != nil { // 2 is a prefix of 21
			t.Fatal(err)
		}
	}
	if ok, _ := s.Has(ctx, 2, digest); ok {
		t.Error("another customer has it too")
	}
	if _, err := s.Open(ctx, 2, digest); !errors.Is(err, store.ErrNotFound) || dossier.KindOf(err) != dossier.ErrNotFound {
		t.Errorf("opened by another customer: %v", err)
	}
	if err := s.Delete(ctx, 2, digest); err != nil {
		t.Error(err)
	}
	if err := s.DeleteAll(ctx, 2); err != nil {
		t.Error(err)
	}
	if got := list(t, s, 2); len(got) != 0 {
		t.Errorf("%d left", len(got))
	}
	if got, err := read(s, 21, digest); err != nil || string(got) != "共有" {
		t.Errorf("after the other's erasure: %q %v", got, err)
	}
	for range 2 {
		if err := s.Delete(ctx, 21, digest); err != nil {
			t.Error(err)
		}
	}
	if ok, err := s.Has(ctx, 21, digest); ok || err != nil {
		t.Errorf("deleted, has: %v %v", ok, err)
	}
	if err := s.DeleteAll(ctx, 12345); err != nil {
		t.Errorf("empty drawer: %v", err)
	}
}

func faulty(t *testing.T, k *kind) {
	ctx := t.Context()
	for _, digest := range []string{"", "../../etc/passwd", strings.Repeat("A", 64), strings.Repeat("a", 63) + "/", strings.Repeat("0", 64)} {
		if _, err := k.s.Open(ctx, 3, digest); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("open %q: %v", digest, err)
		}
		if ok, err := k.s.Has(ctx, 3, digest); ok || err != nil {
			t.Errorf("has %q: %v %v", digest, ok, err)
		}
		if err := k.s.Delete(ctx, 3, digest); err != nil {
			t.Errorf("delete %q: %v", digest, err)
		}
	}
	for _, customer := range []int64{0, -1} {
		if _, _, err := k.s.Put(ctx, customer, strings.NewReader("x")); dossier.KindOf(err) != dossier.ErrInput {
			t.Errorf("customer %d: %v", customer, err)
		}
		if err := k.s.DeleteAll(ctx, customer); dossier.KindOf(err) != dossier.ErrInput {
			t.Errorf("delete all of %d: %v", customer, err)
		}
	}
	broken := errors.New("connection lost")
	if _, _, err := k.s.Put(ctx, 3, io.MultiReader(strings.NewReader("half"), iotest.ErrReader(broken))); !errors.Is(err, broken) {
		t.Errorf("broken upload: %v", err)
	}
	if _, _, err := k.s.Put(ctx, 3, io.LimitReader(zeros{}, 13<<20)); dossier.KindOf(err) != dossier.ErrTooLarge {
		t.Errorf("too much: %v", err)
	}
	gone, stop := context.WithCancel(ctx)
	stop()
	if _, _, err := k.s.Put(gone, 3, strings.NewReader("x")); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if got := list(t, k.s, 3); len(got) != 0 {
		t.Errorf("%d files of uploads that failed", len(got))
	}
	digest, _, err := k.s.Put(ctx, 3, strings.NewReader("原件正文"))
	if err != nil {
		t.Fatal(err)
	}
	for _, data := range []string{"原件改文", "原件", ""} {
		if err := k.spoil(3, digest, []byte(data)); err != nil {
			t.Fatal(err)
		}
		if _, err := read(k.s, 3, digest); dossier.KindOf(err) != dossier.ErrCorrupt {
			t.Errorf("read %q for another text: %v", data, err)
		}
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

package cache

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

func open(t *testing.T, max int64, age time.Duration) *Dir {
	t.Helper()
	d, err := Open(filepath.Join(t.TempDir(), "c"), max, age)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestPutGet(t *testing.T) {
	d := open(t, 1<<20, time.Hour)
	key := Key("a", "b")
	if key == Key("ab", "") || key == Key("b", "a") {
		t.Error("keys of different parts are equal")
	}
	if _, ok := d.Get(key); ok {
		t.Error("something from nothing")
	}
	want := []byte(strings.Repeat("银行流水", 1000))
	d.Put(key, want)
	if got, ok := d.Get(key); !ok || !bytes.Equal(got, want) {
		t.Errorf("%d bytes, %v", len(got), ok)
	}
	st, err := os.Stat(d.file(key))
	if err != nil || st.Mode().Perm() != 0o600 || st.Size() > 1000 {
		t.Errorf("%v %v", st.Mode(), err)
	}
	if st, _ = os.Stat(d.path); st.Mode().Perm() != 0o700 {
		t.Errorf("folder %v", st.Mode())
	}
}

func TestWidePermissionsAreNarrowed(t *testing.T) {
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir, 1, 1); err != nil {
		t.Fatal(err)
	}
	if st, _ := os.Stat(dir); st.Mode().Perm() != 0o700 {
		t.Errorf("%v", st.Mode())
	}
}

func TestDamagedEntriesAreRemoved(t *testing.T) {
	d := open(t, 1<<20, time.Hour)
	key := Key("x")
	d.Put(key, []byte("some text"))
	good, err := os.ReadFile(d.file(key))
	if err != nil {
		t.Fatal(err)
	}
	for i := range good {
		if i >= len(magic) && i < len(magic)+8 {
			continue // the time: see below
		}
		bad := append([]byte(nil), good...)
		bad[i] ^= 0x20
		if err := os.WriteFile(d.file(key), bad, 0o600); err != nil {
			t.Fatal(err)
		}
		if got, ok := d.Get(key); ok {
			t.Fatalf("byte %d: %q", i, got)
		}
		if _, err := os.Stat(d.file(key)); err == nil {
			t.Fatalf("byte %d: still there", i)
		}
	}
	for n := range good {
		_ = os.WriteFile(d.file(key), good[:n], 0o600)
		if _, ok := d.Get(key); ok {
			t.Fatalf("cut to %d bytes", n)
		}
	}
}

func TestAge(t *testing.T) {
	d := open(t, 1<<20, time.Hour)
	for i, c := range []struct {
		at   time.Time
		want bool
	}{{time.Now().Add(-59 * time.Minute), true}, {time.Now().Add(-61 * time.Minute), false}, {time.Now().Add(2 * time.Hour), false}} {
		key := Key(fmt.Sprint(i))
		d.Put(key, []byte("x"))
		if err := os.WriteFile(d.file(key), encode([]byte("x"), c.at), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, ok := d.Get(key); ok != c.want {
			t.Errorf("written %v: %v", c.at, ok)
		}
	}
}

func TestSweepDropsTheLeastRecentlyUsed(t *testing.T) {
	d := open(t, 1000, time.Hour)
	noise := make([]byte, 300)
	for i := range 5 {
		for k := range noise {
			noise[k] = byte(k * k * (i + 3) >> 3)
		}
		key := Key(fmt.Sprint(i))
		d.Put(key, noise)
		used := time.Now().Add(time.Duration(i-10) * time.Minute)
		if i == 0 {
			used = time.Now() // used again since
		}
		if i == 4 {
			used = time.Now().Add(-2 * time.Hour) // too old
		}
		if err := os.Chtimes(d.file(key), used, used); err != nil {
			t.Fatal(err)
		}
	}
	orphan := filepath.Join(d.path, "tmp-1")
	_ = os.WriteFile(orphan, nil, 0o600)
	_ = os.Chtimes(orphan, time.Now().Add(-2*time.Hour), time.Now().Add(-2*time.Hour))
	d.Sweep()
	var left []string
	for i := range 5 {
		if _, err := os.Stat(d.file(Key(fmt.Sprint(i)))); err == nil {
			left = append(left, fmt.Sprint(i))
		}
	}
	if got := strings.Join(left, " "); !strings.HasPrefix(got, "0 ") || !strings.HasSuffix(got, " 3") || strings.Contains(got, "1") || strings.Contains(got, "4") {
		t.Errorf("left: %s", got)
	}
	if _, err := os.Stat(orphan); err == nil {
		t.Error("what a dead writer left is still there")
	}
}

// Writers and readers of one key, as of several processes: whole entries or none.
func TestTogether(t *testing.T) {
	d := open(t, 1<<30, time.Hour)
	key := Key("k")
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for i := range 50 {
				d.Put(key, bytes.Repeat([]byte{byte('a' + w)}, 10000+i))
				if got, ok := d.Get(key); ok && bytes.Count(got, got[:1]) != len(got) {
					t.Error("a mixture of two entries")
				}
			}
		})
	}
	wg.Wait()
}

func FuzzDecode(f *testing.F) {
	f.Add(encode([]byte("text"), time.Unix(1, 0)))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if len(raw) > 64<<10 {
			t.Skip()
		}
		data, _, err := decode(raw)
		if err == nil && !bytes.Equal(encode(data, time.Unix(0, 0))[:4], []byte(magic)) {
			t.Error("no entry")
		}
		_, _ = unpacker.DecodeAll(raw, nil)
	})
}

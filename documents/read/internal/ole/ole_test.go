package ole

import (
	"bytes"
	"encoding/binary"
	"os"
	"testing"
)

func ledger(t testing.TB) []byte {
	t.Helper()
	b, err := os.ReadFile("../../testdata/ledger.xls")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestStream(t *testing.T) {
	b := ledger(t)
	f, err := Open(bytes.NewReader(b), int64(len(b)))
	if err != nil || !f.Has("Workbook") || f.Has("WordDocument") {
		t.Fatal(err)
	}
	s, err := f.Stream("Workbook", 1<<20)
	if err != nil || len(s) < 50_000 || !bytes.HasPrefix(s, []byte{9, 8}) {
		t.Errorf("%d bytes, %v", len(s), err)
	}
	if s, err = f.Stream("Workbook", 100); len(s) != 100 || err != nil {
		t.Errorf("%d bytes, %v", len(s), err)
	}
	if s, err = f.Stream("none", 100); s != nil || err != nil {
		t.Errorf("%d bytes, %v", len(s), err)
	}
}

func TestHostileHeaders(t *testing.T) {
	for _, at := range []int{30, 44, 64, 72} {
		b := ledger(t)
		binary.LittleEndian.PutUint32(b[at:], 0x7FFFFFF0)
		if _, err := Open(bytes.NewReader(b), int64(len(b))); err == nil {
			t.Errorf("offset %d was believed", at)
		}
	}
	if _, err := Open(bytes.NewReader(nil), 0); err == nil {
		t.Error("nothing was opened")
	}
}

func FuzzOpen(f *testing.F) {
	b := ledger(f)
	f.Add(b[:8192])
	f.Add(b[len(b)-30_000:])
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 64<<10 {
			t.Skip()
		}
		c, err := Open(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return
		}
		for _, e := range c.Entries()[:min(len(c.Entries()), 50)] {
			_, _ = c.Read(e, 1<<20)
		}
	})
}

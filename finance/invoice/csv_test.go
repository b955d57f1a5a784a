package invoice

import (
	"bytes"
	"encoding/csv"
	"io"
	"slices"
	"testing"
)

var csvSeeds = []string{"a,b\n1,2\n", "\"a\"\"b\",c\r\n\r\nx,\"y\nz\",w", "\"open\nnever closed", "a\"b,\"c\"d\",e\n", "\r", "a,b\r", ",,\n\n,\"\"\n",
	"\"a\"\r\nb", "\"\r\n\",\"\"\"\"\n", "\"a\r", "号码,\"金额\n（元）\",税\n", "a\rb\n\n\n\"\"x\n", "x\n\"a\",\r\n"}

func FuzzCSV(f *testing.F) {
	for _, s := range csvSeeds {
		f.Add([]byte(s), false)
	}
	f.Fuzz(func(t *testing.T, data []byte, tab bool) {
		if len(data) > 64<<10 {
			return
		}
		agree(t, data, tab)
	})
}

// agree compares the splitter with encoding/csv, record by record.
func agree(t *testing.T, data []byte, tab bool) {
	comma := byte(',')
	if tab {
		comma = '\t'
	}
	want := csv.NewReader(bytes.NewReader(data))
	want.Comma, want.LazyQuotes, want.FieldsPerRecord = rune(comma), true, -1
	got := newSplitter(bytes.NewReader(data), comma)
	for i := 0; ; i++ {
		w, err := want.Read()
		g, err2 := got.record()
		if err == io.EOF || err2 == io.EOF {
			if err != err2 {
				t.Fatalf("record %d: %v, want %v", i, err2, err)
			}
			return
		}
		if err != nil || err2 != nil {
			t.Fatalf("record %d: %v, want %v", i, err2, err)
		}
		if !slices.EqualFunc(g, w, func(a []byte, b string) bool { return string(a) == b }) {
			t.Fatalf("record %d: %q, want %q", i, g, w)
		}
		if line, _ := want.FieldPos(0); line != got.line {
			t.Fatalf("record %d: line %d, want %d", i, got.line, line)
		}
	}
}

// A line that is longer than the buffer of 64 KB, and a quote that is never closed.
func TestLongLines(t *testing.T) {
	long := bytes.Repeat([]byte("长,"), 50_000)
	agree(t, append(append([]byte("a,\""), long...), "\",b\nc"...), false)
	agree(t, append(append([]byte(nil), long...), '\n', 'x'), false)
	s := newSplitter(bytes.NewReader(append([]byte{'"'}, bytes.Repeat([]byte("行\n"), maxRecord)...)), ',')
	if _, err := s.record(); err != errLongRecord {
		t.Error(err)
	}
}

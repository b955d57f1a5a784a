package postgres

import (
	"bytes"
	"encoding/binary"
	"io"
	"math"
	"testing"
	"testing/iotest"
)

// TestHalf compares half with its definition: the nearest multiple of the unit in the last place, ties to even.
func TestHalf(t *testing.T) {
	value := func(h uint16) float64 { // of a half, by the definition of binary16
		e, m := int(h>>10&0x1f), float64(h&0x3ff)
		v := math.Ldexp(1+m/1024, e-15)
		if e == 0 {
			v = math.Ldexp(m, -24)
		}
		if h>>15 == 1 {
			v = -v
		}
		return v
	}
	check := func(x float32) {
		t.Helper()
		h := half(x)
		best := math.Abs(value(h) - float64(x))
		for _, n := range []uint16{h - 1, h + 1} {
			if n>>10&0x1f == 0x1f || n>>15 != h>>15 {
				continue // infinity, or across zero
			}
			if d := math.Abs(value(n) - float64(x)); d < best || d == best && h&1 == 1 {
				t.Fatalf("%x: half %04x (%g), but %04x (%g) is nearer or even", math.Float32bits(x), h, value(h), n, value(n))
			}
		}
		if math.Signbit(value(h)) != math.Signbit(float64(x)) {
			t.Fatalf("%g: sign", x)
		}
	}
	for h := uint32(0); h < 0x7c00; h++ { // all halves and the points between them
		v := float32(value(uint16(h)))
		if half(v) != uint16(h) || half(-v) != uint16(h)|0x8000 {
			t.Fatalf("half %04x comes back as %04x", h, half(v))
		}
		if h+1 < 0x7c00 {
			mid := (v + float32(value(uint16(h+1)))) / 2
			check(mid)
			check(math.Nextafter32(mid, 0))
			check(-math.Nextafter32(mid, 1e9))
		}
	}
	check(1e-30)
	check(math.SmallestNonzeroFloat32)
}

// TestSheet: however small the reader's buffer, the stream is the same.
func TestSheet(t *testing.T) {
	stream := func() *sheet {
		sh := &sheet{rows: 3, row: func(b *row, i int) {
			b.buf = binary.BigEndian.AppendUint16(b.buf, 2)
			b.long(int64(i))
			b.texts([]string{"甲", "", "乙丙"})
		}}
		sh.b.buf = append(sh.b.buf, signature...)
		return sh
	}
	want, err := io.ReadAll(stream())
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(iotest.OneByteReader(stream()))
	if err != nil || !bytes.Equal(got, want) {
		t.Fatalf("%x\n%x %v", want, got, err)
	}
	if !bytes.HasSuffix(want, []byte{0xff, 0xff}) || bytes.Count(want, []byte("乙丙")) != 3 {
		t.Fatalf("%x", want)
	}
}

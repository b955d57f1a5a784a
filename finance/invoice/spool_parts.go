package invoice

import (
	"bufio"
	"encoding/binary"
	"io"
	"os"
)

var le = binary.LittleEndian

// source is one sorted run while it is merged.
type source struct {
	now  record
	r    *bufio.Reader
	held []record
	buf  [recordBytes]byte
}

func (s *source) next() (bool, error) {
	if s.r == nil {
		if len(s.held) == 0 {
			return false, nil
		}
		s.now, s.held = s.held[0], s.held[1:]
		return true, nil
	}
	switch _, err := io.ReadFull(s.r, s.buf[:]); err {
	case nil:
		s.now.get(s.buf[:])
		return true, nil
	case io.EOF:
		return false, nil
	default:
		return false, err
	}
}

// sources is a heap by the next record.
type sources []*source

func (h sources) Len() int           { return len(h) }
func (h sources) Less(i, j int) bool { return h[i].now.less(&h[j].now) }
func (h sources) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *sources) Push(x any)        { *h = append(*h, x.(*source)) }
func (h *sources) Pop() any {
	old := *h
	x := old[len(old)-1]
	*h = old[:len(old)-1]
	return x
}

// offsetWriter writes behind what stands in the file, while runs of it are read.
type offsetWriter struct {
	f  *os.File
	at int64
}

func (w *offsetWriter) Write(b []byte) (int, error) {
	n, err := w.f.WriteAt(b, w.at)
	w.at += int64(n)
	return n, err
}

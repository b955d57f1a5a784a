package invoice

import (
	"bufio"
	"container/heap"
	"fmt"
	"io"
	"os"
	"slices"
)

// record is what the checks over all rows need of one: no names, only numbers.
type record struct {
	a, b, c uint64 // what it is sorted by, first
	total   Cents
	goods   uint32 // hash of the goods' text
	party   uint32
	line    uint32
	day     Day
	flags   uint16
}

const recordBytes = 3*8 + 8 + 4*4 + 2

func (r *record) put(b []byte) {
	le.PutUint64(b, r.a)
	le.PutUint64(b[8:], r.b)
	le.PutUint64(b[16:], r.c)
	le.PutUint64(b[24:], uint64(r.total))
	le.PutUint32(b[32:], r.goods)
	le.PutUint32(b[36:], r.party)
	le.PutUint32(b[40:], r.line)
	le.PutUint32(b[44:], uint32(r.day))
	le.PutUint16(b[48:], r.flags)
}

func (r *record) get(b []byte) {
	*r = record{le.Uint64(b), le.Uint64(b[8:]), le.Uint64(b[16:]), Cents(le.Uint64(b[24:])), le.Uint32(b[32:]), le.Uint32(b[36:]),
		le.Uint32(b[40:]), Day(le.Uint32(b[44:])), le.Uint16(b[48:])}
}

// less orders records: a, b, c, then the line they stand on.
func (r *record) less(o *record) bool {
	switch {
	case r.a != o.a:
		return r.a < o.a
	case r.b != o.b:
		return r.b < o.b
	case r.c != o.c:
		return r.c < o.c
	}
	return r.line < o.line
}

func compareRecords(x, y record) int {
	if x.less(&y) {
		return -1
	}
	return 1
}

// spoolRecords are held in memory: 4 MB. A variable so that tests spill.
var spoolRecords = 1 << 16

const (
	spoolFan    = 32 // runs merged at once
	spoolBuffer = 32 << 10
)

// spool sorts any number of records: so many in memory, the rest as sorted runs in a temporary file, merged level by
// level. Files hold hashes, days and amounts, no names, and are deleted as soon as they are open.
type spool struct {
	dir  string
	hold []record
	file *os.File
	size int64
	runs [][]span // by level
	err  error
}

type span struct{ from, to int64 }

func (s *spool) add(r record) {
	if len(s.hold) >= spoolRecords {
		s.spill()
	}
	if s.hold == nil {
		s.hold = make([]record, 0, 1<<10)
	}
	s.hold = append(s.hold, r)
}

func (s *spool) sortHold() { slices.SortFunc(s.hold, compareRecords) }

// spill writes what is held as a sorted run.
func (s *spool) spill() {
	s.sortHold()
	if s.err == nil && s.file == nil {
		if s.file, s.err = os.CreateTemp(s.dir, "xindiao-invoices-*"); s.err == nil {
			os.Remove(s.file.Name()) //nolint:errcheck // where an open file cannot be removed, close does it
		}
	}
	s.write(0, func(w io.Writer) error {
		var b [recordBytes]byte
		for i := range s.hold {
			s.hold[i].put(b[:])
			if _, err := w.Write(b[:]); err != nil {
				return err
			}
		}
		return nil
	})
	s.hold = s.hold[:0]
}

// write appends a run to the file and merges a full level into the next one.
func (s *spool) write(level int, fill func(io.Writer) error) {
	if s.err != nil {
		return
	}
	from := s.size
	out := &offsetWriter{f: s.file, at: from}
	w := bufio.NewWriterSize(out, spoolBuffer)
	if err := fill(w); err != nil {
		s.err = err
		return
	}
	if s.err = w.Flush(); s.err != nil {
		return
	}
	s.size = out.at
	for len(s.runs) <= level {
		s.runs = append(s.runs, nil)
	}
	s.runs[level] = append(s.runs[level], span{from, s.size})
	if len(s.runs[level]) < spoolFan {
		return
	}
	full := s.runs[level]
	s.runs[level] = nil
	s.write(level+1, func(w io.Writer) error {
		var b [recordBytes]byte
		return s.merge(full, nil, func(r *record) error {
			r.put(b[:])
			_, err := w.Write(b[:])
			return err
		})
	})
}

// each hands over all records in order, then the spool is empty.
func (s *spool) each(f func(*record)) error {
	defer s.close()
	s.sortHold()
	if s.err != nil {
		return fmt.Errorf("发票排序的临时文件写不下去：%w", s.err)
	}
	var all []span
	for _, l := range s.runs {
		all = append(all, l...)
	}
	err := s.merge(all, s.hold, func(r *record) error { f(r); return nil })
	if err != nil {
		return fmt.Errorf("发票排序的临时文件读不出来：%w", err)
	}
	return nil
}

func (s *spool) close() {
	if s.file != nil {
		name := s.file.Name()
		s.file.Close()  //nolint:errcheck // nothing is kept in it
		os.Remove(name) //nolint:errcheck // gone already where an open file can be removed
	}
	s.file, s.hold, s.runs, s.size = nil, nil, nil, 0
}

// merge walks runs and held records in order.
func (s *spool) merge(runs []span, held []record, f func(*record) error) error {
	h := &sources{}
	for _, r := range runs {
		src := &source{r: bufio.NewReaderSize(io.NewSectionReader(s.file, r.from, r.to-r.from), spoolBuffer)}
		if ok, err := src.next(); err != nil {
			return err
		} else if ok {
			*h = append(*h, src)
		}
	}
	if len(held) > 0 {
		*h = append(*h, &source{now: held[0], held: held[1:]})
	}
	heap.Init(h)
	for len(*h) > 0 {
		src := (*h)[0]
		if err := f(&src.now); err != nil {
			return err
		}
		ok, err := src.next()
		if err != nil {
			return err
		}
		if ok {
			heap.Fix(h, 0)
		} else {
			heap.Pop(h)
		}
	}
	return nil
}

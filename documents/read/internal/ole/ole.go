// Package ole opens compound files (MS-CFB), the containers of DOC, XLS and MSG, by way of mscfb, with bounds that
// a hostile header cannot talk away.
package ole

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/richardlehane/mscfb"
)

// ErrFormat tells of a container whose own tables are broken.
var ErrFormat = errors.New("ole: broken container")

// File is an open container.
type File struct {
	size    int64
	streams []*mscfb.File
}

// maxStreams bounds the directory; an Outlook message with many attachments has some thousands.
const maxStreams = 20_000

// Open reads the container's tables. A last sector that is cut short, as some programs leave it, counts as padded.
func Open(r io.ReaderAt, size int64) (f *File, err error) {
	defer func() {
		if p := recover(); p != nil {
			f, err = nil, fmt.Errorf("%w: %v", ErrFormat, p)
		}
	}()
	var head [76]byte
	if _, err := r.ReadAt(head[:], 0); err != nil {
		return nil, ErrFormat
	}
	shift := binary.LittleEndian.Uint16(head[30:])
	if shift != 9 && shift != 12 {
		return nil, ErrFormat
	}
	sectors := uint64(size)>>shift + 1
	for _, at := range []int{40, 44, 64, 72} { // sectors of the directory, FAT, mini FAT and DIFAT
		if uint64(binary.LittleEndian.Uint32(head[at:])) > sectors {
			return nil, ErrFormat
		}
	}
	c, err := mscfb.New(padded{r, size})
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrFormat, err)
	}
	f = &File{size: size}
	for e, err := c.Next(); err == nil && len(f.streams) < maxStreams; e, err = c.Next() {
		f.streams = append(f.streams, e)
	}
	return f, nil
}

// Entry is one stream of the container.
type Entry struct {
	Name string
	Path []string // of the storages around it
	Size int64    // as the directory says
	file *mscfb.File
}

// Entries lists the streams and storages.
func (f *File) Entries() []Entry {
	out := make([]Entry, len(f.streams))
	for i, s := range f.streams {
		out[i] = Entry{Name: s.Name, Path: s.Path, Size: s.Size, file: s}
	}
	return out
}

// Has tells whether the root holds a stream or storage of that name.
func (f *File) Has(name string) bool { return f.find(name) != nil }

func (f *File) find(name string) *mscfb.File {
	for _, s := range f.streams {
		if s.Name == name && len(s.Path) == 0 {
			return s
		}
	}
	return nil
}

// Stream reads a stream of the root, at most limit bytes of it; nil when there is none.
func (f *File) Stream(name string, limit int64) ([]byte, error) {
	s := f.find(name)
	if s == nil {
		return nil, nil
	}
	return f.Read(Entry{Size: s.Size, file: s}, limit)
}

// Read reads one stream, at most limit bytes of it and never more than the container holds. What comes before a
// broken chain of sectors is returned together with ErrFormat.
func (f *File) Read(e Entry, limit int64) (b []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", ErrFormat, p)
		}
	}()
	want := min(e.Size, limit, f.size)
	if want <= 0 {
		return nil, nil
	}
	if _, err := e.file.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("%w: %v", ErrFormat, err)
	}
	b = make([]byte, want)
	n, err := io.ReadFull(e.file, b)
	if err != nil {
		return b[:n], fmt.Errorf("%w: %v", ErrFormat, err)
	}
	return b, nil
}

// padded reads zeros for up to a sector behind the end.
type padded struct {
	r    io.ReaderAt
	size int64
}

func (p padded) ReadAt(b []byte, at int64) (int, error) {
	n, err := p.r.ReadAt(b, at)
	if err == io.EOF && at >= 0 && at < p.size && at+int64(len(b)) <= p.size+4096 {
		clear(b[n:])
		return len(b), nil
	}
	return n, err
}

// Package cache keeps byte strings under hashes in a folder: written whole or not at all, checked when read, bounded in
// size and age, and safe for several processes at once.
package cache

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"github.com/klauspost/compress/zstd"
)

// Dir is a folder of entries. What it holds may be personal data: folders are 0700, files 0600.
type Dir struct {
	path  string
	max   int64         // bytes of all entries
	age   time.Duration // since an entry was written
	wrote atomic.Int64
}

const (
	magic     = "XDC1"
	headSize  = len(magic) + 8 + sha256.Size // mark, seconds since 1970, hash of what follows
	maxEntry  = 1 << 30                      // unpacked
	sweepEach = time.Hour
	suffix    = ".xdc"
)

// Open makes the folder where it is not there. Entries beyond max bytes in all are dropped, the least recently used
// ones first, and those older than age.
func Open(path string, max int64, age time.Duration) (*Dir, error) {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, err
	}
	st, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if st.Mode().Perm()&0o077 != 0 {
		if err := os.Chmod(path, 0o700); err != nil {
			return nil, err
		}
	}
	return &Dir{path: path, max: max, age: age}, nil
}

// Key hashes what an entry depends on.
func Key(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		_ = binary.Write(h, binary.LittleEndian, uint64(len(p)))
		h.Write([]byte(p))
	}
	return hex.EncodeToString(h.Sum(nil))
}

func (d *Dir) file(key string) string { return filepath.Join(d.path, key[:2], key+suffix) }

var (
	errDamaged = errors.New("cache: damaged entry")
	packer, _  = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	unpacker   = func() *zstd.Decoder {
		d, _ := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxEntry))
		return d
	}()
)

// Get returns an entry; a damaged or too old one is removed and not there.
func (d *Dir) Get(key string) ([]byte, bool) {
	name := d.file(key)
	raw, err := os.ReadFile(name)
	if err != nil {
		return nil, false
	}
	data, written, err := decode(raw)
	if err != nil || time.Since(written) > d.age || time.Until(written) > time.Hour {
		_ = os.Remove(name)
		return nil, false
	}
	now := time.Now()
	_ = os.Chtimes(name, now, now) // last used
	return data, true
}

// Put writes an entry. A failure leaves nothing behind and is no error: a cache may forget.
func (d *Dir) Put(key string, data []byte) {
	if len(data) > maxEntry {
		return
	}
	name := d.file(key)
	if os.MkdirAll(filepath.Dir(name), 0o700) != nil {
		return
	}
	f, err := os.CreateTemp(filepath.Dir(name), "tmp-*") // 0600
	if err != nil {
		return
	}
	raw := encode(data, time.Now())
	_, err = f.Write(raw)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return
	}
	d.wrote.Add(int64(len(raw)))
}

// Remove drops an entry that its owner cannot make sense of.
func (d *Dir) Remove(key string) { _ = os.Remove(d.file(key)) }

func encode(data []byte, at time.Time) []byte {
	packed := packer.EncodeAll(data, make([]byte, headSize, headSize+len(data)/4+64))
	copy(packed, magic)
	binary.LittleEndian.PutUint64(packed[len(magic):], uint64(at.Unix()))
	sum := sha256.Sum256(packed[headSize:])
	copy(packed[len(magic)+8:], sum[:])
	return packed
}

func decode(raw []byte) ([]byte, time.Time, error) {
	if len(raw) < headSize || !bytes.HasPrefix(raw, []byte(magic)) {
		return nil, time.Time{}, errDamaged
	}
	if sum := sha256.Sum256(raw[headSize:]); !bytes.Equal(sum[:], raw[len(magic)+8:headSize]) {
		return nil, time.Time{}, errDamaged
	}
	data, err := unpacker.DecodeAll(raw[headSize:], nil)
	return data, time.Unix(int64(binary.LittleEndian.Uint64(raw[len(magic):])), 0), err
}

// Sweep drops what is too old or too much, at most once an hour over all processes unless much was written.
func (d *Dir) Sweep() {
	mark := filepath.Join(d.path, "swept")
	wrote := d.wrote.Swap(0)
	if st, err := os.Stat(mark); err == nil && time.Since(st.ModTime()) < sweepEach && wrote < d.max/8 {
		d.wrote.Add(wrote)
		return
	}
	if err := os.WriteFile(mark, nil, 0o600); err != nil {
		return
	}
	now := time.Now()
	_ = os.Chtimes(mark, now, now)
	var all []entry
	_ = filepath.WalkDir(d.path, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return nil
		}
		info, err := e.Info()
		switch {
		case err != nil:
		case strings.HasPrefix(e.Name(), "tmp-"):
			if time.Since(info.ModTime()) > sweepEach { // its writer died
				_ = os.Remove(path)
			}
		case strings.HasSuffix(e.Name(), suffix):
			all = append(all, entry{path, info.Size(), info.ModTime()})
		}
		return nil
	})
	drop(all, d.max, d.age)
}

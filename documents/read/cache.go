package read

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"time"

	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xindiao/xindiao/documents/read/internal/cache"
	"github.com/xindiao/xindiao/dossier"
)

const (
	cacheBytes = 2 << 30
	cacheAge   = 30 * 24 * time.Hour // readings are personal data: they do not stay longer
)

// results keeps readings by what they depend on: the bytes, the name's ending, the limits, the OCR engine, and this
// very program with the programs that readers may call. So nothing is ever stale.
type results struct {
	dir  *cache.Dir
	with string // what all readings of this run depend on
}

// openResults gives nil where there is to be no cache, or cannot be one: it only saves time.
func openResults(opt Options) *results {
	if opt.Cache == "" {
		return nil
	}
	self, err := programHash()
	if err != nil {
		return nil
	}
	dir, err := cache.Open(opt.Cache, cacheBytes, cacheAge)
	if err != nil {
		return nil
	}
	limits, err := json.Marshal(opt.Limits)
	if err != nil {
		return nil
	}
	return &results{dir: dir, with: cache.Key(self, ocr.Version(opt.OCR), string(limits), helpers())}
}

// programHash tells this program from every other: by what the linker wrote into it, else by all its bytes.
var programHash = sync.OnceValues(func() (string, error) {
	if id := buildID(); id != "" {
		return id, nil
	}
	exe, err := os.Executable()
	if err != nil {
		return "", err
	}
	return sum(exe)
})

// helpers tells which programs are there that readers use when they are.
func helpers() string {
	var b bytes.Buffer
	for _, name := range []string{"pdftotext", "tesseract"} {
		if path, err := exec.LookPath(name); err == nil {
			if st, err := os.Stat(path); err == nil {
				fmt.Fprintln(&b, path, st.Size(), st.ModTime().UnixNano())
			}
		}
	}
	return b.String()
}

// kept is a reading as it is kept.
type kept struct {
	Format   string
	Scan     bool
	Pages    []dossier.Page
	Problems []dossier.Problem
	Members  []member
}

func (c *results) key(n *node) string {
	return cache.Key(c.with, n.doc.SHA256, ending(n.name))
}

func (c *results) load(n *node) (k kept, ok bool) {
	key := c.key(n)
	data, ok := c.dir.Get(key)
	if !ok {
		return k, false
	}
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&k); err != nil {
		c.dir.Remove(key)
		return kept{}, false
	}
	return k, true
}

func (c *results) store(n *node) {
	d := n.doc
	k := kept{Format: d.Format, Scan: d.Scan, Pages: d.Pages, Problems: d.Problems}
	for _, m := range n.members {
		k.Members = append(k.Members, member{Name: m.name[len(n.name)+1:], Size: m.size, SHA256: m.sha, Problem: m.why})
	}
	var b bytes.Buffer
	if gob.NewEncoder(&b).Encode(k) == nil {
		c.dir.Put(c.key(n), b.Bytes())
	}
}

// recall fills n, and everything in it, from the cache; false when anything is not there, and n is as it was.
func (r *runner) recall(n *node) bool {
	if r.cache == nil || len(n.vols.Parts)+len(n.vols.Named) > 0 || n.doc.SHA256 == "" {
		return false
	}
	k, ok := r.cache.load(n)
	if !ok || len(k.Members) > 0 && n.depth >= r.opt.Limits.ArchiveDepth {
		return false
	}
	var members []*node
	for _, m := range k.Members {
		it := item{name: n.name + "/" + m.Name, size: m.Size, depth: n.depth + 1, sha: m.SHA256, why: m.Problem, skip: m.Problem != nil}
		child := newNode(it, n.top)
		if !child.skip && r.refusal(child) == nil && !r.recall(child) {
			return false
		}
		members = append(members, child)
	}
	d := n.doc
	d.Format, d.Scan, d.Pages, d.Problems = k.Format, k.Scan, k.Pages, k.Problems
	if archives[d.Format] {
		d.Type, d.Confidence = dossier.TypeArchive, 1
	}
	n.members, n.ready = members, true
	return true
}

// remember keeps a finished reading when it is complete: what failed for want of time, memory or a program may work
// the next time, and what a container did not give for its size depends on what was read before it.
func (r *runner) remember(n *node) {
	if r.cache == nil || n.fleeting || r.ctx.Err() != nil || len(n.vols.Parts)+len(n.vols.Named) > 0 {
		return
	}
	for _, p := range n.doc.Problems {
		switch p.Kind {
		case dossier.ErrTimeout, dossier.ErrCrashed, dossier.ErrDependency, dossier.ErrNotFound:
			return
		case dossier.ErrTooLarge, dossier.ErrUnsafe:
			if !n.leaf() {
				return
			}
		}
	}
	for _, m := range n.members {
		if m.why != nil && m.why.Kind == dossier.ErrDependency || len(m.vols.Parts)+len(m.vols.Named) > 0 {
			return
		}
	}
	r.cache.store(n)
}

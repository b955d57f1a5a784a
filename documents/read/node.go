package read

import (
	"sort"
	"strings"
	"sync"
	"time"

	"github.com/xindiao/xindiao/dossier"
)

// node is a file on its way to a Document, and what is inside of it.
type node struct {
	item
	top  *budget // of the outermost container around it
	vols volumeSet

	mu      sync.Mutex
	doc     *dossier.Document
	members []*node
	doubts  map[int][]string // by page
	scan    bool
	open    int           // portions not yet read
	resumed int           // times that reading went on behind a page that broke a worker
	spent   time.Duration // wall time of all portions
	waiting []*node       // files with the same bytes
	over    bool

	ready    bool // all is known from an earlier run
	fleeting bool // a later run may read more
}

func newNode(it item, top *budget) *node {
	doc := &dossier.Document{File: it.name, Size: it.size, SHA256: it.sha, Format: fmtNone}
	if it.why != nil {
		doc.Problems = []dossier.Problem{*it.why}
	}
	return &node{item: it, top: top, open: 1, doc: doc}
}

// flatten lists the Document and those of the members.
func (n *node) flatten(docs []*dossier.Document) []*dossier.Document {
	docs = append(docs, n.doc)
	for _, m := range n.members {
		docs = m.flatten(docs)
	}
	return docs
}

// assemble puts the portions of a Document together.
func (n *node) assemble() {
	d := n.doc
	closeRows(d)
	sort.SliceStable(d.Pages, func(i, j int) bool { return d.Pages[i].Number < d.Pages[j].Number })
	for i := range d.Pages {
		d.Pages[i].Doubts = append(d.Pages[i].Doubts, n.doubts[d.Pages[i].Number]...)
	}
	d.Scan = n.scan
	if f := wholes[d.Format]; f != nil {
		f(d)
	}
	if archives[d.Format] {
		d.Type, d.Confidence = dossier.TypeArchive, 1
		if len(n.members) == 0 && len(d.Problems) == 0 {
			d.Problems = append(d.Problems, problem(dossier.ErrEmpty, "压缩包里没有文件", "请核对后重新提供"))
		}
	}
	sort.SliceStable(d.Problems, func(i, j int) bool { return d.Problems[i].Page < d.Problems[j].Page })
	sort.SliceStable(n.members, func(i, j int) bool { return n.members[i].name < n.members[j].name })
}

// scanned counts the pages that OCR has read so far.
func (n *node) scanned() (k int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, p := range n.doc.Pages {
		if p.Scan {
			k++
		}
	}
	return k
}

// note adds a Problem unless it is there.
func (n *node) note(list ...dossier.Problem) {
next:
	for _, p := range list {
		for _, old := range n.doc.Problems {
			if old == p {
				continue next
			}
		}
		n.doc.Problems = append(n.doc.Problems, p)
	}
}

// refuse keeps n from being opened and says why.
func (n *node) refuse(p dossier.Problem) {
	n.skip = true
	n.note(p)
}

// ending is what of a name has a say in how its bytes are read.
func ending(name string) string {
	if i := strings.LastIndexByte(name, '.'); i >= 0 && len(name)-i <= 12 {
		return strings.ToLower(name[i:])
	}
	return ""
}

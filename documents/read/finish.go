package read

import (
	"os"

	"github.com/xindiao/xindiao/dossier"
)

// twin tells whether a file with the same bytes was read before or is being read: n then takes over what comes of it.
// Containers are unpacked each on its own: what is inside is cheap to come by, and depth differs.
func (r *runner) twin(n *node) bool {
	key := n.doc.SHA256 + ending(n.name)
	r.mu.Lock()
	first := r.seen[key]
	switch {
	case first == nil:
		r.seen[key] = n
	case first.over && first.leaf():
		r.mu.Unlock()
		n.copyOf(first)
		r.finish(n)
		return true
	case !first.over:
		first.waiting = append(first.waiting, n)
		r.mu.Unlock()
		return true
	}
	r.mu.Unlock()
	return false
}

func (n *node) leaf() bool { return len(n.members) == 0 && !archives[n.doc.Format] }

// copyOf fills n with what was read of a file with the same bytes.
func (n *node) copyOf(first *node) {
	d := first.doc
	n.doc.Format, n.doc.Scan, n.doc.Pages = d.Format, d.Scan, clone(d.Pages)
	n.note(d.Problems...)
}

// finish ends the work on n itself and queues its members and those that waited for it.
func (r *runner) finish(n *node) {
	if n.depth > 0 && n.path != "" {
		_ = os.Remove(n.path)
	}
	r.mu.Lock()
	n.over = true
	r.done++
	r.total += len(n.members)
	linkVolumes(n.members)
	next := append([]*node(nil), n.members...)
	waiting := n.waiting
	n.waiting = nil
	leaf := n.leaf()
	r.opt.Progress(Event{File: n.name, Page: len(n.doc.Pages), Pages: len(n.doc.Pages), Done: r.done, Total: r.total})
	r.mu.Unlock()
	for _, w := range waiting {
		if !leaf {
			next = append(next, w)
			continue
		}
		w.copyOf(n)
		r.finish(w)
	}
	r.push(next)
}

// clone copies pages so deep that a change to one Document does not show in the other.
func clone(pages []dossier.Page) []dossier.Page {
	out := append([]dossier.Page(nil), pages...)
	for i := range out {
		p := &out[i]
		p.Doubts = append([]string(nil), p.Doubts...)
		p.Lines = append([]dossier.Line(nil), p.Lines...)
		for j := range p.Lines {
			p.Lines[j].Words = append([]dossier.Word(nil), p.Lines[j].Words...)
		}
		p.Tables = append([]dossier.Table(nil), p.Tables...)
		for j := range p.Tables {
			rows := append([][]dossier.Cell(nil), p.Tables[j].Rows...)
			for k := range rows {
				rows[k] = append([]dossier.Cell(nil), rows[k]...)
			}
			p.Tables[j].Rows = rows
		}
	}
	return out
}

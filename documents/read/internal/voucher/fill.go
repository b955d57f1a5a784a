package voucher

import (
	"strings"

	"github.com/xindiao/xindiao/documents/read/internal/xmltree"
)

// fallbacks name what older issuers left out: without 开票日期 the time of the request is it.
func (w *walk) fallbacks(root *xmltree.Node) {
	if w.fam == nil {
		return
	}
	for _, f := range w.fam.Fallback {
		if w.sheet.Value(f.Label) == "" {
			if n := find(root, strings.Split(f.From, "/"), 0); n != nil {
				w.pair(f.Label, w.value(n))
			}
		}
	}
}

// summary sets the voucher down as the one row that it would be in a list, which is how registers are read.
func (w *walk) summary() {
	if w.fam == nil || len(w.fam.Summary) == 0 {
		return
	}
	t := Table{Name: w.fam.Name, Summary: true}
	for _, label := range w.fam.Summary {
		if v := w.sheet.Value(label); v != "" {
			t.Heads = append(t.Heads, label)
			if t.Rows == nil {
				t.Rows = [][]string{nil}
			}
			t.Rows[0] = append(t.Rows[0], v)
		}
	}
	if len(t.Heads) > 2 {
		w.sheet.Tables = append(w.sheet.Tables, t)
	}
}

// title fills the first form of the family's titles whose every part is there.
func (w *walk) title(root *xmltree.Node) {
	if w.fam == nil {
		return
	}
next:
	for _, form := range w.fam.Titles {
		out := ""
		for form != "" {
			before, rest, found := strings.Cut(form, "{")
			out += before
			if !found {
				break
			}
			name, after, _ := strings.Cut(rest, "}")
			n := find(root, strings.Split(name, "/"), 0)
			if n == nil || n.Value() == "" {
				continue next
			}
			out, form = out+n.Value(), after
		}
		w.sheet.Title = w.clip(out)
		return
	}
}

// find looks for an element by the end of its path anywhere below n.
func find(n *xmltree.Node, path []string, depth int) *xmltree.Node {
	if depth > 12 {
		return nil
	}
	for _, k := range n.Kids {
		if k.Name == path[0] {
			if hit := k.Find(path[1:]...); hit != nil {
				return hit
			}
		}
		if hit := find(k, path, depth+1); hit != nil {
			return hit
		}
	}
	return nil
}

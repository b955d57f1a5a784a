// Package voucher reads structured vouchers, the XML and XBRL forms of invoices, fiscal receipts and bank slips, into
// labels as they stand on the printed form, values and tables. Of XML that it does not know nothing is lost either:
// the path of an element is its label then.
//
// What a kind of voucher calls its elements stands in families/*.yaml.
package voucher

import (
	"cmp"
	"errors"
	"strings"

	"github.com/xindiao/xindiao/documents/read/internal/xmltree"
)

// Sheet is one voucher.
type Sheet struct {
	Family  string // file of families, "" for XML of no known kind
	Title   string // as printed at the head of the form
	Pairs   []Pair
	Tables  []Table
	Strange int // elements that the family does not name; their label is the element's name
	Cut     int // values of which only the beginning is kept
}

// Pair is one label and its value, both as printed; the value is the file's own but for codes with a known meaning.
type Pair struct{ Label, Value string }

// Table is rows of a repeated element under the labels of its parts.
type Table struct {
	Name    string
	Heads   []string
	Rows    [][]string // as long as Heads
	Summary bool       // one row made of pairs: the voucher as a line of a list
}

// Value is the value of the first pair with that label, "" when there is none.
func (s *Sheet) Value(label string) string {
	for _, p := range s.Pairs {
		if p.Label == label {
			return p.Value
		}
	}
	return ""
}

// ErrMore tells that a file holds more than MaxSheets vouchers; the first ones are returned.
var ErrMore = errors.New("voucher: too many in one file")

// Bounds of one file.
const (
	MaxSheets = 2000
	maxValue  = 64 << 10  // bytes of one value
	maxTables = 200       // of one sheet
	maxHeads  = 300       // columns of a table
	maxCells  = 3_000_000 // of all tables, empty ones included; what comes after stands in pairs
)

// Read gives the vouchers of one file, mostly one. With an error (one of xmltree's, or ErrMore) they hold what stood
// before it.
func Read(data []byte) ([]*Sheet, error) {
	root, err := xmltree.Parse(data)
	if root == nil {
		return nil, err
	}
	list := Of(root)
	if len(list) > MaxSheets {
		list, err = list[:MaxSheets], cmp.Or(err, ErrMore)
	}
	return list, err
}

// Of gives the vouchers below root: root itself, or those that an export wraps together.
func Of(root *xmltree.Node) []*Sheet {
	if list := wrapped(root, 0); len(list) > 1 {
		var out []*Sheet
		for _, n := range list[:min(len(list), MaxSheets+1)] {
			out = append(out, sheetOf(n))
		}
		return out
	}
	return []*Sheet{sheetOf(root)}
}

// wrapped lists elements that are the root of a family where several of them stand side by side.
func wrapped(n *xmltree.Node, depth int) (out []*xmltree.Node) {
	if depth > 3 || rooted(n) != nil {
		return nil
	}
	for _, k := range n.Kids {
		if rooted(k) != nil {
			out = append(out, k)
		}
	}
	if len(out) > 1 {
		return out
	}
	for _, k := range n.Kids {
		if list := wrapped(k, depth+1); len(list) > 1 {
			return list
		}
	}
	return nil
}

func sheetOf(root *xmltree.Node) *Sheet {
	w := &walk{sheet: &Sheet{}}
	if root.Name == "xbrl" {
		root = w.facts(root)
	}
	if w.fam = familyOf(root); w.fam != nil {
		w.sheet.Family = w.fam.id
	}
	w.section(root, nil)
	w.fallbacks(root)
	w.title(root)
	w.summary()
	return w.sheet
}

// walk is one voucher on its way to a Sheet.
type walk struct {
	sheet *Sheet
	fam   *Family
	cells int
}

// section reads the children of n: values as pairs, repeated elements as tables, others as sections of their own.
func (w *walk) section(n *xmltree.Node, path []string) {
	w.attributes(n, path, w.pair)
	repeated := w.groups(n)
	for _, k := range n.Kids {
		p := append(path[:len(path):len(path)], k.Name)
		list, row := repeated[k.Name]
		switch {
		case w.fam.skips(k.Name):
		case row && list[0] == k:
			w.rowsOf(list, p, "", map[string]int{})
		case row:
		case len(k.Kids) == 0:
			w.attributes(k, p, w.pair)
			w.pair(w.label(p), w.value(k))
		default:
			w.section(k, p)
		}
	}
}

// groups collects the elements that make rows: those of a name that stands in n several times with parts below, and
// those that the family calls rows.
func (w *walk) groups(n *xmltree.Node) map[string][]*xmltree.Node {
	var out map[string][]*xmltree.Node
	for _, k := range n.Kids {
		if len(k.Kids) > 0 || w.fam.rows(k.Name) != "" {
			if out == nil {
				out = map[string][]*xmltree.Node{}
			}
			out[k.Name] = append(out[k.Name], k)
		}
	}
	for name, list := range out {
		if len(list) == 1 && w.fam.rows(name) == "" {
			delete(out, name)
		}
	}
	return out
}

func (w *walk) pair(label, value string) {
	if value != "" && label != "-" {
		w.sheet.Pairs = append(w.sheet.Pairs, Pair{label, value})
	}
}

// attributes are read of XML that is not known; of a known voucher they are all technical.
func (w *walk) attributes(n *xmltree.Node, path []string, put func(label, value string)) {
	if w.fam != nil {
		return
	}
	for _, a := range n.Attrs {
		if !strings.Contains(a.Name.Space, "XMLSchema-instance") && a.Name.Space != "xsi" {
			put(strings.Join(append(path[:len(path):len(path)], a.Name.Local), "/"), w.clip(strings.TrimSpace(a.Value)))
		}
	}
}

// value is an element's own text; codes with a known meaning are spelled out.
func (w *walk) value(n *xmltree.Node) string {
	v := strings.Join(strings.Fields(w.clip(n.Text)), " ")
	if w.fam != nil {
		if word, ok := w.fam.Codes[n.Name][v]; ok {
			return word
		}
	}
	return v
}

// clip cuts a value that is no value but a file: a picture in base64, say.
func (w *walk) clip(s string) string {
	if len(s) > maxValue {
		w.sheet.Cut++
		return strings.ToValidUTF8(s[:maxValue], "")
	}
	return s
}

// label is what the form prints for an element, looked up by the end of its path, the longest first. Without one it
// is the element's name, or the whole path in XML of no known kind.
func (w *walk) label(path []string) string {
	if w.fam == nil {
		return strings.Join(path, "/")
	}
	if l := w.fam.label(path); l != "" {
		return l
	}
	w.sheet.Strange++
	return path[len(path)-1]
}

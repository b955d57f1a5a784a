package voucher

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"sort"
	"strings"
	"sync"

	"github.com/xindiao/xindiao/documents/read/internal/xmltree"
	"github.com/xindiao/xindiao/internal/datafile"
)

//go:embed families/*.yaml
var files embed.FS

// Family is one kind of voucher: how it is known and what its elements are called on the printed form.
type Family struct {
	Name     string                       `yaml:"name"`   // of the kind, in Chinese
	Source   string                       `yaml:"source"` // standard that sets the names
	Roots    []string                     `yaml:"roots"`  // names of the root element
	Needs    []string                     `yaml:"needs"`  // with such a root, one of these must be there too
	Space    string                       `yaml:"space"`  // pattern of the namespace of its elements
	Like     []string                     `yaml:"like"`   // takes the labels, rows and codes of these families too
	Titles   []string                     `yaml:"titles"` // {A/B} is the value of an element; the first that can be filled counts
	Labels   map[string]string            `yaml:"labels"` // element, or the end of its path, to the printed label; "-" is left out
	Rows     map[string]string            `yaml:"rows"`   // repeated elements and the name of their table
	Skip     []string                     `yaml:"skip"`   // elements left out with all below, e.g. signatures
	Codes    map[string]map[string]string `yaml:"codes"`  // meaning of an element's codes
	Fallback []Fallback                   `yaml:"fallback"`
	Split    []Split                      `yaml:"split"`
	Summary  []string                     `yaml:"summary"` // labels that make one row of a list of such vouchers
	Examples []Example                    `yaml:"examples"`

	id    string
	space *regexp.Regexp
}

// Fallback fills a label that the voucher left empty from another element.
type Fallback struct {
	Label string `yaml:"label"`
	From  string `yaml:"from"`
}

// Split shows a column of amounts as the columns that a printed form has for its two directions, beside the column
// itself: a debit under 借方发生额, a credit under 贷方发生额.
type Split struct {
	Label string            `yaml:"label"` // of the amounts
	By    string            `yaml:"by"`    // label of the direction
	To    map[string]string `yaml:"to"`    // direction to the label of its column
}

// Example is a voucher and what must be read of it.
type Example struct {
	XML   string     `yaml:"xml"`
	Title string     `yaml:"title"`
	Pairs [][]string `yaml:"pairs"` // label, value
	Cells [][]string `yaml:"cells"` // table, row from 1, label, value
}

type registry struct {
	order []*Family
	byID  map[string]*Family
}

var load = sync.OnceValues(func() (*registry, error) { return read(files) })

func all() *registry {
	r, err := load()
	if err != nil {
		return &registry{} // Lint tells; the files are embedded and tested
	}
	return r
}

func read(fsys fs.FS) (*registry, error) {
	m, err := datafile.Load[Family](fsys, "families")
	if err != nil {
		return nil, err
	}
	r := &registry{byID: map[string]*Family{}}
	var errs []error
	for id, v := range m {
		f := &v
		f.id = id
		if f.Space != "" {
			if f.space, err = regexp.Compile(f.Space); err != nil {
				errs = append(errs, fmt.Errorf("families/%s.yaml: space: %w", id, err))
			}
		}
		labels := make(map[string]string, len(f.Labels))
		for k, l := range f.Labels {
			if labels[key(k)] != "" {
				errs = append(errs, fmt.Errorf("families/%s.yaml: label %s stands twice", id, k))
			}
			labels[key(k)] = l
		}
		f.Labels = labels
		r.byID[id] = f
		r.order = append(r.order, f)
	}
	for _, f := range r.order {
		for _, id := range f.Like {
			from := r.byID[id]
			if from == nil || len(from.Like) > 0 {
				errs = append(errs, fmt.Errorf("families/%s.yaml: like: %s is not there, or is like another itself", f.id, id))
				continue
			}
			f.inherit(from)
		}
	}
	sort.Slice(r.order, func(i, j int) bool { return r.order[i].id < r.order[j].id })
	return r, errors.Join(errs...)
}

func (f *Family) inherit(from *Family) {
	f.Labels = over(from.Labels, f.Labels)
	f.Rows = over(from.Rows, f.Rows)
	f.Codes = over(from.Codes, f.Codes)
	f.Skip = append(f.Skip, from.Skip...)
	if len(f.Summary) == 0 {
		f.Summary = from.Summary
	}
}

func over[V any](base, own map[string]V) map[string]V {
	out := make(map[string]V, len(base)+len(own))
	for k, v := range base {
		out[k] = v
	}
	for k, v := range own {
		out[k] = v
	}
	return out
}

// key is the form in which names are compared: issuers differ in case and in - and _.
func key(s string) string {
	return strings.ToLower(strings.NewReplacer("-", "", "_", "").Replace(s))
}

// label looks the end of a path up, the longest first. A period that XBRL has put behind the name stays behind.
func (f *Family) label(path []string) string {
	last := path[len(path)-1]
	last, tail, found := strings.Cut(last, "（")
	if found {
		tail = "（" + tail
	}
	k := key(last)
	if l := f.Labels[k]; len(path) > 1 || l != "" {
		for i := max(len(path)-3, 0); i < len(path)-1; i++ {
			if long := f.Labels[key(strings.Join(path[i:len(path)-1], "/"))+"/"+k]; long != "" {
				return long + tail
			}
		}
		if l != "" {
			return l + tail
		}
	}
	return ""
}

// skips and rows may be asked of nil, the family of XML that is not known.
func (f *Family) skips(name string) bool {
	if f == nil {
		return name == "Signature"
	}
	for _, s := range f.Skip {
		if s == name {
			return true
		}
	}
	return false
}

func (f *Family) rows(name string) string {
	if f == nil {
		return ""
	}
	return f.Rows[name]
}

// rooted is the family that has n as its root, nil when there is none.
func rooted(n *xmltree.Node) *Family {
	for _, f := range all().order {
		for _, name := range f.Roots {
			if n.Name == name && f.needed(n) {
				return f
			}
		}
	}
	return nil
}

func (f *Family) needed(n *xmltree.Node) bool {
	for _, name := range f.Needs {
		if find(n, []string{name}, 0) != nil {
			return true
		}
	}
	return len(f.Needs) == 0
}

// familyOf is the family by namespace or by root; else the one that knows most of the elements, when it knows at
// least five and every second one.
func familyOf(root *xmltree.Node) *Family {
	names, spaces := map[string]bool{}, map[string]bool{}
	leaves(root, 0, names, spaces)
	for _, f := range all().order {
		for s := range spaces {
			if f.space != nil && f.space.MatchString(s) {
				return f
			}
		}
	}
	if f := rooted(root); f != nil {
		return f
	}
	var best *Family
	most := 4
	for _, f := range all().order {
		n := 0
		for name := range names {
			if f.Labels[name] != "" {
				n++
			}
		}
		if n > most && 2*n >= len(names) {
			best, most = f, n
		}
	}
	return best
}

func leaves(n *xmltree.Node, depth int, names, spaces map[string]bool) {
	if depth > 20 || len(names) > 2000 {
		return
	}
	for _, k := range n.Kids {
		if k.Space != "" && len(spaces) < 50 {
			spaces[k.Space] = true
		}
		if len(k.Kids) == 0 {
			name, _, _ := strings.Cut(k.Name, "（")
			names[key(name)] = true
		}
		leaves(k, depth+1, names, spaces)
	}
}

package corpus

import (
	"bufio"
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/datafile"
	"github.com/xindiao/xindiao/internal/gbt4754"
	"github.com/xindiao/xindiao/validators/law"
)

// IndustryName is the name of the corpus that Industry makes.
const IndustryName = "industry"

//go:embed notes/*.yaml notes/sources.txt
var noteFiles embed.FS

// Note is what a credit officer should ask, watch and fear in an industry. Its alerts are examples: a bank sets its
// own.
type Note struct {
	Title      string       `yaml:"title"`
	Industries []string     `yaml:"industries"` // GB/T 4754 codes with their letter; none: for all
	Owner      string       `yaml:"owner"`
	Date       dossier.Date `yaml:"date"`
	Ask        []Line       `yaml:"ask"`
	Watch      []Indicator  `yaml:"watch"`
	Risks      []Line       `yaml:"risks"`
	Law        []string     `yaml:"law"` // articles that matter: fal2024:33
}

// Line is one sentence with the code of its source in sources.txt.
type Line struct {
	Text   string `yaml:"text"`
	Source string `yaml:"source"`
}

// Indicator is one thing to watch.
type Indicator struct {
	Name      string   `yaml:"name"`
	How       string   `yaml:"how"`       // how it is counted
	Alert     string   `yaml:"alert"`     // when to look closer, an example
	Materials []string `yaml:"materials"` // document types that show it
	Source    []string `yaml:"source"`
}

// Industry is the corpus of the notes that ship with xindiao. A note for several industries is an item for each.
func Industry() (*Corpus, error) {
	notes, err := datafile.Load[Note](noteFiles, "notes")
	if err != nil {
		return nil, err
	}
	cat, err := types.Load()
	if err != nil {
		return nil, err
	}
	book, err := law.Embedded()
	if err != nil {
		return nil, err
	}
	c := &Corpus{Name: IndustryName, Title: "行业要点", Kind: KindIndustry, Owner: "xindiao"}
	for name, n := range notes {
		if n.Date.After(c.Date) {
			c.Date = n.Date
		}
		codes := n.Industries
		if len(codes) == 0 {
			codes = []string{""}
		}
		for _, code := range codes {
			id := name
			if code != "" {
				id += ":" + code
			}
			file := "notes/" + name + ".yaml"
			c.Items = append(c.Items, Item{ID: id, File: file, Title: n.Title, Label: strings.TrimSpace("行业要点 " + code), Type: string(KindIndustry), Industry: code,
				Doc: &dossier.Document{File: file, Format: "yaml", Type: string(KindIndustry), Pages: n.pages(cat, book)}})
		}
	}
	return c, c.seal()
}

// For returns the corpus' items that are about an industry and in force on a day: those of the longest prefix first,
// those for all last.
func (c *Corpus) For(code string, on dossier.Date) []Item {
	var out []Item
	for _, it := range c.On(on) {
		if it.About(code) {
			out = append(out, it)
		}
	}
	slices.SortStableFunc(out, func(a, b Item) int { return len(b.Industry) - len(a.Industry) })
	return out
}

// pages writes the note as its reader sees it, a page a part.
func (n Note) pages(cat *types.Catalogue, book law.Book) []dossier.Page {
	list := func(lines []Line) string {
		var b strings.Builder
		for _, l := range lines {
			fmt.Fprintf(&b, "%s（来源：%s）\n", l.Text, l.Source)
		}
		return b.String()
	}
	var watch strings.Builder
	for _, w := range n.Watch {
		fmt.Fprintf(&watch, "%s：%s。", w.Name, w.How)
		if w.Alert != "" {
			fmt.Fprintf(&watch, "留意（示例，以本行标准为准）：%s。", w.Alert)
		}
		var from []string
		for _, m := range w.Materials {
			if t := cat.Get(m); t != nil {
				from = append(from, t.Name)
			}
		}
		if len(from) > 0 {
			fmt.Fprintf(&watch, "看：%s。", strings.Join(from, "、"))
		}
		fmt.Fprintf(&watch, "（来源：%s）\n", strings.Join(w.Source, "、"))
	}
	var basis strings.Builder
	for _, id := range n.Law {
		l, no, _ := strings.Cut(id, ":")
		fmt.Fprintf(&basis, "%s\n", book.Name(l, no))
	}
	var out []dossier.Page
	for _, p := range []struct{ name, text string }{{"要问清的事", list(n.Ask)}, {"要看的指标", watch.String()}, {"常见风险", list(n.Risks)}, {"相关条文", basis.String()}} {
		if p.text != "" {
			out = append(out, dossier.Page{Number: len(out) + 1, Name: p.name, Text: strings.TrimSuffix(p.text, "\n")})
		}
	}
	return out
}

// sources reads sources.txt.
func sources() (map[string]string, error) {
	data, err := fs.ReadFile(noteFiles, "notes/sources.txt")
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for sc, n := bufio.NewScanner(bytes.NewReader(data)), 1; sc.Scan(); n++ {
		if line := sc.Text(); line != "" && line[0] != '#' {
			code, what, ok := strings.Cut(line, "\t")
			if !ok || what == "" || out[code] != "" {
				return nil, fmt.Errorf("retrieval/corpus/notes/sources.txt:%d: want code, tab, what it is, each code once", n)
			}
			out[code] = what
		}
	}
	return out, nil
}

// lintNotes checks what the notes name: industries, materials, sources, articles; and that they have an owner.
func lintNotes(book law.Book) []error {
	notes, err := datafile.Load[Note](noteFiles, "notes")
	if err != nil {
		return []error{err}
	}
	cat, err := types.Load()
	if err != nil {
		return []error{err}
	}
	known, err := sources()
	if err != nil {
		return []error{err}
	}
	var errs []error
	for name, n := range notes {
		bad := func(format string, a ...any) {
			errs = append(errs, fmt.Errorf("retrieval/corpus/notes/%s.yaml: %s", name, fmt.Sprintf(format, a...)))
		}
		if n.Title == "" || n.Owner == "" || n.Date.IsZero() || len(n.Ask) == 0 || len(n.Watch) == 0 || len(n.Risks) == 0 {
			bad("title, owner, date, ask, watch and risks must all be there")
		}
		for _, code := range n.Industries {
			if cl, ok := gbt4754.Lookup(code); !ok || cl.Full() != code {
				bad("industry %q: not a code of GB/T 4754-2017 with its letter", code)
			}
		}
		cited := func(code string) {
			if known[code] == "" {
				bad("source %q is not in sources.txt", code)
			}
		}
		for _, l := range append(slices.Clone(n.Ask), n.Risks...) {
			cited(l.Source)
		}
		for _, w := range n.Watch {
			if w.Name == "" || w.How == "" || len(w.Source) == 0 {
				bad("an indicator lacks name, how or source: %q", w.Name)
			}
			for _, s := range w.Source {
				cited(s)
			}
			for _, m := range w.Materials {
				if cat.Get(m) == nil {
					bad("%s: no document type %q", w.Name, m)
				}
			}
		}
		for _, id := range n.Law {
			l, no, _ := strings.Cut(id, ":")
			if _, _, ok := book.Article(l, no); !ok {
				bad("article %s is not held", id)
			}
		}
	}
	return errs
}

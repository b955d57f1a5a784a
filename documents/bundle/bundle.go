// Package bundle parts a file that holds several papers, a scanned folder or a PDF glued together, into the papers.
package bundle

import (
	"fmt"
	"slices"

	"github.com/xindiao/xindiao/documents/classify"
	"github.com/xindiao/xindiao/documents/extract"
	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

const (
	maxPages   = 200 // longer files are books of their own: annual reports, ledgers
	coverRunes = 120 // a page with more words is no cover

	clear = 1.1 // score of a first page without printed page numbers that speak for a new paper
)

// Split returns d's papers in page order, or d alone when it is one paper or nothing says for certain that it is
// several. A part keeps the file's page numbers and SHA256; its File is d.File with #first-last behind it.
//
// A paper begins on a page that has a kind's title in its first lines and enough of the kind's other signs, where
// the printed page numbers (第1页共3页) do not run on from the page before and the paper so far is none that carries
// such papers as annexes. A file is only parted when all papers but a cover in front are so found.
func Split(c *types.Catalogue, d *dossier.Document) []*dossier.Document {
	whole := []*dossier.Document{d}
	if !partable(d) {
		return whole
	}
	pages := look(c, d)
	starts := begin(pages)
	if len(starts) < 2 {
		return whole
	}
	var out []*dossier.Document
	for i, from := range starts {
		to := len(d.Pages)
		if i+1 < len(starts) {
			to = starts[i+1]
		}
		out = append(out, part(d, from, to))
	}
	return out
}

func partable(d *dossier.Document) bool {
	switch d.Format {
	case "pdf", "image", "ofd":
	default:
		return false
	}
	return d.Part() == "" && len(d.Pages) > 1 && len(d.Pages) <= maxPages && d.Type != dossier.TypeArchive
}

// sheet is one page as the splitter sees it.
type sheet struct {
	blank    bool
	kind     *types.Type // that begins here by its words; nil when none does
	score    float64
	titled   bool
	few      bool     // few words, as on a cover
	titles   []string // kinds whose title stands in the first lines
	list     bool     // a table of contents, which names many kinds
	number   int      // printed page number, 0 when none
	of       int      // printed number of pages
	identity map[string]string
}

func look(c *types.Catalogue, d *dossier.Document) []sheet {
	out := make([]sheet, len(d.Pages))
	for i := range d.Pages {
		s := &out[i]
		p := &d.Pages[i]
		s.blank = blank(p)
		if s.blank {
			continue
		}
		s.number, s.of = numbering(p)
		s.list = contents(p)
		s.few = len([]rune(plain.Tight(p.Text))) <= coverRunes
		best, titled := classify.Opening(c, d, i)
		if best == nil || s.list {
			if s.few && !s.list {
				s.titles = classify.Titles(c, d, i)
			}
			continue
		}
		s.kind, s.score, s.titled = best.Type, best.Value, titled
		if titled || s.score >= untitled {
			s.identity = identity(c, d, i, best.Type.ID)
		}
	}
	return out
}

// identity is what tells two papers of one kind apart.
func identity(c *types.Catalogue, d *dossier.Document, page int, kind string) map[string]string {
	one := &dossier.Document{File: d.File, Format: d.Format, Scan: d.Pages[page].Scan, Type: kind, Pages: d.Pages[page : page+1]}
	extract.Extract(c, one)
	out := map[string]string{}
	for _, k := range slices.Concat(own, owners, traits) {
		if f, ok := one.Field(k); ok && f.Confidence > 0.5 {
			out[k] = f.Value
		}
	}
	return out
}

func part(d *dossier.Document, from, to int) *dossier.Document {
	p := &dossier.Document{File: fmt.Sprintf("%s#%d-%d", d.File, d.Pages[from].Number, d.Pages[to-1].Number),
		SHA256: d.SHA256, Size: d.Size, Format: d.Format, Pages: d.Pages[from:to:to]}
	if to-from == 1 {
		p.File = fmt.Sprintf("%s#%d", d.File, d.Pages[from].Number)
	}
	for _, pg := range p.Pages {
		p.Scan = p.Scan || pg.Scan
	}
	for _, pr := range d.Problems {
		if pr.Page == 0 && from == 0 || pr.Page >= d.Pages[from].Number && pr.Page <= d.Pages[to-1].Number {
			p.Problems = append(p.Problems, pr)
		}
	}
	return p
}

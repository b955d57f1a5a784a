// Package pptx reads the text and tables of the slides of a PresentationML file (ECMA-376 part 1, 19 and 21).
package pptx

import (
	"archive/zip"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/xindiao/xindiao/documents/read/internal/flow"
	"github.com/xindiao/xindiao/documents/read/internal/xmlscan"
)

// Errors of a presentation; what was read of a slide is kept.
var (
	ErrFormat = errors.New("pptx: not a presentation")
	ErrDeep   = errors.New("pptx: nested too deep")
	ErrLarge  = errors.New("pptx: too much text or too many cells")
)

// Show is an open presentation.
type Show struct {
	Text  int // bytes of text still allowed
	Cells int // table cells still allowed

	parts  map[string]*zip.File
	slides []string
}

// Slide is what one slide says.
type Slide struct {
	Blocks []flow.Block
	Notes  []flow.Block // of the speaker
	Hidden bool         // not shown
	Unseen bool         // it has hidden shapes, whose text was left out
}

const (
	maxSlides = 10_000
	maxDepth  = 400
	maxCols   = 1000
)

// Open reads the order of the slides. parts are the file's by lower-case name.
func Open(parts map[string]*zip.File, text, cells int) (*Show, error) {
	s := &Show{Text: text, Cells: cells, parts: parts}
	links := s.links("ppt/presentation.xml")
	err := s.scan("ppt/presentation.xml", func(x *xmlscan.Scanner, tag string) {
		if tag == "sldId" && len(s.slides) < maxSlides {
			if l := links[string(x.Ref("id"))]; l.target != "" {
				s.slides = append(s.slides, l.target)
			}
		}
	})
	if err != nil || len(s.slides) == 0 {
		return nil, ErrFormat
	}
	return s, nil
}

// Len is how many slides there are.
func (s *Show) Len() int { return len(s.slides) }

// Slide reads slide i and its notes. The slide comes with an error too.
func (s *Show) Slide(i int) (Slide, error) {
	var out Slide
	r := &reader{show: s, slide: &out}
	err := r.part(s.slides[i])
	out.Blocks = r.blocks
	for _, l := range s.links(s.slides[i]) {
		if strings.HasSuffix(l.kind, "/notesSlide") && err == nil {
			n := &reader{show: s, slide: &out}
			err = n.part(l.target)
			out.Notes = n.blocks
		}
	}
	return out, err
}

type link struct{ target, kind string }

// links reads the relationships of a part.
func (s *Show) links(part string) map[string]link {
	out := map[string]link{}
	dir, file := path.Split(part)
	_ = s.scan(dir+"_rels/"+file+".rels", func(x *xmlscan.Scanner, tag string) {
		if tag == "Relationship" && len(out) < maxSlides {
			to := string(x.Attr("Target"))
			if !strings.HasPrefix(to, "/") {
				to = path.Join(dir, to)
			}
			out[string(x.Attr("Id"))] = link{strings.ToLower(strings.TrimPrefix(path.Clean(to), "/")), string(x.Attr("Type"))}
		}
	}) // without relationships there are no slides, and that is told
	return out
}

func (s *Show) open(name string) (io.ReadCloser, error) {
	f := s.parts[name]
	if f == nil {
		return nil, ErrFormat
	}
	return f.Open()
}

// maxPart bounds one part, unpacked.
const maxPart = 256 << 20

func (s *Show) scan(name string, visit func(*xmlscan.Scanner, string)) error {
	src, err := s.open(name)
	if err != nil {
		return err
	}
	defer src.Close()
	for x := xmlscan.New(io.LimitReader(src, maxPart)); ; {
		kind, err := x.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if kind == xmlscan.Start {
			visit(x, string(x.Name()))
		}
	}
}

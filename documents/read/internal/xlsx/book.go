// Package xlsx streams the rows of a SpreadsheetML workbook (ECMA-376 part 1, 18), as Excel, WPS and programs write it.
//
// Excelize answers for a cell's style and formula only after it has loaded the sheet as a tree, which for 100,000
// rows takes ten times the time and memory that the issue allows; here a row is held at a time.
package xlsx

import (
	"archive/zip"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/xindiao/xindiao/documents/read/internal/sheet"
	"github.com/xindiao/xindiao/documents/read/internal/xmlscan"
)

// Errors of a workbook that cannot be opened.
var (
	ErrFormat = errors.New("xlsx: not a workbook")
	ErrLarge  = errors.New("xlsx: larger than allowed when unpacked")
)

// Limits of a reading, in bytes.
type Limits struct {
	Part    int64 // one part, unpacked
	Strings int64 // all shared strings
}

// Book is an open workbook; it satisfies sheet.Book.
type Book struct {
	lim     Limits
	parts   map[string]*zip.File // by lower-case name
	sheets  []entry
	strings []string
	formats []sheet.Format
	d1904   bool

	Cut bool // there were more shared strings than allowed; the rest read as empty
}

type entry struct {
	sheet.Info
	part string
}

const maxSheets = 10_000

// Open reads what stands beside the sheets: their list, the shared strings and the styles.
func Open(z *zip.Reader, lim Limits) (*Book, error) {
	b := &Book{lim: lim, parts: map[string]*zip.File{}}
	for _, f := range z.File {
		b.parts[strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))] = f
	}
	const main = "xl/workbook.xml"
	links, err := b.links("xl/_rels/workbook.xml.rels")
	if err != nil {
		return nil, err
	}
	if err := b.workbook(main, links); err != nil {
		return nil, err
	}
	if len(b.sheets) == 0 {
		return nil, ErrFormat
	}
	if err := b.styles(b.target(links, "/styles", "xl/styles.xml")); err != nil {
		return nil, err
	}
	if err := b.shared(b.target(links, "/sharedStrings", "xl/sharedstrings.xml")); err != nil {
		return nil, err
	}
	return b, nil
}

// Sheets lists the sheets in their order, chart sheets among them.
func (b *Book) Sheets() []sheet.Info {
	out := make([]sheet.Info, len(b.sheets))
	for i, s := range b.sheets {
		out[i] = s.Info
	}
	return out
}

// Date1904 tells that days count from 1904.
func (b *Book) Date1904() bool { return b.d1904 }

// Format tells how a style shows its numbers.
func (b *Book) Format(style int) sheet.Format {
	if style < 0 || style >= len(b.formats) {
		return sheet.Plain
	}
	return b.formats[style]
}

// Size is how large a sheet is when unpacked, in bytes, as the archive says.
func (b *Book) Size(i int) uint64 {
	if f := b.parts[b.sheets[i].part]; f != nil {
		return f.UncompressedSize64
	}
	return 0
}

type link struct{ target, kind string }

// links reads a relationship part; one that is not there has none.
func (b *Book) links(name string) (map[string]link, error) {
	out := map[string]link{}
	err := b.scan(name, func(s *xmlscan.Scanner, tag string) error {
		if tag == "Relationship" && len(out) < maxSheets {
			to := string(s.Attr("Target"))
			if !strings.HasPrefix(to, "/") {
				to = path.Join("xl", to)
			}
			out[string(s.Attr("Id"))] = link{strings.ToLower(strings.TrimPrefix(path.Clean(to), "/")), string(s.Attr("Type"))}
		}
		return nil
	})
	return out, err
}

func (b *Book) target(links map[string]link, kind, usual string) string {
	for _, l := range links {
		if strings.HasSuffix(l.kind, kind) {
			return l.target
		}
	}
	return usual
}

func (b *Book) workbook(name string, links map[string]link) error {
	if b.parts[name] == nil {
		return ErrFormat
	}
	seen := map[string]bool{}
	return b.scan(name, func(s *xmlscan.Scanner, tag string) error {
		switch tag {
		case "workbookPr":
			v := string(s.Attr("date1904"))
			b.d1904 = v == "1" || v == "true"
		case "sheet":
			if len(b.sheets) < maxSheets {
				state := string(s.Attr("state"))
				info := sheet.Info{Name: string(s.Attr("name")), Hidden: state == "hidden" || state == "veryHidden"}
				part := links[string(s.Ref("id"))].target
				if seen[part] {
					part = "" // a thousand names for one sheet are a bomb
				}
				seen[part] = true
				b.sheets = append(b.sheets, entry{info, part})
			}
		}
		return nil
	})
}

// scan calls visit for every tag that starts in a part.
func (b *Book) scan(name string, visit func(*xmlscan.Scanner, string) error) error {
	return b.open(name, func(s *xmlscan.Scanner) error {
		for {
			kind, err := s.Next()
			if err == io.EOF {
				return nil
			}
			if err != nil {
				return err
			}
			if kind == xmlscan.Start {
				if err := visit(s, string(s.Name())); err != nil {
					return err
				}
			}
		}
	})
}

// open hands a part to read; one that is not there is empty.
func (b *Book) open(name string, read func(*xmlscan.Scanner) error) error {
	f := b.parts[name]
	if f == nil {
		return nil
	}
	src, err := f.Open()
	if err != nil {
		return err
	}
	defer src.Close()
	lr := &io.LimitedReader{R: src, N: b.lim.Part}
	err = read(xmlscan.New(lr))
	if lr.N <= 0 && err != nil {
		return ErrLarge
	}
	return err
}

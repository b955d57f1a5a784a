// Package ofd reads OFD files (GB/T 33190-2016), the national fixed-layout format of e-invoices, fiscal receipts and
// official papers: text with its places, ruling lines, pictures, stamps, signatures, attachments and tags.
//
// Signatures are described, not verified. Glyphs of embedded fonts are not looked at: the text is what TextCode says.
package ofd

import (
	"archive/zip"
	"errors"
	"strings"

	"github.com/xindiao/xindiao/documents/read/internal/layout"
	"github.com/xindiao/xindiao/documents/read/internal/xmltree"
	"github.com/xindiao/xindiao/dossier"
)

// Limits bound one file; all must be set.
type Limits struct {
	Part  int64 // bytes of one part of the package, unpacked
	Bytes int64 // of all parts together
	Pages int
}

// Bounds of one page.
const (
	maxGlyphs  = 60_000
	maxObjects = 100_000
	maxDepth   = 12 // composites and page blocks inside each other
	maxList    = 5_000
)

// Errors of Open.
var (
	ErrNotOFD    = errors.New("ofd: no OFD.xml, or no document in it")
	ErrEncrypted = errors.New("ofd: encrypted")
	ErrLimit     = errors.New("ofd: larger than allowed when unpacked")
)

// Package is one opened file; it may hold several documents.
type Package struct {
	Docs []*Document
}

// Document is one document of a package.
type Document struct {
	Custom      []Pair // what the issuer has put into CustomData
	Pages       int    // as many as may be read
	PagesInFile int
	Signatures  []Signature
	Attachments []Attachment
	Tags        []*xmltree.Node // trees whose leaves hold ObjectRef

	f         *files
	pageIDs   map[string]int // 1, 2…
	locs      []string       // of pages
	area      box
	templates map[string]string // id to part
	res       *resources
	annots    map[string]string // page id to part
	walked    map[string]*xmltree.Node
}

// Pair is a label and a value.
type Pair struct{ Label, Value string }

// Attachment is a file inside the package.
type Attachment struct {
	Name, Format string
	Size         int64 // bytes
	part         string
}

// Page is what stands on one page, in points, origin top left.
type Page struct {
	Width, Height float64
	Glyphs        []layout.Glyph
	Rules         []layout.Rule
	Images        []Image
	Seals         []Seal
	Texts         map[string]string // text objects by id
	Cut           bool              // there was more than the bounds allow
	Garbled       int               // characters that only an embedded font can tell
}

// Image is a picture on a page; Part is read by Document.Open.
type Image struct {
	Box  dossier.Box
	Part string
	Type string // as the resource says: JPEG, PNG, TIFF, GBIG2…
}

// Seal is a stamp on a page.
type Seal struct {
	Name string // "" when the seal does not say
	Box  dossier.Box
}

// Open reads the package's own parts; pages are read one by one with Document.Page.
func Open(z *zip.Reader, lim Limits) (*Package, error) {
	f := newFiles(z, lim)
	if f.has("Encryptions.xml") || f.has("Encryption.xml") {
		return nil, ErrEncrypted
	}
	root, err := f.tree("OFD.xml")
	if err != nil && root == nil {
		if errors.Is(err, ErrLimit) {
			return nil, err
		}
		return nil, ErrNotOFD
	}
	p := &Package{}
	for i, body := range root.All("DocBody") {
		if i >= 100 {
			break
		}
		d, err := f.document(body, lim)
		if errors.Is(err, ErrLimit) {
			return nil, err
		}
		if err == nil {
			p.Docs = append(p.Docs, d)
		}
	}
	if len(p.Docs) == 0 {
		return nil, ErrNotOFD
	}
	return p, nil
}

func (f *files) document(body *xmltree.Node, lim Limits) (*Document, error) {
	loc := resolve("", body.Kid("DocRoot").Value())
	root, err := f.tree(loc)
	if root == nil {
		return nil, err
	}
	common := root.Kid("CommonData")
	d := &Document{f: f, pageIDs: map[string]int{}, templates: map[string]string{}, annots: map[string]string{}, walked: map[string]*xmltree.Node{}}
	d.Custom = custom(body.Kid("DocInfo"))
	d.area = areaOf(common.Kid("PageArea"), box{0, 0, 210, 297})
	for _, p := range root.Find("Pages").All("Page") {
		d.PagesInFile++
		if d.PagesInFile > lim.Pages {
			continue
		}
		d.locs = append(d.locs, f.locate(loc, p.Attr("BaseLoc")))
		d.pageIDs[p.Attr("ID")] = len(d.locs)
	}
	d.Pages = len(d.locs)
	for i, t := range common.All("TemplatePage") {
		if i < maxList {
			d.templates[t.Attr("ID")] = f.locate(loc, t.Attr("BaseLoc"))
		}
	}
	d.res = &resources{f: f, media: map[string]media{}, composites: map[string]*xmltree.Node{}}
	for _, name := range []string{"PublicRes", "DocumentRes"} {
		for _, r := range common.All(name) {
			d.res.load(f.locate(loc, r.Value()))
		}
	}
	d.loadAnnots(f.locate(loc, root.Kid("Annotations").Value()))
	d.loadAttachments(f.locate(loc, root.Kid("Attachments").Value()), loc)
	d.loadTags(f.locate(loc, root.Kid("CustomTags").Value()))
	d.loadSignatures(resolve("", body.Kid("Signatures").Value()))
	return d, f.err
}

// custom lists what the issuer says of the document by names of his own: the number, the totals.
func custom(n *xmltree.Node) (out []Pair) {
	for i, k := range n.Kid("CustomDatas").All("CustomData") {
		if name := k.Attr("Name"); i < 500 && name != "" && k.Value() != "" {
			out = append(out, Pair{name, k.Value()})
		}
	}
	return out
}

// Open reads a part of the package: an image, an attachment.
func (d *Document) Open(part string) ([]byte, error) { return d.f.read(part) }

// Attached reads an attachment.
func (d *Document) Attached(a Attachment) ([]byte, error) { return d.f.read(a.part) }

func trimSpace(s string) string { return strings.TrimSpace(s) }

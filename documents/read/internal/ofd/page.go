package ofd

import (
	"github.com/xindiao/xindiao/documents/read/internal/layout"
	"github.com/xindiao/xindiao/documents/read/internal/xmltree"
)

// Page reads page i, from 0. An error says that its contents are lost or cut off; what was read is returned.
func (d *Document) Page(i int) (Page, error) {
	p := Page{Texts: map[string]string{}}
	p.Width, p.Height = d.area.w*point, d.area.h*point
	if i < 0 || i >= len(d.locs) {
		return p, errMissing
	}
	root, err := d.f.tree(d.locs[i])
	if root == nil {
		return p, err
	}
	area := areaOf(root.Kid("Area"), d.area)
	p.Width, p.Height = area.w*point, area.h*point
	for _, r := range root.All("PageRes") {
		d.res.load(d.f.locate(d.locs[i], r.Value()))
	}
	w := &walk{d: d, page: &p, outer: matrix{1, 0, 0, 1, -area.x, -area.y}}
	for n, t := range root.All("Template") {
		if loc := d.templates[t.Attr("TemplateID")]; loc != "" && n < 20 {
			w.content(d.template(loc))
		}
	}
	w.content(root)
	id := ""
	for k, n := range d.pageIDs {
		if n == i+1 {
			id = k
		}
	}
	if loc := d.annots[id]; loc != "" {
		w.annotations(loc)
	}
	for _, s := range d.Signatures {
		for _, st := range s.stamps {
			if b := st.box.place(w.outer); st.page == i+1 && finite(b) {
				p.Seals = append(p.Seals, Seal{Name: s.Seal, Box: b})
			}
		}
	}
	return p, err
}

// template reads a template page once.
func (d *Document) template(loc string) *xmltree.Node {
	n, ok := d.walked[loc]
	if !ok {
		n, _ = d.f.tree(loc)
		d.walked[loc] = n
	}
	return n
}

// walk collects what the objects of a page draw.
type walk struct {
	d       *Document
	page    *Page
	outer   matrix
	objects int
	seq     int
}

// content reads the layers of a page or template.
func (w *walk) content(root *xmltree.Node) {
	for _, layer := range root.Find("Content").All("Layer") {
		w.block(layer, w.outer, 0)
	}
}

// block reads the objects of a layer, a page block, a composite or an appearance.
func (w *walk) block(n *xmltree.Node, m matrix, depth int) {
	if n == nil || depth > maxDepth {
		return
	}
	for _, k := range n.Kids {
		if w.objects++; w.objects > maxObjects || len(w.page.Glyphs) >= maxGlyphs {
			w.page.Cut = true
			return
		}
		if k.Attr("Visible") == "false" {
			continue
		}
		switch k.Name {
		case "TextObject":
			w.text(k, m)
		case "PathObject":
			w.path(k, m)
		case "ImageObject":
			w.image(k, m)
		case "CompositeObject":
			b, _ := boxOf(k.Attr("Boundary"))
			w.block(w.d.res.composites[k.Attr("ResourceID")].Kid("Content"), ctm(k, b, m), depth+1)
		case "PageBlock":
			w.block(k, m, depth+1)
		}
	}
}

func (w *walk) image(n *xmltree.Node, m matrix) {
	b, ok := boxOf(n.Attr("Boundary"))
	res, known := w.d.res.media[n.Attr("ResourceID")]
	if !ok || !known || len(w.page.Images) >= maxList {
		return
	}
	if at := b.place(m); finite(at) {
		w.page.Images = append(w.page.Images, Image{Box: at, Part: res.part, Type: res.format})
	}
}

// annotations adds what annotations draw: text of stamps, watermarks and remarks counts like that of the page.
func (w *walk) annotations(loc string) {
	root, _ := w.d.f.tree(loc)
	for i, a := range root.All("Annot") {
		if i >= maxList {
			w.page.Cut = true
			return
		}
		if a.Attr("Visible") == "false" {
			continue
		}
		look := a.Kid("Appearance")
		b, ok := boxOf(look.Attr("Boundary"))
		glyphs := len(w.page.Glyphs)
		w.block(look, matrix{1, 0, 0, 1, b.x, b.y}.then(w.outer), 0)
		if at := b.place(w.outer); a.Attr("Type") == "Stamp" && ok && finite(at) {
			w.page.Seals = append(w.page.Seals, Seal{Name: sealName(a, w.page.Glyphs[glyphs:]), Box: at})
			w.page.Glyphs = w.page.Glyphs[:glyphs]
		}
	}
}

// sealName is what a stamp says: its own text, else what its parameters or remark call it.
func sealName(a *xmltree.Node, glyphs []layout.Glyph) string {
	s := ""
	for _, g := range glyphs {
		if g.Text != "" {
			s += g.Text
		} else if g.R != ' ' {
			s += string(g.R)
		}
	}
	if s != "" {
		return s
	}
	for i, p := range a.Kid("Parameters").All("Parameter") {
		if name := p.Attr("Name"); i < 100 && (name == "SealName" || name == "印章名称" || name == "fp.NativeSealName") {
			return p.Value()
		}
	}
	return a.Kid("Remark").Value()
}

// resources are the pictures and composites that objects name by their id.
type resources struct {
	f          *files
	media      map[string]media
	composites map[string]*xmltree.Node
	loaded     map[string]bool
}

type media struct{ part, format string }

// load reads one resource part, once.
func (r *resources) load(loc string) {
	if loc == "" || r.loaded[loc] || len(r.loaded) > maxList {
		return
	}
	if r.loaded == nil {
		r.loaded = map[string]bool{}
	}
	r.loaded[loc] = true
	root, _ := r.f.tree(loc)
	if root == nil {
		return
	}
	base := resolve(loc, root.Attr("BaseLoc"))
	if base == "" {
		base = resolve(loc, ".")
	}
	for _, m := range root.Find("MultiMedias").All("MultiMedia") {
		file := m.Kid("MediaFile").Value()
		part := resolve(base+"/x", file)
		if !r.f.has(part) { // some producers name it from their own folder, some from the package's root
			for _, other := range []string{resolve(loc, file), resolve("", file)} {
				if r.f.has(other) {
					part = other
					break
				}
			}
		}
		r.media[m.Attr("ID")] = media{part, m.Attr("Format")}
	}
	for _, c := range root.Find("CompositeGraphicUnits").All("CompositeGraphicUnit") {
		r.composites[c.Attr("ID")] = c
	}
}

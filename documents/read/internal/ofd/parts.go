package ofd

import (
	"path"
	"strconv"
	"strings"

	"github.com/xindiao/xindiao/documents/read/internal/xmltree"
)

// loadAnnots notes which part holds the annotations of which page.
func (d *Document) loadAnnots(loc string) {
	root, _ := d.f.tree(loc)
	for i, p := range root.All("Page") {
		if i < maxList {
			d.annots[p.Attr("PageID")] = d.f.locate(loc, p.Kid("FileLoc").Value())
		}
	}
}

// loadAttachments lists the files in the package: those that Attachments.xml declares, and XML that lies in a folder
// of attachments undeclared, as some issuers leave their invoice data.
func (d *Document) loadAttachments(list, doc string) {
	seen := map[string]bool{strings.ToLower(list): true}
	add := func(a Attachment) {
		k := strings.ToLower(a.part)
		if a.part == "" || seen[k] || !d.f.has(a.part) || len(d.Attachments) >= maxList {
			return
		}
		seen[k] = true
		a.Size = int64(d.f.byName[k].UncompressedSize64)
		d.Attachments = append(d.Attachments, a)
	}
	root, _ := d.f.tree(list)
	for _, n := range root.All("Attachment") {
		loc := n.Kid("FileLoc").Value()
		a := Attachment{Name: n.Attr("Name"), Format: strings.ToLower(n.Attr("Format")), part: d.f.locate(list, loc)}
		if !d.f.has(a.part) {
			a.part = resolve(doc, loc)
		}
		if ext := path.Ext(a.part); path.Ext(a.Name) == "" && ext != "" {
			a.Name += ext
		}
		add(a)
	}
	home := strings.ToLower(path.Dir("/" + doc))
	for _, name := range d.f.names {
		low := "/" + strings.ToLower(name)
		dir := path.Base(path.Dir(low))
		if (dir == "attachs" || dir == "attachments" || dir == "attach") && strings.HasPrefix(low, strings.TrimSuffix(home, "/")+"/") &&
			(strings.HasSuffix(low, ".xml") || strings.HasSuffix(low, ".xbrl")) && path.Base(low) != "attachments.xml" {
			add(Attachment{Name: path.Base(name), Format: strings.TrimPrefix(path.Ext(low), "."), part: name})
		}
	}
}

// loadTags reads the custom tags: trees whose leaves name the text objects that hold their value.
func (d *Document) loadTags(loc string) {
	root, _ := d.f.tree(loc)
	for i, t := range root.All("CustomTag") {
		if i >= 20 {
			return
		}
		if n, _ := d.f.tree(d.f.locate(loc, t.Kid("FileLoc").Value())); n != nil {
			d.Tags = append(d.Tags, n)
		}
	}
}

// Tagged fills the leaves of a tag tree with the texts of the objects that they name; nil when none is there.
func Tagged(n *xmltree.Node, texts map[string]string) *xmltree.Node {
	left := xmltree.MaxNodes
	return tagged(n, texts, &left)
}

func tagged(n *xmltree.Node, texts map[string]string, left *int) *xmltree.Node {
	if *left--; *left < 0 {
		return nil
	}
	out := &xmltree.Node{Name: n.Name, Space: n.Space}
	for _, k := range n.Kids {
		if k.Name == "ObjectRef" {
			out.Text += texts[k.Value()]
			continue
		}
		if t := tagged(k, texts, left); t != nil {
			out.Kids = append(out.Kids, t)
		}
	}
	if out.Text == "" && len(out.Kids) == 0 {
		return nil
	}
	return out
}

// Signature is a digital signature or electronic seal as the package describes it. Nothing of it has been verified.
type Signature struct {
	Kind     string // 签名 or 签章
	Seal     string // name of the seal
	Signer   string // name in the signer's certificate
	Time     string // as written
	Provider string
	Method   string
	stamps   []stamp
}

type stamp struct {
	page int
	box  box
}

// loadSignatures reads who signed, when, and where the stamps stand.
func (d *Document) loadSignatures(loc string) {
	list, _ := d.f.tree(loc)
	for i, n := range list.All("Signature") {
		if i >= 100 {
			return
		}
		at := d.f.locate(loc, n.Attr("BaseLoc"))
		root, _ := d.f.tree(at)
		if root == nil {
			continue
		}
		info := root.Kid("SignedInfo")
		s := Signature{Kind: "签章", Time: info.Kid("SignatureDateTime").Value(), Method: info.Kid("SignatureMethod").Value()}
		if n.Attr("Type") == "Sign" {
			s.Kind = "签名"
		}
		if p := info.Kid("Provider"); p != nil {
			s.Provider = strings.TrimSpace(p.Attr("Company") + " " + p.Attr("ProviderName") + " " + p.Attr("Version"))
		}
		for j, a := range info.All("StampAnnot") {
			if b, ok := boxOf(a.Attr("Boundary")); ok && j < maxList {
				page := d.pageIDs[a.Attr("PageRef")]
				if page == 0 {
					page, _ = strconv.Atoi(a.Attr("PageRef"))
				}
				s.stamps = append(s.stamps, stamp{page, b})
			}
		}
		value, _ := d.f.read(d.f.locate(at, root.Kid("SignedValue").Value()))
		seal, _ := d.f.read(d.f.locate(at, info.Find("Seal", "BaseLoc").Value()))
		name, people := named(value)
		if name == "" {
			name, _ = named(seal)
		}
		if s.Kind == "签章" {
			s.Seal = name
		}
		s.Signer = strings.Join(people, "、")
		d.Signatures = append(d.Signatures, s)
	}
}

// Package versions finds out which of several papers about the same thing counts.
package versions

import (
	"crypto/sha256"
	"fmt"
	"path"
	"regexp"
	"strings"

	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

var (
	draftName = regexp.MustCompile(`旧|未审|初稿|草稿|作废|贷前|老版|过期|废|副本\(?\d|(?i:draft|old)`)
	finalName = regexp.MustCompile(`审定|经审|已审|终稿|定稿|最终|正式|盖章|新版|(?i:final)`)
	draftText = regexp.MustCompile(`\((初稿|草稿|未审|未经审计|作废|征求意见稿)\)|未经审计|此件作废`)
)

// Link marks copies (DuplicateOf) and superseded versions (SupersededBy) and says why. Two papers are versions of the
// same thing when kind and the kind's version key agree; a mark in a file name counts only between such rivals.
func Link(c *types.Catalogue, docs []*dossier.Document, app dossier.Application) {
	for _, d := range docs {
		d.SupersededBy, d.DuplicateOf = "", ""
	}
	duplicates(docs)
	nearCopies(c, docs)
	groups, order := map[string][]*dossier.Document{}, []string{}
	for _, d := range docs {
		if d.DuplicateOf != "" || d.Type == dossier.TypeIrrelevant || d.Type == dossier.TypeUnknown || d.Type == dossier.TypeArchive {
			continue
		}
		key, ok := keyOf(c, d, app)
		if !ok {
			continue
		}
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], d)
	}
	for _, key := range order {
		if g := groups[key]; len(g) > 1 {
			rank(c, g)
		}
	}
	drafts(docs)
}

func duplicates(docs []*dossier.Document) {
	hash, text := map[string]*dossier.Document{}, map[[32]byte]*dossier.Document{}
	for _, d := range docs {
		if d.Type == dossier.TypeArchive {
			continue
		}
		if d.SHA256 != "" {
			id := d.SHA256 + "#" + d.Part() // the parts of one file share its hash
			if first := hash[id]; first != nil {
				copyOf(d, first, "文件内容逐字节相同")
				continue
			}
			hash[id] = d
		}
		if d.Scan { // equal readings of two scans prove little
			continue
		}
		t := plain.Tight(d.Text())
		if len(t) < 200 {
			continue
		}
		sum := sha256.Sum256([]byte(t))
		if first := text[sum]; first != nil && first.Format == d.Format {
			copyOf(d, first, "文字内容相同")
			continue
		}
		text[sum] = d
	}
}

func copyOf(d, first *dossier.Document, why string) {
	d.DuplicateOf = first.File
	d.Why = append(d.Why, "与"+first.File+why)
}

// keyOf is kind plus version key; a key field that was not read makes no group, but for the entity, which is the
// borrower when a draft does not print it.
func keyOf(c *types.Catalogue, d *dossier.Document, app dossier.Application) (string, bool) {
	t := c.Get(d.Type)
	if t == nil || len(t.VersionKey) == 0 {
		return "", false
	}
	key := d.Type
	for _, k := range t.VersionKey {
		v := d.Fields[k].Meant()
		if v == "" && k == t.PartyField {
			if v = d.Party.Name; v == "" {
				v = app.Applicant
			}
		}
		if v == "" {
			return "", false
		}
		if k == t.PartyField && d.Party.Role == dossier.RoleBorrower {
			v = d.Party.Name
		}
		key += "|" + plain.Tight(v)
	}
	return key, true
}

// rank picks the version that counts and marks the others.
func rank(c *types.Catalogue, g []*dossier.Document) {
	best := g[0]
	why := map[*dossier.Document]string{}
	for _, d := range g[1:] {
		better, reason := newer(c, d, best)
		if reason == "" {
			continue
		}
		if better {
			why[best] = reason
			best = d
		} else {
			why[d] = reason
		}
	}
	for _, d := range g {
		if d == best {
			continue
		}
		reason := why[d]
		if reason == "" {
			better, r := newer(c, d, best)
			if better || r == "" {
				continue // nothing tells them apart: both count, and the rules will compare them
			}
			reason = r
		}
		d.SupersededBy = best.File
		d.Why = append(d.Why, fmt.Sprintf("被%s取代：%s", best.File, reason))
	}
}

// newer tells whether d counts over o, with the reason; no reason means that nothing tells them apart.
func newer(c *types.Catalogue, d, o *dossier.Document) (bool, string) {
	if a, b := draftText.MatchString(head(d)), draftText.MatchString(head(o)); a != b {
		return b, "文内标明为初稿或未审"
	}
	dn, on := path.Base(d.File), path.Base(o.File)
	if a, b := draftName.MatchString(dn), draftName.MatchString(on); a != b {
		return b, "文件名标明为旧版、初稿或未审"
	}
	if a, b := finalName.MatchString(dn), finalName.MatchString(on); a != b {
		return a, "另有审定或定稿版本"
	}
	if a, b := sealed(d), sealed(o); a != b && sameAmounts(d, o) {
		return a, "另有盖章版本"
	}
	if t := c.Get(d.Type); t != nil && t.DateField != "" {
		x, okX := d.Fields[t.DateField].Date()
		y, okY := o.Fields[t.DateField].Date()
		if okX && okY && x != y {
			return x.After(y), fmt.Sprintf("较新一份日期为%s", later(x, y).Chinese())
		}
	}
	return false, ""
}

var sealText = regexp.MustCompile(`\[印章\]|\(印章\)`)

// sealed tells whether a seal was seen on the paper.
func sealed(d *dossier.Document) bool {
	return d.Fields["sealed"].Value == "yes" || sealText.MatchString(plain.Tight(d.Text()))
}

// sameAmounts tells whether two versions say the same money and numbers: only then does a seal decide between them.
func sameAmounts(a, b *dossier.Document) bool {
	n := 0
	for key, f := range a.Fields {
		g, ok := b.Fields[key]
		if !ok || f.Kind != dossier.KindMoney && f.Kind != dossier.KindNumber && f.Kind != dossier.KindPercent && f.Kind != dossier.KindDate {
			continue
		}
		if f.Value != g.Value {
			return false
		}
		n++
	}
	return n > 0
}

func later(a, b dossier.Date) dossier.Date {
	if a.After(b) {
		return a
	}
	return b
}

func head(d *dossier.Document) string {
	if len(d.Pages) == 0 {
		return ""
	}
	t := plain.Tight(d.Pages[0].Text)
	if len(t) > 600 {
		t = t[:600]
	}
	return strings.ToValidUTF8(t, "")
}

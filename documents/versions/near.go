package versions

import (
	"fmt"
	"math"
	"regexp"
	"strings"

	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

const (
	nearRunes  = 6000 // of each text are compared
	nearFields = 3    // fields that must agree before two readings are taken for one paper
	nearText   = 0.8  // share of the shorter text's pairs of characters found in the other, for embedded text
	nearScan   = 0.6  // the same where OCR read one of them
	nearCount  = 12   // amounts that make a statement comparable by its amounts
)

// nearCopies marks copies that are not the same bytes: a second scan of one paper, a statement as a sheet and as a
// PDF, the two prints (正本, 副本) of one licence. They must agree in every field that both read with certainty and in
// most of their words or amounts; what differs in a number is another paper.
func nearCopies(c *types.Catalogue, docs []*dossier.Document) {
	byType := map[string][]*dossier.Document{}
	for _, d := range docs {
		t := c.Get(d.Type)
		if t == nil || t.Image || d.DuplicateOf != "" || len(d.Fields) < nearFields {
			continue
		}
		for _, o := range byType[d.Type] {
			if o.DuplicateOf != "" {
				continue
			}
			why, ok := oneAnother(d, o)
			if !ok {
				continue
			}
			keep, drop := o, d
			if weight(d) > weight(o) {
				keep, drop = d, o
			}
			copyOf(drop, keep, why)
			if drop == d {
				break
			}
		}
		byType[d.Type] = append(byType[d.Type], d)
	}
}

func oneAnother(a, b *dossier.Document) (string, bool) {
	if a.Party.Name != "" && b.Party.Name != "" && a.Party.Name != b.Party.Name || marked(a) != marked(b) {
		return "", false
	}
	agree, numbers := 0, 0
	for key, f := range a.Fields {
		g, ok := b.Fields[key]
		if !ok || f.Value == "" || g.Value == "" || f.Kind == dossier.KindRows {
			continue
		}
		if f.Value != g.Value && plain.Tight(f.Meant()) != plain.Tight(g.Meant()) {
			if f.Confidence < 0.6 || g.Confidence < 0.6 || isText(f.Kind) && (a.Scan || b.Scan) {
				continue // unread rather than different
			}
			return "", false
		}
		agree++
		if !isText(f.Kind) && f.Kind != dossier.KindUSCC {
			numbers++
		}
	}
	if agree < nearFields || numbers == 0 {
		return "", false
	}
	if a.Format != b.Format && !a.Scan && !b.Scan {
		if x, y := amounts(a), amounts(b); len(x) >= nearCount && len(y) >= nearCount && shared(x, y) >= 0.97 {
			return fmt.Sprintf("内容相同，仅格式不同（%s、%s）", a.Format, b.Format), true
		}
		return "", false
	}
	limit := nearText
	if a.Scan || b.Scan {
		limit = nearScan
	}
	if shared(pairs(a), pairs(b)) < limit {
		return "", false
	}
	if x, y := amounts(a), amounts(b); !a.Scan && !b.Scan && len(x)+len(y) > 0 && shared(x, y) < 0.97 {
		return "", false
	}
	if print(a) != "" && print(b) != "" && print(a) != print(b) {
		return "为同一证照的正本与副本", true
	}
	return "为同一材料的重复件（字段与文字一致）", true
}

func isText(k dossier.FieldKind) bool {
	switch k {
	case dossier.KindText, dossier.KindOrg, dossier.KindPerson, dossier.KindAddress, "":
		return true
	}
	return false
}

// marked tells a paper that calls itself a draft: that is a version, not a copy.
func marked(d *dossier.Document) bool {
	return draftText.MatchString(head(d)) || draftName.MatchString(d.File)
}

var printed = regexp.MustCompile(`\((正本|副本)\)|(正本|副本)`)

func print(d *dossier.Document) string {
	m := printed.FindStringSubmatch(head(d) + d.File)
	if m == nil {
		return ""
	}
	return m[1] + m[2]
}

// weight prefers embedded text, then the surer reading: of two copies that agree, the one that reads better counts.
func weight(d *dossier.Document) float64 {
	w, sum, n := 0.0, 0.0, 0
	if !d.Scan {
		w = 2
	}
	for _, f := range d.Fields {
		sum, n = sum+f.Confidence, n+1
	}
	return w + math.Round(sum/float64(max(n, 1))*20)/20 + float64(n)/100
}

func pairs(d *dossier.Document) map[string]bool {
	out := map[string]bool{}
	rs := []rune(plain.Tight(d.Text()))
	for i := 0; i+1 < min(len(rs), nearRunes); i++ {
		out[string(rs[i:i+2])] = true
	}
	return out
}

var amount = regexp.MustCompile(`\d[\d,]*\.\d{1,2}`)

// amounts are the printed amounts of a paper, without separators and trailing zeros.
func amounts(d *dossier.Document) map[string]bool {
	out := map[string]bool{}
	for _, s := range amount.FindAllString(d.Text(), 3000) {
		s = strings.TrimRight(strings.TrimRight(strings.ReplaceAll(s, ",", ""), "0"), ".")
		if len(s) > 3 {
			out[s] = true
		}
	}
	return out
}

// shared is the share of the smaller set that the other holds too.
func shared(a, b map[string]bool) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	n := 0
	for k := range a {
		if b[k] {
			n++
		}
	}
	if len(a) == 0 {
		return 0
	}
	return float64(n) / float64(len(a))
}

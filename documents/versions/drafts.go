package versions

import (
	"path"

	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/dossier"
)

const draftWords = 0.85 // share of a draft's pairs of characters that the paper made of it has too

// drafts marks a paper that calls itself a draft and lacks what versions are told by, a number or a date, as
// superseded by the one paper of its kind with the same sides and nearly the same words that is none.
func drafts(docs []*dossier.Document) {
	for _, d := range docs {
		if !open(d) || !isDraft(d) {
			continue
		}
		var final *dossier.Document
		for _, o := range docs {
			if o == d || o.Type != d.Type || !open(o) || isDraft(o) || !sameSides(d, o) || shared(pairs(d), pairs(o)) < draftWords {
				continue
			}
			if final != nil {
				final = nil // two papers may have come of it
				break
			}
			final = o
		}
		if final != nil {
			d.SupersededBy = final.File
			d.Why = append(d.Why, "被"+final.File+"取代：标明为初稿，另有同样内容的定稿")
		}
	}
}

func open(d *dossier.Document) bool {
	return d.SupersededBy == "" && d.DuplicateOf == "" && d.Type != dossier.TypeIrrelevant && d.Type != dossier.TypeUnknown && d.Type != dossier.TypeArchive
}

func isDraft(d *dossier.Document) bool {
	return draftText.MatchString(head(d)) || draftName.MatchString(path.Base(d.File))
}

// sameSides asks that both name the same sides, and at least one.
func sameSides(a, b *dossier.Document) bool {
	n := 0
	for _, k := range []string{"party_a", "party_b", "entity", "borrower", "lessee", "guarantor"} {
		x, y := a.Fields[k].Meant(), b.Fields[k].Meant()
		if x == "" || y == "" {
			continue
		}
		if plain.Tight(x) != plain.Tight(y) {
			return false
		}
		n++
	}
	return n > 0
}

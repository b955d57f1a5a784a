package corpus

import (
	"fmt"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/validators/law"
)

// LawName is the name of the corpus that Law makes.
const LawName = "law"

// Law is the corpus of the articles that ship with xindiao.
func Law() (*Corpus, error) {
	book, err := law.Embedded()
	if err != nil {
		return nil, err
	}
	return FromLaw(book)
}

// FromLaw makes a corpus of all articles of a book. An article's ID is the law's id and the article's number, as
// rules cite it (wcl2024:9); its chapter and gist are the name of its only page, and
// so stand in its chunks' context.
func FromLaw(book law.Book) (*Corpus, error) {
	captions, err := gists()
	if err != nil {
		return nil, err
	}
	c := &Corpus{Name: LawName, Title: "法律法规", Kind: KindLaw, Owner: "xindiao"}
	for id, l := range book {
		if l.Issued.After(c.Date) {
			c.Date = l.Issued
		}
		for _, a := range l.Articles {
			it := Item{ID: fmt.Sprintf("%s:%d", id, a.No), File: fmt.Sprintf("law/%s:%d", id, a.No), Title: l.Name, Label: a.Label, Type: string(KindLaw), From: l.Effective}
			if !l.Repealed.IsZero() {
				it.To = l.Repealed.AddDays(-1)
				it.Note = "《" + l.Name + "》已于" + l.Repealed.Chinese() + "废止"
				if next, ok := book[l.Successor]; ok {
					it.Note += "，现行规定见《" + next.Name + "》"
				}
			}
			if note := l.Caution(dossier.Date{}); note != "" {
				it.Note = note
				it.Label += "（修订前文本）"
			}
			it.Doc = &dossier.Document{File: it.File, Format: "yaml", Type: it.Type, Pages: []dossier.Page{{Number: 1, Name: caption(a.Chapter, captions[id].Gists[a.No]), Text: a.Text}}}
			c.Items = append(c.Items, it)
		}
	}
	return c, c.seal()
}

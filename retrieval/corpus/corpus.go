// Package corpus holds what many dossiers share: the articles of law, a bank's own policies and past reports, notes on
// industries. An item is served only on the days on which it is in force.
package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/gbt4754"
)

// Kind says what a corpus is made of.
type Kind string

// Kinds of corpora.
const (
	KindLaw      Kind = "law"
	KindPolicy   Kind = "policy"   // the bank's own rules
	KindReport   Kind = "report"   // past reports, with nothing left that tells whose they were
	KindIndustry Kind = "industry" // notes by GB/T 4754
	KindOther    Kind = "other"    // circulars, training material, market research
)

// Corpus is a shared collection of texts.
type Corpus struct {
	Name     string // law, industry, or as the bank calls it: [a-z0-9_-]+
	Title    string
	Kind     Kind
	Owner    string       // who answers for it
	Date     dossier.Date // as of which the owner vouches for it
	Items    []Item       // by ID
	Problems []Problem    // files that could not be taken, or only in part
}

// Item is one article of law, one note, or one file of the bank's own.
type Item struct {
	ID       string // wcl2024:9, or the file's path; stable within the corpus
	File     string
	Title    string // 流动资金贷款管理办法
	Label    string // 第九条; "" for a whole file
	Type     string // of the item, for filters: law, policy, report, industry…
	Industry string // GB/T 4754 code or prefix that it is about, "" for all
	From     dossier.Date
	To       dossier.Date // last day in force, zero while it is
	Note     string       // what a reader must know beside the text, in Chinese: a newer text exists
	Doc      *dossier.Document
	SHA256   string // of all of the above but ID and File
}

// Problem is what went wrong with a file of a corpus.
type Problem struct {
	File string `json:"file"`
	dossier.Problem
	Left bool `json:"left_out"` // the file is not in the corpus
}

// Heading is the title and label in one line, as store.CorpusItem gives it.
func (it Item) Heading() string {
	if it.Label == "" {
		return it.Title
	}
	return it.Title + " " + it.Label
}

// Text is the item's text, its pages joined by form feeds.
func (it Item) Text() string { return it.Doc.Text() }

// InForce tells whether the item applies on a day; on the zero day whether it applies still.
func (it Item) InForce(on dossier.Date) bool {
	if on.IsZero() {
		return it.To.IsZero()
	}
	return !on.Before(it.From) && (it.To.IsZero() || !on.After(it.To))
}

// About tells whether the item is meant for an industry: for all, or for this one, or for one that contains it. The
// empty code takes every item.
func (it Item) About(code string) bool {
	return it.Industry == "" || code == "" || contains(it.Industry, code)
}

// contains tells whether a code lies below another: C below nothing but itself, C35 below C, 352 below C35.
func contains(upper, code string) bool {
	if upper == code {
		return true
	}
	for _, c := range gbt4754.Path(code) {
		if upper == c.Code || upper == c.Full() {
			return true
		}
	}
	return false
}

// On returns the items in force on a day, see InForce.
func (c *Corpus) On(day dossier.Date) []Item {
	var out []Item
	for _, it := range c.Items {
		if it.InForce(day) {
			out = append(out, it)
		}
	}
	return out
}

// Item finds by ID.
func (c *Corpus) Item(id string) (Item, bool) {
	i, ok := slices.BinarySearchFunc(c.Items, id, func(it Item, id string) int { return strings.Compare(it.ID, id) })
	if !ok {
		return Item{}, false
	}
	return c.Items[i], true
}

// SHA256 is the hash of everything in the corpus but the problems.
func (c *Corpus) SHA256() string {
	h := sha256.New()
	fmt.Fprintf(h, "%q %q %q %q %s\n", c.Name, c.Title, c.Kind, c.Owner, c.Date)
	for _, it := range c.Items {
		fmt.Fprintf(h, "%q %q %s\n", it.ID, it.File, it.SHA256)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// seal completes the items: order, hashes, the heading under which their text is indexed.
func (c *Corpus) seal() error {
	slices.SortStableFunc(c.Items, func(a, b Item) int { return strings.Compare(a.ID, b.ID) })
	for i := range c.Items {
		it := &c.Items[i]
		if i > 0 && c.Items[i-1].ID == it.ID {
			return &dossier.Error{Kind: dossier.ErrInput, File: it.File, Msg: "语料中有两个同名条目：" + it.ID}
		}
		it.Doc.TypeName = it.Heading()
		h := sha256.New()
		fmt.Fprintf(h, "%q %q %q %q %s %s %q\n", it.Title, it.Label, it.Type, it.Industry, it.From, it.To, it.Note)
		for _, p := range it.Doc.Pages {
			fmt.Fprintf(h, "%d %q %d\n", p.Number, p.Name, len(p.Text))
			h.Write([]byte(p.Text)) // never fails
		}
		it.SHA256 = hex.EncodeToString(h.Sum(nil))
	}
	return nil
}

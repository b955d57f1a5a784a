// Package law carries the articles of law that rules and templates may cite; one YAML file a law.
package law

import (
	"embed"
	"fmt"
	"io/fs"
	"sort"
	"strconv"
	"strings"
	"sync"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/datafile"
)

//go:embed *.yaml
var files embed.FS

// Law is one law or regulation with the articles held here.
type Law struct {
	ID        string       `yaml:"id"`
	Name      string       `yaml:"name"`
	Scope     string       `yaml:"scope"` // part held, when not the whole
	Number    string       `yaml:"number"`
	Issued    dossier.Date `yaml:"issued"`
	Effective dossier.Date `yaml:"effective"`
	Repealed  dossier.Date `yaml:"repealed"`  // first day on which it no longer applies; zero while in force
	Successor string       `yaml:"successor"` // id of the law that replaced it, when that one is held here
	Amended   dossier.Date `yaml:"amended"`   // day since which a newer text exists than the one held here
	Replaces  []Old        `yaml:"replaces"`  // what the law itself says it repeals
	Status    string       `yaml:"status"`    // in_force; amended: the text here is not the newest; repealed
	Note      string       `yaml:"note"`
	Complete  bool         `yaml:"complete"`
	Articles  []Article    `yaml:"articles"`
}

// Article is one article; No 0 is an annex.
type Article struct {
	No      int    `yaml:"no"`
	Label   string `yaml:"label"` // 第九条
	Chapter string `yaml:"chapter"`
	Text    string `yaml:"text"`
}

// Old is a rule that a law of the book repealed; its text is not held here.
type Old struct {
	Name    string       `yaml:"name"`
	Number  string       `yaml:"number"`
	Date    dossier.Date `yaml:"date"`    // first day on which it no longer applies
	Article int          `yaml:"article"` // of the law that says so
}

// Book is the set of laws by id.
type Book map[string]Law

var embedded = sync.OnceValues(func() (Book, error) { return Load(files) })

// Embedded returns the laws that ship with xindiao.
func Embedded() (Book, error) { return embedded() }

// Load reads every law file of a folder.
func Load(fsys fs.FS) (Book, error) {
	laws, err := datafile.Load[Law](fsys, ".")
	if err != nil {
		return nil, err
	}
	for file, l := range laws {
		if l.ID != file {
			return nil, fmt.Errorf("%s.yaml: id is %q", file, l.ID)
		}
		seen := map[int]bool{}
		for _, a := range l.Articles {
			if strings.TrimSpace(a.Text) == "" || a.Label == "" || seen[a.No] {
				return nil, fmt.Errorf("%s.yaml: article %d is empty or stands twice", file, a.No)
			}
			seen[a.No] = true
		}
	}
	return laws, Book(laws).check()
}

// Article finds an article by law id and number ("16", "16(四)"; the paragraph is not checked).
func (b Book) Article(id, number string) (Law, Article, bool) {
	l, ok := b[id]
	if !ok {
		return Law{}, Article{}, false
	}
	digits, _, _ := strings.Cut(number, "(")
	no, err := strconv.Atoi(digits)
	if err != nil {
		return l, Article{}, false
	}
	i := sort.Search(len(l.Articles), func(i int) bool { return l.Articles[i].No >= no && l.Articles[i].No != 0 })
	if i < len(l.Articles) && l.Articles[i].No == no {
		return l, l.Articles[i], true
	}
	for _, a := range l.Articles { // annexes stand last
		if a.No == no {
			return l, a, true
		}
	}
	return l, Article{}, false
}

// Name prints 《流动资金贷款管理办法》第九条 for a law id and article number.
func (b Book) Name(id, number string) string {
	l, a, ok := b.Article(id, number)
	if !ok {
		return ""
	}
	name := "《" + l.Name + "》" + a.Label
	if _, par, found := strings.Cut(number, "("); found {
		name += "（" + strings.TrimSuffix(par, ")") + "）"
	}
	return name
}

// InForce tells whether the law applies on a day.
func (l Law) InForce(on dossier.Date) bool {
	return !on.Before(l.Effective) && (l.Repealed.IsZero() || on.Before(l.Repealed))
}

package corpus

import (
	"embed"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/datafile"
	"github.com/xindiao/xindiao/validators/law"
)

//go:embed gists/*.yaml
var gistFiles embed.FS

// gistFile says in the words of the trade what articles of one law are about: the law's own chapters rarely do. A gist
// is a caption to search by, never law: it is searched and shown as context, and never quoted.
type gistFile struct {
	Owner string         `yaml:"owner"`
	Date  dossier.Date   `yaml:"date"`
	Gists map[int]string `yaml:"gists"` // by article number
}

var gists = sync.OnceValues(func() (map[string]gistFile, error) { return datafile.Load[gistFile](gistFiles, "gists") })

// caption is the name of an article's page: its chapter and its gist.
func caption(chapter, gist string) string {
	if gist == "" {
		return chapter
	}
	return strings.TrimSpace(chapter + "【" + gist + "】")
}

// maxGist bounds a gist, in runes.
const maxGist = 60

// lintGists checks that gists are short, are about articles that are held, and hold no number that a sentence could
// lean on.
func lintGists(book law.Book) []error {
	all, err := gists()
	if err != nil {
		return []error{err}
	}
	var errs []error
	for id, f := range all {
		bad := func(format string, a ...any) {
			errs = append(errs, fmt.Errorf("retrieval/corpus/gists/%s.yaml: %s", id, fmt.Sprintf(format, a...)))
		}
		if f.Owner == "" || f.Date.IsZero() {
			bad("no owner or date")
		}
		for no, g := range f.Gists {
			if _, _, ok := book.Article(id, fmt.Sprint(no)); !ok {
				bad("article %d is not held", no)
			}
			if utf8.RuneCountInString(g) > maxGist || strings.ContainsAny(g, "0123456789０１２３４５６７８９") {
				bad("article %d: a gist is at most %d characters and has no digits", no, maxGist)
			}
		}
	}
	return errs
}

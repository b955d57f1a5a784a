package corpus

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/datafile"
	"github.com/xindiao/xindiao/templates"
	"github.com/xindiao/xindiao/validators/law"
)

//go:embed questions/*.yaml
var questionFiles embed.FS

// Question is what a report writer or a reviewer asks of the law, in the words of the trade, with the articles that
// answer it. The questions were written before anybody looked at what a search finds.
type Question struct {
	ID       string   `yaml:"id"`
	Held     bool     `yaml:"held"`    // held out: never looked at when synonyms or weights are chosen
	Ask      string   `yaml:"ask"`     //
	Answers  []string `yaml:"answers"` // ids of articles (wcl2024:9), any of which answers it
	Template string   `yaml:"-"`       // credit.base
	Section  string   `yaml:"-"`       // of the template, in which the question comes up
}

// sheet is one file of questions.
type sheet struct {
	Template  string       `yaml:"template"`
	Section   string       `yaml:"section"`
	Title     string       `yaml:"title"`
	Owner     string       `yaml:"owner"`
	Date      dossier.Date `yaml:"date"`
	Questions []Question   `yaml:"questions"`
}

var questions = sync.OnceValues(func() ([]Question, error) {
	sheets, err := datafile.Load[sheet](questionFiles, "questions")
	if err != nil {
		return nil, err
	}
	var out []Question
	for _, s := range sheets {
		for _, q := range s.Questions {
			q.Template, q.Section = s.Template, s.Section
			out = append(out, q)
		}
	}
	slices.SortFunc(out, func(a, b Question) int { return strings.Compare(a.ID, b.ID) })
	return out, nil
})

// Questions are the 100 questions on the law that ship with xindiao, by ID.
func Questions() ([]Question, error) { return questions() }

// lintQuestions checks that each question has an id of its own, a section that exists, and answers that are held;
// and that none repeats the words of its answer.
func lintQuestions(book law.Book) []error {
	qs, err := Questions()
	if err != nil {
		return []error{err}
	}
	set, err := templates.Embedded()
	if err != nil {
		return []error{err}
	}
	var errs []error
	for i, q := range qs {
		bad := func(format string, a ...any) {
			errs = append(errs, fmt.Errorf("retrieval/corpus/questions: %s: %s", q.ID, fmt.Sprintf(format, a...)))
		}
		if q.ID == "" || i > 0 && qs[i-1].ID == q.ID || q.Ask == "" || len(q.Answers) == 0 {
			bad("no id of its own, no text or no answer")
		}
		if !hasSection(set, q.Template, q.Section) {
			bad("template %s has no section %s", q.Template, q.Section)
		}
		for _, id := range q.Answers {
			l, no, _ := strings.Cut(id, ":")
			_, a, ok := book.Article(l, no)
			if !ok {
				bad("article %s is not held", id)
			} else if n, all := overlap(q.Ask, a.Text); n > maxOverlap(all) {
				bad("shares %d of its %d characters in one piece with %s: ask it in the words of the trade", n, all, id)
			}
		}
	}
	return errs
}

func hasSection(set templates.Library, template, section string) bool {
	found := false
	if t, ok := set[template]; ok {
		_ = t.Walk(func(s *templates.Section) error { // never fails
			found = found || s.ID == section
			return nil
		})
	}
	return found
}

// maxOverlap is the longest piece, in runes, that a question of n runes may share with the article that answers it: a
// term of the trade is often the law's own, a clause is not.
func maxOverlap(n int) int { return max(6, n*2/5) }

// overlap is the length in runes of the longest common substring, and of the question.
func overlap(ask, text string) (longest, all int) {
	a, b := []rune(ask), []rune(text)
	row := make([]int, len(b)+1)
	for _, x := range a {
		last := 0
		for j, y := range b {
			here := row[j+1]
			if x == y {
				row[j+1] = last + 1
				longest = max(longest, last+1)
			} else {
				row[j+1] = 0
			}
			last = here
		}
	}
	return longest, len(a)
}

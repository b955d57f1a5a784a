package lexical

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/xindiao/xindiao/internal/datafile"
)

// questionFile is data/question.yaml.
type questionFile struct {
	Owner string   `yaml:"owner"`
	Date  string   `yaml:"date"`
	Note  string   `yaml:"note"`
	Drop  []string `yaml:"drop"`
	Kinds []struct {
		Kind  string   `yaml:"kind"`
		Words []string `yaml:"words"`
	} `yaml:"kinds"`
	Examples []struct {
		Ask   string   `yaml:"ask"`
		Left  string   `yaml:"left"`
		Kinds []string `yaml:"kinds"`
		Units string   `yaml:"units"`
	} `yaml:"examples"`

	dropping *strings.Replacer
}

// Marks are tokens of segments and queries, not of Tokens: a number, a rate, an amount of money, a day stands here; a
// number before 家 is #家.
var marks = map[string]string{"number": "#n", "rate": "#p", "amount": "#a", "day": "#d"}

var questions = sync.OnceValues(func() (*questionFile, error) {
	f := &questionFile{}
	raw, err := data.ReadFile("data/question.yaml")
	if err != nil {
		return nil, err
	}
	if err := datafile.Decode("data/question.yaml", raw, f); err != nil {
		return nil, err
	}
	var pairs []string
	words := slices.Clone(f.Drop)
	slices.SortStableFunc(words, func(x, y string) int { return len(y) - len(x) })
	for _, w := range words {
		pairs = append(pairs, Fold(w), "，")
	}
	f.dropping = strings.NewReplacer(pairs...)
	for _, k := range f.Kinds {
		if marks[k.Kind] == "" {
			return nil, fmt.Errorf("data/question.yaml: no kind %q", k.Kind)
		}
	}
	return f, nil
})

func mustQuestions() *questionFile {
	f, err := questions()
	if err != nil {
		panic(err) // embedded data that Lint and the tests have read
	}
	return f
}

// asked folds a question and takes it apart: what is left without the words of asking, and the marks of its answer.
func (f *questionFile) asked(text string) (left string, want []string) {
	q := Fold(text)
	if left = f.dropping.Replace(q); !strings.ContainsFunc(left, unicode.IsLetter) && !strings.ContainsFunc(left, unicode.IsDigit) {
		left = q
	}
	for _, k := range f.Kinds {
		if slices.ContainsFunc(k.Words, func(w string) bool { return strings.Contains(q, w) }) {
			want = append(want, marks[k.Kind])
		}
	}
	for _, ask := range []string{"多少", "几"} {
		if _, after, ok := strings.Cut(q, ask); ok {
			if r := []rune(after[:min(len(after), 4)]); len(r) > 0 && isHan(r[0]) && r[0] != '元' {
				want = append(want, "#"+string(r[0]))
			}
		}
	}
	return left, want
}

func lintQuestions() error {
	f, err := questions()
	if err != nil {
		return err
	}
	if err := owned("data/question.yaml", f.Owner, f.Date); err != nil {
		return err
	}
	for _, e := range f.Examples {
		left, want := f.asked(e.Ask)
		var expect []string
		for _, k := range e.Kinds {
			expect = append(expect, marks[k])
		}
		if e.Units != "" {
			expect = append(expect, "#"+e.Units)
		}
		if left != e.Left || !slices.Equal(want, expect) {
			return fmt.Errorf("data/question.yaml: %s leaves %q and asks for %q, not %q and %q", e.Ask, left, want, e.Left, expect)
		}
	}
	return nil
}

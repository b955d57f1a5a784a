package corpus

import (
	"github.com/xindiao/xindiao/validators/law"
)

// Lint checks the embedded data files of this package.
func Lint() []error {
	book, err := law.Embedded()
	if err != nil {
		return []error{err}
	}
	errs := append(append(lintQuestions(book), lintNotes(book)...), lintGists(book)...)
	for _, make := range []func() (*Corpus, error){Law, Industry} {
		if _, err := make(); err != nil {
			errs = append(errs, err)
		}
	}
	return errs
}

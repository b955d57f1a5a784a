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
	errs := lintQuestions(book)
	if _, err := Law(); err != nil {
		errs = append(errs, err)
	}
	return errs
}

package lexical

import (
	"fmt"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/datafile"
)

// Lint checks the embedded data and its examples.
func Lint() error {
	raw, err := data.ReadFile("data/fold.yaml")
	if err != nil {
		return err
	}
	var f foldFile
	if err := datafile.Decode("data/fold.yaml", raw, &f); err != nil {
		return err
	}
	if _, err := folding(); err != nil {
		return err
	}
	if err := owned("data/fold.yaml", f.Owner, f.Date); err != nil {
		return err
	}
	for _, e := range f.Examples {
		if got := Fold(e.Text); got != e.Folded {
			return fmt.Errorf("data/fold.yaml: %s folds to %s, not %s", e.Text, got, e.Folded)
		}
	}
	if _, err := scorings(); err != nil {
		return err
	}
	return lintQuestions()
}

// owned asks a data file for whose it is and since when.
func owned(file, owner, date string) error {
	if _, err := dossier.ParseDate(date); err != nil || owner == "" {
		return fmt.Errorf("%s: owner and date are needed", file)
	}
	return nil
}

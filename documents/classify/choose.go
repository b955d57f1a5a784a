package classify

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

// Chooser picks a kind for a document that its words do not settle. A language model may stand behind it; tests use
// a scripted one. It gets no file name, no number that identifies anybody, and may only name one of the candidates or
// dossier.TypeUnknown.
type Chooser interface {
	Choose(ctx context.Context, q Question) (id string, err error)
}

// Question is what a Chooser is asked.
type Question struct {
	Text       string // head of the document, digits of long numbers replaced by #; data, never an instruction
	Candidates []Candidate
}

// Candidate is one kind that may be chosen.
type Candidate struct {
	ID, Name string
	Why      []string // its signs in the text
}

const (
	settled    = 0.75 // confidence from which nobody is asked
	askRunes   = 1500
	candidates = 5
	leastScore = 0.3 // of a candidate
	chosenConf = 0.7 // at most, of a kind that was chosen
)

// Choose asks ch about a classified document whose kind is unknown or was named with little confidence. An answer
// that is no candidate is no answer: the document stays as it was. The error is the chooser's own.
func Choose(ctx context.Context, ch Chooser, c *types.Catalogue, d *dossier.Document) error {
	if ch == nil || d.Type == dossier.TypeArchive || d.Type != dossier.TypeUnknown && d.Confidence >= settled || textSize(d) < fewRunes {
		return nil
	}
	q := Question{Text: masked(d.Text())}
	for _, s := range Rank(c, d) {
		if s.text < leastScore || len(q.Candidates) == candidates {
			break
		}
		q.Candidates = append(q.Candidates, Candidate{s.Type.ID, s.Type.Name, s.Why})
	}
	if len(q.Candidates) == 0 || len(q.Candidates) == 1 && d.Type == q.Candidates[0].ID {
		return nil
	}
	id, err := ch.Choose(ctx, q)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(q.Candidates, func(k Candidate) bool { return k.ID == id })
	switch {
	case id == dossier.TypeUnknown && d.Type != dossier.TypeUnknown && d.Confidence < 0.6:
		d.Type, d.TypeName, d.Confidence = dossier.TypeUnknown, c.Name(dossier.TypeUnknown), 0
		d.Why = append(d.Why, "模型认为不属于任何候选种类")
	case i < 0 || id == d.Type:
	default:
		d.Type, d.TypeName, d.Confidence = id, q.Candidates[i].Name, chosenConf
		d.Why = append(slices.Clone(q.Candidates[i].Why), fmt.Sprintf("由模型在%d个候选种类中选定，请复核", len(q.Candidates)))
	}
	return nil
}

var longNumber = regexp.MustCompile(`[0-9A-Za-z*]*\d[0-9A-Za-z*]{6,}`)

// masked is the head of a text without the numbers that identify a person, an account or a company.
func masked(s string) string {
	if rs := []rune(s); len(rs) > askRunes {
		s = string(rs[:askRunes])
	}
	return longNumber.ReplaceAllStringFunc(s, func(m string) string { return strings.Repeat("#", len(m)) })
}

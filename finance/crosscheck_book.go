package finance

import (
	"embed"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/datafile"
)

//go:embed crosschecks/*.yaml crosschecks/feeds/*.yaml
var crossFS embed.FS

// crossRule is one crosschecks/*.yaml file.
type crossRule struct {
	ID    string    `yaml:"id"`
	Code  string    `yaml:"code"`
	Name  string    `yaml:"name"`
	Kind  string    `yaml:"kind"` // Issue kind of a break
	At    string    `yaml:"at"`   // the indicator whose periods are compared
	Left  crossSide `yaml:"left"`
	Right crossSide `yaml:"right"`
	// Compare: relative (left-right over right), ratio (left over right, within low and high), points (left-right).
	Compare   string           `yaml:"compare"`
	Tolerance *dossier.Decimal `yaml:"tolerance"`
	Remark    *dossier.Decimal `yaml:"remark"` // beyond it a remark
	Low       *dossier.Decimal `yaml:"low"`
	High      *dossier.Decimal `yaml:"high"`
	Only      string           `yaml:"only"`   // over, under: the other direction is a remark at most
	Floor     *dossier.Decimal `yaml:"floor"`  // differences up to this many 元 pass
	Near      int              `yaml:"near"`   // days that a balance of another date may be away
	Newest    int              `yaml:"newest"` // how many periods, newest first; 0: three
	Basis     string           `yaml:"basis"`
	Gap       string           `yaml:"gap"`
	Message   string           `yaml:"message"` // words in braces: period, left, right, diff, share, dir
	Owner     string           `yaml:"owner"`
	Since     string           `yaml:"since"`
	Examples  []crossExample   `yaml:"examples"`
}

type crossSide struct {
	Name  string       `yaml:"name"`
	Value string       `yaml:"value"` // a formula over indicators
	Unit  dossier.Unit `yaml:"unit"`  // of a computed side
	Needs []string     `yaml:"needs"` // papers, in Chinese
	expr  *expr
}

// crossExample gives amounts by indicator and the outcome that must follow.
type crossExample struct {
	Name    string            `yaml:"name"`
	Given   map[string]string `yaml:"given"`
	Opening map[string]string `yaml:"opening"`
	Months  int               `yaml:"months"` // 12 unless told
	Want    Outcome           `yaml:"want"`
}

// crossFeed takes a field of papers into figures.
type crossFeed struct {
	Figure string       `yaml:"figure"`
	Name   string       `yaml:"name"`
	Types  []string     `yaml:"types"`
	Field  string       `yaml:"field"`
	Cell   string       `yaml:"cell"`  // of rows: the column that is summed
	Where  string       `yaml:"where"` // of rows: column=word that a row must hold
	Month  string       `yaml:"month"` // of rows: the column with the month; a figure a month
	Party  string       `yaml:"party"` // the field that names whose it is
	When   []string     `yaml:"when"`  // fields with the date or period, the first that reads
	Span   string       `yaml:"span"`  // ytd, year, month, quarter, at, yearend
	Unit   dossier.Unit `yaml:"unit"`
	Scale  int64        `yaml:"scale"` // the paper's numbers are in so many 元
}

type crossBook struct {
	checks []*crossRule
	feeds  []crossFeed
	names  map[string]string
}

type feedFile struct {
	Feeds   []crossFeed       `yaml:"feeds"`
	Derived map[string]string `yaml:"derived"` // figures that code makes, with their names
}

var crossSpans = []string{"ytd", "year", "month", "quarter", "at", "yearend"}

var loadFeeds = sync.OnceValues(func() (*crossBook, error) {
	b := &crossBook{names: map[string]string{}}
	feeds, err := datafile.Load[feedFile](crossFS, "crosschecks/feeds")
	for _, n := range slices.Sorted(maps.Keys(feeds)) {
		for _, f := range feeds[n].Feeds {
			if f.Figure == "" || f.Name == "" || len(f.Types) == 0 || f.Field == "" || len(f.When) == 0 && f.Month == "" || !slices.Contains(crossSpans, f.Span) {
				return b, fmt.Errorf("crosschecks/feeds/%s.yaml: %s: figure, name, types, field, when and a known span are needed", n, f.Figure)
			}
			b.names[f.Figure] = f.Name
			b.feeds = append(b.feeds, f)
		}
		for id, name := range feeds[n].Derived {
			b.names[id] = name
		}
	}
	return b, err
})

// crossName is the name of a figure that only cross-checks have.
func crossName(id string) string {
	b, _ := loadFeeds()
	return b.names[id]
}

var loadCross = sync.OnceValues(func() (*crossBook, error) {
	b, err := loadFeeds()
	if err != nil {
		return nil, err
	}
	rules, err := datafile.Load[crossRule](crossFS, "crosschecks")
	if err != nil {
		return nil, err
	}
	var errs []error
	for _, n := range slices.Sorted(maps.Keys(rules)) {
		r := rules[n]
		if err := b.add(n, &r); err != nil {
			errs = append(errs, fmt.Errorf("crosschecks/%s.yaml: %w", n, err))
		}
	}
	return b, errors.Join(errs...)
})

func (b *crossBook) add(file string, r *crossRule) error {
	switch {
	case r.ID != file:
		return fmt.Errorf("id %q is not the file's name", r.ID)
	case r.Code == "" || r.Name == "" || r.Basis == "" || r.Gap == "" || r.Owner == "" || r.Since == "" || len(r.Examples) < 2:
		return errors.New("code, name, basis, gap, owner, since and two examples are needed")
	case r.Kind != "" && (!KnownIssue(r.Kind) || r.Message == ""):
		return fmt.Errorf("kind %q is unknown, or there is no message for it", r.Kind)
	case r.Compare == "ratio" && r.Low == nil && r.High == nil, r.Compare != "ratio" && r.Tolerance == nil:
		return errors.New("tolerance, or low and high of a ratio, is needed")
	case !slices.Contains([]string{"relative", "ratio", "points"}, r.Compare) || !slices.Contains([]string{"", "over", "under"}, r.Only):
		return fmt.Errorf("unknown compare %q or only %q", r.Compare, r.Only)
	}
	if _, err := dossier.ParseDate(r.Since); err != nil {
		return err
	}
	for _, side := range []*crossSide{&r.Left, &r.Right} {
		if side.Name == "" || len(side.Needs) == 0 {
			return errors.New("each side needs a name and the papers it needs")
		}
		e, err := parseExpr(side.Value)
		if err != nil {
			return err
		}
		side.expr = e
		for _, id := range append(e.idents(), r.At) {
			if NameOf(id) == id && b.names[id] == "" {
				return fmt.Errorf("unknown figure %q", id)
			}
		}
	}
	b.checks = append(b.checks, r)
	return nil
}

func theCrossBook() *crossBook {
	b, err := loadCross()
	if err != nil {
		panic(err)
	}
	return b
}

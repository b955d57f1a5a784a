package retrieval

import (
	_ "embed"
	"errors"
	"fmt"
	"math"
	"strings"
	"sync"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/datafile"
)

//go:embed fusion.yaml
var fusionFile []byte

// fusion is how rankings become one; fusion.yaml tells what each means and where it comes from.
type fusion struct {
	Owner    string  `yaml:"owner"`
	Date     string  `yaml:"date"`
	Constant float64 `yaml:"constant"`
	Depth    struct {
		Share float64 `yaml:"share"`
		Most  int     `yaml:"most"`
	} `yaml:"depth"`
	Spaces []struct {
		Prefix string  `yaml:"prefix"`
		Weight float64 `yaml:"weight"`
	} `yaml:"spaces"`
	Rerank    int `yaml:"rerank"`
	Diversity struct {
		Share      float64 `yaml:"share"`
		Least      int     `yaml:"least"`
		Comparable float64 `yaml:"comparable"`
	} `yaml:"diversity"`
	Examples []struct {
		Passages int     `yaml:"passages"`
		Asked    int     `yaml:"asked"`
		Depth    int     `yaml:"depth"`
		Each     int     `yaml:"each"`
		Space    string  `yaml:"space"`
		Weight   float64 `yaml:"weight"`
	} `yaml:"examples"`
}

var configured = sync.OnceValues(func() (*fusion, error) {
	var f fusion
	if err := datafile.Decode("fusion.yaml", fusionFile, &f); err != nil {
		return nil, err
	}
	return &f, f.check()
})

// Lint checks fusion.yaml and its examples.
func Lint() error {
	f, err := configured()
	if err != nil {
		return err
	}
	var errs []error
	for _, e := range f.Examples {
		switch {
		case e.Space != "":
			if got := f.weight(e.Space); got != e.Weight {
				errs = append(errs, fmt.Errorf("fusion.yaml: %s weighs %v, not %v", e.Space, got, e.Weight))
			}
		case e.Passages > 0:
			if got := f.depth(e.Passages, e.Asked); got != e.Depth {
				errs = append(errs, fmt.Errorf("fusion.yaml: %d of %d passages: depth %d, not %d", e.Asked, e.Passages, got, e.Depth))
			}
		default:
			if got := f.each(e.Asked); got != e.Each {
				errs = append(errs, fmt.Errorf("fusion.yaml: %d asked: %d of one document, not %d", e.Asked, got, e.Each))
			}
		}
	}
	if len(f.Examples) == 0 {
		errs = append(errs, errors.New("fusion.yaml: no examples"))
	}
	return errors.Join(errs...)
}

func (f *fusion) check() error {
	share := func(x float64) bool { return x > 0 && x <= 1 }
	switch _, err := dossier.ParseDate(f.Date); {
	case err != nil || f.Owner == "":
		return errors.New("fusion.yaml: owner and date are needed")
	case f.Constant < 1 || !share(f.Depth.Share) || f.Depth.Most < 1 || f.Depth.Most > 500 || f.Rerank < 1 || f.Rerank > 200:
		return errors.New("fusion.yaml: constant, depth or rerank out of range")
	case !share(f.Diversity.Share) || f.Diversity.Least < 1 || !share(f.Diversity.Comparable):
		return errors.New("fusion.yaml: diversity out of range")
	}
	for _, s := range f.Spaces {
		if !share(s.Weight) {
			return fmt.Errorf("fusion.yaml: weight of %q is above 0 and at most 1", s.Prefix)
		}
	}
	return nil
}

// weight of a vector space's ranking.
func (f *fusion) weight(space string) float64 {
	w, longest := 1.0, -1
	for _, s := range f.Spaces {
		if strings.HasPrefix(space, s.Prefix) && len(s.Prefix) > longest {
			w, longest = s.Weight, len(s.Prefix)
		}
	}
	return w
}

// depth caps each ranking by the number of passages searched: in a small dossier a deep list of a noisy ranking holds
// nearly everything and drowns the others' hits.
func (f *fusion) depth(passages, asked int) int {
	return max(asked, min(f.Depth.Most, int(float64(passages)*f.Depth.Share)))
}

// each is how many passages one document gives as long as others have something to say.
func (f *fusion) each(asked int) int {
	return max(f.Diversity.Least, int(math.Ceil(float64(asked)*f.Diversity.Share)))
}

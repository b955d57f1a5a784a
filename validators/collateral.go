package validators

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/xindiao/xindiao/internal/datafile"
)

//go:embed collateral/kinds.yaml
var collateralFS embed.FS

// collateralBook is collateral/kinds.yaml.
type collateralBook struct {
	Default  string             `yaml:"default"`
	Kinds    []collateralKind   `yaml:"kinds"`
	Examples []collateralSample `yaml:"examples"`
}

type collateralKind struct {
	ID    string   `yaml:"id"`
	Name  string   `yaml:"name"`
	Words []string `yaml:"words"`
	Types []string `yaml:"types"`
}

type collateralSample struct {
	Says string   `yaml:"says"`
	Has  []string `yaml:"has"`
	Want []string `yaml:"want"`
}

var loadCollateral = sync.OnceValues(func() (*collateralBook, error) {
	const name = "collateral/kinds.yaml"
	raw, err := fs.ReadFile(collateralFS, name)
	if err != nil {
		return nil, err
	}
	b := &collateralBook{}
	if err := datafile.Decode(name, raw, b); err != nil {
		return nil, err
	}
	if !b.known(b.Default) || len(b.Examples) == 0 {
		return nil, fmt.Errorf("%s: the default must be one of the kinds, and examples are needed", name)
	}
	for _, ex := range b.Examples {
		if got := b.of(ex.Says, func(types []string) bool {
			return slices.ContainsFunc(ex.Has, func(t string) bool { return slices.Contains(types, t) })
		}); !slices.Equal(got, ex.Want) {
			return nil, fmt.Errorf("%s: %q with %v is %v, want %v", name, ex.Says, ex.Has, got, ex.Want)
		}
	}
	return b, nil
})

func (b *collateralBook) known(id string) bool {
	return slices.ContainsFunc(b.Kinds, func(k collateralKind) bool { return k.ID == id })
}

// of tells the kinds that words name or that papers show.
func (b *collateralBook) of(text string, has func(types []string) bool) []string {
	var out []string
	for _, k := range b.Kinds {
		if slices.ContainsFunc(k.Words, func(w string) bool { return strings.Contains(text, w) }) || has(k.Types) {
			out = append(out, k.ID)
		}
	}
	if len(out) == 0 {
		out = []string{b.Default}
	}
	return out
}

// collateral is what the dossier's mortgage stands on: by the application's words and the papers handed in.
func (in *Input) collateral() []string {
	b, err := loadCollateral()
	if err != nil {
		return nil // Load refuses such data
	}
	text := in.Dossier.Application.Guarantee
	for _, d := range in.Dossier.Valid("loan_application") {
		if f, ok := d.Field("guarantee"); ok {
			text += " " + f.Value
		}
	}
	return b.of(text, func(types []string) bool { return len(in.Dossier.Valid(types...)) > 0 })
}

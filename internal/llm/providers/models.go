package providers

import (
	_ "embed" // models.yaml
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/datafile"
)

//go:embed models.yaml
var modelsYAML []byte

// modelBook is models.yaml.
type modelBook struct {
	Owner  string       `yaml:"owner"`
	Date   dossier.Date `yaml:"date"`
	Models []modelCard  `yaml:"models"`
}

// modelCard is what one family of embedding models wants.
type modelCard struct {
	Prefix   string         `yaml:"prefix"`
	Query    string         `yaml:"query"`
	Passage  string         `yaml:"passage"`
	Tokens   int            `yaml:"tokens"`
	Dim      int            `yaml:"dim"`
	Nested   bool           `yaml:"nested"`
	Batch    int            `yaml:"batch"`
	Source   string         `yaml:"source"`
	Examples []modelExample `yaml:"examples"`
}

// modelExample is a model's name with one text and what must be sent for it.
type modelExample struct {
	Model    string `yaml:"model"`
	Question string `yaml:"question"`
	Passage  string `yaml:"passage"`
	Sent     string `yaml:"sent"`
}

const modelsFile = "internal/llm/providers/models.yaml"

var embeddingModels = sync.OnceValues(func() (modelBook, error) { return readModels(modelsFile, modelsYAML) })

func readModels(name string, data []byte) (modelBook, error) {
	var b modelBook
	return b, datafile.Decode(name, data, &b)
}

// find returns the card with the longest prefix of the model's name, an empty one when there is none.
func (b modelBook) find(model string) modelCard {
	name := strings.ToLower(model[strings.LastIndexByte(model, '/')+1:])
	var best modelCard
	for _, m := range b.Models {
		if len(m.Prefix) > len(best.Prefix) && strings.HasPrefix(name, m.Prefix) {
			best = m
		}
	}
	return best
}

// Lint checks models.yaml and runs its examples.
func Lint() []error {
	b, err := embeddingModels()
	if err != nil {
		return []error{err}
	}
	return b.lint()
}

func (b modelBook) lint() []error {
	var errs []error
	bad := func(m modelCard, format string, args ...any) {
		errs = append(errs, fmt.Errorf("%s: %s: %s", modelsFile, m.Prefix, fmt.Sprintf(format, args...)))
	}
	if b.Owner == "" || b.Date.IsZero() || len(b.Models) == 0 {
		errs = append(errs, errors.New(modelsFile+": 缺 owner、date 或 models"))
	}
	seen := map[string]bool{}
	for _, m := range b.Models {
		switch {
		case m.Prefix == "" || m.Prefix != strings.ToLower(m.Prefix) || strings.Contains(m.Prefix, "/"):
			bad(m, "prefix 须为小写且不含 /")
		case seen[m.Prefix]:
			bad(m, "重复")
		case m.Source == "" || len(m.Examples) == 0:
			bad(m, "缺 source 或 examples")
		case m.Tokens < 100 || m.Tokens > 1_000_000 || m.Dim < 0 || m.Dim > maxDim || m.Batch < 0:
			bad(m, "tokens、dim 或 batch 不合理")
		}
		seen[m.Prefix] = true
		for _, x := range m.Examples {
			card := b.find(x.Model)
			got := card.Passage + x.Passage
			if x.Question != "" {
				got = card.Query + x.Question
			}
			if card.Prefix != m.Prefix {
				bad(m, "例 %s 归于 %q", x.Model, card.Prefix)
			} else if (x.Question == "") == (x.Passage == "") || got != x.Sent {
				bad(m, "例 %s 发出 %q，应为 %q", x.Model, got, x.Sent)
			}
		}
	}
	return errs
}

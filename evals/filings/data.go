package filings

import (
	"embed"
	"fmt"
	"strings"
	"sync"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
	"github.com/xindiao/xindiao/internal/datafile"
)

//go:embed data/*.yaml
var dataFS embed.FS

type tableSpec struct {
	File      string            `yaml:"file"`
	Name      string            `yaml:"name"`
	Statement finance.Statement `yaml:"statement"`
	Unit      dossier.Unit      `yaml:"unit"`
	Text      bool              `yaml:"text"` // cells are words, not amounts
	Absent    []string          `yaml:"absent"`
	Columns   map[string]string `yaml:"columns"`
}

type tablesFile struct {
	Source  string      `yaml:"source"`
	Tables  []tableSpec `yaml:"tables"`
	Keys    keySpec     `yaml:"keys"`
	Ignored []string    `yaml:"ignored"`
	Derived []struct {
		ID      string `yaml:"id"`
		Formula string `yaml:"formula"` // sums of lines: a + b
	} `yaml:"derived"`
}

type keySpec struct {
	Code string `yaml:"code"`
	Name string `yaml:"name"`
	Year string `yaml:"year"`
}

type ratioAsk struct {
	ID   string   `yaml:"id"`
	Own  string   `yaml:"own"`
	Asks []string `yaml:"asks"`
}

type asksFile struct {
	Source string            `yaml:"source"`
	Names  map[string]string `yaml:"names"`
	Fields map[string]string `yaml:"fields"`
	Digits []struct {
		Says   []string `yaml:"says"`
		Digits int32    `yaml:"digits"`
	} `yaml:"digits"`
	Ratios   []ratioAsk `yaml:"ratios"`
	Examples []struct {
		Question string `yaml:"question"`
		Ratio    string `yaml:"ratio"`
		Digits   int32  `yaml:"digits"`
	} `yaml:"examples"`
}

type book struct {
	tables tablesFile
	asks   asksFile
	sums   sumsFile
	ratios map[string]ratioAsk
}

var loadBook = sync.OnceValues(func() (*book, error) {
	b := &book{ratios: map[string]ratioAsk{}}
	for name, v := range map[string]any{"data/tables.yaml": &b.tables, "data/asks.yaml": &b.asks, "data/sums.yaml": &b.sums} {
		data, err := dataFS.ReadFile(name)
		if err == nil {
			err = datafile.Decode(name, data, v)
		}
		if err != nil {
			return nil, err
		}
	}
	for _, r := range b.asks.Ratios {
		for _, id := range []string{r.ID, r.Own} {
			if _, ok := finance.LookupRatio(id); !ok && id != "" {
				return nil, fmt.Errorf("data/asks.yaml: no ratio %q", id)
			}
		}
		if b.ratios[r.ID].ID != "" || len(r.Asks) == 0 {
			return nil, fmt.Errorf("data/asks.yaml: ratio %q: given twice or never asked for", r.ID)
		}
		b.ratios[r.ID] = r
	}
	return b, nil
})

// lineOf is the indicator that a column or a formula's term names, whatever the statement.
func (b *book) lineOf(name string) (string, bool) {
	if id, ok := b.asks.Names[name]; ok {
		return id, true
	}
	for _, s := range []finance.Statement{finance.BalanceSheet, finance.IncomeStatement, finance.CashFlow} {
		if id, ok := finance.Lookup(s, name); ok {
			return id, true
		}
	}
	return "", false
}

// asked finds the ratio that a question wants and to how many decimals; "" and 0 when it does not say.
func (b *book) asked(question string) (ratio string, digits int32) {
	q := strings.Join(strings.Fields(question), "")
	most := 0
	for _, r := range b.asks.Ratios {
		for _, phrase := range r.Asks {
			words := strings.Fields(phrase)
			if n := len([]rune(strings.Join(words, ""))); n > most && inOrder(q, words) {
				ratio, most = r.ID, n
			}
		}
	}
	for _, d := range b.asks.Digits {
		for _, s := range d.Says {
			if strings.Contains(q, s) {
				return ratio, d.Digits
			}
		}
	}
	return ratio, 0
}

func inOrder(text string, words []string) bool {
	for _, w := range words {
		i := strings.Index(text, w)
		if i < 0 {
			return false
		}
		text = text[i+len(w):]
	}
	return true
}

package chunk

import (
	_ "embed"
	"fmt"
	"os"
	"sync"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/datafile"
)

// Options of cutting. The zero value takes the embedded configuration; both limits hold, in runes and in tokens.
type Options struct {
	Runes      int              // aimed at
	Tokens     int              // aimed at
	HardRunes  int              // of any chunk; default: as many times Runes as in the configuration
	HardTokens int              // of any chunk
	Count      func(string) int // tokens of a text for the model in use; nil: Tokens, an estimate. Asked for each sentence
	Config     *Config          // nil: the embedded one
}

// Config is the configuration file: sizes, and the words by which structure is recognised.
type Config struct {
	Owner string `yaml:"owner"` // who answers for the values
	Date  string `yaml:"date"`  // since when
	Why   string `yaml:"why"`
	Sizes Sizes  `yaml:"sizes"`
	Words Words  `yaml:"words"`

	PeriodFields []PeriodField `yaml:"period_fields"` // read in this order for a document's own period
	Examples     []Example     `yaml:"examples"`
}

// Sizes are numbers of runes, and of tokens as Tokens estimates them.
type Sizes struct {
	Runes   int `yaml:"runes"`   // aimed at
	Tokens  int `yaml:"tokens"`  // aimed at
	Hard    int `yaml:"hard"`    // no chunk exceeds so many times the two
	Clause  int `yaml:"clause"`  // a clause stays whole up to so many times the two
	Context int `yaml:"context"` // runes of context beside a chunk at most
}

// Words tell structure. All are compared with blanks dropped.
type Words struct {
	Header     []string `yaml:"header"`      // a column's name contains one
	Statement  []string `yaml:"statement"`   // a financial statement's title contains one
	Notes      []string `yaml:"notes"`       // the heading above notes to statements contains one
	Closing    []string `yaml:"closing"`     // a line that ends the last clause begins with one
	Name       []string `yaml:"name"`        // the name of a company or an office ends with one
	Mention    []string `yaml:"mention"`     // behind 第X条: the clause is only spoken of
	Holder     []string `yaml:"holder"`      // a line that says whose account or statement it is contains one
	Empty      []string `yaml:"empty"`       // lines that answer a heading with nothing
	DateColumn []string `yaml:"date_column"` // the name of a column with the day of each row
	Unit       []string `yaml:"unit"`        // a line that declares a table's unit contains one
}

// PeriodField names fields of a document that tell its period: From and To its ends, or To and the number of months.
type PeriodField struct {
	From   string `yaml:"from"`
	To     string `yaml:"to"`
	Months string `yaml:"months"`
}

//go:embed chunk.yaml
var embedded []byte

const embeddedName = "retrieval/chunk/chunk.yaml"

var standard = sync.OnceValues(func() (*Config, error) { return decode(embeddedName, embedded) })

// Load reads a configuration file that stands in for the embedded one.
func Load(path string) (*Config, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, &dossier.Error{Kind: dossier.ErrNotFound, File: path, Msg: "没有这个切分配置文件，请检查路径"}
	}
	c, err := decode(path, data)
	if err != nil {
		return nil, &dossier.Error{Kind: dossier.ErrInput, File: path, Msg: "切分配置有误：" + err.Error()}
	}
	return c, nil
}

func decode(name string, data []byte) (*Config, error) {
	c := &Config{}
	if err := datafile.Decode(name, data, c); err != nil {
		return nil, err
	}
	if err := c.check(name); err != nil {
		return nil, err
	}
	return c, nil
}

func (c *Config) check(name string) error {
	if c.Owner == "" {
		return fmt.Errorf("%s: owner is missing", name)
	}
	if d, err := dossier.ParseDate(c.Date); err != nil || !d.Valid() {
		return fmt.Errorf("%s: date %q: want YYYY-MM-DD", name, c.Date)
	}
	s := c.Sizes
	for _, v := range []struct {
		key      string
		n, least int
		most     int
	}{{"runes", s.Runes, 20, 100_000}, {"tokens", s.Tokens, 20, 100_000}, {"hard", s.Hard, 2, 100}, {"clause", s.Clause, 1, s.Hard}, {"context", s.Context, 0, 10_000}} {
		if v.n < v.least || v.n > v.most {
			return fmt.Errorf("%s: sizes.%s is %d: want %d to %d", name, v.key, v.n, v.least, v.most)
		}
	}
	return nil
}

func (o Options) filled() Options {
	if o.Config == nil {
		c, err := standard()
		if err != nil {
			panic(err) // the embedded file is part of the program; its test and `xindiao lint` read it
		}
		o.Config = c
	}
	s := o.Config.Sizes
	def(&o.Runes, s.Runes)
	def(&o.Tokens, s.Tokens)
	def(&o.HardRunes, o.Runes*s.Hard)
	def(&o.HardTokens, o.Tokens*s.Hard)
	o.Runes, o.Tokens = min(o.Runes, o.HardRunes), min(o.Tokens, o.HardTokens)
	return o
}

func def(p *int, n int) {
	if *p <= 0 {
		*p = n
	}
}

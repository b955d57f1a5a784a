package finance

import (
	"embed"
	"fmt"
	"strings"
	"sync"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/datafile"
)

//go:embed forms/*.yaml
var formsFS embed.FS

// foreign is a kind of statement that is no enterprise's: recognised to be refused, not read.
type foreign struct {
	ID    string   `yaml:"id"`
	Name  string   `yaml:"name"`
	Cues  []string `yaml:"cues"`  // words that its forms print
	Never []string `yaml:"never"` // words of an enterprise's form that rule it out
	Least int      `yaml:"least"` // cues needed
	Needs string   `yaml:"needs"` // what to do instead, for the user
}

type foreignFile struct {
	Source   string    `yaml:"source"`
	Forms    []foreign `yaml:"forms"`
	Examples []struct {
		Text string `yaml:"text"`
		Form string `yaml:"form"` // "" for an enterprise's statements
	} `yaml:"examples"`
}

var loadForeign = sync.OnceValues(func() (foreignFile, error) {
	files, err := datafile.Load[foreignFile](formsFS, "forms")
	if err != nil {
		return foreignFile{}, err
	}
	f := files["foreign"]
	for _, o := range f.Forms {
		if o.Least < 2 || o.Least > len(o.Cues) || o.Name == "" || o.Needs == "" {
			return f, fmt.Errorf("forms/foreign.yaml: %s: name, needs and 2 to %d least cues are required", o.ID, len(o.Cues))
		}
	}
	if len(f.Forms) == 0 || len(f.Examples) == 0 {
		return f, fmt.Errorf("forms/foreign.yaml: forms and examples are required")
	}
	return f, nil
})

// foreignText bounds what is searched for cues, in bytes.
const foreignText = 2 << 20

// foreignForm finds the kind of organisation whose statements the document holds when that is no enterprise.
func foreignForm(d *dossier.Document) (foreign, bool) {
	var b strings.Builder
	for _, p := range d.Pages {
		b.WriteString(p.Text)
		for _, t := range p.Tables {
			for i := 0; p.Text == "" && i < len(t.Rows) && b.Len() < foreignText; i++ {
				b.WriteString(rowKey(t.Rows[i]))
				b.WriteByte('\n')
			}
		}
		if b.Len() > foreignText {
			break
		}
	}
	return foreignWords(squeeze(b.String()))
}

func foreignWords(text string) (best foreign, ok bool) {
	f, err := loadForeign()
	if err != nil {
		panic(err)
	}
	most := 0
	for _, o := range f.Forms {
		n := 0
		for _, w := range o.Cues {
			if strings.Contains(text, w) {
				n++
			}
		}
		for _, w := range o.Never {
			if strings.Contains(text, w) {
				n = 0
			}
		}
		if n >= o.Least && n > most {
			best, most, ok = o, n, true
		}
	}
	return best, ok
}

func (f foreign) message(file string) string {
	return fmt.Sprintf("《%s》是%s，不是企业财务报表，没有读取：%s", file, f.Name, f.Needs)
}

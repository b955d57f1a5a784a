package finance

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"github.com/xindiao/xindiao/internal/datafile"
)

//go:embed causes/*.yaml
var causesFS embed.FS

type causeFile struct {
	Source  string `yaml:"source"`
	Classes []struct {
		ID   CauseClass `yaml:"id"`
		Name string     `yaml:"name"`
	} `yaml:"classes"`
	Lookalikes []string `yaml:"lookalikes"`
	Powers     []int    `yaml:"powers"`
	Examples   []struct {
		From  string     `yaml:"from"`
		To    string     `yaml:"to"`
		Class CauseClass `yaml:"class"` // unknown: no slip leads from one to the other
	} `yaml:"examples"`
}

type causeBook struct {
	file  causeFile
	order []CauseClass
	name  map[CauseClass]string
	rank  map[CauseClass]int
	alike [10][10]bool
}

var causeClasses = []CauseClass{CauseRounding, CausePaper, CauseRestated, CauseUnit, CauseSign, CauseSwapped, CauseScope, CauseDouble,
	CauseMissing, CauseTransposed, CauseDigit, CauseDigitCount, CauseWrong, CauseOffset, CauseTwo, CauseUnknown}

var loadCauses = sync.OnceValues(func() (*causeBook, error) { return newCauses(causesFS, "causes") })

func theCauses() *causeBook {
	b, err := loadCauses()
	if err != nil {
		panic(err) // lint and the tests keep that from happening
	}
	return b
}

func newCauses(fsys fs.FS, dir string) (*causeBook, error) {
	files, err := datafile.Load[causeFile](fsys, dir)
	if err != nil {
		return nil, err
	}
	f, ok := files["causes"]
	if !ok || len(files) != 1 {
		return nil, fmt.Errorf("%s: want causes.yaml alone", dir)
	}
	b := &causeBook{file: f, name: map[CauseClass]string{}, rank: map[CauseClass]int{}}
	for i, c := range f.Classes {
		if b.name[c.ID] != "" || c.Name == "" {
			return nil, fmt.Errorf("%s/causes.yaml: class %q: given twice or without a name", dir, c.ID)
		}
		b.name[c.ID], b.rank[c.ID] = c.Name, i
		b.order = append(b.order, c.ID)
	}
	for _, c := range causeClasses {
		if b.name[c] == "" {
			return nil, fmt.Errorf("%s/causes.yaml: class %q is missing", dir, c)
		}
	}
	if len(b.order) != len(causeClasses) {
		return nil, fmt.Errorf("%s/causes.yaml: a class that the program does not know", dir)
	}
	for _, p := range f.Lookalikes {
		if len(p) != 2 || strings.Trim(p, "0123456789") != "" || p[0] == p[1] {
			return nil, fmt.Errorf("%s/causes.yaml: look-alike %q: want two digits", dir, p)
		}
		x, y := p[0]-'0', p[1]-'0'
		b.alike[x][y], b.alike[y][x] = true, true
	}
	for _, k := range f.Powers {
		if k < 1 || k > 8 {
			return nil, fmt.Errorf("%s/causes.yaml: power %d", dir, k)
		}
	}
	if f.Source == "" || len(f.Powers) == 0 || len(f.Examples) == 0 {
		return nil, fmt.Errorf("%s/causes.yaml: source, powers and examples are required", dir)
	}
	return b, nil
}

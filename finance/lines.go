package finance

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/xindiao/xindiao/internal/datafile"
)

//go:embed lines/*.yaml
var linesFS embed.FS

// Statement is one of the three main statements.
type Statement string

// Statements.
const (
	BalanceSheet    Statement = "BS"
	IncomeStatement Statement = "IS"
	CashFlow        Statement = "CF"
)

// Chinese prints 资产负债表, 利润表, 现金流量表.
func (s Statement) Chinese() string {
	switch s {
	case BalanceSheet:
		return "资产负债表"
	case IncomeStatement:
		return "利润表"
	case CashFlow:
		return "现金流量表"
	}
	return string(s)
}

// Accounting standards that lines/ holds.
const (
	CAS2019   = "cas2019"   // 企业会计准则, general format of 2019
	Small2013 = "small2013" // 小企业会计准则
)

// Line is one standard row of a statement.
type Line struct {
	ID      string   `yaml:"id"`
	Name    string   `yaml:"name"`    // as the standard prints it
	Kind    string   `yaml:"kind"`    // item, of_which (not added into totals), subtotal, total
	Aliases []string `yaml:"aliases"` // other names seen in practice
	Formula string   `yaml:"formula"` // over ids of the same statement
	Sign    string   `yaml:"sign"`    // subtracted: printed positive; loss_negative: printed with its sign
	Note    string   `yaml:"note"`
	// StandsFor is the line that this one counts for where that is not printed: 营业总收入 for 营业收入.
	StandsFor string `yaml:"stands_for"`
	PerShare  bool   `yaml:"per_share"` // in 元 a share, whatever the table's unit

	Standard  string    `yaml:"-"`
	Statement Statement `yaml:"-"`
}

type lineFile struct {
	Standard  string    `yaml:"standard"`
	Statement Statement `yaml:"statement"`
	Source    string    `yaml:"source"`
	Items     []Line    `yaml:"items"`
	Examples  []struct {
		Text string `yaml:"text"`
		ID   string `yaml:"id"` // "" when the text is no line of the statement
	} `yaml:"examples"`
}

type chart struct {
	byName   map[Statement]map[string]lineHit // normalised name
	lines    map[string]map[string]*Line      // standard -> id
	order    map[string]int                   // id -> rank for stable output
	display  map[string]string                // id -> Chinese name
	stmt     map[string]Statement             // id -> statement
	perShare map[string]bool                  // id -> in 元 a share
	examples []lineFile
}

type lineHit struct {
	id    string
	exact bool // by the standard's own name, not by an alias
}

var loadChart = sync.OnceValues(func() (*chart, error) { return newChart(linesFS, "lines") })

// theChart panics when the embedded data is broken; lint and the tests keep that from happening.
func theChart() *chart {
	c, err := loadChart()
	if err != nil {
		panic(err)
	}
	return c
}

func newChart(fsys fs.FS, dir string) (*chart, error) {
	files, err := datafile.Load[lineFile](fsys, dir)
	if err != nil {
		return nil, err
	}
	names := make([]string, 0, len(files))
	for n := range files {
		names = append(names, n)
	}
	sort.Strings(names) // cas2019 before small2013
	c := &chart{byName: map[Statement]map[string]lineHit{}, lines: map[string]map[string]*Line{},
		order: map[string]int{}, display: map[string]string{}, stmt: map[string]Statement{}, perShare: map[string]bool{}}
	for _, n := range names {
		f := files[n]
		if len(f.Items) == 0 || len(f.Examples) == 0 {
			return nil, fmt.Errorf("%s/%s.yaml: items and examples are required", dir, n)
		}
		if err := c.add(f); err != nil {
			return nil, fmt.Errorf("%s/%s.yaml: %w", dir, n, err)
		}
	}
	for _, n := range names {
		if err := c.formulas(files[n]); err != nil {
			return nil, fmt.Errorf("%s/%s.yaml: %w", dir, n, err)
		}
	}
	return c, nil
}

func (c *chart) add(f lineFile) error {
	if !slices.Contains([]Statement{BalanceSheet, IncomeStatement, CashFlow}, f.Statement) {
		return fmt.Errorf("unknown statement %q", f.Statement)
	}
	if c.lines[f.Standard] == nil {
		c.lines[f.Standard] = map[string]*Line{}
	}
	if c.byName[f.Statement] == nil {
		c.byName[f.Statement] = map[string]lineHit{}
	}
	for i := range f.Items {
		l := &f.Items[i]
		l.Standard, l.Statement = f.Standard, f.Statement
		if !slices.Contains([]string{"item", "of_which", "subtotal", "total"}, l.Kind) {
			return fmt.Errorf("%s: unknown kind %q", l.ID, l.Kind)
		}
		if !slices.Contains([]string{"", "subtracted", "loss_negative"}, l.Sign) {
			return fmt.Errorf("%s: unknown sign %q", l.ID, l.Sign)
		}
		if c.lines[f.Standard][l.ID] != nil {
			return fmt.Errorf("%s: given twice", l.ID)
		}
		c.lines[f.Standard][l.ID] = l
		if _, ok := c.order[l.ID]; !ok {
			c.order[l.ID] = len(c.order)
			c.display[l.ID], c.stmt[l.ID] = displayName(l.Name), f.Statement
			c.perShare[l.ID] = l.PerShare
		}
	}
	for pass := range 2 { // names first, so that no alias hides another line's own name
		for i := range f.Items {
			l := &f.Items[i]
			keys := []string{l.Name}
			if pass == 1 {
				keys = l.Aliases
			}
			for _, k := range keys {
				k = normalName(k)
				if _, taken := c.byName[f.Statement][k]; !taken && k != "" {
					c.byName[f.Statement][k] = lineHit{l.ID, pass == 0}
				}
			}
		}
	}
	c.examples = append(c.examples, f)
	return nil
}

// formulas checks what the lines of a file add up; they may name lines of the standard's other files.
func (c *chart) formulas(f lineFile) error {
	for _, l := range f.Items {
		if l.Formula == "" {
			continue
		}
		e, err := parseExpr(l.Formula)
		if err != nil {
			return fmt.Errorf("%s: %w", l.ID, err)
		}
		for _, id := range e.idents() {
			if o := c.lines[f.Standard][id]; o == nil || o.Statement != f.Statement {
				return fmt.Errorf("%s: formula names unknown %q", l.ID, id)
			}
		}
	}
	for _, l := range f.Items {
		if l.StandsFor != "" && c.lines[f.Standard][l.StandsFor] == nil {
			return fmt.Errorf("%s: stands_for names unknown %q", l.ID, l.StandsFor)
		}
	}
	return nil
}

func (c *chart) lookup(s Statement, text string) (lineHit, bool) {
	h, ok := c.byName[s][normalName(text)]
	return h, ok
}

// fuzzy finds the only line whose name has the same length and differs in one character.
func (c *chart) fuzzy(s Statement, text string) (lineHit, bool) {
	want := []rune(normalName(text))
	if len(want) < 4 || len(want) > 40 {
		return lineHit{}, false
	}
	var hit lineHit
	for k, h := range c.byName[s] {
		r := []rune(k)
		if len(r) != len(want) {
			continue
		}
		miss := 0
		for i := range r {
			if r[i] != want[i] {
				miss++
			}
		}
		if miss > 1 || hit.id == h.id {
			continue
		}
		if hit.id != "" {
			return lineHit{}, false
		}
		hit = lineHit{id: h.id}
	}
	return hit, hit.id != ""
}

// Lookup finds the line that text names in statement s, whatever its numbering, marks and remarks.
func Lookup(s Statement, text string) (id string, ok bool) {
	h, ok := theChart().lookup(s, text)
	return h.id, ok
}

// NameOf returns the Chinese name of a line item or ratio, the id itself when unknown.
func NameOf(id string) string {
	if n, ok := theChart().display[id]; ok {
		return n
	}
	if r := ratioByID(id); r != nil {
		return r.Name
	}
	if in := inputByID(id); in != nil {
		return in.Name
	}
	if n, ok := otherNames[id]; ok {
		return n
	}
	if n := crossName(id); n != "" {
		return n
	}
	if n := repayName(id); n != "" {
		return n
	}
	for suffix, kind := range map[string]string{"_wechat": "微信", "_alipay": "支付宝"} {
		if base, ok := strings.CutSuffix(id, suffix); ok && otherNames[base] != "" {
			return kind + platformName(base)
		}
	}
	return id
}

// StatementOf tells which statement a line item belongs to, "" for anything else.
func StatementOf(id string) Statement { return theChart().stmt[id] }

func displayName(name string) string {
	name = stripLead(name)
	return strings.TrimSpace(name)
}

package finance

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"sort"
	"strings"
	"sync"

	"github.com/xindiao/xindiao/internal/datafile"
)

//go:embed flows/*.yaml
var flowsFS embed.FS

// columnFile is flows/columns.yaml: how statements name their columns, flags, side rows and labels.
type columnFile struct {
	Source  string `yaml:"source"`
	Columns []struct {
		Role  string   `yaml:"role"`
		Match []string `yaml:"match"`
	} `yaml:"columns"`
	FlagIn   []string            `yaml:"flag_in"`
	FlagOut  []string            `yaml:"flag_out"`
	FlagNone []string            `yaml:"flag_none"`
	Dead     []string            `yaml:"dead"`
	Carry    []string            `yaml:"carry"`
	Totals   []string            `yaml:"totals"`
	Footer   []string            `yaml:"footer"`
	Currency map[string][]string `yaml:"currency"`
	Labels   map[string][]string `yaml:"labels"`
	Examples []columnExample     `yaml:"examples"`
}

type columnExample struct {
	Name   string         `yaml:"name"`
	Header []string       `yaml:"header"`
	Roles  map[string]int `yaml:"roles"` // the first column of each role; empty: no header of a flow
}

// flowWords is columns.yaml made ready.
type flowWords struct {
	columns []struct {
		role string
		re   *regexp.Regexp
	}
	in, out, none, carry, totals, footer *regexp.Regexp
	dead                                 []string
	currency                             map[string]string // name -> code
	label                                map[string]*regexp.Regexp
	examples                             []columnExample
}

const moneyAt = `[:：]?\s*(?:人民币|RMB|¥|￥)?\s*([-\d,]+(?:\.\d+)?)`

var loadFlowWords = sync.OnceValues(func() (*flowWords, error) { return newFlowWords(flowsFS, "flows/columns.yaml") })

// words panics when the embedded data is broken; lint and the tests keep that from happening.
func words() *flowWords {
	w, err := loadFlowWords()
	if err != nil {
		panic(err)
	}
	return w
}

func decodeFile[T any](fsys fs.FS, name string) (v T, err error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return v, err
	}
	return v, datafile.Decode(name, data, &v)
}

func newFlowWords(fsys fs.FS, name string) (*flowWords, error) {
	f, err := decodeFile[columnFile](fsys, name)
	if err != nil {
		return nil, err
	}
	if f.Source == "" || len(f.Columns) == 0 || len(f.Examples) == 0 {
		return nil, fmt.Errorf("%s: source, columns and examples are required", name)
	}
	var errs []error
	compile := func(what, open string, list []string, end string) *regexp.Regexp {
		if len(list) == 0 {
			errs = append(errs, fmt.Errorf("%s: %s is empty", name, what))
			return nil
		}
		re, err := regexp.Compile(open + strings.Join(list, "|") + end)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %s: %w", name, what, err))
		}
		return re
	}
	w := &flowWords{dead: f.Dead, currency: map[string]string{}, label: map[string]*regexp.Regexp{}, examples: f.Examples}
	for _, c := range f.Columns {
		if c.Role != "skip" && new(flowCols).slot(c.Role) == nil && c.Role != "summary" {
			errs = append(errs, fmt.Errorf("%s: columns: unknown role %q", name, c.Role))
		}
		w.columns = append(w.columns, struct {
			role string
			re   *regexp.Regexp
		}{c.Role, compile("columns."+c.Role, "", c.Match, "")})
	}
	w.in, w.out = compile("flag_in", "", f.FlagIn, ""), compile("flag_out", "", f.FlagOut, "")
	w.none, w.carry = compile("flag_none", "", f.FlagNone, ""), compile("carry", "", f.Carry, "")
	w.totals, w.footer = compile("totals", "", f.Totals, ""), compile("footer", "", f.Footer, "")
	for code, names := range f.Currency {
		for _, n := range names {
			if o := w.currency[n]; o != "" {
				errs = append(errs, fmt.Errorf("%s: currency %q is both %s and %s", name, n, o, code))
			}
			w.currency[n] = code
		}
	}
	ends := map[string]string{"owner": `)[:：]\s*\[?([^\[\]:：\s,，]{2,40})`, "account": `)[:：]\s*\[?([0-9*]{6,32})`, "opening": `)` + moneyAt, "closing": `)` + moneyAt,
		"in_total": `)` + moneyAt, "out_total": `)` + moneyAt, "currency": `)[:：]\s*\[?([\p{Han}A-Z]{2,8})`}
	for _, k := range sortedKeys(ends) {
		open := "(?:"
		if k == "account" || k == "owner" { // 对方账号 is another's
			open = `(?:^|[^\p{Han}]|本方|我方|查询|银行|客户|单位|存款|结算|活期|开户|企业|基本|一般|交易)(?:`
		}
		w.label[k] = compile("labels."+k, open, f.Labels[k], ends[k])
	}
	for k := range f.Labels {
		if ends[k] == "" {
			errs = append(errs, fmt.Errorf("%s: labels: unknown %q", name, k))
		}
	}
	return w, errors.Join(errs...)
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

// check reads the examples: every header must give the roles that the file says.
func (w *flowWords) check() []error {
	var errs []error
	for _, ex := range w.examples {
		c := newFlowCols()
		c.read(ex.Header, w)
		if c.ok() != (len(ex.Roles) > 0) {
			errs = append(errs, fmt.Errorf("flows/columns.yaml: example %s: header of a flow is %v", ex.Name, c.ok()))
			continue
		}
		for _, role := range sortedKeys(ex.Roles) {
			got := -1
			if role == "summary" && len(c.summary) > 0 {
				got = c.summary[0]
			} else if p := c.slot(role); p != nil {
				got = *p
			}
			if got != ex.Roles[role] {
				errs = append(errs, fmt.Errorf("flows/columns.yaml: example %s: %s is column %d, want %d", ex.Name, role, got, ex.Roles[role]))
			}
		}
	}
	return errs
}

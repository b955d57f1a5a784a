package finance

import (
	"embed"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/datafile"
)

//go:embed articulation/*.yaml
var articulationFS embed.FS

// Check is one articulation check (A1 to A19 of the checklist, some in parts) as data.
type Check struct {
	ID   string `yaml:"id"`
	Name string `yaml:"name"`
	// Method: sums (formulas of the statements' lines), equal (one figure in several papers), formula, scopes,
	// only_consolidated, copies, audit.
	Method string   `yaml:"method"`
	Lines  []string `yaml:"lines"` // that sums, scopes and only_consolidated look at; * for every other total

	Period    string        `yaml:"period"`    // balance, flow (from January), year
	Scope     dossier.Scope `yaml:"scope"`     // "" for either
	Standards []string      `yaml:"standards"` // whose statements have the lines; empty for all
	Left      string        `yaml:"left"`
	LeftName  string        `yaml:"left_name"`
	Right     string        `yaml:"right"`
	RightName string        `yaml:"right_name"`
	Relation  string        `yaml:"relation"` // equal, at_most, at_least, between (low ≤ left ≤ right)
	Low       string        `yaml:"low"`
	LowName   string        `yaml:"low_name"`
	Unit      dossier.Unit  `yaml:"unit"`   // of both sides, 元 unless told
	Annual    bool          `yaml:"annual"` // left is scaled to twelve months
	Needs     []string      `yaml:"needs"`  // lines that must be printed: nothing stands for none
	When      []Condition   `yaml:"when"`   // else the check passes, as it does not apply
	Tries     []Try         `yaml:"tries"`  // what is likely wrong when it fails
	Tolerance CheckLimit    `yaml:"tolerance"`
	Copies    []PaperCopy   `yaml:"copies"`
	Audit     *AuditCheck   `yaml:"audit"`

	Fails    CheckOutcome   `yaml:"fails"` // break or flag
	Kind     string         `yaml:"kind"`  // of the issue that a failure makes; "" for a line of the table only
	Basis    string         `yaml:"basis"`
	Explains []string       `yaml:"explains"` // what explains a gap
	Owner    string         `yaml:"owner"`    // who answers for a tolerance that arithmetic does not give
	Since    string         `yaml:"since"`
	Examples []CheckExample `yaml:"examples"`

	left, right, low, of *expr
	rank                 int
}

// Condition is met when left is above a number.
type Condition struct {
	Left  string `yaml:"left"`
	Above string `yaml:"above"`
	Says  string `yaml:"says"` // when it is not met

	expr  *expr
	above dossier.Decimal
}

// Try is a usual mistake: when Left (the check's own when empty) equals Right, Says tells what was done.
type Try struct {
	Left  string `yaml:"left"`
	Right string `yaml:"right"`
	Says  string `yaml:"says"`

	left, right *expr
}

// CheckLimit is a tolerance beyond the rounding of the printed amounts: absolute in 元, or a share of Of.
type CheckLimit struct {
	Absolute string `yaml:"absolute"`
	Relative string `yaml:"relative"`
	Of       string `yaml:"of"` // a formula, or right
}

// PaperCopy is a kind of paper that repeats figures of the statements.
type PaperCopy struct {
	Types  []string          `yaml:"types"`
	Name   string            `yaml:"name"`
	Year   []string          `yaml:"year"`   // fields that tell the year
	Fields map[string]string `yaml:"fields"` // field -> line
}

// AuditCheck lists what an audit report must show.
type AuditCheck struct {
	Types  []string     `yaml:"types"`
	Fields []AuditField `yaml:"fields"`
	Words  []AuditWord  `yaml:"words"`
}

// AuditField is one element of an audit report.
type AuditField struct {
	Key      string `yaml:"key"`
	Name     string `yaml:"name"`
	Rows     int    `yaml:"rows"`     // of a list
	Good     string `yaml:"good"`     // pattern of values that need no word
	Optional bool   `yaml:"optional"` // its absence is told and does not fail

	good *regexp.Regexp
}

// AuditWord is a paragraph whose presence must be told.
type AuditWord struct {
	Pattern string `yaml:"pattern"`
	Says    string `yaml:"says"`

	re *regexp.Regexp
}

// CheckExample gives amounts by line, as RatioExample does. ZeroRest prints every other line of the formulas as zero.
type CheckExample struct {
	Given    map[string]string `yaml:"given"`
	Opening  map[string]string `yaml:"opening"`
	Prior    map[string]string `yaml:"prior"`
	Months   int               `yaml:"months"` // 12 unless told
	ZeroRest bool              `yaml:"zero_rest"`
	Want     CheckOutcome      `yaml:"want"`
	Says     string            `yaml:"says"` // part of the reason
}

type checkFile struct {
	Source string  `yaml:"source"`
	Checks []Check `yaml:"checks"`
}

var loadChecks = sync.OnceValues(func() ([]*Check, error) { return newChecks(articulationFS, "articulation") })

func theChecks() []*Check {
	c, err := loadChecks()
	if err != nil {
		panic(err) // lint and the tests keep that from happening
	}
	return c
}

// Checks returns every articulation check in the order of the checklist.
func Checks() []Check {
	out := make([]Check, 0, len(theChecks()))
	for _, c := range theChecks() {
		out = append(out, *c)
	}
	return out
}

func newChecks(fsys fs.FS, dir string) ([]*Check, error) {
	files, err := datafile.Load[checkFile](fsys, dir)
	if err != nil {
		return nil, err
	}
	names := make([]string, 0, len(files))
	for n := range files {
		names = append(names, n)
	}
	sort.Strings(names)
	var out []*Check
	seen := map[string]bool{}
	for _, n := range names {
		f := files[n]
		if f.Source == "" || len(f.Checks) == 0 {
			return nil, fmt.Errorf("%s/%s.yaml: source and checks are required", dir, n)
		}
		for i := range f.Checks {
			c := &f.Checks[i]
			if seen[c.ID] {
				return nil, fmt.Errorf("%s/%s.yaml: %s is given twice", dir, n, c.ID)
			}
			seen[c.ID] = true
			if err := c.compile(); err != nil {
				return nil, fmt.Errorf("%s/%s.yaml: %s: %w", dir, n, c.ID, err)
			}
			out = append(out, c)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].rank < out[j].rank })
	return out, nil
}

var checkID = regexp.MustCompile(`^A([1-9]|1\d)([a-z]?)$`)

func (c *Check) compile() error {
	m := checkID.FindStringSubmatch(c.ID)
	switch {
	case m == nil:
		return fmt.Errorf("want an id such as A4 or A4b")
	case c.Name == "" || c.Basis == "" || len(c.Explains) == 0:
		return fmt.Errorf("name, basis and explains are required")
	case c.Fails != CheckBreak && c.Fails != CheckFlag:
		return fmt.Errorf("fails: want break or flag")
	case c.Kind != "" && !KnownIssue(c.Kind):
		return fmt.Errorf("unknown kind %q", c.Kind)
	case (c.Owner == "") != (c.Since == ""):
		return fmt.Errorf("owner and since go together")
	}
	c.rank = atoi(m[1]) * 32
	if m[2] != "" {
		c.rank += int(m[2][0]-'a') + 1
	}
	if c.Since != "" {
		if _, err := dossier.ParseDate(c.Since); err != nil {
			return fmt.Errorf("since: %w", err)
		}
	}
	for _, id := range slices.Concat(c.Lines, c.Needs) {
		if id != "*" && StatementOf(id) == "" {
			return fmt.Errorf("unknown line %q", id)
		}
	}
	switch c.Method {
	case "sums", "scopes", "only_consolidated":
		if len(c.Lines) == 0 {
			return fmt.Errorf("lines are required")
		}
	case "equal":
	case "formula":
		return c.compileFormula()
	case "copies":
		return c.compileCopies()
	case "audit":
		return c.compileAudit()
	default:
		return fmt.Errorf("unknown method %q", c.Method)
	}
	return nil
}

func (c *Check) compileFormula() error {
	switch {
	case !slices.Contains([]string{"balance", "flow", "year"}, c.Period):
		return fmt.Errorf("unknown period %q", c.Period)
	case !slices.Contains([]string{"equal", "at_most", "at_least", "between"}, c.Relation):
		return fmt.Errorf("unknown relation %q", c.Relation)
	case (c.Relation == "between") != (c.Low != ""):
		return fmt.Errorf("low goes with between")
	case c.Tolerance.Relative != "" && (c.Tolerance.Of == "" || c.Owner == "") && c.Tolerance.Of != "right":
		return fmt.Errorf("a relative tolerance needs of, owner and since")
	case len(c.Examples) < 2:
		return fmt.Errorf("at least two examples")
	}
	if c.Unit == "" {
		c.Unit = dossier.Yuan
	}
	for _, f := range []struct {
		text string
		to   **expr
	}{{c.Left, &c.left}, {c.Right, &c.right}, {c.Low, &c.low}, {strings.TrimPrefix(c.Tolerance.Of, "right"), &c.of}} {
		if err := checkExpr(f.text, f.to); err != nil {
			return err
		}
	}
	if c.left == nil || c.right == nil {
		return fmt.Errorf("left and right are required")
	}
	for i := range c.When {
		w := &c.When[i]
		if err := checkExpr(w.Left, &w.expr); err != nil {
			return err
		}
		var err error
		if w.above, err = parseDecimal(w.Above); err != nil || w.expr == nil || w.Says == "" {
			return fmt.Errorf("when: left, above and says are required")
		}
	}
	for i := range c.Tries {
		t := &c.Tries[i]
		if err := checkExpr(t.Left, &t.left); err != nil {
			return err
		}
		if err := checkExpr(t.Right, &t.right); err != nil {
			return err
		}
		if t.right == nil || t.Says == "" {
			return fmt.Errorf("tries: right and says are required")
		}
	}
	for _, n := range []string{c.Tolerance.Absolute, c.Tolerance.Relative} {
		if d, err := parseDecimal(n); n != "" && (err != nil || d.IsNegative()) {
			return fmt.Errorf("tolerance %q", n)
		}
	}
	return nil
}

package filings

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/finance"
)

// question is one labelled question; Prompt holds what the answer was made of.
type question struct {
	ID       int               `json:"id"`
	Type     string            `json:"type"`
	Question string            `json:"question"`
	Prompt   map[string]string `json:"prompt"`
	Answer   []string          `json:"answer"`
}

const maxLine = 1 << 20 // bytes of one question

// questions reads questions-A.jsonl one at a time.
func questions(dir string, each func(question) error) error {
	path := filepath.Join(dir, "questions-A.jsonl")
	f, err := os.Open(path)
	if err != nil {
		return &dossier.Error{Kind: dossier.ErrNotFound, File: path, Msg: "没有问题集", Cause: err}
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	sc.Buffer(make([]byte, 64<<10), maxLine)
	for n := 1; sc.Scan(); n++ {
		var q question
		if err := json.Unmarshal(sc.Bytes(), &q); err != nil {
			return &dossier.Error{Kind: dossier.ErrInput, File: path, Msg: fmt.Sprintf("第%d行不是问题", n), Cause: err}
		}
		if err := each(q); err != nil {
			return err
		}
	}
	return sc.Err()
}

func (q question) year() int {
	y, _ := strconv.Atoi(q.Prompt["year"])
	return y
}

// wording is the question without the company's names, which may hold any word.
func (q question) wording() string {
	s := q.Question
	for _, k := range []string{"ent_name", "ent_short_name"} {
		if n := q.Prompt[k]; n != "" {
			s = strings.ReplaceAll(s, n, "")
		}
	}
	return s
}

// unanswerable marks questions to which the labelled answer is that nothing is known.
func (q question) unanswerable() bool { return strings.Contains(q.Prompt["key_word"], "|") }

// operand is one amount that an answer quotes.
type operand struct {
	name   string
	id     string
	period dossier.Period
	value  string // as quoted, without its unit; "" when the answer has none
	unit   dossier.Unit
}

const lastYear = "上年"

// term resolves a formula's term: the line, and the day or span that it refers to.
func (b *book) term(name string, year int) (o operand, ok bool) {
	o.name = name
	base, prior := strings.CutPrefix(name, lastYear)
	if prior {
		year--
	}
	o.id, ok = b.lineOf(base)
	o.period = period(finance.StatementOf(o.id), year)
	return o, ok
}

// terms splits a formula into its names and what stands between them.
func terms(formula string) (parts []string, isName []bool) {
	isOp := func(r rune) bool { return strings.ContainsRune("+-*/()（） ", r) }
	for formula != "" {
		i := strings.IndexFunc(formula, isOp)
		switch {
		case i < 0:
			return append(parts, formula), append(isName, true)
		case i > 0:
			parts, isName = append(parts, formula[:i]), append(isName, true)
		}
		r := []rune(formula[i:])[0]
		parts, isName = append(parts, string(r)), append(isName, false)
		formula = formula[i+len(string(r)):]
	}
	return parts, isName
}

// formula translates a labelled formula into ours, without blanks, and lists its operands.
func (b *book) formula(q question) (expr string, ops []operand, ok bool) {
	_, right, found := strings.Cut(q.Prompt["公式"], "=")
	if !found {
		return "", nil, false
	}
	seen := map[string]bool{}
	var out strings.Builder
	parts, isName := terms(right)
	for i, p := range parts {
		if !isName[i] {
			out.WriteString(strings.TrimSpace(strings.NewReplacer("（", "(", "）", ")").Replace(p)))
			continue
		}
		o, known := b.term(p, q.year())
		if !known {
			return "", nil, false
		}
		switch {
		case !strings.HasPrefix(p, lastYear):
			out.WriteString(o.id)
		case finance.StatementOf(o.id) == finance.BalanceSheet:
			out.WriteString("open(" + o.id + ")")
		default:
			out.WriteString("prior(" + o.id + ")")
		}
		if !seen[p] {
			seen[p] = true
			quoted := q.Prompt[p]
			o.unit = dossier.Yuan
			if !strings.HasSuffix(quoted, "元") {
				o.unit = dossier.Persons
			}
			o.value = strings.TrimRight(quoted, "元人")
			ops = append(ops, o)
		}
	}
	return out.String(), ops, true
}

// plain is a ratio's formula in the form of formula.
func plain(r finance.Ratio) string { return strings.NewReplacer(" ", "", "?", "").Replace(r.Formula) }

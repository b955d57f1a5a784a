// Package text prints a review for a terminal: aligned for characters of double width, the gravest findings first.
package text

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/report/layout"
)

// WriteReview prints r to w in lines of at most cols columns (80 when cols is under 40).
func WriteReview(w io.Writer, r *report.Review, cols int) error {
	if cols < 40 {
		cols = 80
	}
	var b strings.Builder
	m := r.Matrix
	if r.Application.Applicant != "" {
		fmt.Fprintf(&b, "%s  %s\n", Clean(r.Application.Applicant), Clean(r.Application.Product))
	}
	fmt.Fprintf(&b, "材料 %d 份；检查 %d 项：通过 %d，不符合 %d，无法检验 %d\n\n", len(r.Documents), m.Checked, m.Passed, m.Failed, m.NotTestable)
	documents(&b, r.Documents, cols)
	findings(&b, r.Findings, cols)
	_, err := io.WriteString(w, b.String())
	return err
}

func documents(b *strings.Builder, ds []report.DocumentJSON, cols int) {
	if len(ds) == 0 {
		b.WriteString("没有读到材料。\n\n")
		return
	}
	name := min(22, cols/4)
	state := 10
	file := cols - name - state - 4
	fmt.Fprintf(b, "%s  %s  %s\n%s\n", Pad("材料", name), Pad("状态", state), "文件", strings.Repeat("─", cols))
	for _, d := range ds {
		fmt.Fprintf(b, "%s  %s  %s\n", Pad(Cut(d.NameZH, name), name), Pad(layout.DocumentState(d), state), CutLeft(d.File, file))
		for _, n := range layout.DocumentNotes(d) {
			wrapped(b, "", n, name+state+4, cols)
		}
	}
	b.WriteByte('\n')
}

func findings(b *strings.Builder, fs []report.Finding, cols int) {
	fs = layout.Findings(fs)
	if len(fs) == 0 {
		b.WriteString("按现有规则检查，未发现问题。\n")
		return
	}
	for i, f := range fs {
		tail := ""
		if f.Result == report.NotTestable {
			tail = "  " + layout.ResultZH(f.Result)
		}
		fmt.Fprintf(b, "%2d. [%s] %s  %s %s%s\n", i+1, layout.SeverityZH(f.Severity), Clean(f.Title), layout.KindZH(f.Kind), Clean(f.Rule), tail)
		wrapped(b, "", f.Message, 4, cols)
		for _, kv := range [][2]string{{"计算：", f.Arithmetic}, {"依据：", layout.BasisText(f.Basis)}, {"整改：", layout.RemedyText(f)}} {
			if kv[1] != "" {
				wrapped(b, kv[0], kv[1], 4, cols)
			}
		}
		for _, e := range f.Evidence {
			where := e.Cell
			if where == "" && e.Page > 0 {
				where = fmt.Sprintf("第%d页", e.Page)
			}
			wrapped(b, "见　：", strings.TrimSpace(e.File+" "+where)+" “"+report.Mask(e.Quote)+"”", 4, cols)
		}
		b.WriteByte('\n')
	}
}

// wrapped prints s at an indent, a label before its first line, in lines of at most cols columns.
func wrapped(b *strings.Builder, label, s string, indent, cols int) {
	hang := indent + Width(label)
	lead := strings.Repeat(" ", indent) + label
	for _, line := range Wrap(Clean(s), max(cols-hang, 10)) {
		b.WriteString(lead + line + "\n")
		lead = strings.Repeat(" ", hang)
	}
}

// Clean makes s one line without control characters, which could steer a terminal.
func Clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, s)
}

// Width of s in terminal columns.
func Width(s string) int {
	n := 0
	for _, r := range s {
		n += runeWidth(r)
	}
	return n
}

func runeWidth(r rune) int {
	switch {
	case unicode.Is(unicode.Mn, r):
		return 0
	case r == '“' || r == '”' || r == '─' || r == '—' || r == '…' || r == '−' || r == '÷' || r == '×':
		return 1 // ambiguous: one column in most terminals
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// Pad fills s with blanks to n columns.
func Pad(s string, n int) string { return s + strings.Repeat(" ", max(0, n-Width(s))) }

// Cut keeps the first n columns of s, with … where something is left off.
func Cut(s string, n int) string {
	s = Clean(s)
	if Width(s) <= n {
		return s
	}
	w := 0
	for i, r := range s {
		if w+runeWidth(r) > n-1 {
			return s[:i] + "…"
		}
		w += runeWidth(r)
	}
	return s
}

// CutLeft keeps the last n columns of s: of a path the end tells more.
func CutLeft(s string, n int) string {
	rs := []rune(Clean(s))
	w := 0
	for i := len(rs) - 1; i >= 0; i-- {
		if w += runeWidth(rs[i]); w > n-1 && i > 0 {
			return "…" + string(rs[i+1:])
		}
	}
	return string(rs)
}

// Wrap breaks s into lines of at most n columns; a line never begins with a closing mark, and a number is broken only
// when it is longer than a line.
func Wrap(s string, n int) []string {
	var out []string
	var line []rune
	w := 0
	rs := []rune(s)
	for i, r := range rs {
		rw := runeWidth(r)
		need := rw
		if inNumber(r) && (i == 0 || !inNumber(rs[i-1])) {
			if need = numberWidth(rs[i:]); need > n {
				need = rw
			}
		}
		if w+need > n && len(line) > 0 && !strings.ContainsRune("，。；：、）】”,.;:)", r) {
			out, line, w = append(out, string(line)), nil, 0
		}
		if len(line) == 0 && r == ' ' && len(out) > 0 {
			continue
		}
		line = append(line, r)
		w += rw
	}
	return append(out, string(line))
}

func inNumber(r rune) bool {
	return r >= '0' && r <= '9' || r == ',' || r == '.' || r == '-' || r == '%'
}

func numberWidth(rs []rune) int {
	for i, r := range rs {
		if !inNumber(r) {
			return i
		}
	}
	return len(rs)
}

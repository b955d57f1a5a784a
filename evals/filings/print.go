package filings

import (
	"fmt"
	"io"
	"sort"
	"strings"

	"github.com/xindiao/xindiao/evals/card"
)

// JSON prints the card for committing.
func (c *Card) JSON() ([]byte, error) { return card.JSON(c) }

// WriteText prints the card; with verbose the questions and breaks one by one.
func (c *Card) WriteText(w io.Writer, verbose bool) error {
	var b strings.Builder
	fmt.Fprintf(&b, "filings %d of %d firms, %d figures\n", c.Filings, c.Firms, c.Figures)
	fmt.Fprintf(&b, "\n%-34s %5s %5s  %-34s %s\n", "ratio", "of", "quoted", "own definition", "from the tables")
	for _, r := range c.Ratios {
		own := "the same"
		if r.Own != nil {
			own = fmt.Sprintf("%s %d same %d other %d refused", r.Own.Ratio, r.Own.Same, r.Own.Other, r.Own.Refused)
		}
		fmt.Fprintf(&b, "%-34s %5d %5d  %-34s %s\n", r.Ratio, r.Labelled, r.Quoted, own, counts(r.Tables))
	}
	fmt.Fprintf(&b, "%-34s %5d %5d  %-34s %s\n", "all", c.Quoted.Of, c.Quoted.Good, "", counts(c.Tables))
	fmt.Fprintf(&b, "misunderstood %d, unknown formulas %d, lineage proven %d, broken %d\n", c.Misread, c.Unknown, c.Lineage.Proven, c.Lineage.Broken)
	fields := map[string]int{}
	for _, m := range c.Fields {
		for o, n := range m {
			fields[o] += n
		}
	}
	fmt.Fprintf(&b, "\nfields        %s\ncomparisons   %s\nunanswerable  %s\nlast year's   %s\n", counts(fields), counts(c.Compare), counts(c.Refuse), counts(c.Priors))
	fmt.Fprintf(&b, "\n%-40s %7s %7s %7s %7s  %s\n", "check", "tested", "held", "untest.", "broken", "causes")
	for _, k := range c.Checks {
		fmt.Fprintf(&b, "%-40s %7d %7d %7d %7d  %s\n", k.ID, k.Tested, k.Held, k.Untestable, k.Broken, counts(k.Causes))
	}
	fmt.Fprintf(&b, "%-40s %7d %7d %7d %7d  %s\n", "all", c.Breaks.Tested, c.Breaks.Held, c.Breaks.Untestable, c.Breaks.Broken, counts(c.Breaks.Causes))
	fmt.Fprintf(&b, "\n%-6s %9s %7s %7s %11s  checklist\n", "rule", "pass", "break", "flag", "untestable")
	for _, r := range c.Rules {
		fmt.Fprintf(&b, "%-6s %9d %7d %7d %11d  %s\n", r.ID, r.Pass, r.Break, r.Flag, r.Untestable, r.Name)
	}
	if verbose {
		b.WriteString("\n" + strings.Join(c.lines, "\n") + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// counts prints a map, the largest first.
func counts(m map[string]int) string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool {
		if m[keys[i]] != m[keys[j]] {
			return m[keys[i]] > m[keys[j]]
		}
		return keys[i] < keys[j]
	})
	for i, k := range keys {
		keys[i] = fmt.Sprintf("%s %d", k, m[k])
	}
	return strings.Join(keys, ", ")
}

package annual

import (
	"fmt"
	"io"
	"strings"

	"github.com/xindiao/xindiao/evals/card"
)

// JSON prints the card for committing: counts only, no names and no amounts.
func (c *Card) JSON() ([]byte, error) { return card.JSON(c) }

// WriteText prints a line a report and the total; with verbose every difference, so that it can be judged whether the
// list or the reading is wrong, what the list lacks, and every sum that does not close.
func (c *Card) WriteText(w io.Writer, verbose bool) error {
	var b strings.Builder
	for _, r := range c.Reports {
		fmt.Fprintf(&b, "%-8s %s  %d pages  cells %d/%d %.4f  lines %d  statements that close %d/%d  unlisted %d  read %.2f s, finance %.2f s %s\n",
			r.Report, r.File, r.Pages, r.Cells.Good, r.Cells.Of, r.Cells.Rate(), r.Lines, r.Statements.Good, r.Statements.Of, r.Unlisted,
			r.Reading, r.Finance, r.Error)
		if !verbose {
			continue
		}
		for _, group := range []struct {
			name  string
			lines []string
		}{{"differs", r.Wrong}, {"unlisted", r.Extra}, {"break", r.Breaks}} {
			for _, l := range group.lines {
				fmt.Fprintf(&b, "    %-9s%s\n", group.name, l)
			}
		}
	}
	fmt.Fprintf(&b, "cells %d/%d %.4f\n", c.Cells.Good, c.Cells.Of, c.Cells.Rate())
	_, err := io.WriteString(w, b.String())
	return err
}

package tables

import (
	"fmt"
	"io"
	"strings"

	"github.com/xindiao/xindiao/evals/card"
)

// JSON prints the card for committing.
func (c *Card) JSON() ([]byte, error) { return card.JSON(c) }

// WriteText prints a line a table and the total; with verbose the first wrong cells.
func (c *Card) WriteText(w io.Writer, verbose bool) error {
	var b strings.Builder
	for _, f := range c.Files {
		fmt.Fprintf(&b, "%s  %d pages  %.2f s %s\n", f.File, f.Pages, f.Seconds, f.Error)
		for _, t := range f.Tables {
			fmt.Fprintf(&b, "  rows %4d/%-4d cells %4d/%-4d %.4f  %s\n", t.Rows.Good, t.Rows.Of, t.Cells.Good, t.Cells.Of, t.Cells.Rate(), t.Name)
			if verbose {
				for _, s := range t.Wrong {
					fmt.Fprintf(&b, "      %s\n", s)
				}
			}
		}
	}
	fmt.Fprintf(&b, "cells %d/%d %.4f\n", c.Cells.Good, c.Cells.Of, c.Cells.Rate())
	_, err := io.WriteString(w, b.String())
	return err
}

package pdf

import (
	"fmt"
	"io"
	"strings"

	"github.com/xindiao/xindiao/evals/card"
)

// JSON prints the card for committing.
func (c *Card) JSON() ([]byte, error) { return card.JSON(c) }

// WriteText prints a line a file and the two totals; with verbose the numbers that were missed.
func (c *Card) WriteText(w io.Writer, verbose bool) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%-44s %5s %15s %15s %7s %6s %6s %6s\n", "file", "pages", "han", "num", "CER", "doubt", "silent", "s")
	for _, f := range c.Files {
		fmt.Fprintf(&b, "%-44s %5d %15s %15s %7s %6d %6d %6.2f", f.File, f.Pages, rate(f.Han), rate(f.Num), cer(f.Edits), f.Doubtful, f.Silent, f.Seconds)
		if f.Error != "" {
			b.WriteString("  " + f.Error)
		}
		b.WriteByte('\n')
		if verbose {
			if len(f.Missed) > 0 {
				fmt.Fprintf(&b, "    缺：%s\n", strings.Join(f.Missed, " "))
			}
			for _, d := range f.Doubts {
				fmt.Fprintf(&b, "    %s\n", d)
			}
		}
	}
	for _, t := range []struct {
		name string
		Total
	}{{"text", c.Text}, {"scans", c.Scans}} {
		if t.Files > 0 {
			fmt.Fprintf(&b, "%-44s %5d %15s %15s %7s        %6d         worst %s, %s\n", t.name, t.Files, rate(t.Han), rate(t.Num), cer(t.Edits), t.Silent, t.WorstHan, t.WorstNum)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func rate(r Ratio) string { return fmt.Sprintf("%.4f %d/%d", r.Rate(), r.Good, r.Of) }

func cer(r *Ratio) string {
	if r == nil || r.Of == 0 {
		return "-"
	}
	return fmt.Sprintf("%.2f%%", 100*float64(r.Good)/float64(r.Of))
}

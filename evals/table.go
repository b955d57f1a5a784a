package evals

import (
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/width"

	"github.com/xindiao/xindiao/evals/metrics"
)

// WriteText prints the table: a row a dossier, then mean and worst; with verbose what each metric missed.
func WriteText(w io.Writer, c *Scorecard, verbose bool) error {
	ms := metrics.All()
	rows := [][]string{{"卷宗"}}
	for _, m := range ms {
		rows[0] = append(rows[0], m.Title)
	}
	rows[0] = append(rows[0], "秒")
	var slowest, seconds float64
	for _, d := range c.Dossiers {
		row := []string{d.Dossier}
		for _, m := range ms {
			row = append(row, cell(m.Name, d.Scores[m.Name]))
		}
		rows = append(rows, append(row, fmt.Sprintf("%.1f", d.Seconds)))
		seconds += d.Seconds
		slowest = max(slowest, d.Seconds)
	}
	mean, worst := []string{"平均"}, []string{"最差"}
	for _, m := range ms {
		s := c.Summary[m.Name]
		if m.Lower {
			mean, worst = append(mean, fmt.Sprintf("%.2f", float64(s.Mean)/100)), append(worst, fmt.Sprint(s.Worst))
		} else {
			mean, worst = append(mean, percent(s.Mean)), append(worst, percent(s.Worst))
		}
	}
	rows = append(rows, append(mean, fmt.Sprintf("%.1f", seconds/float64(max(1, len(c.Dossiers))))), append(worst, fmt.Sprintf("%.1f", slowest)))
	if _, err := io.WriteString(w, layout(rows)); err != nil {
		return err
	}
	for _, d := range c.Dossiers {
		for _, e := range d.Errors {
			if _, err := fmt.Fprintf(w, "%s 出错：%s\n", d.Dossier, e); err != nil {
				return err
			}
		}
		for _, m := range ms {
			for _, n := range d.Scores[m.Name].Notes {
				if !verbose {
					break
				}
				if _, err := fmt.Fprintf(w, "%s %s  %s\n", d.Dossier, m.Title, n); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// WriteChanges prints a comparison, falls first.
func WriteChanges(w io.Writer, changes []Change) error {
	for _, fell := range []bool{true, false} {
		for _, c := range changes {
			if c.Fell == fell {
				if _, err := fmt.Fprintln(w, c); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func cell(metric string, r metrics.Result) string {
	if m, ok := metrics.ByName(metric); ok && m.Lower && r.Of == 0 {
		return fmt.Sprint(r.Good)
	}
	return fmt.Sprintf("%d/%d", r.Good, r.Of)
}

func percent(bp int) string { return fmt.Sprintf("%.1f%%", float64(bp)/100) }

// layout pads columns by display width: a Chinese character takes two.
func layout(rows [][]string) string {
	widths := make([]int, len(rows[0]))
	for _, r := range rows {
		for i, s := range r {
			widths[i] = max(widths[i], columns(s))
		}
	}
	var b strings.Builder
	for _, r := range rows {
		for i, s := range r {
			pad := strings.Repeat(" ", widths[i]-columns(s))
			if i == 0 {
				b.WriteString(s + pad)
			} else {
				b.WriteString("  " + pad + s)
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func columns(s string) int {
	n := 0
	for _, r := range s {
		n++
		if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
			n++
		}
	}
	return n
}

package retrieval

import (
	"fmt"
	"io"
	"strings"

	"github.com/xindiao/xindiao/evals/card"
)

// JSON prints the card for committing, without the questions that were missed: they belong to the sets.
func (c *Card) JSON() ([]byte, error) {
	short := *c
	short.Sets = make([]Set, len(c.Sets))
	for i, s := range c.Sets {
		ways := make([]Way, len(s.Ways))
		for k, w := range s.Ways {
			w.Missed = nil
			ways[k] = w
		}
		s.Ways = ways
		short.Sets[i] = s
	}
	return card.JSON(&short)
}

// WriteText prints a line for each way and group, with standard errors; with verbose the questions that were missed.
func (c *Card) WriteText(w io.Writer, verbose bool) error {
	var b strings.Builder
	fmt.Fprintf(&b, "embedder %s %s\n", c.Embedder, c.Reranker)
	for _, s := range c.Sets {
		fmt.Fprintf(&b, "%s  %d documents, %d passages, %d questions\n", s.Name, s.Documents, s.Passages, s.Questions)
		for _, way := range s.Ways {
			group := "?"
			for _, m := range way.Measures {
				if m.Group != group {
					if group != "?" {
						b.WriteByte('\n')
					}
					group = m.Group
					fmt.Fprintf(&b, "  %-8s %-10s n=%-5d", way.Name, group, m.N)
				}
				fmt.Fprintf(&b, " %s %.3f±%.3f", m.Name, m.Value, m.SE)
			}
			b.WriteByte('\n')
			for _, q := range way.Missed {
				if verbose {
					fmt.Fprintf(&b, "      %s\n", q)
				}
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Value finds a measure of all questions by set, way and name, 0 when there is none.
func (c *Card) Value(set, way, name string) float64 {
	for _, s := range c.Sets {
		for _, w := range s.Ways {
			for _, m := range w.Measures {
				if s.Name == set && w.Name == way && m.Name == name && m.Group == "" {
					return m.Value
				}
			}
		}
	}
	return 0
}

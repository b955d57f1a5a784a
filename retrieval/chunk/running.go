package chunk

import (
	"strings"
	"unicode"

	"github.com/xindiao/xindiao/dossier"
)

// margins marks running heads and feet, found by their repetition over the pages.
func (c *cutter) margins() {
	if len(c.running) == 0 {
		return
	}
	for k := range c.lines {
		if k < edge || k >= len(c.lines)-edge {
			l := &c.lines[k]
			l.margin = !l.seal && l.table < 0 && l.runes <= longestRunning && c.running[bare(c.text(*l))]
		}
	}
}

const (
	edge           = 2  // lines at the top and at the foot of a page that may be running ones
	longestRunning = 60 // runes
)

// runningLines finds the words that stand at the top or foot of many printed pages, numbers left out.
func runningLines(d *dossier.Document) map[string]bool {
	if len(d.Pages) < 3 {
		return nil
	}
	count := map[string]int{}
	for i := range d.Pages {
		p := &d.Pages[i]
		if p.Name != "" {
			continue
		}
		seen := map[string]bool{}
		for _, s := range edges(p.Text) {
			if strings.IndexByte(s, '\t') >= 0 {
				continue // a row
			}
			if b := bare(s); b != "" && !seen[b] {
				seen[b] = true
				count[b]++
			}
		}
	}
	out := map[string]bool{}
	for b, n := range count {
		if n >= 3 && n*3 >= len(d.Pages) {
			out[b] = true
		}
	}
	return out
}

// bare is a line without blanks, its numbers each as one mark.
func bare(s string) string {
	var b []rune
	for _, r := range s {
		switch {
		case unicode.IsDigit(r):
			if len(b) == 0 || b[len(b)-1] != '#' {
				b = append(b, '#')
			}
		case !unicode.IsSpace(r):
			b = append(b, r)
		}
	}
	return string(b)
}

// edges are the first and last lines of a page that are not blank.
func edges(text string) []string {
	var out []string
	rest := text
	for n := 0; n < edge && rest != ""; {
		var l string
		l, rest, _ = strings.Cut(rest, "\n")
		if l = strings.TrimSpace(l); l != "" {
			out, n = append(out, l), n+1
		}
	}
	for n := 0; n < edge && rest != ""; {
		k := strings.LastIndexByte(rest, '\n')
		l := strings.TrimSpace(rest[k+1:])
		rest = rest[:max(k, 0)]
		if l != "" {
			out, n = append(out, l), n+1
		}
	}
	return out
}

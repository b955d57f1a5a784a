package chunk

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xindiao/xindiao/dossier"
)

// besides gathers context: nothing twice, nothing that stands in the text, no more than there is room for.
type besides struct {
	page, start, end int // of the text
	text             string
	room             int // runes
	seen             []string
}

func (b *besides) add(to []string, w words) []string {
	if w.text == "" || w.page == b.page && w.start >= b.start && w.end <= b.end || slices.Contains(b.seen, w.text) || hasLine(b.text, w.text) {
		return to
	}
	n := utf8.RuneCountInString(w.text) + 1
	if n > b.room {
		return to
	}
	b.room -= n
	b.seen = append(b.seen, w.text)
	return append(to, w.text)
}

// hasLine tells whether the words are a line of the text.
func hasLine(text, words string) bool {
	words = strings.TrimSpace(words)
	for at := 0; words != ""; {
		k := strings.Index(text[at:], words)
		if k < 0 {
			return false
		}
		k += at
		end := k + len(words)
		if (k == 0 || text[k-1] == '\n') && (end == len(text) || text[end] == '\n') {
			return true
		}
		at = end
	}
	return true
}

// context is what a reader needs beside the text [start, end) of the page: the sheet, the headings above, the lead of
// its clause, the captions and header of its table, the label above its rows, the half sentence on the page before.
// What does not fit is left out, the outermost headings first.
func (c *cutter) context(p *dossier.Page, index int, main unit, us []unit, start, end int) string {
	b := besides{page: index, start: start, end: end, text: p.Text[start:end], room: c.o.Config.Sizes.Context}
	var sheet, path, part, caption, heads []string
	if p.Name != "" {
		sheet = b.add(sheet, words{page: -1, text: head(p.Name, longestWords)})
	}
	if cl := main.clause; cl != nil && cl.lead.page >= 0 {
		part = b.add(part, cl.lead)
	} else if cl != nil {
		part = b.add(part, cl.begins)
	}
	for _, u := range us {
		if u.table == nil {
			continue
		}
		for _, w := range u.table.heads {
			heads = b.add(heads, w)
		}
		heads = b.add(heads, u.group)
		for _, w := range u.table.caption {
			caption = b.add(caption, w)
		}
		break
	}
	rest := b.add(nil, us[0].resumed)
	for i := len(main.path) - 1; i >= 0; i-- {
		path = b.add(path, main.path[i].words)
	}
	slices.Reverse(path)
	return strings.Join(slices.Concat(sheet, path, part, caption, heads, rest), "\n")
}

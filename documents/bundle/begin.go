package bundle

import (
	"slices"

	"github.com/xindiao/xindiao/documents/types"
)

const untitled = 2.0 // score of a page whose title could not be read and that yet begins a paper of another kind

// begin returns the indexes of the pages on which papers begin, the first page always among them.
func begin(pages []sheet) []int {
	starts, from := []int{0}, 0
	for i := 1; i < len(pages); i++ {
		if pages[i].kind == nil || runsOn(pages, i) || !opens(pages, from, i) {
			continue
		}
		starts, from = append(starts, i), i
	}
	if len(starts) > 1 && !sure(pages, starts) {
		return starts[:1]
	}
	return covers(pages, starts)
}

// covers gives a cover to the paper behind it: the file's first page when one paper follows or it bears the paper's
// title, and a page of no known kind behind a paper of one sheet.
func covers(pages []sheet, starts []int) []int {
	if len(starts) > 1 && starts[1] == 1 && pages[0].kind == nil && !pages[0].list && !pages[0].blank &&
		(len(starts) == 2 && pages[0].few || slices.Contains(pages[0].titles, pages[1].kind.ID)) {
		starts = slices.Delete(starts, 1, 2)
	}
	for i := 1; i < len(starts); i++ {
		at, from := starts[i], starts[i-1]
		p := pages[at-1]
		if at-1 > from && p.kind == nil && !p.blank && p.few && pages[from].kind != nil && at-1 == from+1 && slices.Contains(sheets, pages[from].kind.ID) {
			starts[i]--
		}
	}
	return starts
}

// opens tells whether page i begins a paper of its own after the paper that began on page from.
func opens(pages []sheet, from, i int) bool {
	first, p := pages[from], pages[i]
	restart := p.number == 1 && ended(pages, from, i)
	apart := restart || pages[i-1].blank
	if first.kind == nil {
		return p.titled || p.score >= untitled
	}
	if sameKind(first.kind, p.kind) {
		return (p.titled || p.score >= untitled) && other(first, p)
	}
	if carried(first.kind.ID, p.kind.ID) {
		return p.titled && restart
	}
	return p.titled && (apart || p.score >= clear) || p.score >= untitled
}

// sure asks that every paper begins with a page of a known kind; only a cover, a list of materials, or pages of no
// known kind before two papers of different kinds may stand in front.
func sure(pages []sheet, starts []int) bool {
	var kinds []string
	for i, s := range starts {
		switch k := pages[s].kind; {
		case k == nil && i > 0:
			return false
		case k != nil && !slices.Contains(kinds, k.ID):
			kinds = append(kinds, k.ID)
		}
	}
	first := pages[0]
	if first.kind != nil || first.list || starts[1] == 1 && first.of <= 1 && first.number <= 1 {
		return true
	}
	return len(kinds) > 1
}

// runsOn tells whether page i continues the count of the page before.
func runsOn(pages []sheet, i int) bool {
	p, q := pages[i-1], pages[i]
	if p.blank && i > 1 {
		p = pages[i-2]
	}
	return q.number > 1 && p.number > 0 && q.number > p.number && q.of == p.of
}

// ended tells whether the paper from..i has come to its last printed page, or prints no number of pages.
func ended(pages []sheet, from, i int) bool {
	last := pages[i-1]
	if last.blank && i-2 >= from {
		last = pages[i-2]
	}
	return last.of == 0 || last.number == last.of
}

func sameKind(a, b *types.Type) bool {
	if a.ID == b.ID || a.Like == b.ID || b.Like == a.ID {
		return true
	}
	return slices.ContainsFunc(together, func(g []string) bool { return slices.Contains(g, a.ID) && slices.Contains(g, b.ID) })
}

// carried tells whether a paper of kind what may be an annex of one of kind by.
func carried(by, what string) bool {
	a := annexes[by]
	return slices.Contains(a, what) || slices.Contains(a, anything)
}

// other tells whether two first pages of one kind are different papers: by their own numbers, or else their owners';
// single sheets also by what they say.
func other(a, b sheet) bool {
	keys := [][]string{own, owners}
	if slices.Contains(singles, a.kind.ID) {
		keys = append(keys, traits)
	}
	for _, ks := range keys {
		same, differ := false, false
		for _, k := range ks {
			if v, w := a.identity[k], b.identity[k]; v != "" && w != "" {
				same, differ = same || v == w, differ || v != w
			}
		}
		if differ && (!same || &ks[0] == &traits[0]) {
			return true
		}
		if same && !slices.Contains(singles, a.kind.ID) {
			return false
		}
	}
	return false
}

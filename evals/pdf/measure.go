package pdf

import (
	"fmt"
	"regexp"
	"sort"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/xindiao/xindiao/dossier"
)

// A number token is a run of digits with thousands commas and one fraction. A run that is glued to another number, or
// split by a blank, is another token and so counts as a miss.
var reNumber = regexp.MustCompile(`\d[\d,]*(?:\.\d+)?`)

func (f *File) measure(want string, doc *dossier.Document) {
	f.Scan, f.Pages = doc.Scan, len(doc.Pages)
	got := doc.Text()
	f.Han = common(hans(want), hans(got))
	wantNum, gotNum := numbers(want), numbers(got)
	f.Num = common(wantNum, gotNum)
	f.Missed = less(wantNum, gotNum)
	for _, p := range doc.Pages {
		for _, d := range p.Doubts {
			f.Doubts = append(f.Doubts, fmt.Sprintf("第%d页：%s", p.Number, d))
		}
	}
	for _, p := range doc.Problems {
		f.Doubts = append(f.Doubts, p.Msg)
	}
	if !doc.Scan {
		return
	}
	a, b := squeeze(want), squeeze(got)
	f.Edits = &Ratio{Good: distance(a, b), Of: len(a)}
	marked := map[string]int{}
	for _, p := range doc.Pages {
		for _, l := range p.Lines {
			for _, w := range l.Words {
				if w.Doubtful {
					for k, n := range numbers(w.Text) {
						marked[k] += n
						f.Doubtful += n
					}
				}
			}
		}
	}
	for _, wrong := range less(gotNum, wantNum) {
		if marked[wrong] > 0 {
			marked[wrong]--
		} else {
			f.Silent++
		}
	}
}

// hans counts the Han characters of a text.
func hans(s string) map[string]int {
	out := map[string]int{}
	for _, r := range norm.NFKC.String(s) {
		if unicode.Is(unicode.Han, r) {
			out[string(r)]++
		}
	}
	return out
}

// numbers counts the number tokens of three digits and more.
func numbers(s string) map[string]int {
	out := map[string]int{}
	for _, n := range reNumber.FindAllString(norm.NFKC.String(s), -1) {
		n = strings.TrimRight(n, ",")
		if len(strings.NewReplacer(",", "", ".", "").Replace(n)) >= 3 {
			out[n]++
		}
	}
	return out
}

func common(want, got map[string]int) (r Ratio) {
	for k, n := range want {
		r.Of += n
		r.Good += min(n, got[k])
	}
	return r
}

// less lists what a has more of than b, sorted.
func less(a, b map[string]int) (out []string) {
	for k, n := range a {
		for range n - min(n, b[k]) {
			out = append(out, k)
		}
	}
	sort.Strings(out)
	return out
}

func squeeze(s string) []rune {
	var out []rune
	for _, r := range norm.NFKC.String(s) {
		if !unicode.IsSpace(r) {
			out = append(out, r)
		}
	}
	return out
}

// distance is the number of insertions, deletions and replacements that turn a into b.
func distance(a, b []rune) int {
	prev := make([]int, len(b)+1)
	row := make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i, x := range a {
		row[0] = i + 1
		for j, y := range b {
			d := prev[j]
			if x != y {
				d++
			}
			row[j+1] = min(d, prev[j+1]+1, row[j]+1)
		}
		prev, row = row, prev
	}
	return prev[len(b)]
}

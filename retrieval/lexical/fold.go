package lexical

import (
	"embed"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/xindiao/xindiao/internal/datafile"
)

//go:embed data
var data embed.FS

// foldFile is data/fold.yaml.
type foldFile struct {
	Owner    string   `yaml:"owner"`
	Date     string   `yaml:"date"`
	Note     string   `yaml:"note"`
	Groups   []string `yaml:"groups"`
	Examples []struct {
		Text   string `yaml:"text"`
		Folded string `yaml:"folded"`
	} `yaml:"examples"`
}

// table gives the character that stands for each other one; 0 is itself. Beyond the BMP only simplified.txt has any.
type table struct {
	low  [0x10000]uint16
	high map[rune]rune
}

func (t *table) set(from, to rune) {
	if from < 0x10000 && to < 0x10000 {
		t.low[from] = uint16(to)
		return
	}
	t.high[from] = to
}

func (t *table) get(r rune) rune {
	if uint32(r) < 0x10000 && t.low[r] != 0 {
		return rune(t.low[r])
	}
	if to, ok := t.high[r]; ok {
		return to
	}
	return r
}

var folding = sync.OnceValues(func() (*table, error) {
	t := &table{high: map[rune]rune{}}
	t.widths()
	text, err := data.ReadFile("data/simplified.txt")
	if err != nil {
		return nil, err
	}
	for i, line := range strings.Split(string(text), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		if err := t.group(line); err != nil {
			return nil, fmt.Errorf("data/simplified.txt:%d: %w", i+1, err)
		}
	}
	var f foldFile
	raw, err := data.ReadFile("data/fold.yaml")
	if err != nil {
		return nil, err
	}
	if err := datafile.Decode("data/fold.yaml", raw, &f); err != nil {
		return nil, err
	}
	for _, g := range f.Groups {
		if err := t.group(g); err != nil {
			return nil, fmt.Errorf("data/fold.yaml: %w", err)
		}
	}
	t.settle()
	return t, nil
})

// widths folds capitals, full width, kinds of blank and the compatibility characters whose NFKC is one character.
func (t *table) widths() {
	for _, span := range [][2]rune{{0x2f00, 0x2fdf}, {0xf900, 0xfaff}, {0x2f800, 0x2fa1f}} {
		for r := span[0]; r <= span[1]; r++ {
			s := norm.NFKC.String(string(r))
			if one, n := utf8.DecodeRuneInString(s); n == len(s) && one != r {
				t.set(r, one)
			}
		}
	}
	for r := rune(0xff01); r <= 0xff5e; r++ {
		if r != '，' && r != '；' && r != '：' && r != '？' && r != '！' {
			t.set(r, lower(r-0xfee0))
		}
	}
	for r := 'A'; r <= 'Z'; r++ {
		t.set(r, lower(r))
	}
	for _, r := range "\u00a0\u2002\u2003\u2009\u202f\u3000" {
		t.set(r, ' ')
	}
	for _, r := range "－—–‑−" {
		t.set(r, '-')
	}
	t.set('○', '〇')
	t.set('﹪', '%')
}

func lower(r rune) rune {
	if r >= 'A' && r <= 'Z' {
		return r + 'a' - 'A'
	}
	return r
}

func (t *table) group(line string) error {
	rs := []rune(line)
	if len(rs) < 2 {
		return fmt.Errorf("%q: want a character and those that are read as it", line)
	}
	for _, r := range rs[1:] {
		if r == rs[0] || r < 0x80 {
			return fmt.Errorf("%q: %q cannot be folded", line, r)
		}
		t.set(r, rs[0])
	}
	return nil
}

// settle follows chains, so that one look-up is enough: 薴 is 苧, which is 苎.
func (t *table) settle() {
	for range 4 {
		for r, to := range t.low {
			if to != 0 {
				t.set(rune(r), t.get(rune(to)))
			}
		}
		for r, to := range t.high {
			t.high[r] = t.get(to)
		}
	}
}

func mustFold() *table {
	t, err := folding()
	if err != nil {
		panic(err) // embedded data that Lint and the tests have read
	}
	return t
}

// Fold gives the text as search reads it: half width, small letters, simplified characters, radicals and compatibility
// forms as the plain ones. Chinese punctuation stays. The same text folds the same way wherever it stands.
func Fold(s string) string {
	t := mustFold()
	return strings.Map(t.get, s)
}

// foldRunes appends s folded to dst.
func foldRunes(dst []rune, s string) []rune {
	t := mustFold()
	for _, r := range s {
		dst = append(dst, t.get(r))
	}
	return dst
}

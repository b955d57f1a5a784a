package metrics

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"
	"golang.org/x/text/unicode/norm"

	"github.com/xindiao/xindiao/dossier"
)

var (
	reDateHan = regexp.MustCompile(`(\d{4})年(\d{1,2})月(\d{1,2})日?`)
	reDateSep = regexp.MustCompile(`(\d{4})[./](\d{1,2})[./](\d{1,2})`)
	reAmount  = regexp.MustCompile(`([-−(]?)(\d[\d,]*(?:\.\d+)?)[)]?(个百分点|百万|千元|万元|亿元|万|亿|%|‰|元)?`)
	reDigits  = regexp.MustCompile(`\d[\d.]*`)
	reYear    = regexp.MustCompile(`^20[12]\d$`)
)

// fold is the form in which names and values are compared: NFKC, no blanks or commas, dates as 2006-01-02, small
// letters, ! of an archive's member as /.
func fold(s string) string {
	s = strings.ReplaceAll(norm.NFKC.String(s), "!", "/")
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == ',' || r == '，' {
			return -1
		}
		return r
	}, s)
	for _, re := range []*regexp.Regexp{reDateHan, reDateSep} {
		s = re.ReplaceAllStringFunc(s, func(d string) string {
			m := re.FindStringSubmatch(d)
			return m[1] + "-" + two(m[2]) + "-" + two(m[3])
		})
	}
	return strings.ToLower(s)
}

func two(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// base is a file's name without folders, folded.
func base(file string) string {
	f := fold(file)
	return f[strings.LastIndexByte(f, '/')+1:]
}

// scales of the units a number may carry.
var scales = map[string]int32{"千元": 3, "万元": 4, "万": 4, "百万": 6, "亿元": 8, "亿": 8, "%": -2, "‰": -3, "个百分点": -2, "元": 0, "": 0}

// quantity is a number of a text, in 元 or as a ratio, with the rounding that its printing allows.
type quantity struct{ value, tol dossier.Decimal }

var half = dossier.D("0.5001")

// quantities reads each number under its unit; one without a unit may also stand in a table in 万元 or in per cent.
func quantities(text string) []quantity {
	var out []quantity
	for _, m := range reAmount.FindAllStringSubmatch(norm.NFKC.String(text), -1) {
		clean := strings.TrimRight(strings.ReplaceAll(m[2], ",", ""), ".")
		shift, known := scales[m[3]]
		v, err := decimal.NewFromString(clean)
		if err != nil || !known || len(clean) > 40 {
			continue
		}
		decimals := int32(0)
		if i := strings.IndexByte(clean, '.'); i >= 0 {
			decimals = int32(len(clean) - i - 1)
		}
		tol := half.Shift(shift - decimals)
		v = v.Shift(shift)
		if m[1] == "-" || m[1] == "−" {
			out = append(out, quantity{v.Neg(), tol})
		} else {
			out = append(out, quantity{v, tol})
		}
		if m[3] == "" {
			out = append(out, quantity{v.Shift(4), tol.Shift(4)})
			if decimals > 0 {
				out = append(out, quantity{v.Shift(-2), tol.Shift(-2)})
			}
		}
	}
	return out
}

// words are the numbers and the bigrams of Chinese runs of a text.
func words(s string) map[string]bool {
	s = norm.NFKC.String(s)
	out := map[string]bool{}
	for _, d := range reDigits.FindAllString(strings.ReplaceAll(s, ",", ""), -1) {
		out[d] = true
	}
	var last rune
	for _, r := range s {
		if r < 0x4E00 || r > 0x9FFF {
			last = 0
			continue
		}
		if last != 0 {
			out[string([]rune{last, r})] = true
		}
		last = r
	}
	return out
}

func common(a, b map[string]bool) int {
	n := 0
	for w := range a {
		if b[w] {
			n++
		}
	}
	return n
}

// telling keeps the numbers that identify something: at least three characters and no year.
func telling(ws map[string]bool) map[string]bool {
	out := map[string]bool{}
	for w := range ws {
		if w[0] >= '0' && w[0] <= '9' && len(w) > 2 && !reYear.MatchString(w) {
			out[w] = true
		}
	}
	return out
}

// number reads a truth's value: 0.3777, 5000000, 45%.
func number(s string) (dossier.Decimal, bool) {
	clean := strings.ReplaceAll(s, ",", "")
	v, err := decimal.NewFromString(strings.TrimRight(clean, "%"))
	if err != nil {
		return decimal.Zero, false
	}
	if strings.HasSuffix(s, "%") {
		v = v.Shift(-2)
	}
	return v, true
}

// sameValue tells whether a value read from a document is the truth's: equal text, the truth within longer text,
// or an equal number in any unit.
func sameValue(want, got string) bool {
	w, g := fold(want), fold(got)
	if w == g || len([]rune(w)) >= 4 && strings.Contains(g, w) {
		return true
	}
	v, err := decimal.NewFromString(want)
	if err != nil {
		return false
	}
	for _, q := range quantities(got) {
		if q.value.Abs().Sub(v.Abs()).Abs().LessThanOrEqual(q.tol) {
			return true
		}
	}
	return false
}

// Package plain turns a document's pages into comparable text, rune for rune, and keeps the way back to the place
// on the page.
package plain

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/xindiao/xindiao/dossier"
)

// maxRunes bounds what is looked at of one document; larger ones are ledgers whose heads say what they are.
const maxRunes = 400_000

var folds = map[rune]rune{
	'（': '(', '）': ')', '〔': '(', '〕': ')', '【': '(', '】': ')', '[': '(', ']': ')', '〈': '(', '〉': ')', '《': '(', '》': ')',
	'「': '(', '」': ')', '﹝': '(', '﹞': ')', '：': ':', '﹕': ':', '∶': ':', '，': ',', '；': ';', '＝': '=', '￥': '¥', '“': '"', '”': '"',
	'‘': '\'', '’': '\'', '—': '-', '–': '-', '−': '-', '－': '-', '─': '-', '～': '~', '〜': '~', '　': ' ', '\u00a0': ' ',
	'．': '.', '％': '%', '☑': '√', '✓': '√', '✔': '√',
}

// FoldRune maps full width to half width and the many brackets to one, so that a rule needs one spelling.
func FoldRune(r rune) rune {
	if f, ok := folds[r]; ok {
		return f
	}
	if r >= '！' && r <= '～' {
		return r - '！' + '!'
	}
	return r
}

// Fold folds every rune; the number of runes stays.
func Fold(s string) string { return strings.Map(FoldRune, s) }

// Tight folds and drops all blanks: the form in which cues and headers are compared.
func Tight(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return FoldRune(r)
	}, s)
}

// Line is one line as rules see it: Clean has single blanks dropped between ideographs and wide gaps as one tab,
// Fold is Clean folded rune for rune.
type Line struct {
	Page, Number int
	Raw          string
	Clean, Fold  string
	Scan         bool
	Box          *dossier.Box
	Confidence   float64
}

// Text is a whole document.
type Text struct {
	Flow  string // folded, without blanks and line ends
	Lines []Line

	clean  []rune  // Flow before folding
	lineOf []int32 // of every rune of Flow
	starts []int32 // byte offset in Flow -> rune index
}

// Of builds the text of d.
func Of(d *dossier.Document) *Text {
	t := &Text{}
	var flow strings.Builder
	total := 0
	for pi := range d.Pages {
		p := &d.Pages[pi]
		for i, l := range pageLines(p) {
			if p.Scan {
				l.Text = Mend(l.Text)
			}
			clean := CleanLine(l.Text)
			if clean == "" {
				continue
			}
			ln := Line{Page: p.Number, Number: i + 1, Raw: strings.TrimSpace(l.Text), Clean: clean, Fold: Fold(clean),
				Scan: p.Scan, Box: l.Box, Confidence: l.Confidence}
			n := int32(len(t.Lines))
			t.Lines = append(t.Lines, ln)
			for _, r := range clean {
				if unicode.IsSpace(r) {
					continue
				}
				f := FoldRune(r)
				for range utf8.RuneLen(f) {
					t.starts = append(t.starts, int32(len(t.clean)))
				}
				flow.WriteRune(f)
				t.clean = append(t.clean, r)
				t.lineOf = append(t.lineOf, n)
			}
			if total += len(clean); total > maxRunes {
				t.Flow = flow.String()
				return t
			}
		}
	}
	t.Flow = flow.String()
	return t
}

var ghostGroup = regexp.MustCompile(`\]\s?[,，]\s?(\d{3}[,.\d])`) // ],850,000.00

var twoGhosts = regexp.MustCompile(`([年月])\s?\]\s?\]\s?([月日])`)

var ghost = regexp.MustCompile(`([年月路道街\d])\s?\]\s?(\d?)\s?([日号月])`)

var elevenGhost = regexp.MustCompile(`([年月])\s?(?:1\s?\]|\]\s?1)\s?([月日])`)

// GhostDate finds a day or month in which a ] was read for a 1 or beside it: 11 or 1, nobody can tell for certain.
var GhostDate = regexp.MustCompile(`(?:^|[^\d\]])(?:1\s?\]|\]\s?1?)\s?[月日]`)

// ghostOne reads the ] that OCR sees for a 1 between a number word and 日, 月, 号. Two of them, or one beside a lone 1,
// are 11; beside a 1 that ends a number it is that 1 seen twice: 3]1日 is 31日.
func ghostOne(s string) string {
	s = twoGhosts.ReplaceAllString(s, "${1}11$2")
	for range 2 { // the 月 between two of them belongs to both
		s = elevenGhost.ReplaceAllString(s, "${1}11$2")
	}
	s = ghostGroup.ReplaceAllString(s, "1,$1")
	return ghost.ReplaceAllStringFunc(s, func(m string) string {
		g := ghost.FindStringSubmatch(m)
		if g[1] == "1" || g[2] == "1" {
			return g[1] + g[2] + g[3]
		}
		return g[1] + "1" + g[2] + g[3]
	})
}

// Mend undoes the misreadings of OCR that leave no other reading: of the 1 in dates, and of capital numerals.
func Mend(s string) string { return numerals(ghostOne(s)) }

var (
	digitRead = regexp.MustCompile(`([壹贰叁肆伍陆柒捌玖])[什任]`)
	tenRead   = regexp.MustCompile(`([壹贰叁肆伍陆柒捌玖])抬`)
	hundred   = regexp.MustCompile(`([壹贰叁肆伍陆柒捌玖])[伯帕]`)
	three     = regexp.MustCompile(`[参叄]([拾佰仟万亿什抬])`)
)

// numerals reads the characters that OCR takes for capital numerals beside others of them, where they make no word:
// 贰什万元 is 贰仟万元.
func numerals(s string) string {
	if !strings.ContainsAny(s, "什任抬伯帕参叄") {
		return s
	}
	s = three.ReplaceAllString(s, "叁$1")
	s = digitRead.ReplaceAllString(s, "${1}仟")
	return hundred.ReplaceAllString(tenRead.ReplaceAllString(s, "${1}拾"), "${1}佰")
}

// pageLines takes the page's lines, or cuts its text when a reader gave none.
func pageLines(p *dossier.Page) []dossier.Line {
	if len(p.Lines) > 0 {
		return p.Lines
	}
	var out []dossier.Line
	for _, s := range strings.Split(p.Text, "\n") {
		out = append(out, dossier.Line{Text: s, Confidence: 1})
	}
	return out
}

// CleanLine drops single blanks between ideographs (as OCR and justified titles have them) and makes every wider
// gap one tab.
func CleanLine(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '|' })
	rs := []rune(s)
	var b strings.Builder
	for i := 0; i < len(rs); i++ {
		if !unicode.IsSpace(rs[i]) && rs[i] != '|' {
			b.WriteRune(rs[i])
			continue
		}
		j, tab, width := i, false, 0
		for j < len(rs) && (unicode.IsSpace(rs[j]) || rs[j] == '|') {
			switch rs[j] {
			case '\t', '|':
				tab = true
			case '\u3000':
				width += 2
			default:
				width++
			}
			j++
		}
		switch {
		case j == len(rs):
		case tab || width > 1 && !(width == 2 && unicode.Is(unicode.Han, rs[i-1]) && singles(rs, i, j)):
			b.WriteByte('\t')
		case wide(rs[i-1]) && wide(rs[j]) && loose(rs, i, j):
		default:
			b.WriteByte(' ')
		}
		i = j - 1
	}
	return b.String()
}

// loose tells whether a single blank is only letter-spacing: one of the words beside it has one character.
func loose(rs []rune, i, j int) bool {
	before := i < 2 || unicode.IsSpace(rs[i-2])
	after := j+1 >= len(rs) || unicode.IsSpace(rs[j+1]) || !wide(rs[j+1]) || rs[j+1] == '：'
	return before || after
}

// Squeeze drops the blanks between ideographs: a value that was broken over lines becomes one word.
func Squeeze(s string) string {
	rs := []rune(strings.TrimSpace(s))
	var b strings.Builder
	for i := 0; i < len(rs); i++ {
		if unicode.IsSpace(rs[i]) && i > 0 {
			j := i
			for j < len(rs) && unicode.IsSpace(rs[j]) {
				j++
			}
			if wide(rs[i-1]) && wide(rs[j]) {
				i = j - 1
				continue
			}
		}
		b.WriteRune(rs[i])
	}
	return b.String()
}

// singles tells whether the runes around a gap stand alone: 资  产 is one word, 甲方  乙方 is not.
func singles(rs []rune, i, j int) bool {
	before := i < 2 || unicode.IsSpace(rs[i-2])
	after := j+1 >= len(rs) || unicode.IsSpace(rs[j+1])
	return before && after
}

func wide(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xffef
}

// Clean returns the words as printed for the byte span [i,j) of Flow.
func (t *Text) Clean(i, j int) string {
	if i < 0 || i >= j || j > len(t.starts) {
		return ""
	}
	a, z := t.starts[i], int32(len(t.clean))
	if j < len(t.starts) {
		z = t.starts[j]
	}
	return string(t.clean[a:z])
}

// LineAt returns the line on which byte i of Flow stands.
func (t *Text) LineAt(i int) *Line {
	if i < 0 || i >= len(t.starts) {
		return nil
	}
	return &t.Lines[t.lineOf[t.starts[i]]]
}

// Place makes a citation of a line.
func (l *Line) Place(file string) dossier.Place {
	return dossier.Place{File: file, Page: l.Page, Line: l.Number, Box: l.Box, Quote: Quote(l.Raw)}
}

// Quote shortens a text to what a citation shows.
func Quote(s string) string {
	const most = 80
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most-1]) + "…"
}

// CleanSpan returns the printed words of the byte span [i,j) of l.Fold.
func (l *Line) CleanSpan(i, j int) string {
	a := utf8.RuneCountInString(l.Fold[:i])
	n := utf8.RuneCountInString(l.Fold[i:j])
	rs := []rune(l.Clean)
	return string(rs[a : a+n])
}

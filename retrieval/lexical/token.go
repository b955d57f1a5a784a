// Package lexical turns Chinese text into normalised search terms, packs them per document and ranks chunks by BM25.
package lexical

// Term is a token by 40 bits of its FNV-1a hash: postings hold these instead of strings. A query term meets a foreign
// term of a customer's 100,000 once in ten million look-ups.
type Term uint64

// termBits is how much of the hash a Term keeps.
const termBits = 40

// Tokens are the terms of a text for lexical search, in order, repeated as often as they stand there:
//   - bigrams of Chinese characters, over a line break or a letter-spaced gap too; a lone character stays;
//   - words and codes in small letters, whole and by their parts;
//   - numbers in 元: n542000000 exact, r542000000 to three digits where it is above 9,999, p12.5 for a percentage, however
//     they are written (5,420.78万元, 壹佰万元, 百分之五);
//   - dates d2025, d2025-03, d2025-03-31, however they are written, the end of a quarter, half or year for that time;
//     民国 years count where 民国 stands before them on the line.
//
// Text is folded first, see Fold.
func Tokens(text string) []string {
	var out []string
	scan(text, false, func(b []byte) { out = append(out, string(b)) })
	return out
}

// AppendTerms appends the Terms of Tokens(text) to dst, without making the strings.
func AppendTerms(dst []Term, text string) []Term {
	scan(text, false, func(b []byte) { dst = append(dst, hash(b)) })
	return dst
}

// TermOf is the Term of one token of Tokens.
func TermOf(token string) Term { return hash([]byte(token)) }

func hash(b []byte) Term {
	h := uint64(14695981039346656037)
	for _, c := range b {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return Term((h ^ h>>termBits) & (1<<termBits - 1))
}

// scanner walks folded text once; emit must not keep its argument.
type scanner struct {
	rs     []rune
	buf    []byte
	emit   func([]byte)
	marked bool // give marks too
	code   int  // end of the last code that was given whole
	// of the line that is being read:
	minguo bool  // a 民国 year stands before
	years  []int // the year read last, or those named together
	joined int   // where the 年 of the next year of these stands
}

// gap is how many blanks may stand between two Chinese characters of one word: 合  计, or a wrapped line.
const gap = 3

func scan(text string, marked bool, emit func([]byte)) {
	s := &scanner{rs: foldRunes(make([]rune, 0, len(text)/2+8), text), emit: emit, marked: marked}
	prev, last, lone := rune(0), -1, false
	flush := func() {
		if lone {
			s.han(prev, 0)
		}
		prev, lone = 0, false
	}
	for i := 0; i < len(s.rs); {
		r := s.rs[i]
		switch {
		case isHan(r):
			if prev != 0 && i-last-1 <= gap {
				s.han(prev, r)
				lone = false
			} else {
				flush()
				lone = true
			}
			prev, last = r, i
			if isNumeral(r) && (i == 0 || !isNumeral(s.rs[i-1])) {
				s.chineseNumber(i)
			}
			i++
		case isAlnum(r):
			flush()
			i = s.word(i)
		case isBlank(r):
			if r == '\n' {
				s.minguo, s.years = false, s.years[:0]
			}
			i++
		default:
			flush()
			i++
		}
	}
	flush()
}

// mark gives a mark of what stands here, or of a number before the unit r.
func (s *scanner) mark(r rune) {
	if s.marked {
		s.buf = appendRune(append(s.buf[:0], '#'), r)
		s.emit(s.buf)
	}
}

func isHan(r rune) bool {
	return r >= 0x3400 && r <= 0x9fff || r >= 0x20000 && r <= 0x3ffff || r == '〇'
}

func isBlank(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' }

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isAlnum(r rune) bool { return isDigit(r) || r >= 'a' && r <= 'z' }

// at is the rune at i, 0 beyond the ends.
func (s *scanner) at(i int) rune {
	if i < 0 || i >= len(s.rs) {
		return 0
	}
	return s.rs[i]
}

// skip moves over up to n blanks.
func (s *scanner) skip(i, n int) int {
	for ; n > 0 && isBlank(s.at(i)); n-- {
		i++
	}
	return i
}

func (s *scanner) han(a, b rune) {
	s.buf = appendRune(s.buf[:0], a)
	if b != 0 {
		s.buf = appendRune(s.buf, b)
	}
	s.emit(s.buf)
}

// longestWord bounds a word or code, in runes; what is longer is no name that anybody looks for.
const longestWord = 64

// word reads the run of letters and digits at i and returns its end.
func (s *scanner) word(i int) int {
	end, letters := i, false
	for ; isAlnum(s.at(end)); end++ {
		letters = letters || !isDigit(s.rs[end])
	}
	if i >= s.code {
		s.wholeCode(i, end, letters)
	}
	if letters {
		if end-i <= longestWord {
			s.span(i, end)
		}
		return end
	}
	return s.digits(i, end)
}

// wholeCode gives letters and digits joined by - _ . / as one token besides their parts.
func (s *scanner) wholeCode(i, end int, letters bool) {
	from := end
	for isJoint(s.at(end)) && isAlnum(s.at(end+1)) {
		for end++; isAlnum(s.at(end)); end++ {
			letters = letters || !isDigit(s.rs[end])
		}
	}
	s.code = end
	if letters && end > from && end-i <= longestWord {
		s.span(i, end)
	}
}

func isJoint(r rune) bool { return r == '-' || r == '_' || r == '.' || r == '/' }

func (s *scanner) span(i, end int) {
	s.buf = s.buf[:0]
	for _, r := range s.rs[i:end] {
		s.buf = append(s.buf, byte(r))
	}
	// a bare word n5 or d2025 is no number: only these are marked
	if len(s.buf) > 1 && (s.buf[0] == 'n' || s.buf[0] == 'r' || s.buf[0] == 'p' || s.buf[0] == 'd') && isDigit(rune(s.buf[1])) {
		s.buf = append(s.buf, '_')
	}
	s.emit(s.buf)
}

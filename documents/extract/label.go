package extract

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/documents/types"
)

// nextLabel is where a value ends because the next pair begins on the same line.
var nextLabel = regexp.MustCompile(`[ \t(]\p{Han}[\p{Han}/()]{1,11}:`)

// labelled finds LABEL VALUE pairs: neighbouring cells first, then lines.
func (r *reader) labelled(fi *types.Finder) []found {
	var out []found
	for _, label := range fi.Labels {
		tight := plain.Tight(label)
		runes := []rune(tight)
		for gi := range r.tabs {
			out = append(out, r.inGrid(&r.tabs[gi], tight, fi)...)
		}
		if fi.Below {
			continue
		}
		for i := range r.text.Lines {
			l := &r.text.Lines[i]
			if !mayHold(l, runes) {
				continue
			}
			if raw, at, ok := r.onLine(i, tight); ok && !r.isLabel(raw) {
				out = append(out, found{raw: raw, at: at.Place(r.d.File), conf: r.certainty(l, 0.92), method: "label"})
			}
		}
	}
	if fi.Pick == "last" {
		for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
			out[i], out[j] = out[j], out[i]
		}
	}
	return out
}

// mayHold rules out the lines that lack a character of the label, or on a scan two: cheaper than to look for it.
func mayHold(l *plain.Line, label []rune) bool {
	miss := 0
	for _, c := range label {
		if !strings.ContainsRune(l.Fold, c) {
			if miss++; miss > 1 || !l.Scan || len(label) < 4 {
				return false
			}
		}
	}
	return true
}

func (r *reader) inGrid(g *grid, label string, fi *types.Finder) []found {
	var out []found
	re := labelRe(label, false)
	for ri, row := range g.rows {
		if len(g.rows) > 120 && ri > 60 && ri < len(g.rows)-30 {
			continue
		}
		for ci, c := range row {
			if r.d.Scan {
				c.Text = speck.ReplaceAllString(c.Text, "$1")
			}
			tight := strings.TrimRight(plain.Tight(c.Text), ":")
			if tight == "" {
				continue
			}
			if tight == label || bare(tight) == label || r.d.Scan && r.misread(tight, label) {
				if fi.Below {
					if ri+1 < len(g.rows) && ci < len(g.rows[ri+1]) && !r.isLabel(g.rows[ri+1][ci].Text) {
						v := g.rows[ri+1][ci]
						out = append(out, found{raw: v.Text, at: g.place(r.d.File, ri+1, v), conf: 0.93, method: "table"})
					}
					continue
				}
				for cj := ci + 1; cj < len(row) && cj <= ci+6; cj++ {
					if strings.TrimSpace(row[cj].Text) == "" {
						continue
					}
					if r.isLabel(row[cj].Text) {
						break // the value cell is empty
					}
					out = append(out, found{raw: row[cj].Text, at: g.place(r.d.File, ri, row[cj]), conf: 0.95 * r.rowConfidence(row), method: "table"})
					break
				}
				continue
			}
			if fi.Below || !strings.Contains(tight, label) {
				continue
			}
			clean := plain.CleanLine(c.Text)
			if raw, ok := r.inText(re, label, clean, true); ok && raw != "" {
				out = append(out, found{raw: raw, at: g.place(r.d.File, ri, c), conf: 0.93, method: "label"})
			}
		}
	}
	return out
}

// misread tells whether a cell on a scan is label with a wrong or missing character, and no other label of the kind
// is as near.
func (r *reader) misread(cell, label string) bool {
	c, l := []rune(strings.Trim(cell, "。.\"',·")), []rune(label)
	if len(l) < 3 || len(c) < 2 || len(c) > len(l)+2 {
		return false
	}
	d := plain.Distance(c, l)
	if d > 2 || d == 2 && len(l) < 5 || d*2 >= len(c)+1 {
		return false
	}
	for _, o := range r.labels() {
		if o != label && plain.Distance(c, []rune(o)) < d {
			return false
		}
	}
	return true
}

// bare drops a bracketed remark and an outline number around a label: (二)金额(元) is 金额.
func bare(s string) string {
	s = regexpOutline.ReplaceAllString(s, "")
	if i := strings.IndexByte(s, '('); i > 0 && strings.HasSuffix(s, ")") {
		s = s[:i]
	}
	return s
}

var regexpOutline = regexp.MustCompile(`^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d+[.、])`)

// isLabel tells whether a cell is itself a label of this kind, so that it is not taken for a value.
func (r *reader) isLabel(s string) bool {
	tight := strings.Trim(plain.Tight(s), ":\"'。.·,")
	return slices.Contains(r.labels(), tight)
}

// onLine looks for label on line i; the value may begin on the next line when the label ends this one.
func (r *reader) onLine(i int, label string) (string, *plain.Line, bool) {
	l := &r.text.Lines[i]
	re := labelRe(label, l.Scan)
	raw, ok := r.inText(re, label, l.Clean, !l.Scan)
	if !ok {
		return "", nil, false
	}
	if raw != "" {
		return raw, l, true
	}
	if i+1 < len(r.text.Lines) && r.text.Lines[i+1].Page == l.Page && strings.HasSuffix(strings.TrimSpace(l.Fold), ":") {
		n := &r.text.Lines[i+1]
		if !nextLabel.MatchString(" " + n.Fold) {
			v, _, _ := strings.Cut(n.Clean, "\t")
			return v, n, v != ""
		}
	}
	return "", nil, false
}

// remark is what stands in brackets between a label and its colon; OCR may lose the first bracket.
var remark = regexp.MustCompile(`^(?:\([^():]{1,12}\)|[甲乙丙丁]方\)) ?[:;]`)

// inText returns the value behind the first real occurrence of a label in a cleaned line.
func (r *reader) inText(re *regexp.Regexp, label, clean string, strict bool) (string, bool) {
	fold := plain.Fold(clean)
	l := plain.Line{Clean: clean, Fold: fold}
	for _, m := range re.FindAllStringSubmatchIndex(fold, 4) {
		if got := onlyHan(fold[m[0]:m[1]]); got != onlyHan(label) && slices.Contains(r.labels(), got) {
			continue // 付款人户名 is not 收款人户名 misread
		}
		end := m[1]
		rest := fold[end:]
		delim := strings.TrimLeft(rest, " \t\"'。.·_")
		cut := len(rest) - len(delim)
		if m := remark.FindString(delim); m != "" { // 借款人"(甲方):
			cut += len(m) - 1
			delim = delim[len(m)-1:]
		}
		if strings.HasPrefix(delim, ":") || strings.HasPrefix(delim, ";") {
			body := strings.TrimLeft(delim[1:], " \t")
			cut = len(rest) - len(body)
		} else if cut == 0 && rest != "" && (strict || m[0] > 0) {
			continue // the words run on: no label
		}
		end += cut
		stop := len(fold)
		if j := strings.IndexByte(fold[end:], '\t'); j >= 0 {
			stop = end + j
		}
		if n := nextLabel.FindStringIndex(fold[end:stop]); n != nil && n[0] > 0 {
			stop = end + n[0]
		}
		stop = end + r.beforeLabel(fold[end:max(end, stop)])
		if end >= stop {
			return "", true
		}
		return strings.TrimSpace(l.CleanSpan(end, stop)), true
	}
	return "", false
}

func onlyHan(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.Is(unicode.Han, c) {
			return c
		}
		return -1
	}, s)
}

// beforeLabel cuts a value where another label of the kind follows after a blank.
func (r *reader) beforeLabel(v string) int {
	if !strings.Contains(v, " ") {
		return len(v)
	}
	cut := len(v)
	for _, l := range r.labels() {
		if i := strings.Index(v, " "+l); i > 0 && i < cut {
			if rest := v[i+1+len(l):]; rest == "" || strings.IndexAny(rest[:1], " :(\t") == 0 {
				cut = i
			}
		}
	}
	return cut
}

// labels are all labels of the kind.
func (r *reader) labels() []string {
	if r.labelList == nil {
		r.labelList = []string{}
		for i := range r.t.Fields {
			for j := range r.t.Fields[i].Find {
				for _, l := range r.t.Fields[i].Find[j].Labels {
					r.labelList = append(r.labelList, plain.Tight(l))
				}
			}
		}
	}
	return r.labelList
}

var labelCache sync.Map

// labelRe matches a label that begins a word, with the gaps and specks that printing and OCR put between its
// characters, and a bracketed remark behind it. On a scan one character of a longer label may be misread.
func labelRe(label string, scan bool) *regexp.Regexp {
	key := label
	if scan {
		key += "\x00"
	}
	if re, ok := labelCache.Load(key); ok {
		return re.(*regexp.Regexp)
	}
	gap := `[ \t]{0,3}`
	if scan {
		gap = `[ \t·.。,"'_]{0,4}`
	}
	rs := []rune(label)
	alts := []string{join(rs, gap, -1)}
	if scan && len(rs) >= 4 && allHan(rs) {
		for i := range rs {
			alts = append(alts, join(rs, gap, i))
		}
	}
	re := regexp.MustCompile(`(?:^|[^\p{Han}A-Za-z])(?:` + strings.Join(alts, "|") + `)(?: ?\([^()]{1,12}\))?`)
	labelCache.Store(key, re)
	return re
}

func join(rs []rune, gap string, wild int) string {
	var b strings.Builder
	for i, c := range rs {
		if i > 0 {
			b.WriteString(gap)
		}
		if i == wild {
			b.WriteString(`\p{Han}`)
			continue
		}
		b.WriteString(regexp.QuoteMeta(string(c)))
	}
	return b.String()
}

func allHan(rs []rune) bool {
	for _, r := range rs {
		if !unicode.Is(unicode.Han, r) {
			return false
		}
	}
	return utf8.RuneCountInString(string(rs)) > 0
}

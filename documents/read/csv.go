package read

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xuri/excelize/v2"
)

// readCSV reads delimited text as one sheet whose cells carry addresses, ragged rows and preambles kept.
func readCSV(r *reading) error {
	text, err := r.decodeFile()
	if err != nil {
		return err
	}
	p := dossier.Page{Number: 1}
	t := dossier.Table{Sheet: true}
	rows, more := records(text, delimiter(text), r.lim.Rows)
	if more {
		r.note(partial(fmt.Sprintf("超过 %d 行，其余没有读取", r.lim.Rows)))
	}
	for i, rec := range rows {
		row := make([]dossier.Cell, len(rec))
		for c, v := range rec {
			ref, err := excelize.CoordinatesToCellName(c+1, i+1)
			if err != nil {
				row = row[:c]
				break
			}
			row[c] = dossier.Cell{Text: value(v), Ref: ref}
		}
		if r.cells += len(row); r.cells > r.lim.Cells {
			r.note(partial(fmt.Sprintf("单元格超过 %d 个，第%d行起没有读取", r.lim.Cells, i+1)))
			break
		}
		t.Rows = append(t.Rows, row)
		line(&p, rowText(row))
	}
	p.Tables = []dossier.Table{t}
	return r.add(p, 1)
}

// value strips what exporters wrap around a value: blanks, tabs, and ="…" that keeps Excel from changing it.
func value(s string) string {
	s = strings.TrimSpace(Clean(s))
	if strings.HasPrefix(s, `="`) && strings.HasSuffix(s, `"`) && len(s) >= 3 {
		s = s[2 : len(s)-1]
	}
	return strings.TrimSpace(s)
}

// delimiter picks what splits the most lines into more than one part, and evenly.
func delimiter(text string) rune {
	lines := strings.SplitN(text, "\n", 201)
	if len(lines) > 200 {
		lines = lines[:200]
	}
	best, bestScore := ',', 0
	for _, d := range []rune{',', '\t', ';', '|'} {
		seen := map[int]int{}
		for _, l := range lines {
			if n := strings.Count(l, string(d)); n > 0 {
				seen[n]++
			}
		}
		score := 0 // lines that share the commonest count, weighted by a little of how many parts that is
		for n, k := range seen {
			score = max(score, k*(10+min(n, 10)))
		}
		if score > bestScore {
			best, bestScore = d, score
		}
	}
	return best
}

// records splits text by RFC 4180 with tolerance: a quote counts only at a value's start, an unclosed one ends with
// its line, blank lines stay rows so that a row's number is the one that a spreadsheet shows.
func records(text string, delim rune, limit int) (rows [][]string, more bool) {
	for len(text) > 0 {
		if len(rows) >= limit {
			return rows, true
		}
		var rec []string
		rec, text = record(text, delim)
		rows = append(rows, rec)
	}
	return rows, false
}

func record(text string, delim rune) (rec []string, rest string) {
	for {
		var v string
		v, text = field(text, delim)
		rec = append(rec, v)
		switch {
		case text == "":
			return rec, ""
		case text[0] == '\n':
			return rec, text[1:]
		}
		text = text[len(string(delim)):]
		if text == "" {
			return append(rec, ""), ""
		}
	}
}

// maxQuoted bounds a quoted value that spans lines, so that one stray quote cannot swallow the file.
const maxQuoted = 32 << 10

func field(text string, delim rune) (v, rest string) {
	body := strings.TrimLeft(text, " ")
	if strings.HasPrefix(body, `"`) {
		var b strings.Builder
		for s := body[1:]; ; {
			i := strings.IndexByte(s, '"')
			if i < 0 || b.Len()+i > maxQuoted {
				break
			}
			b.WriteString(s[:i])
			if s = s[i+1:]; strings.HasPrefix(s, `"`) {
				b.WriteByte('"')
				s = s[1:]
				continue
			}
			end := strings.IndexFunc(s, func(c rune) bool { return c == delim || c == '\n' })
			if end < 0 {
				end = len(s)
			}
			if strings.TrimSpace(s[:end]) == "" {
				return b.String(), s[end:]
			}
			break
		}
	}
	end := strings.IndexFunc(text, func(c rune) bool { return c == delim || c == '\n' })
	if end < 0 {
		end = len(text)
	}
	return text[:end], text[end:]
}

package read

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/documents/read/internal/sheet"
)

// readCSV reads delimited text as one sheet whose cells carry addresses, ragged rows and preambles kept.
func readCSV(r *reading) error {
	text, err := r.decodeFile()
	if err != nil {
		return err
	}
	book := &csvBook{text: text, delim: delimiter(text)}
	err = (&sheets{r: r, book: book, what: "CSV"}).read()
	if book.cut {
		r.note(partial(fmt.Sprintf("有的行超过 %d 列，其余没有读取", sheet.MaxCols)))
	}
	return err
}

// csvBook gives the records of delimited text as rows of the only sheet of a workbook.
type csvBook struct {
	text  string
	delim rune
	cut   bool // a row was too wide
}

func (*csvBook) Sheets() []sheet.Info    { return []sheet.Info{{}} }
func (*csvBook) Date1904() bool          { return false }
func (*csvBook) Format(int) sheet.Format { return sheet.Plain }

func (b *csvBook) Each(_ int, visit func(*sheet.Row) error) (sheet.Tail, error) {
	var row sheet.Row
	rest := b.text
	for rest != "" {
		var rec []string
		rec, rest = record(rest, b.delim)
		row.Number++
		row.Cells = row.Cells[:0]
		for c, v := range rec {
			if c >= sheet.MaxCols {
				b.cut = true
				break
			}
			row.Cells = append(row.Cells, sheet.Cell{Col: c, Kind: sheet.Text, Raw: value(v)})
		}
		if err := visit(&row); err != nil {
			return sheet.Tail{}, err
		}
	}
	return sheet.Tail{}, nil
}

// value strips what exporters wrap around a value: blanks, tabs, and ="…" or a quote mark that keep Excel from changing it.
func value(s string) string {
	s = strings.TrimSpace(Clean(s))
	if strings.HasPrefix(s, `="`) && strings.HasSuffix(s, `"`) && len(s) >= 3 {
		s = s[2 : len(s)-1]
	}
	if len(s) > 1 && (s[0] == '\'' || s[0] == '`') && s[1] >= '0' && s[1] <= '9' && strings.Trim(s[1:], "0123456789.,:/- ") == "" {
		s = s[1:]
	}
	return strings.TrimSpace(s)
}

// delimiter picks what splits the most lines into more than one part, and evenly. Excel's own sep=; settles it.
func delimiter(text string) rune {
	if line, _, _ := strings.Cut(text, "\n"); len(line) >= 5 && strings.EqualFold(line[:4], "sep=") {
		return rune(line[4])
	}
	lines := strings.SplitN(text, "\n", 201)
	if len(lines) > 200 {
		lines = lines[:200]
	}
	best, bestScore := ',', 0
	for _, d := range []rune{',', '\t', ';', '|', '，'} {
		seen := map[int]int{}
		for _, l := range lines {
			if n := strings.Count(unquoted(l), string(d)); n > 0 {
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

// unquoted leaves out what stands in quotes on a line: commas within amounts and remarks part nothing.
func unquoted(l string) string {
	if !strings.Contains(l, `"`) {
		return l
	}
	var b strings.Builder
	for i, part := range strings.Split(l, `"`) {
		if i%2 == 0 {
			b.WriteString(part)
		}
	}
	return b.String()
}

// record splits off one record by RFC 4180 with tolerance: a quote counts only at a value's start, an unclosed one ends
// with its line, blank lines stay rows so that a row's number is the one that a spreadsheet shows.
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
			i := strings.IndexByte(s[:min(len(s), maxQuoted)], '"')
			if i < 0 || b.Len()+i > maxQuoted {
				break
			}
			b.WriteString(s[:i])
			if s = s[i+1:]; strings.HasPrefix(s, `"`) {
				b.WriteByte('"')
				s = s[1:]
				continue
			}
			end := fieldEnd(s, delim)
			if strings.TrimSpace(s[:end]) == "" {
				return b.String(), s[end:]
			}
			break
		}
	}
	end := fieldEnd(text, delim)
	return text[:end], text[end:]
}

func fieldEnd(s string, delim rune) int {
	var end int
	if delim < 0x80 {
		end = strings.IndexAny(s, "\n"+string(delim))
	} else {
		end = strings.IndexFunc(s, func(c rune) bool { return c == delim || c == '\n' })
	}
	if end < 0 {
		return len(s)
	}
	return end
}

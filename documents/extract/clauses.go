package extract

import (
	"regexp"
	"strings"

	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

const (
	maxClauses  = 120
	clauseRunes = 800
)

var (
	clauseHead = regexp.MustCompile(`^第([一二三四五六七八九十百零〇\d]{1,5})条[\s\t、:.]*`)
	plainHead  = regexp.MustCompile(`^([一二三四五六七八九十]{1,3})、`)
	titleEnd   = regexp.MustCompile(`^([\p{Han}、和与及]{2,14})(?:[:\s\t(]|$)`)
	chapterRow = regexp.MustCompile(`^第[一二三四五六七八九十百]{1,3}[章节编]`)
	signHere   = regexp.MustCompile(`^\(?(?:以下无正文|此页无正文|签署页|签字页)|^(?:甲方|乙方|丙方|出租方|承租方|借款人|贷款人|保证人|抵押人|抵押权人|买方|卖方|发包方|承包方)\(?(?:盖章|签章|签字|公章)`)
)

// clauses reads a contract by its articles: no, title, text. Agreements without 第…条 are read by 一、二、三、.
var _ = add("clauses", func(r *reader, _ *types.Field, _ *types.Finder) []found {
	rows := r.articles(clauseHead)
	if len(rows) == 0 {
		if rows = r.articles(plainHead); len(rows) < 3 {
			return nil
		}
	}
	return []found{{rows: rows, at: rows[0].At, conf: 0.9, method: "label"}}
})

func (r *reader) articles(head *regexp.Regexp) []dossier.Row {
	var rows []dossier.Row
	var text strings.Builder
	var at dossier.Place
	var no, title string
	conf := 1.0
	end := func() {
		if no == "" {
			return
		}
		cell := func(key, v string) dossier.Field {
			return dossier.Field{Key: key, Kind: dossier.KindText, Value: v, Raw: v, At: at, Confidence: 0.9 * conf, Method: "label"}
		}
		row := dossier.Row{At: at, Cells: map[string]dossier.Field{"no": cell("no", no), "text": cell("text", clip(text.String()))}}
		if title != "" {
			row.Cells["title"] = cell("title", title)
		}
		rows = append(rows, row)
		no, title = "", ""
		text.Reset()
	}
	for i := range r.text.Lines {
		l := &r.text.Lines[i]
		m := head.FindStringSubmatchIndex(l.Fold)
		switch {
		case m != nil:
			end()
			if len(rows) == maxClauses {
				return rows
			}
			no, at, conf = l.Fold[m[2]:m[3]], l.Place(r.d.File), r.certainty(l, 1)
			rest := l.CleanSpan(m[1], len(l.Fold))
			if t := titleEnd.FindStringSubmatch(plain.Fold(rest)); t != nil {
				title = t[1]
				rest = strings.TrimLeft(strings.TrimPrefix(rest, title), " \t:：")
			}
			text.WriteString(rest)
		case chapterRow.MatchString(l.Fold), no != "" && signHere.MatchString(plain.Tight(l.Fold)):
			end()
		case no != "" && text.Len() < 3*clauseRunes:
			text.WriteString(l.Clean)
		}
	}
	end()
	return rows
}

func clip(s string) string {
	if rs := []rune(tidy(s)); len(rs) > clauseRunes {
		return string(rs[:clauseRunes-1]) + "…"
	}
	return strings.TrimSpace(s)
}

// clause_of is the text of the first article whose title, or else whose text, matches Take.
var _ = add("clause_of", func(r *reader, _ *types.Field, fi *types.Finder) []found {
	rows := r.keep["clauses"].Rows
	for _, col := range []string{"title", "text"} {
		for _, row := range rows {
			c, ok := row.Cells[col]
			if !ok || !fi.TakeRe().MatchString(plain.Tight(c.Value)) {
				continue
			}
			t := row.Cells["text"]
			return []found{{raw: t.Value, at: t.At, conf: 0.85, method: "label"}}
		}
	}
	return nil
})

var (
	rowNo   = regexp.MustCompile(`^\d{1,2}(?:\.\d{1,2})?$`)
	taxNote = regexp.MustCompile(`^(?:\p{Han}{2,4}\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|减:|加:|其中:|\d[.、])+`)
)

// form_lines reads a tax form line by line: number of the line, item, amount, and the amount of the year so far where
// the form has one.
var _ = add("form_lines", func(r *reader, _ *types.Field, _ *types.Finder) []found {
	var rows []dossier.Row
	for i := range r.text.Lines {
		if row, ok := r.formLine(&r.text.Lines[i]); ok {
			rows = append(rows, row)
		}
		if len(rows) == maxClauses {
			break
		}
	}
	if len(rows) < 3 {
		return nil
	}
	return []found{{rows: rows, at: rows[0].At, conf: 0.9, method: "table"}}
})

func (r *reader) formLine(l *plain.Line) (dossier.Row, bool) {
	var no, item string
	var sums []string
	for _, p := range strings.FieldsFunc(l.Fold, func(c rune) bool { return c == '\t' || c == ' ' }) {
		switch {
		case amountLike(p):
			sums = append(sums, p)
		case rowNo.MatchString(p) && no == "" && len(sums) == 0:
			no = p
		case hasHan(p) && len(sums) == 0:
			item += p
		}
	}
	if no == "" || item == "" || len(sums) == 0 || len([]rune(item)) > 40 {
		return dossier.Row{}, false
	}
	at := l.Place(r.d.File)
	row := dossier.Row{At: at, Cells: map[string]dossier.Field{}}
	put := func(key string, kind dossier.FieldKind, raw string) {
		if v, ok := canonical(kind, raw, r.unit); ok {
			row.Cells[key] = dossier.Field{Key: key, Kind: kind, Value: v.value, Raw: raw, At: at, Confidence: r.certainty(l, 0.9*v.conf), Method: "table", Doubt: v.doubt}
		}
	}
	put("no", dossier.KindCode, no+"行")
	put("item", dossier.KindText, taxNote.ReplaceAllString(item, ""))
	put("amount", dossier.KindMoney, sums[0])
	if len(sums) > 1 {
		put("ytd", dossier.KindMoney, sums[1])
	}
	return row, true
}

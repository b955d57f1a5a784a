package extract

import (
	"regexp"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

// pattern matches a regular expression against the flow, the lines, the title lines or the file name.
func (r *reader) pattern(fi *types.Finder) []found {
	var out []found
	re := fi.PatternRe()
	switch fi.In {
	case "file":
		name := plain.Fold(fileName(r.d))
		if m := re.FindStringSubmatch(name); m != nil {
			out = append(out, found{raw: firstGroup(m), at: dossier.Place{File: r.d.File, Quote: fileName(r.d)}, conf: 0.5, method: "pattern"})
		}
	case "lines", "title":
		for i := range r.text.Lines {
			if fi.In == "title" && i >= 12 {
				break
			}
			l := &r.text.Lines[i]
			for _, m := range re.FindAllStringSubmatchIndex(l.Fold, 20) {
				if a, z := group(m); a >= 0 && !headless(l.Fold, a, z) {
					out = append(out, found{raw: l.CleanSpan(a, z), at: l.Place(r.d.File), conf: r.certainty(l, 0.9), method: "pattern"})
				}
			}
		}
	default:
		if !plain.Possible(re, r.text.Flow) {
			return nil
		}
		for _, m := range re.FindAllStringSubmatchIndex(r.text.Flow, 50) {
			if a, z := group(m); a >= 0 && !headless(r.text.Flow, a, z) {
				l := r.text.LineAt(a)
				out = append(out, found{raw: r.text.Clean(a, z), at: l.Place(r.d.File), conf: r.certainty(l, 0.9), method: "pattern"})
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

// headless tells whether a match is an amount in capital numerals whose first numerals were left out.
func headless(s string, a, z int) bool {
	return strings.ContainsAny(s[a:z], "万亿元圆") && torn(s, a)
}

func firstGroup(m []string) string {
	for _, s := range m[1:] {
		if s != "" {
			return s
		}
	}
	return ""
}

func group(m []int) (int, int) {
	for i := 2; i+1 < len(m); i += 2 {
		if m[i] >= 0 && m[i+1] > m[i] {
			return m[i], m[i+1]
		}
	}
	return -1, -1
}

var heading = regexp.MustCompile(`^(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十百]{1,4}[条章节]|\d{1,2}[、.]\D)`)

// closing begins the lines with which a letter ends: they belong to no heading.
var closing = regexp.MustCompile(`^(?:(?:我|本)(?:公司|企业|单位|人)[^。;]{0,6}(?:承诺|保证|声明)|特此|此致|(?:申请人|借款人|申请单位)[:(]|以上(?:情况|资料|内容)|\d{4}年\d{1,2}月\d{1,2}日$|\[印章\])`)

// section returns what stands under a heading.
func (r *reader) section(fi *types.Finder) []found {
	var out []found
	for i := range r.text.Lines {
		l := &r.text.Lines[i]
		m := fi.SectionRe().FindStringIndex(l.Fold)
		if m == nil {
			continue
		}
		var parts []string
		size := 0
		if rest := strings.TrimLeft(l.Fold[m[1]:], " \t:。"); rest != "" {
			parts = append(parts, l.CleanSpan(len(l.Fold)-len(rest), len(l.Fold)))
		}
		at := l.Place(r.d.File)
		for j := i + 1; j < len(r.text.Lines) && size < 1500; j++ {
			n := &r.text.Lines[j]
			if e := fi.EndRe(); e != nil && e.MatchString(n.Fold) || e == nil && heading.MatchString(n.Fold) {
				break
			}
			if len(parts) > 0 && fi.EndRe() == nil && closing.MatchString(n.Fold) {
				break
			}
			if len(parts) == 0 {
				at = n.Place(r.d.File)
			}
			parts = append(parts, n.Clean)
			size += len(n.Clean)
		}
		if len(parts) > 0 {
			out = append(out, found{raw: strings.Join(parts, ""), at: at, conf: r.certainty(l, 0.9), method: "label"})
		}
	}
	if fi.Pick == "last" && len(out) > 1 {
		out[0], out[len(out)-1] = out[len(out)-1], out[0]
	}
	return out
}

// lineRows makes a row of every line that matches; the named groups are the columns.
func (r *reader) lineRows(fi *types.Finder) []found {
	re := fi.LinesRe()
	names := re.SubexpNames()
	rows := []dossier.Row{}
	var at dossier.Place
	for i := range r.text.Lines {
		l := &r.text.Lines[i]
		for _, m := range re.FindAllStringSubmatchIndex(l.Fold, 20) {
			rec := dossier.Row{Cells: map[string]dossier.Field{}, At: l.Place(r.d.File)}
			for g := 1; g < len(names); g++ {
				if names[g] == "" || m[2*g] < 0 {
					continue
				}
				raw := l.CleanSpan(m[2*g], m[2*g+1])
				unit := fi.Unit
				if unit == "auto" {
					unit = r.unit
				}
				if v, ok := canonical(fi.Kinds[names[g]], raw, unit); ok {
					rec.Cells[names[g]] = dossier.Field{Key: names[g], Kind: fi.Kinds[names[g]], Value: v.value, Raw: raw, At: rec.At,
						Confidence: r.certainty(l, 0.88*v.conf), Method: "pattern", Doubt: v.doubt}
				}
			}
			if len(rec.Cells) > 0 {
				if len(rows) == 0 {
					at = rec.At
				}
				rows = append(rows, rec)
			}
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return []found{{rows: rows, at: at, conf: 0.88, method: "pattern"}}
}

// split makes rows of a listed value: 甲、乙 or 甲  乙.
func (r *reader) split(fi *types.Finder, h found) []dossier.Row {
	raw := h.raw
	if re := fi.TakeRe(); re != nil {
		if cut, ok := cutOut(re, raw); ok {
			raw = cut
		}
	}
	rows := []dossier.Row{}
	for _, s := range fi.SplitRe().Split(raw, 50) {
		if s = tidy(s); s == "" {
			continue
		}
		v, ok := canonical(fi.Kinds[fi.Column], s, "")
		if !ok {
			continue
		}
		rows = append(rows, dossier.Row{At: h.at, Cells: map[string]dossier.Field{
			fi.Column: {Key: fi.Column, Kind: fi.Kinds[fi.Column], Value: v.value, Raw: s, At: h.at, Confidence: h.conf * v.conf, Method: h.method, Doubt: v.doubt}}})
	}
	return rows
}

// derived computes a value from a rows field read before.
func (r *reader) derived(fi *types.Finder) []found {
	for _, w := range []struct{ op, arg string }{{"count", fi.Count}, {"sum", fi.Sum}, {"first", fi.First}, {"last", fi.Last}, {"min", fi.Min}, {"max", fi.Max}} {
		if w.arg == "" {
			continue
		}
		key, col, _ := strings.Cut(w.arg, ".")
		src, ok := r.keep[key]
		if !ok {
			return nil
		}
		rows := src.Rows
		if c, v, has := strings.Cut(fi.Where, "="); has {
			rows = filter(rows, c, v)
		}
		return reduce(w.op, col, src, rows)
	}
	return nil
}

func filter(rows []dossier.Row, col, want string) []dossier.Row {
	var out []dossier.Row
	for _, r := range rows {
		if r.Get(col) == want {
			out = append(out, r)
		}
	}
	return out
}

func reduce(op, col string, src dossier.Field, rows []dossier.Row) []found {
	h := found{at: src.At, conf: 0.9, method: "sum"}
	if op == "count" {
		h.raw, h.method = decimal.NewFromInt(int64(len(rows))).String(), "count"
		return []found{h}
	}
	total, n := decimal.Zero, 0
	for _, row := range rows {
		f, ok := row.Cells[col]
		if !ok || f.Value == "" {
			continue
		}
		switch v, okNum := f.Decimal(); {
		case op == "sum" && okNum:
			total = total.Add(v)
		case op == "sum":
			continue
		case n == 0 || op == "last", op == "min" && less(f.Value, h.raw), op == "max" && less(h.raw, f.Value):
			h.raw, h.at = f.Value, f.At
		}
		n++
	}
	if op == "sum" {
		h.raw = total.String()
	} else {
		h.method = "table"
	}
	if n == 0 {
		return nil
	}
	return []found{h}
}

// less compares numbers as numbers and dates as text.
func less(a, b string) bool {
	x, errA := decimal.NewFromString(a)
	y, errB := decimal.NewFromString(b)
	if errA == nil && errB == nil {
		return x.LessThan(y)
	}
	return a < b
}

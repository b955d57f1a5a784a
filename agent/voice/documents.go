package voice

import (
	"regexp"
	"sort"
	"strconv"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/retrieval/chunk"
)

// docs returns the current documents of "a|b|c": in the order the types are named, of one type the newest first.
func (u *utterance) docs(types string) []*dossier.Document {
	var out []*dossier.Document
	for _, t := range strings.Split(types, "|") {
		docs := u.v.Dossier.Valid(t)
		sort.SliceStable(docs, func(i, j int) bool { return dated(docs[i]) > dated(docs[j]) })
		out = append(out, docs...)
	}
	return out
}

// dated is the day a paper speaks of, in canonical form.
func dated(d *dossier.Document) string {
	for _, key := range []string{"period_end", "report_date", "query_date", "as_of", "date", "issue_date"} {
		if f, ok := d.Field(key); ok {
			return f.Value
		}
	}
	return ""
}

// find returns the field from the first document that has it; what was read from text goes before what OCR read.
func (u *utterance) find(types, key string) (dossier.Field, bool) {
	for _, scans := range []bool{false, true} {
		for _, d := range u.docs(types) {
			if f, has := d.Field(key); has && d.Scan == scans {
				f.At = d.At(f.At)
				return f, true
			}
		}
	}
	return dossier.Field{}, false
}

// Doc is one document in a template: {{range each "t"}}{{.Get "year"}}{{end}}.
type Doc struct {
	u *utterance
	d *dossier.Document
}

// Get prints a field and cites it; a missing field is an error like everywhere.
func (d Doc) Get(key string) (string, error) {
	f, ok := d.d.Field(key)
	if !ok {
		return "", missing("%s.%s", d.d.File, key)
	}
	f.At = d.d.At(f.At)
	if Doubtful(d.d, f) {
		d.u.doubt = d.d.File
	}
	d.u.cite(f.At)
	return Show(f), nil
}

// each returns the documents of the types that have all the keys, the oldest first.
func (u *utterance) each(types string, keys ...string) ([]Doc, error) {
	var out []Doc
	for _, d := range u.docs(types) {
		ok := true
		for _, k := range keys {
			_, has := d.Field(k)
			ok = ok && has
		}
		if ok {
			out = append([]Doc{{u, d}}, out...)
		}
	}
	if len(out) == 0 {
		return nil, missing("%s", types)
	}
	return out, nil
}

// field prints a field of the first of the types that has it.
func (u *utterance) field(types, key string) (string, error) {
	f, ok := u.find(types, key)
	if !ok || f.Value == "" {
		return "", missing("%s.%s", types, key)
	}
	if Doubtful(u.v.Dossier.Document(f.At.File), f) {
		u.doubt = f.At.File
	}
	u.cite(f.At)
	return Show(f), nil
}

// is compares a field's canonical value: is "contract" "signed_b" "no".
func (u *utterance) is(types, key, value string) bool {
	f, ok := u.find(types, key)
	return ok && f.Value == value
}

// has tells whether a document of the types is there, with the field when one is named.
func (u *utterance) has(types string, key ...string) bool {
	if len(key) == 0 {
		return len(u.docs(types)) > 0
	}
	_, ok := u.find(types, key[0])
	return ok
}

// anyOf tells whether any of the conditions holds.
func (u *utterance) anyOf(conds ...bool) bool {
	for _, c := range conds {
		if c {
			return true
		}
	}
	return false
}

// file names the first document of the types and cites its beginning.
func (u *utterance) file(types string) (string, error) {
	docs := u.docs(types)
	if len(docs) == 0 {
		return "", missing("%s", types)
	}
	u.cite(dossier.Place{File: docs[0].File, Page: 1, Quote: docs[0].TypeName})
	return docs[0].File, nil
}

// materials counts the documents that were read and named.
func (u *utterance) materials() string {
	n := 0
	for _, d := range u.v.Dossier.Documents {
		if d.Type != dossier.TypeArchive {
			n++
		}
	}
	return strconv.Itoa(n)
}

// Row is one row of a list field in a template: {{range rows "t" "k"}}{{.Get "name"}}{{end}}.
type Row struct {
	u *utterance
	r dossier.Row
}

// Get prints a column.
func (r Row) Get(key string) string { return Show(r.r.Cells[key]) }

// Is tells whether a column matches a pattern.
func (r Row) Is(key, pattern string) bool {
	return regexp.MustCompile(pattern).MatchString(r.r.Get(key))
}

// rows returns the rows of a list field and cites them.
func (u *utterance) rows(types, key string) ([]Row, error) {
	f, ok := u.find(types, key)
	if !ok || len(f.Rows) == 0 {
		return nil, missing("%s.%s", types, key)
	}
	var out []Row
	for _, r := range f.Rows {
		at := r.At
		if at.File == "" {
			at.File = f.At.File
		}
		u.cite(at)
		out = append(out, Row{u, r})
	}
	return out, nil
}

// count is the number of rows of a list field.
func (u *utterance) count(types, key string) (string, error) {
	rows, err := u.rows(types, key)
	return strconv.Itoa(len(rows)), err
}

// sum adds up a money column over all current documents of the types; only rows whose column Where matches Pattern
// when these are given.
func (u *utterance) sum(types, key, column string, where ...string) (string, error) {
	total, n := dossier.D("0"), 0
	var keep *regexp.Regexp
	if len(where) == 2 {
		re, err := regexp.Compile(where[1])
		if err != nil {
			return "", err
		}
		keep = re
	}
	for _, d := range u.docs(types) {
		f, ok := d.Field(key)
		if !ok {
			continue
		}
		for _, r := range f.Rows {
			a, ok := r.Cells[column].Decimal()
			if !ok || keep != nil && !keep.MatchString(r.Get(where[0])) {
				continue
			}
			at := d.At(r.At)
			u.cite(at)
			total, n = total.Add(a), n+1
		}
	}
	if n == 0 {
		return "", missing("%s.%s.%s", types, key, column)
	}
	u.computed = u.computed || n > 1
	return Wan(total), nil
}

// quote finds a sentence that matches a pattern in documents of the types and prints it in quotation marks.
func (u *utterance) quote(types, pattern string) (string, error) {
	re, err := regexp.Compile(pattern)
	if err != nil {
		return "", err
	}
	for _, d := range u.docs(types) {
		for _, p := range d.Pages {
			for _, span := range chunk.Sentences(&p) {
				s := quotable(p.Text[span.Start:span.End])
				if re.MatchString(s) {
					u.quoted = true
					u.cite(dossier.Place{File: d.File, Page: p.Number, Line: 1 + strings.Count(p.Text[:span.Start], "\n"), Quote: s})
					return "“" + s + "”", nil
				}
			}
		}
	}
	return "", missing("%s: %s", types, pattern)
}

var itemNumber = regexp.MustCompile(`^[（(]?[一二三四五六七八九十\d]+[）)、.．]\s*`)

// quotable is a sentence on one line, without its number and its end.
func quotable(s string) string {
	s = itemNumber.ReplaceAllString(strings.TrimSpace(strings.ReplaceAll(s, "\n", "")), "")
	return strings.TrimRight(s, "。；;！!")
}

package reading

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"sort"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

var (
	//go:embed view.html
	source string
	//go:embed view.css
	css string
	//go:embed view.js
	script string
)

// Picture gives the image of a page as a data URI, "" when there is none: the format has no pages to look at, or the
// page could not be drawn.
type Picture func(d *dossier.Document, page int) string

// So many rows of a sheet and lines of a page are shown; the JSON has them all.
const (
	maxRows  = 400
	maxLines = 2000
)

var view = template.Must(template.New("view").Funcs(template.FuncMap{
	"css":     func() template.CSS { return template.CSS(css) },
	"script":  func() template.JS { return template.JS(script) },
	"summary": summary,
	"kind":    kindName,
	"percent": func(x float64) string { return fmt.Sprintf("%.0f%%", x*100) },
	"role":    roleZH,
	"shown":   shown,
	"short":   func(s string) string { return s[strings.LastIndexByte(s, '/')+1:] },
}).Parse(source))

type viewData struct {
	CSP  string
	Docs []viewDoc
}

type viewDoc struct {
	*dossier.Document
	ID     string
	Fields []viewField
	Pages  []viewPage
}

type viewField struct {
	dossier.Field
	ID, PageID string
	Where      string
	Columns    []string
}

type viewPage struct {
	dossier.Page
	ID      string
	Title   string
	Image   template.URL
	Boxes   []viewBox
	Sheets  []viewSheet
	Printed []viewLine // where there is no picture
}

type viewLine struct{ Text, Field string }

type viewBox struct {
	Class, Field, Title string
	X, Y, W, H          float64
}

type viewSheet struct {
	Name string
	Rows [][]viewCell
	More int
}

type viewCell struct{ Text, Ref, Field string }

// WriteHTML writes one page that needs no network: each paper's picture under boxes around what was read, with the
// fields beside it; papers without a picture are shown as their lines and tables.
func WriteHTML(w io.Writer, docs []*dossier.Document, picture Picture) error {
	sum := sha256.Sum256([]byte(script))
	data := viewData{CSP: "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"}
	for i, d := range docs {
		data.Docs = append(data.Docs, viewOf(d, fmt.Sprintf("d%d", i+1), picture))
	}
	return view.Execute(w, data)
}

func viewOf(d *dossier.Document, id string, picture Picture) viewDoc {
	v := viewDoc{Document: d, ID: id}
	for i, f := range fields(d) {
		vf := viewField{Field: f, ID: fmt.Sprintf("%sf%d", id, i+1), Where: place(f.At)}
		if f.At.Page > 0 {
			vf.PageID = fmt.Sprintf("%sp%d", id, f.At.Page)
		}
		if len(f.Rows) > 0 {
			vf.Columns = columns(f.Rows)
		}
		v.Fields = append(v.Fields, vf)
	}
	for _, p := range d.Pages {
		vp := viewPage{Page: p, ID: fmt.Sprintf("%sp%d", id, p.Number), Title: pageName(p)}
		if p.Width > 0 && picture != nil {
			vp.Image = template.URL(picture(d, p.Number))
		}
		if vp.Image != "" {
			vp.Boxes = boxes(p, v.Fields)
		} else {
			vp.Sheets = sheets(p, v.Fields)
			if len(vp.Sheets) == 0 {
				vp.Printed = lines(p, v.Fields)
			}
		}
		v.Pages = append(v.Pages, vp)
	}
	return v
}

// boxes lie in the order of painting: lines and cells below, fields on top.
func boxes(p dossier.Page, fs []viewField) []viewBox {
	var out []viewBox
	add := func(class, field, title string, b *dossier.Box) {
		if b != nil && b.X1 > b.X0 && b.Y1 > b.Y0 {
			out = append(out, viewBox{class, field, title, round(b.X0), round(b.Y0), round(b.X1 - b.X0), round(b.Y1 - b.Y0)})
		}
	}
	for _, t := range p.Tables {
		for _, r := range t.Rows {
			for _, c := range r {
				add("cell", "", c.Text, c.Box)
			}
		}
	}
	for _, l := range p.Lines {
		class := "line"
		if strings.HasPrefix(l.Text, dossier.SealMark) {
			class = "seal"
		}
		add(class, "", l.Text, l.Box)
		for i := range l.Words {
			if l.Words[i].Doubtful {
				add("doubt", "", "存疑："+l.Words[i].Text, &l.Words[i].Box)
			}
		}
	}
	for _, f := range fs {
		if f.At.Page == p.Number {
			add("field", f.ID, f.Label+"："+shown(f.Field), f.At.Box)
		}
	}
	return out
}

func lines(p dossier.Page, fs []viewField) []viewLine {
	out := make([]viewLine, 0, min(len(p.Lines), maxLines))
	for i, l := range p.Lines {
		if i == maxLines {
			out = append(out, viewLine{Text: fmt.Sprintf("（其后还有 %d 行，见 JSON）", len(p.Lines)-maxLines)})
			break
		}
		v := viewLine{Text: l.Text}
		for _, f := range fs {
			if f.At.Page == p.Number && f.At.Line == i+1 {
				v.Field = f.ID
				break
			}
		}
		out = append(out, v)
	}
	return out
}

func sheets(p dossier.Page, fs []viewField) []viewSheet {
	at := map[string]string{}
	for _, f := range fs {
		if f.At.Page == p.Number && f.At.Cell != "" {
			at[f.At.Cell[strings.LastIndexByte(f.At.Cell, '!')+1:]] = f.ID
		}
	}
	var out []viewSheet
	for _, t := range p.Tables {
		if !t.Sheet {
			continue // its rows stand among the lines
		}
		s := viewSheet{Name: t.Name}
		for i, r := range t.Rows {
			if i == maxRows {
				s.More = len(t.Rows) - maxRows
				break
			}
			row := make([]viewCell, len(r))
			for k, c := range r {
				row[k] = viewCell{c.Text, c.Ref, at[c.Ref]}
			}
			s.Rows = append(s.Rows, row)
		}
		out = append(out, s)
	}
	return out
}

// columns of a list, those that most rows have first.
func columns(rows []dossier.Row) []string {
	count := map[string]int{}
	for _, r := range rows {
		for k := range r.Cells {
			count[k]++
		}
	}
	out := make([]string, 0, len(count))
	for k := range count {
		out = append(out, k)
	}
	sort.Slice(out, func(i, j int) bool {
		if count[out[i]] != count[out[j]] {
			return count[out[i]] > count[out[j]]
		}
		return out[i] < out[j]
	})
	return out
}

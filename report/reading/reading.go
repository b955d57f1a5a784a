// Package reading writes what was read from files, before anything is concluded from it: as text, as JSON, and as a
// page that lays boxes over the pictures of the pages.
package reading

import (
	"encoding/json"
	"io"
	"sort"

	"github.com/xindiao/xindiao/dossier"
)

// Schema names the JSON layout of WriteJSON; unknown keys may be added, none renamed.
const Schema = "xindiao.read/v1"

type readingJSON struct {
	Schema    string         `json:"schema"`
	Documents []documentJSON `json:"documents"`
}

type documentJSON struct {
	File         string            `json:"file"`
	SHA256       string            `json:"sha256"`
	Format       string            `json:"format"`
	Scan         bool              `json:"scan"`
	Type         string            `json:"type"`
	NameZH       string            `json:"name_zh"`
	Confidence   float64           `json:"confidence"`
	Why          []string          `json:"why,omitempty"`
	Party        *partyJSON        `json:"party,omitempty"`
	SupersededBy string            `json:"superseded_by,omitempty"`
	DuplicateOf  string            `json:"duplicate_of,omitempty"`
	Fields       []fieldJSON       `json:"fields"`
	Pages        []pageJSON        `json:"pages"`
	Problems     []dossier.Problem `json:"problems"`
}

type partyJSON struct {
	Name string       `json:"name"`
	Role dossier.Role `json:"role"`
}

type fieldJSON struct {
	Key        string                 `json:"key"`
	Label      string                 `json:"label"`
	Kind       dossier.FieldKind      `json:"kind"`
	Value      string                 `json:"value"`
	Raw        string                 `json:"raw,omitempty"`
	Rows       []map[string]fieldJSON `json:"rows,omitempty"`
	Page       int                    `json:"page,omitempty"`
	Line       int                    `json:"line,omitempty"`
	Cell       string                 `json:"cell,omitempty"`
	Box        []float64              `json:"box,omitempty"`
	Quote      string                 `json:"quote,omitempty"`
	Confidence float64                `json:"confidence"`
	Method     string                 `json:"method,omitempty"`
	Doubt      string                 `json:"doubt,omitempty"`
	Candidate  *candidateJSON         `json:"candidate,omitempty"`
}

type candidateJSON struct {
	Value string `json:"value"`
	File  string `json:"file"`
	Page  int    `json:"page,omitempty"`
}

type pageJSON struct {
	Number int         `json:"number"`
	Name   string      `json:"name,omitempty"`
	Width  float64     `json:"width,omitempty"`
	Height float64     `json:"height,omitempty"`
	Scan   bool        `json:"scan,omitempty"`
	Doubts []string    `json:"doubts,omitempty"`
	Lines  []lineJSON  `json:"lines"`
	Tables []tableJSON `json:"tables,omitempty"`
}

type lineJSON struct {
	Text       string     `json:"text"`
	Box        []float64  `json:"box,omitempty"`
	Confidence float64    `json:"confidence"`
	Words      []wordJSON `json:"words,omitempty"`
}

type wordJSON struct {
	Text       string    `json:"text"`
	Box        []float64 `json:"box"`
	Confidence float64   `json:"confidence"`
	Doubtful   bool      `json:"doubtful,omitempty"`
}

type tableJSON struct {
	Name string       `json:"name,omitempty"`
	Rows [][]cellJSON `json:"rows"`
}

type cellJSON struct {
	Text string    `json:"text"`
	Ref  string    `json:"ref,omitempty"`
	Box  []float64 `json:"box,omitempty"`
}

// WriteJSON writes the documents in the layout that Schema names. Boxes are [x0, y0, x1, y1] from the top left of
// the page, in its own units: points for PDF and OFD, pixels for images.
func WriteJSON(w io.Writer, docs []*dossier.Document) error {
	out := readingJSON{Schema: Schema, Documents: make([]documentJSON, 0, len(docs))}
	for _, d := range docs {
		out.Documents = append(out.Documents, document(d))
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(out)
}

func document(d *dossier.Document) documentJSON {
	j := documentJSON{File: d.File, SHA256: d.SHA256, Format: d.Format, Scan: d.Scan, Type: d.Type, NameZH: d.TypeName,
		Confidence: d.Confidence, Why: d.Why, SupersededBy: d.SupersededBy, DuplicateOf: d.DuplicateOf,
		Fields: []fieldJSON{}, Pages: make([]pageJSON, 0, len(d.Pages)), Problems: d.Problems}
	if d.Problems == nil {
		j.Problems = []dossier.Problem{}
	}
	if d.Party.Name != "" {
		j.Party = &partyJSON{d.Party.Name, d.Party.Role}
	}
	for _, f := range fields(d) {
		j.Fields = append(j.Fields, field(f))
	}
	for _, p := range d.Pages {
		j.Pages = append(j.Pages, page(p))
	}
	return j
}

// fields are those that were found, in the order of their places.
func fields(d *dossier.Document) []dossier.Field {
	var out []dossier.Field
	for key := range d.Fields {
		if f, ok := d.Field(key); ok {
			f.Key = key
			out = append(out, f)
		}
	}
	sort.Slice(out, func(i, j int) bool {
		a, b := out[i], out[j]
		if a.At.Page != b.At.Page {
			return a.At.Page < b.At.Page
		}
		if a.At.Line != b.At.Line {
			return a.At.Line < b.At.Line
		}
		return a.Key < b.Key
	})
	return out
}

func field(f dossier.Field) fieldJSON {
	j := fieldJSON{Key: f.Key, Label: f.Label, Kind: f.Kind, Value: f.Value, Raw: f.Raw, Page: f.At.Page, Line: f.At.Line,
		Cell: f.At.Cell, Box: corners(f.At.Box), Quote: f.At.Quote, Confidence: f.Confidence, Method: f.Method, Doubt: f.Doubt}
	if c := f.Candidate; c != nil {
		j.Candidate = &candidateJSON{c.Value, c.At.File, c.At.Page}
	}
	for _, r := range f.Rows {
		row := map[string]fieldJSON{}
		for k, c := range r.Cells {
			c.Key = k
			row[k] = field(c)
		}
		j.Rows = append(j.Rows, row)
	}
	return j
}

func page(p dossier.Page) pageJSON {
	j := pageJSON{Number: p.Number, Name: p.Name, Width: p.Width, Height: p.Height, Scan: p.Scan, Doubts: p.Doubts,
		Lines: make([]lineJSON, 0, len(p.Lines))}
	for _, l := range p.Lines {
		line := lineJSON{Text: l.Text, Box: corners(l.Box), Confidence: l.Confidence}
		for _, w := range l.Words {
			line.Words = append(line.Words, wordJSON{w.Text, corners(&w.Box), w.Confidence, w.Doubtful})
		}
		j.Lines = append(j.Lines, line)
	}
	for _, t := range p.Tables {
		rows := make([][]cellJSON, len(t.Rows))
		for i, r := range t.Rows {
			rows[i] = make([]cellJSON, len(r))
			for k, c := range r {
				rows[i][k] = cellJSON{c.Text, c.Ref, corners(c.Box)}
			}
		}
		j.Tables = append(j.Tables, tableJSON{t.Name, rows})
	}
	return j
}

func corners(b *dossier.Box) []float64 {
	if b == nil {
		return nil
	}
	return []float64{round(b.X0), round(b.Y0), round(b.X1), round(b.Y1)}
}

func round(x float64) float64 { return float64(int64(x*10+0.5)) / 10 }

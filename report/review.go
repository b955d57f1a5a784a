package report

import (
	"math"

	"github.com/xindiao/xindiao/dossier"
)

// SchemaReview names the JSON layout of Review.
const SchemaReview = "xindiao.review/v1"

// Review is what a check of the dossier found.
type Review struct {
	Schema      string          `json:"schema"`
	Application ApplicationJSON `json:"application"`
	Documents   []DocumentJSON  `json:"documents"`
	Findings    []Finding       `json:"findings"`
	Matrix      Matrix          `json:"matrix"`
	Figures     []FigureJSON    `json:"figures,omitempty"`
}

// ApplicationJSON is what the review was made for.
type ApplicationJSON struct {
	Applicant string       `json:"applicant"`
	Product   string       `json:"product"`
	Guarantee string       `json:"guarantee"`
	AmountCNY string       `json:"amount_cny"`
	AsOf      dossier.Date `json:"as_of"`
	Inferred  []string     `json:"inferred,omitempty"`
}

// DocumentJSON is one material as the review shows it.
type DocumentJSON struct {
	File         string               `json:"file"`
	Type         string               `json:"type"`
	NameZH       string               `json:"name_zh"`
	Confidence   float64              `json:"confidence"`
	Why          []string             `json:"why,omitempty"`
	Pages        int                  `json:"pages"`
	Scan         bool                 `json:"scan"`
	SHA256       string               `json:"sha256"`
	SupersededBy *string              `json:"superseded_by"`
	DuplicateOf  *string              `json:"duplicate_of"`
	Party        *PartyJSON           `json:"party,omitempty"`
	Fields       map[string]FieldJSON `json:"fields"`
	Problems     []dossier.Problem    `json:"problems"`
}

// PartyJSON is whose paper it is.
type PartyJSON struct {
	Name string       `json:"name"`
	Role dossier.Role `json:"role"`
}

// FieldJSON is a field's value with its place; Value is a string, or a list of rows.
type FieldJSON struct {
	Value any     `json:"value"`
	Page  int     `json:"page,omitempty"`
	Cell  string  `json:"cell,omitempty"`
	Quote string  `json:"quote"`
	Sure  float64 `json:"confidence"` // 0..1, of the reading

	Box       []float64      `json:"box,omitempty"` // x0, y0, x1, y1 on the page, as in xindiao read
	Method    string         `json:"method,omitempty"`
	Doubt     string         `json:"doubt,omitempty"`     // why the value is doubtful
	Candidate *CandidateJSON `json:"candidate,omitempty"` // what other materials read instead
}

// CandidateJSON is a reading that another material supports.
type CandidateJSON struct {
	Value string `json:"value"`
	File  string `json:"file,omitempty"`
	Page  int    `json:"page,omitempty"`
}

// Matrix counts the checks of materials × rules.
type Matrix struct {
	Checked     int         `json:"checked"`
	Passed      int         `json:"passed"`
	Failed      int         `json:"failed"`
	NotTestable int         `json:"not_testable"`
	Rows        []MatrixRow `json:"rows,omitempty"`
}

// MatrixRow is one requirement with its state.
type MatrixRow struct {
	Item   string   `json:"item"`   // material asked for
	Level  string   `json:"level"`  // must, should
	State  string   `json:"state"`  // present, missing, superseded, not_applicable
	Files  []string `json:"files"`  // that meet it
	Checks []Check  `json:"checks"` // of those files
}

// Check is one rule's result on one requirement's files.
type Check struct {
	Rule   string `json:"rule"`
	Result string `json:"result"` // pass, fail, not_testable
}

// Documents converts a dossier's documents.
func Documents(d *dossier.Dossier) []DocumentJSON {
	out := make([]DocumentJSON, 0, len(d.Documents))
	for _, doc := range d.Documents {
		j := DocumentJSON{File: doc.File, Type: doc.Type, NameZH: doc.TypeName, Confidence: doc.Confidence,
			Why: doc.Why, Pages: len(doc.Pages), Scan: doc.Scan, SHA256: doc.SHA256,
			Fields: map[string]FieldJSON{}, Problems: doc.Problems}
		if doc.SupersededBy != "" {
			j.SupersededBy = &doc.SupersededBy
		}
		if doc.DuplicateOf != "" {
			j.DuplicateOf = &doc.DuplicateOf
		}
		if doc.Party.Name != "" {
			j.Party = &PartyJSON{doc.Party.Name, doc.Party.Role}
		}
		if j.Problems == nil {
			j.Problems = []dossier.Problem{}
		}
		for k, f := range doc.Fields {
			j.Fields[k] = fieldJSON(f)
		}
		out = append(out, j)
	}
	return out
}

func fieldJSON(f dossier.Field) FieldJSON {
	j := FieldJSON{Value: f.Value, Page: f.At.Page, Cell: f.At.Cell, Quote: f.At.Quote, Sure: math.Round(f.Confidence*100) / 100,
		Method: f.Method, Doubt: f.Doubt}
	if b := f.At.Box; b != nil {
		j.Box = []float64{round2(b.X0), round2(b.Y0), round2(b.X1), round2(b.Y1)}
	}
	if c := f.Candidate; c != nil {
		j.Candidate = &CandidateJSON{c.Value, c.At.File, c.At.Page}
	}
	if f.Kind == dossier.KindRows {
		rows := make([]map[string]string, 0, len(f.Rows))
		for _, r := range f.Rows {
			m := map[string]string{}
			for k, c := range r.Cells {
				m[k] = c.Value
			}
			rows = append(rows, m)
		}
		j.Value = rows
	}
	return j
}

func round2(v float64) float64 { return math.Round(v*100) / 100 }

// Package report holds what xindiao writes: reports made of claims, the findings of a review, and their JSON.
package report

import "github.com/xindiao/xindiao/dossier"

// SchemaReport names the JSON layout of Report. Keys may be added, none renamed.
const SchemaReport = "xindiao.report/v1"

// Kind of a report.
type Kind string

// Report kinds.
const (
	Credit   Kind = "credit"   // 授信调查报告
	PostLoan Kind = "postloan" // 贷后检查报告
	Finance  Kind = "finance"  // 财务分析: what xindiao finance shows
)

// Report is a draft: sections of blocks of claims, each claim with its sources.
type Report struct {
	Schema     string        `json:"schema"`
	Kind       Kind          `json:"kind"`
	Title      string        `json:"title"`
	Cover      Cover         `json:"cover"`
	Template   Template      `json:"template"`
	Sections   []Section     `json:"sections"`
	Figures    []FigureJSON  `json:"figures"`
	Coverage   Coverage      `json:"coverage"`
	Missing    []MissingItem `json:"missing"`
	Findings   []Finding     `json:"findings"`
	Materials  []Material    `json:"materials"`
	Generation Generation    `json:"generation"`
}

// Cover is what the title page shows.
type Cover struct {
	Applicant string       `json:"applicant"`
	Lender    string       `json:"lender"`
	Product   string       `json:"product"`
	Amount    string       `json:"amount"` // 500.00万元
	Term      string       `json:"term"`
	Guarantee string       `json:"guarantee"`
	Industry  string       `json:"industry"` // C3525 模具制造
	AsOf      dossier.Date `json:"as_of"`
}

// Template tells which template was chosen and why.
type Template struct {
	ID       string   `json:"id"` // credit.base+product.working_capital+industry.C
	Industry string   `json:"industry"`
	Why      []string `json:"why"`
}

// Section is a numbered part of the report; numbers are the writers' business.
type Section struct {
	ID       string    `json:"id"`
	Title    string    `json:"title"`
	Blocks   []Block   `json:"blocks"`
	Sections []Section `json:"sections,omitempty"` // one level of subsections
}

// BlockType tells how a block is laid out.
type BlockType string

// Block types.
const (
	Paragraph BlockType = "paragraph" // Claims in one paragraph
	List      BlockType = "list"      // Claims, one an item
	TableB    BlockType = "table"     // Columns and Rows
	ChartB    BlockType = "chart"     // Chart
	Gap       BlockType = "gap"       // what is missing: Claims with status missing
)

// Block is one paragraph, list, table, chart or gap.
type Block struct {
	Type    BlockType `json:"type"`
	Title   string    `json:"title,omitempty"` // caption of a table or chart
	Unit    string    `json:"unit,omitempty"`  // of a table's money: 万元
	Claims  []Claim   `json:"claims"`          // never null
	Columns []string  `json:"columns,omitempty"`
	Rows    [][]Claim `json:"rows,omitempty"`   // cells; the first column is a label
	Strong  []int     `json:"strong,omitempty"` // rows set in bold: totals, and what does not hold
	Chart   *Chart    `json:"chart,omitempty"`
	Note    string    `json:"note,omitempty"`
}

// Chart is a small bar or line chart over figures.
type Chart struct {
	Kind   string   `json:"kind"` // bar or line
	Unit   string   `json:"unit"`
	Labels []string `json:"labels"`
	Series []Series `json:"series"`
}

// Series is one row of bars or one line; a nil value is a gap.
type Series struct {
	Name    string             `json:"name"`
	Values  []*dossier.Decimal `json:"values"`
	Figures []string           `json:"figures"`
}

// Status tells how a claim came to be and whether it holds.
type Status string

// Claim statuses.
const (
	Read       Status = "read"       // a value read off a document
	Computed   Status = "computed"   // a value computed from figures
	Quoted     Status = "quoted"     // the document's own words
	Judged     Status = "judged"     // a judgement over facts named beside it
	Unverified Status = "unverified" // shown as 待核实
	Missing    Status = "missing"    // a gap
)

// Author tells who wrote a claim's words.
type Author string

// Authors.
const (
	ByTemplate Author = "template"
	ByModel    Author = "model"
	ByPerson   Author = "person"
)

// Claim is one sentence or cell with its sources.
type Claim struct {
	Text      string     `json:"text"`
	Status    Status     `json:"status,omitempty"`
	Figures   []string   `json:"figures,omitempty"`
	Citations []Citation `json:"citations,omitempty"`
	Author    Author     `json:"author,omitempty"`
	Reason    string     `json:"reason,omitempty"` // why it is unverified
}

// Citation leads to the place where a claim can be checked.
type Citation struct {
	File  string       `json:"file"`
	Page  int          `json:"page,omitempty"`
	Line  int          `json:"line,omitempty"`
	Cell  string       `json:"cell,omitempty"`
	Box   *dossier.Box `json:"box,omitempty"`
	Quote string       `json:"quote"`
}

// Cite makes a citation of a place.
func Cite(p dossier.Place) Citation {
	return Citation{File: p.File, Page: p.Page, Line: p.Line, Cell: p.Cell, Box: p.Box, Quote: p.Quote}
}

// FigureJSON is a figure as report.json shows it.
type FigureJSON struct {
	ID        string    `json:"id"`
	Indicator string    `json:"indicator"`
	Name      string    `json:"name"`
	Entity    string    `json:"entity"`
	Scope     string    `json:"scope"`
	Period    string    `json:"period"`
	Value     string    `json:"value"`
	Unit      string    `json:"unit"`
	Basis     string    `json:"basis"`
	Formula   string    `json:"formula,omitempty"`
	Operands  []string  `json:"operands,omitempty"`
	Source    *Citation `json:"source"`
	Printed   string    `json:"printed,omitempty"`
	Note      string    `json:"note,omitempty"`
}

// Figure converts a dossier figure.
func Figure(f dossier.Figure) FigureJSON {
	j := FigureJSON{ID: f.ID, Indicator: f.Indicator, Name: f.Name, Entity: f.Entity, Scope: string(f.Scope),
		Period: f.Period.String(), Value: f.Value.String(), Unit: string(f.Unit), Basis: string(f.Basis),
		Formula: f.Formula, Operands: f.Operands, Note: f.Note}
	if f.Source != nil {
		c := Cite(f.Source.Place)
		j.Source, j.Printed = &c, f.Source.Printed+string(f.Source.Unit)
	}
	return j
}

// Coverage counts the template's required items.
type Coverage struct {
	Required int     `json:"required"`
	Filled   int     `json:"filled"`
	Missing  int     `json:"missing"`
	Rate     float64 `json:"rate"` // filled / required, four decimals
}

// MissingItem is a required item without evidence and the materials that would fill it.
type MissingItem struct {
	Section string   `json:"section"`
	Item    string   `json:"item"`
	Needs   []string `json:"needs"`
}

// Material is a line of the annex that lists what was handed in.
type Material struct {
	File     string   `json:"file"`
	Type     string   `json:"type"`
	NameZH   string   `json:"name_zh"`
	Pages    int      `json:"pages"`
	Scan     bool     `json:"scan"`
	State    string   `json:"state"` // 采用, 已被替代, 重复, 无关, 未能识别, 未能读取
	Problems []string `json:"problems"`
}

// Generation tells how the draft was made, so that it can be made again.
type Generation struct {
	Model   string            `json:"model"` // none when no model was used
	Prompts map[string]string `json:"prompts"`
	Tokens  Tokens            `json:"tokens"`
	Inputs  string            `json:"inputs_sha256"`
}

// Tokens used by the model.
type Tokens struct {
	In  int `json:"in"`
	Out int `json:"out"`
}

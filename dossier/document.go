package dossier

import (
	"regexp"
	"strings"
)

// Document is one material, a file or an archive's member.
type Document struct {
	File   string // path below the dossier's files; members of an archive as archive/member, always with /; a part of a bundle as file#3-5
	SHA256 string // of its bytes
	Size   int64  // bytes
	Format string // as documents/read calls it: pdf, docx, doc, rtf, xlsx, xls, csv, txt, html, mht, pptx, ofd, image, zip…; unknown

	Pages []Page
	Scan  bool // its text comes from OCR

	Type       string  // id in the catalogue; Unknown or Irrelevant when it is none
	TypeName   string  // Chinese name of Type
	Confidence float64 // of Type, 0..1
	Why        []string
	Party      Party // whom the paper belongs to

	Fields       map[string]Field
	SupersededBy string // file of the version that counts, "" when this one does
	DuplicateOf  string // file with the same content
	Problems     []Problem
}

// Types that are not in the catalogue.
const (
	TypeUnknown    = "unknown"     // could not be named
	TypeIrrelevant = "irrelevant"  // has nothing to do with the borrower
	TypeArchive    = "archive_zip" // a container whose members are documents of their own
)

var partSuffix = regexp.MustCompile(`#\d+(?:-\d+)?$`)

// Path is the file to open for the document: File without the pages of a bundle's part.
func (d *Document) Path() string { return partSuffix.ReplaceAllString(d.File, "") }

// Part is the page range of a bundle's part, "3-5" or "3"; "" when the document is a whole file.
func (d *Document) Part() string { return strings.TrimPrefix(partSuffix.FindString(d.File), "#") }

// At completes a place on this document with its file, where the reading left it out.
func (d *Document) At(p Place) Place {
	if p.File == "" {
		p.File = d.File
	}
	return p
}

// Current tells whether this version counts: not superseded, no copy, not another company's paper.
func (d *Document) Current() bool {
	return d.SupersededBy == "" && d.DuplicateOf == "" && d.Type != TypeIrrelevant
}

// Field returns the field and whether it was found.
func (d *Document) Field(key string) (Field, bool) {
	f, ok := d.Fields[key]
	return f, ok && (f.Value != "" || len(f.Rows) > 0)
}

// Text joins the pages' texts, a form feed between them.
func (d *Document) Text() string {
	var n int
	for _, p := range d.Pages {
		n += len(p.Text) + 1
	}
	b := make([]byte, 0, n)
	for i, p := range d.Pages {
		if i > 0 {
			b = append(b, '\f')
		}
		b = append(b, p.Text...)
	}
	return string(b)
}

// Page is one page, sheet or e-mail part, as read.
type Page struct {
	Number int    // from 1
	Name   string // sheet name, "" for a printed page
	Text   string // lines joined by \n, in reading order
	Lines  []Line
	Tables []Table
	Width  float64 // points for PDF, pixels for images, 0 where there is no page geometry
	Height float64
	DPI    float64  `json:",omitempty"` // of an image, as its file tells; 0 unknown
	Scan   bool     // text by OCR
	Doubts []string // what a second reading contradicts, in Chinese, e.g. 两种引擎读出的数字不一致
}

// Line is one printed line.
type Line struct {
	Text       string
	Box        *Box
	Confidence float64 // 0..1; 1 for embedded text
	Words      []Word  `json:",omitempty"` // of OCR lines, left to right
}

// Word is one word, or one run of Han characters, as OCR read it.
type Word struct {
	Text       string
	Box        Box
	Confidence float64 // 0..1
	Doubtful   bool    // readings differ and neither arithmetic nor a check digit settles it
	Proof      string  `json:",omitempty"` // what settles it beyond its look, in Chinese: 合计相符, 校验码相符…
}

// Table is a grid found on a page; a row keeps its cells' places.
type Table struct {
	Name  string // sheet name or nearest heading
	Rows  [][]Cell
	Sheet bool // from a spreadsheet: Ref is a cell address

	Continues bool `json:",omitempty"` // goes on from the last table before it, with the same columns; see JoinedTables
}

// Cell is one table cell; Ref is "B5" on a sheet, "r3c2" elsewhere. A merged cell stands in its top left place and
// says how far it reaches; the places that it covers are empty cells, so that a column keeps its number in every row.
type Cell struct {
	Text string
	Ref  string
	Box  *Box
	Cols uint16 `json:",omitempty"` // columns that it covers, its own included; 0: only its own
	Rows uint16 `json:",omitempty"` // rows that it covers; 0: only its own
}

// Box is a rectangle on the page, origin top left, in the page's units.
type Box struct{ X0, Y0, X1, Y1 float64 }

// Party is the person or company that a paper belongs to.
type Party struct {
	Name string
	Role Role
}

// Role of a party towards the borrower.
type Role string

// Roles.
const (
	RoleBorrower     Role = "borrower"
	RoleLegalRep     Role = "legal_rep"
	RoleSpouse       Role = "spouse"
	RoleShareholder  Role = "shareholder"
	RoleGuarantor    Role = "guarantor"
	RoleCounterparty Role = "counterparty"
	RoleOther        Role = "other"
)

// Place says where on a document something stands.
type Place struct {
	File  string
	Page  int    // from 1; 0 when the format has none
	Line  int    // from 1; 0 when unknown
	Cell  string // "资产负债表!C7", "" outside tables
	Box   *Box
	Quote string // the words as read, at most a few dozen runes
}

// Passage is a stretch of a document that a claim may cite.
type Passage struct {
	ID    string // p1, p2… within the dossier
	Place Place
	Text  string
	Start int // byte offsets into the page's Text
	End   int
}

// SealMark begins a line that holds the words of a seal.
const SealMark = "[印章] "

// InkMark begins a line that stands for handwriting seen on a scan, whose words were not read.
const InkMark = "[手写] "

package store

import (
	"time"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
)

// Info is what answers behind a Store.
type Info struct {
	Engine  string // sqlite or postgres
	Version string // of the engine and its vector extension
	Schema  int64  // number of the last migration
	Target  string // file or host and database; never a password
}

// Customer is a borrower as the bank's directory names it.
type Customer struct {
	ID      int64
	Key     string
	Name    string
	Created time.Time
}

// Intake is one reading of a dossier.
type Intake struct {
	Name      string // of the dossier within the customer: a second intake of the same name replaces the first
	Dossier   *dossier.Dossier
	Files     []FileIndex // one a document of Dossier.Documents, in the same order
	Figures   []dossier.Figure
	Findings  []report.Finding
	Space     Space  // of the vectors in Files; zero when there are none
	Actor     string // who did it, for the audit chain
	InputHash string // of everything read, for skipping what is the same; may be empty
}

// FileIndex is what goes into the store with a document beside what was read from it.
type FileIndex struct {
	Blob    string  // digest of the original bytes in the blob store, "" when they are not kept
	Period  string  // that the document is about: 2025-12-31 or 2025-01-01/2025-12-31, "" unknown
	Chunks  []Chunk // in order
	Segment []byte  // packed postings of Chunks in their order, opaque to the store
}

// Receipt tells what an intake did.
type Receipt struct {
	Dossier int64
	Version int64 // of the collection
	Kept    int   // documents that were there as they are
	Added   int
	Removed int
}

// DossierInfo is one dossier of a customer.
type DossierInfo struct {
	ID        int64
	Name      string
	Applicant string
	Kind      string // report kind asked for
	AsOf      dossier.Date
	Documents int
	Intakes   int // how often it was read in
	InputHash string
	Created   time.Time
	Updated   time.Time
}

// DocumentInfo is a document without its pages and fields, with its ids.
type DocumentInfo struct {
	ID      int64
	Dossier int64
	Blob    string
	Pages   int
	Doc     dossier.Document // Pages and Fields are nil
}

// Draft is a report to be saved as a revision.
type Draft struct {
	Kind   report.Kind
	Parent int    // number of the revision it was made from
	Body   []byte // report.json
	Actor  string
	Note   string // why, in the person's words
}

// Revision is a saved report; Body is nil in lists.
type Revision struct {
	Dossier int64
	Kind    report.Kind
	Number  int // from 1 within the dossier and kind
	Parent  int
	Body    []byte
	SHA256  string // of Body, hex
	Actor   string
	Note    string
	At      time.Time
}

// Waiver accepts one finding, with the reason.
type Waiver struct {
	ID      int64
	Dossier int64
	Finding string // see FindingKey
	Rule    string
	Reason  string
	Actor   string
	At      time.Time
	Revoked *Revocation // nil while it holds
}

// Revocation takes a waiver back.
type Revocation struct {
	Actor  string
	Reason string
	At     time.Time
}

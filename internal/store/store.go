// Package store is the contract of the system of record: customers' dossiers with everything read from them, their
// reports, waivers and audit chain, and the shared corpora. storetest holds the conformance suite that every backend
// passes; sqlite is the embedded one, postgres the one for many machines; blob keeps the original bytes.
package store

import (
	"context"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
)

// Store is a whole database. It is safe for concurrent use. Errors that a user meets are *dossier.Error; see also
// errors.go.
type Store interface {
	// Info tells what answers, for doctor and logs; it holds no password.
	Info(ctx context.Context) (Info, error)
	Close() error

	// PutCustomer makes the customer with this key, or renames it. Key is the USCC or the bank's own customer number.
	PutCustomer(ctx context.Context, key, name string) (Customer, error)
	// Customer finds by key: ErrNotFound.
	Customer(ctx context.Context, key string) (Customer, error)
	// Customers lists by id, those after the given one.
	Customers(ctx context.Context, after int64, limit int) ([]Customer, error)
	// Tenant is the view on one customer's rows, and on no other's. It asks nothing of the database yet.
	Tenant(customer int64) Tenant

	// Corpora lists the shared corpora by name.
	Corpora(ctx context.Context) ([]Corpus, error)
	// PutCorpus makes or replaces a corpus in one transaction. Items whose Key and SHA256 are as before keep their
	// chunks and vectors. Nothing is written when Corpus.SHA256 is as before.
	PutCorpus(ctx context.Context, in CorpusIntake) (Corpus, error)
	DropCorpus(ctx context.Context, name, actor string) error
	// Corpus is the view on one corpus: ErrNotFound.
	Corpus(ctx context.Context, name string) (Collection, error)
	// CorporaAudit is the chain of what happened to the corpora.
	CorporaAudit(ctx context.Context, after int64, limit int) ([]Entry, error)
}

// Tenant is what the store holds of one customer. Nothing that is asked through it ever returns another customer's
// rows: every statement names the customer, and on Postgres row-level security stands behind it.
type Tenant interface {
	Collection
	ID() int64

	// Intake writes one reading of a dossier whole or not at all, in one transaction, and replaces what an earlier
	// intake of the same Name held. Documents whose Hash is as before keep their rows, chunk ids and vectors. Reports,
	// waivers and the audit chain stay.
	Intake(ctx context.Context, in Intake) (Receipt, error)
	Dossiers(ctx context.Context) ([]DossierInfo, error)
	// Dossier reads a dossier back as it was handed in, but for Root, which is not kept: ErrNotFound.
	Dossier(ctx context.Context, id int64) (*dossier.Dossier, error)
	// Documents lists a dossier's documents without pages and fields, in reading order.
	Documents(ctx context.Context, dossierID int64) ([]DocumentInfo, error)
	// Page reads one page by its number: ErrNotFound.
	Page(ctx context.Context, documentID int64, number int) (dossier.Page, error)
	// Fields reads a document's fields by key.
	Fields(ctx context.Context, documentID int64) (map[string]dossier.Field, error)
	// Figures reads a dossier's figures in their order; indicator "" takes all.
	Figures(ctx context.Context, dossierID int64, indicator string) ([]dossier.Figure, error)
	Findings(ctx context.Context, dossierID int64) ([]report.Finding, error)
	// DeleteDossier erases a dossier with its reports and waivers; the audit chain keeps that it happened.
	DeleteDossier(ctx context.Context, id int64, actor string) error
	// Digests lists the original bytes that the customer's documents refer to, each once.
	Digests(ctx context.Context) ([]string, error)

	// SaveReport appends a revision. Draft.Parent must be the newest number of its kind (0 before the first):
	// ErrConflict when someone else saved meanwhile.
	SaveReport(ctx context.Context, dossierID int64, in Draft) (Revision, error)
	// Report reads a revision, the newest for number 0: ErrNotFound.
	Report(ctx context.Context, dossierID int64, kind report.Kind, number int) (Revision, error)
	// Reports lists the revisions of a dossier without their text, the newest first.
	Reports(ctx context.Context, dossierID int64) ([]Revision, error)

	// Waive records why a finding is accepted. A second waiver of the same finding is ErrConflict until the first is
	// revoked.
	Waive(ctx context.Context, dossierID int64, in Waiver) (Waiver, error)
	// Revoke takes a waiver back; it stays on record.
	Revoke(ctx context.Context, waiverID int64, actor, reason string) error
	Waivers(ctx context.Context, dossierID int64) ([]Waiver, error)

	// Note appends an entry of the caller's own to the audit chain, such as a download or a sign-in.
	Note(ctx context.Context, actor, action, subject string, detail any) (Entry, error)
	// Audit reads the chain in order, after the given number.
	Audit(ctx context.Context, after int64, limit int) ([]Entry, error)
	// AuditHead is the chain's last number and hash as kept beside the chain: a cut-off end shows. 0, "" when empty.
	AuditHead(ctx context.Context) (int64, string, error)
}

// Collection is a set of chunks that is searched as one: a customer's, or a shared corpus. One embedding space is
// active in it at a time, and vectors of two spaces never meet in one search.
type Collection interface {
	// Catalog reads, in one snapshot, what a searcher keeps in memory while the version stays.
	Catalog(ctx context.Context) (Catalog, error)
	// Version is Catalog.Version alone. Every change of chunks or of the active space raises it.
	Version(ctx context.Context) (int64, error)
	// SearchVector returns the nearest chunks by cosine, best first, ties by id. It is exact within a customer.
	// ErrSpace when q.Space is neither active nor ready beside the active one; an empty collection gives nothing.
	SearchVector(ctx context.Context, q VectorQuery) (Found, error)
	// Chunks reads chunks by id in the order asked; ids that are gone are left out.
	Chunks(ctx context.Context, ids []int64) ([]ChunkRow, error)

	// VectorsByHash returns vectors of the space for chunk hashes that the collection has already: a re-reading pays
	// for changed text only.
	VectorsByHash(ctx context.Context, space Space, hashes []Hash) (map[Hash][]float32, error)
	// Unembedded lists chunks that have no vector in the space, by id, those after the given one.
	Unembedded(ctx context.Context, space Space, after int64, limit int) ([]ChunkText, error)
	// PutVectors writes vectors beside those of the active space; ids that are gone are passed over.
	PutVectors(ctx context.Context, space Space, vectors []ChunkVector) error
	// Switch makes the space the active one in one transaction: ErrIncomplete while a chunk has no vector in it.
	Switch(ctx context.Context, space Space, actor string) error
	// DropSpaces deletes the vectors of all spaces but the active one.
	DropSpaces(ctx context.Context) error
}

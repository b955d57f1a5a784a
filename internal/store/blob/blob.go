// Package blob keeps the original bytes of customers' materials, named by their SHA-256: on disk or in an
// S3-compatible bucket, never in the rows of a database.
//
// Every customer has a drawer of its own. One file handed in by two customers is kept twice: erasing a customer then
// is erasing its drawer, and nobody has to find out who else holds the same file. Encryption at rest is the disk's or
// the bucket's business (LUKS, SSE).
package blob

import (
	"context"
	"io"
	"net/url"
	"strings"
	"time"

	"github.com/xindiao/xindiao/dossier"
)

// Store keeps bytes. It is safe for concurrent use, by several processes too. Errors are *dossier.Error; what is not
// there is errors.Is store.ErrNotFound. Dir and Bucket are the two kinds; both pass the same tests.
type Store interface {
	// Put reads r to its end, MaxBytes at most, and keeps the bytes under their digest, 64 hex digits. Nothing can be
	// seen under a digest before all of it is safe. Bytes that are there already are not written again, but count as
	// put now.
	Put(ctx context.Context, customer int64, r io.Reader) (digest string, size int64, err error)
	// Open reads bytes back. A read to the end fails with ErrCorrupt instead of io.EOF when they are not what was put.
	Open(ctx context.Context, customer int64, digest string) (io.ReadCloser, error)
	Has(ctx context.Context, customer int64, digest string) (bool, error)
	// Delete is content when there is nothing to delete.
	Delete(ctx context.Context, customer int64, digest string) error
	// DeleteAll empties a customer's drawer.
	DeleteAll(ctx context.Context, customer int64) error
	// List calls f for every digest of a customer, in no order, until f returns an error, which it returns.
	List(ctx context.Context, customer int64, f func(Item) error) error
	// String names the place, without credentials, for doctor and logs.
	String() string
	Close() error
}

// Item is one entry of a drawer.
type Item struct {
	Digest string
	Size   int64
	Put    time.Time // last
}

// MaxBytes is the most that Put takes: what documents/read takes from one archive.
const MaxBytes = 1 << 30

// Open opens a store by its spec:
//
//	dir:PATH                              a folder, made when it is not there
//	s3://HOST[:PORT]/BUCKET[/PREFIX]      a bucket; ?region=… where the service asks for one
//	s3+http://HOST[:PORT]/BUCKET[/PREFIX] the same without TLS, for a service on the machine itself
//
// A bucket's credentials come from the environment alone: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, where one is
// used, AWS_SESSION_TOKEN.
func Open(ctx context.Context, spec string) (Store, error) {
	if path, ok := strings.CutPrefix(spec, "dir:"); ok && path != "" {
		return OpenDir(path)
	}
	u, err := url.Parse(spec)
	if err != nil || u.Scheme != "s3" && u.Scheme != "s3+http" {
		return nil, &dossier.Error{Kind: dossier.ErrInput, Msg: "原件存储应写作 dir:目录 或 s3://主机/桶/前缀"}
	}
	return OpenBucket(ctx, u)
}

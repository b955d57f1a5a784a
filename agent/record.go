package agent

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/retrieval"
)

// Originals keeps files as they were handed in, by customer and digest; store/blob has the real ones.
type Originals interface {
	Put(ctx context.Context, customer int64, r io.Reader) (digest string, size int64, err error)
}

// Archive is where a trip's reading is kept.
type Archive struct {
	Store store.Store
	Files Originals // nil keeps none
	Actor string    // for the audit chain
}

// Record is what an archive took in.
type Record struct {
	Customer store.Customer
	Name     string // of the dossier
	Receipt  store.Receipt
	Chunks   int
	Embedded int
	Notes    []string // in Chinese: what was left out and why
}

// Keep records a case under the customer's key (the borrower's USCC when empty) and the dossier's name (that of
// application.yaml or of the folder when empty): original bytes first, each under its digest, then everything that was
// read in one transaction. A run that is stopped leaves the archive as it was.
func (a *Agent) Keep(ctx context.Context, c *Case, ar Archive, key, name string, opt Options) (*Record, error) {
	app := c.Dossier.Application
	if key == "" {
		key = app.USCC
	}
	if key == "" {
		return nil, &dossier.Error{Kind: dossier.ErrInput, Msg: "不知道这份卷宗属于哪个客户：材料中没有统一社会信用代码，请给出客户编号（--id）"}
	}
	if name == "" {
		name = app.Dossier
	}
	if name == "" {
		name = filepath.Base(filepath.Clean(c.Dossier.Root))
	}
	customer, err := ar.Store.PutCustomer(ctx, key, app.Applicant)
	if err != nil {
		return nil, err
	}
	tenant := ar.Store.Tenant(customer.ID)
	rec := &Record{Customer: customer, Name: name}
	prepared, err := retrieval.Prepare(ctx, c.Dossier.Documents, retrieval.PrepareOptions{Embedder: opt.Embedder, Known: tenant, Chunk: opt.Chunk,
		Progress: func(done, total int) { opt.progress("index", "建立检索索引", done, total) }})
	if err != nil {
		return nil, err
	}
	rec.Notes = prepared.Notes
	if err := a.originals(ctx, c, ar, customer.ID, prepared.Files, opt); err != nil {
		return nil, err
	}
	for _, f := range prepared.Files {
		rec.Chunks += len(f.Chunks)
		for _, ch := range f.Chunks {
			if ch.Vector != nil {
				rec.Embedded++
			}
		}
	}
	opt.progress("store", "写入数据库", 0, 0)
	in := store.Intake{Name: name, Dossier: c.Dossier, Files: prepared.Files, Figures: c.Figures.All(), Findings: c.Result.Findings,
		Space: prepared.Space, Actor: ar.Actor, InputHash: inputHash(c.Dossier)}
	rec.Receipt, err = tenant.Intake(ctx, in)
	if errors.Is(err, store.ErrSpace) { // another model embedded what is there: the words are searched until it is moved
		bare := prepared.WithoutVectors()
		in.Files, in.Space, rec.Notes, rec.Embedded = bare.Files, bare.Space, bare.Notes, 0
		rec.Receipt, err = tenant.Intake(ctx, in)
	}
	return rec, err
}

// originals puts the files handed in under their digests; a member of an archive, and a part of a bundle, refer to
// the file that holds them.
func (a *Agent) originals(ctx context.Context, c *Case, ar Archive, customer int64, files []store.FileIndex, opt Options) error {
	if ar.Files == nil {
		return nil
	}
	base := c.Dossier.Root
	if st, err := os.Stat(filepath.Join(base, "files")); err == nil && st.IsDir() {
		base = filepath.Join(base, "files")
	}
	if st, err := os.Stat(base); err == nil && !st.IsDir() {
		base = filepath.Dir(base)
	}
	root, err := os.OpenRoot(base)
	if err != nil {
		return &dossier.Error{Kind: dossier.ErrNotFound, File: base, Msg: "原件所在的文件夹打不开", Cause: err}
	}
	defer root.Close()
	put := map[string]string{}
	for i, d := range c.Dossier.Documents {
		opt.progress("store", "保存原件", i, len(files))
		file := onDisk(root, d.Path())
		if file == "" {
			continue
		}
		digest, ok := put[file]
		if !ok {
			f, err := root.Open(filepath.FromSlash(file))
			if err != nil {
				return &dossier.Error{Kind: dossier.ErrNotFound, File: file, Msg: "原件打不开", Cause: err}
			}
			digest, _, err = ar.Files.Put(ctx, customer, f)
			f.Close()
			if err != nil {
				return fmt.Errorf("%s: %w", file, err)
			}
			put[file] = digest
		}
		files[i].Blob = digest
	}
	return nil
}

// onDisk is the part of a document's path that is a file: 补充材料.zip of 补充材料.zip/发票.pdf; "" when none is.
func onDisk(root *os.Root, p string) string {
	for at := p; at != "." && at != "/" && at != ""; at = path.Dir(at) {
		st, err := root.Stat(filepath.FromSlash(at))
		if err == nil {
			if st.Mode().IsRegular() {
				return at
			}
			return ""
		}
		if !errors.Is(err, fs.ErrNotExist) && !strings.Contains(err.Error(), "not a directory") {
			return ""
		}
	}
	return ""
}

// inputHash tells two intakes of the same files and application from one another.
func inputHash(d *dossier.Dossier) string {
	h := sha256.New()
	fmt.Fprintf(h, "%+v\n", d.Application)
	for _, doc := range d.Documents {
		fmt.Fprintf(h, "%s %s\n", doc.SHA256, doc.File)
	}
	return hex.EncodeToString(h.Sum(nil))
}

package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strconv"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/xindiao/xindiao/dossier"
)

// Dir is a store in a folder: CUSTOMER/ab/abcdef…, files readable by their owner alone. What is half written lies in
// tmp/ and is put in place by a rename; files and folders are synced before Put returns.
type Dir struct {
	root  *os.Root
	path  string
	limit int64
	made  atomic.Int64 // temporary files
}

const (
	tmp      = "tmp"
	staleTmp = 24 * time.Hour // a temporary file of a process that died
)

// OpenDir opens a folder, made when it is not there, and clears what died in it long ago.
func OpenDir(dir string) (*Dir, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, dirError(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, dirError(err)
	}
	d := &Dir{root: root, path: dir, limit: MaxBytes}
	if err := d.folder(tmp); err != nil {
		root.Close()
		return nil, dirError(err)
	}
	entries, err := d.entries(tmp)
	if err != nil {
		root.Close()
		return nil, dirError(err)
	}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > staleTmp {
			_ = root.Remove(path.Join(tmp, e.Name())) // another process may be first
		}
	}
	return d, nil
}

func (d *Dir) String() string { return "dir:" + d.path }

// Close ends the use of the folder.
func (d *Dir) Close() error { return d.root.Close() }

func place(customer int64, digest string) string {
	return path.Join(strconv.FormatInt(customer, 10), digest[:2], digest)
}

// Put is part of Store.
func (d *Dir) Put(ctx context.Context, customer int64, r io.Reader) (digest string, size int64, err error) {
	if err := owned(customer); err != nil {
		return "", 0, err
	}
	name := path.Join(tmp, fmt.Sprintf("%d-%d-%d", os.Getpid(), time.Now().UnixNano(), d.made.Add(1)))
	f, err := d.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", 0, dirError(err)
	}
	defer func() {
		f.Close()
		if err != nil {
			_ = d.root.Remove(name)
		}
	}()
	if digest, size, err = intake(ctx, f, r, d.limit); err != nil {
		return "", 0, dirError(err)
	}
	final := place(customer, digest)
	if d.touch(final, size) {
		_ = d.root.Remove(name)
		return digest, size, nil
	}
	if err = d.settle(f, name, final); err != nil {
		return "", 0, dirError(err)
	}
	return digest, size, nil
}

// touch makes what is there already count as put now. It tells whether it is still there after that: a sweep at work
// takes a file away first and looks at its time then.
func (d *Dir) touch(name string, size int64) bool {
	now := time.Now()
	if d.root.Chtimes(name, now, now) != nil {
		return false
	}
	info, err := d.root.Stat(name)
	return err == nil && info.Size() == size
}

// settle moves a written file to its place for good.
func (d *Dir) settle(f *os.File, name, final string) error {
	if err := f.Sync(); err != nil {
		return err
	}
	dir := path.Dir(final)
	if err := d.folder(path.Dir(dir)); err != nil {
		return err
	}
	if err := d.folder(dir); err != nil {
		return err
	}
	if err := d.root.Rename(name, final); err != nil {
		return err
	}
	return d.sync(dir)
}

// folder makes a folder that outlives a crash.
func (d *Dir) folder(name string) error {
	err := d.root.Mkdir(name, 0o700)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return d.sync(path.Dir(name))
}

func (d *Dir) sync(dir string) error {
	f, err := d.root.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// Open is part of Store.
func (d *Dir) Open(_ context.Context, customer int64, digest string) (io.ReadCloser, error) {
	if err := valid(customer, digest); err != nil {
		return nil, err
	}
	f, err := d.root.Open(place(customer, digest))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, missing()
	}
	if err != nil {
		return nil, dirError(err)
	}
	return check(f, digest), nil
}

// Has is part of Store.
func (d *Dir) Has(_ context.Context, customer int64, digest string) (bool, error) {
	if valid(customer, digest) != nil {
		return false, nil
	}
	_, err := d.root.Stat(place(customer, digest))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, dirError(err)
}

// dirError says in Chinese what a user can do about a fault of the disk.
func dirError(err error) error {
	var e *dossier.Error
	switch {
	case err == nil, errors.As(err, &e), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return &dossier.Error{Kind: dossier.ErrDependency, Msg: "原件存不下：磁盘已满，请腾出空间后重试", Cause: err}
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return &dossier.Error{Kind: dossier.ErrDependency, Msg: "原件目录没有读写权限，请检查目录的属主和权限", Cause: err}
	}
	return &dossier.Error{Kind: dossier.ErrDependency, Msg: "原件目录读写出错，请检查磁盘", Cause: err}
}

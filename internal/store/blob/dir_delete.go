package blob

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"strconv"
	"time"
)

// Delete is part of Store.
func (d *Dir) Delete(_ context.Context, customer int64, digest string) error {
	if valid(customer, digest) != nil {
		return nil
	}
	name := place(customer, digest)
	err := d.root.Remove(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = d.sync(path.Dir(name))
	}
	return dirError(err)
}

// deleteOlder is Delete for what was last put before a time. The file is taken aside before its time is read, so that
// a Put in the same moment either finds nothing and writes, or is seen here.
func (d *Dir) deleteOlder(_ context.Context, customer int64, digest string, before time.Time) (bool, error) {
	name := place(customer, digest)
	aside := path.Join(tmp, "sweep-"+strconv.FormatInt(customer, 10)+"-"+digest)
	if err := d.root.Rename(name, aside); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return false, nil
		}
		return false, dirError(err)
	}
	info, err := d.root.Stat(aside)
	if err != nil {
		return false, dirError(err)
	}
	if info.ModTime().Before(before) {
		return true, dirError(d.root.Remove(aside))
	}
	return false, dirError(d.root.Rename(aside, name))
}

// DeleteAll is part of Store.
func (d *Dir) DeleteAll(_ context.Context, customer int64) error {
	if err := owned(customer); err != nil {
		return err
	}
	if err := d.root.RemoveAll(strconv.FormatInt(customer, 10)); err != nil {
		return dirError(err)
	}
	return dirError(d.sync("."))
}

// List is part of Store.
func (d *Dir) List(ctx context.Context, customer int64, f func(Item) error) error {
	if err := owned(customer); err != nil {
		return err
	}
	drawer := strconv.FormatInt(customer, 10)
	shards, err := d.entries(drawer)
	if err != nil {
		return dirError(err)
	}
	for _, s := range shards {
		files, err := d.entries(path.Join(drawer, s.Name()))
		if err != nil {
			return dirError(err)
		}
		for _, e := range files {
			if err := ctx.Err(); err != nil {
				return err
			}
			if valid(customer, e.Name()) != nil {
				continue
			}
			info, err := e.Info()
			if errors.Is(err, fs.ErrNotExist) {
				continue // deleted meanwhile
			}
			if err != nil {
				return dirError(err)
			}
			if err := f(Item{Digest: e.Name(), Size: info.Size(), Put: info.ModTime()}); err != nil {
				return err
			}
		}
	}
	return nil
}

// entries reads a folder; one that is not there is empty.
func (d *Dir) entries(name string) ([]fs.DirEntry, error) {
	f, err := d.root.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.ReadDir(-1)
}

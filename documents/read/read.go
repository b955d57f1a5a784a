// Package read turns a folder of untrusted files into Documents: pages, lines and tables with their places.
//
// Every file is read in a worker process of its own kind (see WorkerMain) under limits on size, pages, memory and
// time, so that a hostile or broken file costs itself and nothing else. A file that cannot be read, or only in
// part, is still a Document: its Problems say in Chinese what happened and what to do about it.
package read

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xindiao/xindiao/dossier"
)

// Options of a reading; the zero value reads with the default limits, all cores and the OCR engine that is found.
type Options struct {
	Limits    Limits
	Workers   int         // files read at once; 0: one a core
	OCR       ocr.Engine  // nil: ocr.Find(""); ocr.None to leave scans unread
	Cache     string      // folder that keeps readings, 30 days and 2 GB of them, for later runs; "" for none
	Progress  func(Event) // called from several goroutines, one at a time
	InProcess bool        // no worker processes: for tests of readers and platforms that cannot start processes

	quantum time.Duration // see split.go
}

// Event tells how far a reading has come.
type Event struct {
	File        string // the file that moved, "" at the start
	Page, Pages int    // within the file; Pages is 0 while unknown
	Done, Total int    // files of the folder, members of archives included as they become known
}

func (o Options) filled() Options {
	o.Limits = o.Limits.filled()
	if o.Workers <= 0 {
		o.Workers = runtime.NumCPU()
	}
	if o.quantum == 0 {
		o.quantum = quantum
	}
	if o.OCR == nil {
		o.OCR = ocr.Find("")
	}
	if o.Progress == nil {
		o.Progress = func(Event) {}
	}
	return o
}

// Folder reads every file below dir, archives expanded, in a fixed order: by path, an archive before its members.
// Hidden files, lock files and links that lead out of dir are left out; the last are told in the Problems. The error
// (a *dossier.Error) is only for a folder that is not there, is empty, or a cancelled ctx.
func Folder(ctx context.Context, dir string, opt Options) ([]*dossier.Document, []dossier.Problem, error) {
	opt = opt.filled()
	list, problems, err := walk(dir, opt.Limits)
	if err != nil {
		return nil, nil, err
	}
	if len(list) == 0 {
		return nil, problems, &dossier.Error{Kind: dossier.ErrEmpty, Msg: "文件夹里没有可读的文件：" + filepath.Base(dir)}
	}
	docs, err := run(ctx, list, opt)
	return docs, problems, err
}

// File reads one file from disk; an archive gives itself and its members. The Documents are named after the file.
func File(ctx context.Context, path string, opt Options) ([]*dossier.Document, error) {
	return Files(ctx, map[string]string{filepath.Base(path): path}, opt)
}

// Files reads files from wherever they lie, paths by the names that their Documents shall have, in the order of the
// names.
func Files(ctx context.Context, paths map[string]string, opt Options) ([]*dossier.Document, error) {
	var list []item
	for _, name := range slices.Sorted(maps.Keys(paths)) {
		st, err := os.Stat(paths[name])
		if err != nil || st.IsDir() {
			return nil, &dossier.Error{Kind: dossier.ErrNotFound, File: name, Msg: "没有这个文件", Cause: err}
		}
		list = append(list, item{name: cleanName(name), path: paths[name], size: st.Size()})
	}
	return run(ctx, list, opt.filled())
}

// Bytes reads one file from memory under the given name, e.g. an upload.
func Bytes(ctx context.Context, name string, data []byte, opt Options) ([]*dossier.Document, error) {
	dir, remove, err := newTemp()
	if err != nil {
		return nil, &dossier.Error{Kind: dossier.ErrDependency, Msg: "临时目录写不进去，请检查磁盘空间", Cause: err}
	}
	defer remove()
	path := filepath.Join(dir, "file")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		return nil, err
	}
	return run(ctx, []item{{name: cleanName(name), path: path, size: int64(len(data))}}, opt.filled())
}

func sum(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

package read

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"github.com/xindiao/xindiao/dossier"
)

// Pictures draws pages of the files below a folder, for people to look at beside what was read. It keeps worker
// processes and unpacked archives between calls: Close it.
type Pictures struct {
	root    string // "" when only single files are known
	opt     Options
	tmp     string
	readers *readers

	mu     sync.Mutex
	serial int
	known  map[string]string // path of a file on disk by Document.File
}

// NewPictures draws pages of Documents that were read from the folder root, or by File or Files with these paths.
func NewPictures(root string, paths map[string]string, opt Options) (*Pictures, error) {
	tmp, err := os.MkdirTemp("", "xindiao-picture-")
	if err != nil {
		return nil, &dossier.Error{Kind: dossier.ErrDependency, Msg: "临时目录写不进去，请检查磁盘空间", Cause: err}
	}
	opt = opt.filled()
	p := &Pictures{root: root, opt: opt, tmp: tmp, readers: newReaders(opt, tmp), known: map[string]string{}}
	for name, path := range paths {
		p.known[cleanName(name)] = path
	}
	return p, nil
}

// Close ends the workers and removes what was unpacked.
func (p *Pictures) Close() error {
	p.readers.close()
	return os.RemoveAll(p.tmp)
}

// Draw gives page number (from 1) of a Document as a JPEG about width pixels wide, turned as its boxes are. A format
// without pages to look at is dossier.ErrUnsupported.
func (p *Pictures) Draw(ctx context.Context, file string, page, width int) ([]byte, error) {
	if i := strings.LastIndexByte(file, '#'); i > 0 { // a part of a bundle
		file = file[:i]
	}
	path, err := p.find(ctx, file)
	if err != nil {
		return nil, err
	}
	var picture []byte
	req := request{Op: opPicture, Path: path, Name: file, From: page, Width: width, Limits: p.opt.Limits}
	res, fault := p.readers.ask(ctx, req, p.opt.Limits.FileTime, func(r reply) {
		if len(r.Picture) > 0 {
			picture = r.Picture
		}
	})
	switch {
	case ctx.Err() != nil:
		return nil, &dossier.Error{Kind: dossier.ErrTimeout, File: file, Msg: "绘制页面被中止", Cause: ctx.Err()}
	case fault != nil:
		return nil, &dossier.Error{Kind: fault.Kind, File: file, Msg: fault.Msg}
	case len(picture) > 0:
		return picture, nil
	case len(res.Problems) > 0:
		return nil, &dossier.Error{Kind: res.Problems[0].Kind, File: file, Msg: res.Problems[0].Msg}
	}
	return nil, &dossier.Error{Kind: dossier.ErrUnsupported, File: file, Msg: "这种格式没有可看的页面"}
}

// find gives the path on disk of a Document, unpacking the containers on the way to it once.
func (p *Pictures) find(ctx context.Context, file string) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if path, ok := p.known[file]; ok {
		return path, nil
	}
	parts := strings.Split(file, "/")
	for n := len(parts); n > 0; n-- {
		name := strings.Join(parts[:n], "/")
		path := p.known[name]
		if path == "" && p.root != "" && filepath.IsLocal(name) {
			path = regular(p.root, filepath.Join(p.root, filepath.FromSlash(name)))
		}
		if path == "" {
			continue
		}
		p.known[name] = path
		if n < len(parts) {
			return p.unpack(ctx, name, file)
		}
		return path, nil
	}
	return "", &dossier.Error{Kind: dossier.ErrNotFound, File: file, Msg: "没有这个文件"}
}

// regular gives path when it is a regular file that no link leads out of root, else "".
func regular(root, path string) string {
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return ""
	}
	if root, err = filepath.EvalSymlinks(root); err != nil {
		return ""
	}
	if rel, err := filepath.Rel(root, real); err != nil || !filepath.IsLocal(rel) {
		return ""
	}
	if st, err := os.Stat(real); err != nil || !st.Mode().IsRegular() {
		return ""
	}
	return real
}

// unpack takes the members out of a container on the way to file, and out of those inside of it.
func (p *Pictures) unpack(ctx context.Context, container, file string) (string, error) {
	for depth := range p.opt.Limits.ArchiveDepth {
		p.serial++
		dir := filepath.Join(p.tmp, strconv.Itoa(p.serial))
		lim := p.opt.Limits
		req := request{Op: opUnpack, Path: p.known[container], Name: container, Limits: lim,
			Unpack: allowance{Dir: dir, Deep: depth >= lim.ArchiveDepth, Files: lim.ArchiveFiles, Bytes: lim.ArchiveBytes, Member: lim.ArchiveBytes}}
		_, _ = p.readers.ask(ctx, req, lim.TotalTime, func(r reply) {
			if m := r.Member; m != nil && m.Problem == nil {
				p.known[container+"/"+m.Name] = filepath.Join(dir, filepath.Base(m.File))
			}
		})
		if path, ok := p.known[file]; ok {
			return path, nil
		}
		next := ""
		for name := range p.known {
			if strings.HasPrefix(file, name+"/") && len(name) > max(len(container), len(next)) {
				next = name
			}
		}
		if next == "" {
			break
		}
		container = next
	}
	return "", &dossier.Error{Kind: dossier.ErrNotFound, File: file, Msg: "没有这个文件"}
}

package server

import (
	"archive/zip"
	"crypto/rand"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"path"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/xindiao/xindiao/dossier"
)

// upload takes a folder as multipart files, whose file names are paths below the folder, or one zip.
func (s *Server) upload(w http.ResponseWriter, r *http.Request) {
	m, err := s.receive(r)
	if err != nil {
		s.fail(w, err)
		return
	}
	w.Header().Set("Location", "/api/v1/dossiers/"+m.ID)
	writeJSON(w, http.StatusCreated, m)
}

func (s *Server) receive(r *http.Request) (m Meta, err error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return m, &dossier.Error{Kind: dossier.ErrInput, Msg: "请以 multipart/form-data 上传文件", Cause: err}
	}
	m = Meta{ID: rand.Text(), Created: time.Now().UTC()}
	in := &intake{root: s.store.root, base: path.Join(m.ID, "dossier"), files: s.cfg.MaxFiles, bytes: s.cfg.MaxUpload}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.store.remove(m.ID))
		}
	}()
	if err := s.store.root.MkdirAll(in.base, 0o700); err != nil {
		return m, err
	}
	for {
		p, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return m, bodyError(err)
		}
		name := partName(p)
		if name == "" {
			continue // a form field
		}
		if err := in.add(name, p); err != nil {
			return m, err
		}
	}
	if m.Name, err = in.settle(s.cfg.MaxUpload); err != nil {
		return m, err
	}
	m.Files, m.Bytes = in.count, in.size
	return m, s.store.save(m.ID, "meta.json", m)
}

// bodyError keeps the limit's error and calls the rest a broken upload.
func bodyError(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return err
	}
	return &dossier.Error{Kind: dossier.ErrInput, Msg: "上传中断或格式不对", Cause: err}
}

// partName is the path that the browser gave; multipart's own FileName would drop the folders.
func partName(p *multipart.Part) string {
	_, params, err := mime.ParseMediaType(p.Header.Get("Content-Disposition"))
	if err != nil {
		return ""
	}
	return params["filename"]
}

// intake writes an upload's files below base, within limits.
type intake struct {
	root  *os.Root
	base  string
	files int   // left
	bytes int64 // left
	count int
	size  int64
	names []string
}

// safeName makes a path below the dossier of what a client sent: no climbing, no drive, no control characters.
func safeName(name string) string {
	var parts []string
	for p := range strings.SplitSeq(strings.ReplaceAll(name, `\`, "/"), "/") {
		p = strings.Map(func(r rune) rune {
			if unicode.IsControl(r) || strings.ContainsRune(`<>:"|?*`, r) || r == utf8.RuneError {
				return '_'
			}
			return r
		}, strings.TrimSpace(p))
		if p = strings.TrimRight(p, ". "); p == "" || len(p) > 250 {
			continue
		}
		parts = append(parts, p)
	}
	if len(parts) > 12 {
		parts = parts[len(parts)-12:]
	}
	return strings.Join(parts, "/")
}

// litter is what file managers leave behind.
func litter(name string) bool {
	base := path.Base(name)
	return strings.HasPrefix(base, "~$") || base == "Thumbs.db" || strings.HasPrefix(base, ".") || strings.Contains(name, "__MACOSX/")
}

func (in *intake) add(name string, r io.Reader) error {
	name = safeName(name)
	if name == "" || litter(name) {
		_, err := io.Copy(io.Discard, r)
		return bodyErr(err)
	}
	if in.files--; in.files < 0 {
		return &dossier.Error{Kind: dossier.ErrTooLarge, Msg: "文件数量超过上限"}
	}
	full := path.Join(in.base, name)
	if err := in.root.MkdirAll(path.Dir(full), 0o700); err != nil {
		return &dossier.Error{Kind: dossier.ErrInput, File: name, Msg: "同名的文件与文件夹冲突", Cause: err}
	}
	f, err := in.root.OpenFile(full, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return &dossier.Error{Kind: dossier.ErrInput, File: name, Msg: "文件名重复或不能使用", Cause: err}
	}
	n, err := io.Copy(f, io.LimitReader(r, in.bytes+1))
	in.bytes -= n
	in.count, in.size = in.count+1, in.size+n
	in.names = append(in.names, name)
	if err = errors.Join(bodyErr(err), f.Close()); err != nil {
		return err
	}
	if in.bytes < 0 {
		return &dossier.Error{Kind: dossier.ErrTooLarge, File: name, Msg: "上传内容超过大小上限"}
	}
	return nil
}

func bodyErr(err error) error {
	if err == nil {
		return nil
	}
	return bodyError(err)
}

// settle unpacks a lone zip, lifts a lone top folder and returns the dossier's name.
func (in *intake) settle(limit int64) (string, error) {
	if in.count == 0 {
		return "", &dossier.Error{Kind: dossier.ErrEmpty, Msg: "没有收到文件"}
	}
	name := ""
	if in.count == 1 && strings.EqualFold(path.Ext(in.names[0]), ".zip") {
		packed := in.names[0]
		name = strings.TrimSuffix(path.Base(packed), path.Ext(packed))
		if err := in.unpack(packed, limit); err != nil {
			return "", err
		}
	}
	top, ok := in.lone()
	if !ok {
		if name == "" {
			name = in.names[0]
		}
		return name, nil
	}
	if name == "" {
		name = top
	}
	lifted := in.base + ".top"
	return name, errors.Join(in.root.Rename(path.Join(in.base, top), lifted), in.root.RemoveAll(in.base), in.root.Rename(lifted, in.base))
}

// lone returns the one folder that all files lie in; the folder "files" belongs to the dossier itself.
func (in *intake) lone() (string, bool) {
	top := ""
	for _, n := range in.names {
		dir, _, ok := strings.Cut(n, "/")
		if !ok || dir == "files" || top != "" && dir != top {
			return "", false
		}
		top = dir
	}
	return top, top != ""
}

// unpack replaces the zip by its members; names in GBK are understood, what is unpacked is bounded.
func (in *intake) unpack(packed string, limit int64) error {
	bad := func(err error) error {
		return &dossier.Error{Kind: dossier.ErrCorrupt, File: packed, Msg: "压缩包打不开", Cause: err}
	}
	f, err := in.root.Open(path.Join(in.base, packed))
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // it was only read
	z, err := zip.NewReader(f, in.size)
	if err != nil {
		return bad(err)
	}
	in.bytes, in.count, in.size, in.names = 4*limit, 0, 0, nil
	in.files++
	if err := in.root.Remove(path.Join(in.base, packed)); err != nil { // the open file stays readable
		return err
	}
	for _, m := range z.File {
		if m.FileInfo().IsDir() || !m.Mode().IsRegular() {
			continue
		}
		if m.Flags&1 != 0 {
			return &dossier.Error{Kind: dossier.ErrEncrypted, File: packed, Msg: "压缩包有密码，请解除后上传"}
		}
		rc, err := m.Open()
		if err != nil {
			return bad(err)
		}
		err = in.add(memberName(m), rc)
		_ = rc.Close() // it was only read
		if err != nil {
			return err
		}
	}
	if in.count == 0 {
		return &dossier.Error{Kind: dossier.ErrEmpty, File: packed, Msg: "压缩包里没有文件"}
	}
	return nil
}

func memberName(m *zip.File) string {
	if utf8.ValidString(m.Name) {
		return m.Name
	}
	if s, err := simplifiedchinese.GB18030.NewDecoder().String(m.Name); err == nil {
		return s
	}
	return strings.ToValidUTF8(m.Name, "_")
}

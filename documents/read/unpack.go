package read

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"github.com/xindiao/xindiao/dossier"
)

// member is one file taken out of a container.
type member struct {
	Name    string           // safe, below the container
	File    string           // base name in the folder of the allowance
	Size    int64            // as written
	SHA256  string           // of what was written
	Problem *dossier.Problem // why it is not to be opened
}

// unpacking is the worker's side of an allowance.
type unpacking struct {
	allowance
	send   func(member)
	serial int
	seen   map[string]bool
}

// member takes a file out of the container being read. errEnough says that no more is wanted: the limits are reached
// and that has been noted. What is wrong with this one member goes with it; src errors mean a damaged container.
func (r *reading) member(name string, src io.Reader) error {
	m, stop := r.admit(name)
	if m == nil {
		return stop
	}
	err := r.write(m, src)
	r.unpack.send(*m)
	return err
}

// admit settles a member's name; nil for one that is left out.
func (r *reading) admit(raw string) (*member, error) {
	u := &r.unpack
	if u.Deep {
		r.note(problem(dossier.ErrTooLarge, holder(r.format)+"嵌套过深，没有展开", "请解压或另存后提供其中的文件"))
		return nil, errEnough
	}
	name, unsafe := safeName(raw)
	if ignoredMember(name) {
		return nil, r.ctx.Err()
	}
	if u.seen == nil {
		u.seen = map[string]bool{}
	}
	for i, base := 2, name; u.seen[name]; i++ {
		name = numbered(base, i)
	}
	u.seen[name] = true
	if unsafe {
		r.note(problem(dossier.ErrUnsafe, holder(r.format)+"，名称试图写到别处，已改在其中读取："+name, "请核实文件的来源"))
	}
	if u.Files--; u.Files < 0 {
		r.note(tooMany(r.format, r.lim))
		return nil, errEnough
	}
	u.serial++
	return &member{Name: name, File: strconv.Itoa(u.serial)}, r.ctx.Err()
}

// write copies a member out. The sizes in a header may lie: what really comes out is counted, up to the first limit.
func (r *reading) write(m *member, src io.Reader) error {
	u := &r.unpack
	fail := func(p dossier.Problem) { m.Problem = &p }
	if err := os.MkdirAll(u.Dir, 0o700); err != nil {
		fail(noSpace())
		return nil
	}
	path := filepath.Join(u.Dir, m.File)
	dst, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		fail(noSpace())
		return nil
	}
	limit := min(r.lim.FileBytes, u.Bytes, u.Member)
	h := sha256.New()
	n, err := io.Copy(io.MultiWriter(dst, h), io.LimitReader(src, limit+1))
	m.SHA256 = hex.EncodeToString(h.Sum(nil))
	if cerr := dst.Close(); err == nil {
		err = cerr
	}
	u.Bytes -= n
	m.Size = n
	var disk *os.PathError
	switch {
	case n > limit && n > r.lim.FileBytes:
		fail(tooLarge(n, r.lim.FileBytes))
	case n > limit && n > u.Member:
		fail(problem(dossier.ErrUnsafe, "压缩比异常（疑似压缩炸弹），没有展开", "请核实压缩包的来源，解压后提供需要的文件"))
		u.Bytes = -1
	case n > limit:
		fail(tooMuch(r.format, r.lim))
	case errors.As(err, &disk) && (errors.Is(err, syscall.ENOSPC) || disk.Path == path):
		fail(noSpace())
	case err != nil:
		fail(memberFault(err))
	}
	if m.Problem != nil {
		_ = os.Remove(path)
	}
	if u.Bytes < 0 {
		r.note(tooMuch(r.format, r.lim))
		return errEnough
	}
	return nil
}

// member books what a worker took out of n; n is locked.
func (r *runner) member(n *node, dir string, m *member) {
	it := item{name: n.name + "/" + m.Name, path: filepath.Join(dir, filepath.Base(m.File)), size: m.Size, depth: n.depth + 1, sha: m.SHA256}
	it.why, it.skip = m.Problem, m.Problem != nil
	r.mu.Lock()
	r.files++
	full := r.files > r.opt.Limits.Files
	r.mu.Unlock()
	if !n.top.spend(m.Size) || full {
		_ = os.Remove(it.path)
		if full {
			n.note(tooMany(n.doc.Format, r.opt.Limits))
		} else {
			n.note(tooMuch(n.doc.Format, r.opt.Limits))
		}
		return
	}
	// Portions of one file do not know what others have taken out of it.
	for i, base := 2, it.name; slices.ContainsFunc(n.members, func(o *node) bool { return o.name == it.name }); i++ {
		it.name = numbered(base, i)
	}
	n.members = append(n.members, newNode(it, n.top))
}

// numbered tells a file from another of the same name.
func numbered(name string, i int) string {
	ext := filepath.Ext(name)
	return strings.TrimSuffix(name, ext) + "(" + strconv.Itoa(i) + ")" + ext
}

// memberFault words the error of a member's source: what it says itself, else damage.
func memberFault(err error) dossier.Problem {
	var me *memberError
	if errors.As(err, &me) {
		return me.p
	}
	return corrupt("压缩包里的文件")
}

// holder is what a container is called when its members are spoken of.
func holder(format string) string {
	switch {
	case archives[format] || format == "":
		return "压缩包内的文件"
	case format == fmtEML || format == fmtMSG:
		return "邮件的附件"
	}
	return strings.ToUpper(format) + " 的附件"
}

func tooMany(format string, lim Limits) dossier.Problem {
	return problem(dossier.ErrTooLarge, fmt.Sprintf("%s超过 %d 个，其余没有读取", holder(format), lim.ArchiveFiles), "请分几次提供，或只提供需要的文件")
}

func tooMuch(format string, lim Limits) dossier.Problem {
	return problem(dossier.ErrUnsafe, holder(format)+"展开后超过 "+size(lim.ArchiveBytes)+"，或压缩比异常，已停止展开", "请解压后只提供需要的文件")
}

func noSpace() dossier.Problem {
	return problem(dossier.ErrDependency, "临时目录写不进去，文件没有展开", "请检查磁盘空间后重新读取")
}

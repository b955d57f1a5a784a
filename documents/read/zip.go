package read

import (
	"archive/zip"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xindiao/xindiao/dossier"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// unpacking is the budget that one top archive and everything nested in it share.
type unpacking struct {
	lim    Limits
	dir    string // where members are written, under names of our own
	packed int64  // size of the top archive
	bytes  int64
	files  int
	serial int
}

const ratioFree = 10 << 20 // small members may compress as well as they like

// unpack writes an archive's members into the temporary folder. Nothing of a member's name reaches the file system.
func (u *unpacking) unpack(ctx context.Context, it item) ([]item, []dossier.Problem) {
	r, err := zip.OpenReader(it.path)
	if err != nil {
		return nil, []dossier.Problem{corrupt("压缩包")}
	}
	defer r.Close()
	var members []item
	var problems []dossier.Problem
	seen := map[string]bool{}
	for _, f := range r.File {
		if ctx.Err() != nil {
			break
		}
		raw := memberName(f)
		if strings.HasSuffix(raw, "/") {
			continue
		}
		name, unsafe := safeName(raw)
		if ignoredMember(name) || f.Mode()&os.ModeSymlink != 0 {
			continue
		}
		for i := 2; seen[name]; i++ {
			name = strings.TrimSuffix(name, filepath.Ext(name)) + "(" + strconv.Itoa(i) + ")" + filepath.Ext(name)
		}
		seen[name] = true
		if unsafe {
			problems = append(problems, problem(dossier.ErrUnsafe, "压缩包里的文件名试图写到包外，已改在包内读取："+name, "请核实压缩包的来源"))
		}
		u.files++
		if u.files > u.lim.ArchiveFiles {
			problems = append(problems, problem(dossier.ErrTooLarge, fmt.Sprintf("压缩包内的文件超过 %d 个，其余没有读取", u.lim.ArchiveFiles), "请分成几个压缩包，或只提供需要的文件"))
			break
		}
		m := item{name: it.name + "/" + name, depth: it.depth + 1}
		p := u.write(f, &m)
		if p != nil {
			m.problems, m.skip = []dossier.Problem{*p}, true
		}
		members = append(members, m)
		if u.bytes > u.lim.ArchiveBytes {
			problems = append(problems, problem(dossier.ErrUnsafe, "压缩包展开后超过 "+size(u.lim.ArchiveBytes)+"，已停止展开", "请解压后只提供需要的文件"))
			break
		}
	}
	if len(members) == 0 && len(problems) == 0 {
		problems = append(problems, problem(dossier.ErrEmpty, "压缩包里没有文件", "请核对后重新提供"))
	}
	sort.SliceStable(members, func(i, j int) bool { return members[i].name < members[j].name })
	return members, problems
}

func (u *unpacking) write(f *zip.File, m *item) *dossier.Problem {
	fail := func(p dossier.Problem) *dossier.Problem { return &p }
	if f.Flags&1 != 0 {
		return fail(encrypted("压缩包"))
	}
	if f.Method != zip.Store && f.Method != zip.Deflate {
		return fail(unsupported(fmt.Sprintf("压缩方法 %d", f.Method), "请用系统自带的压缩功能重新打包"))
	}
	src, err := f.Open()
	if err != nil {
		return fail(corrupt("压缩包里的文件"))
	}
	defer src.Close()
	u.serial++
	m.path = filepath.Join(u.dir, strconv.Itoa(u.serial))
	dst, err := os.OpenFile(m.path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fail(problem(dossier.ErrDependency, "临时目录写不进去", "请检查磁盘空间"))
	}
	defer dst.Close()
	// The sizes in the header may lie: count what really comes out, and stop at the first limit.
	limit := min(u.lim.FileBytes, u.lim.ArchiveBytes-u.bytes, max(ratioFree, u.lim.ArchiveRatio*u.packed))
	n, err := io.Copy(dst, io.LimitReader(src, limit+1))
	u.bytes += n
	m.size = n
	switch {
	case n > limit && n > u.lim.FileBytes:
		return fail(tooLarge(max(n, int64(f.UncompressedSize64)), u.lim.FileBytes))
	case n > limit:
		u.bytes = u.lim.ArchiveBytes + 1
		os.Truncate(m.path, 0)
		return fail(problem(dossier.ErrUnsafe, "压缩比异常（疑似压缩炸弹），没有展开", "请核实压缩包的来源，解压后提供需要的文件"))
	case err != nil:
		return fail(corrupt("压缩包里的文件"))
	}
	return nil
}

// memberName decodes a name: UTF-8 when it says or shows so, the Unicode extra field, else GB18030 (Windows in Chinese).
func memberName(f *zip.File) string {
	if name := unicodeName(f.Extra); name != "" {
		return name
	}
	if !f.NonUTF8 || utf8.ValidString(f.Name) {
		return f.Name
	}
	if s, err := simplifiedchinese.GB18030.NewDecoder().String(f.Name); err == nil {
		return s
	}
	return f.Name
}

// unicodeName reads the Info-ZIP Unicode path field 0x7075: version, CRC of the plain name, UTF-8 name.
func unicodeName(extra []byte) string {
	for len(extra) >= 4 {
		id, n := binary.LittleEndian.Uint16(extra), int(binary.LittleEndian.Uint16(extra[2:]))
		if n > len(extra)-4 {
			return ""
		}
		if id == 0x7075 && n > 5 && utf8.Valid(extra[9:4+n]) {
			return string(extra[9 : 4+n])
		}
		extra = extra[4+n:]
	}
	return ""
}

// safeName keeps a member's name inside its archive: no drive, no root, no "..".
func safeName(s string) (name string, unsafe bool) {
	s = cleanName(strings.ReplaceAll(s, `\`, "/"))
	if len(s) > 1 && s[1] == ':' {
		s, unsafe = s[2:], true
	}
	var parts []string
	for i, p := range strings.Split(s, "/") {
		switch p {
		case "..":
			unsafe = true
		case "":
			unsafe = unsafe || i == 0
		case ".":
		default:
			parts = append(parts, p)
		}
	}
	if name = strings.Join(parts, "/"); name == "" {
		name = "未命名"
	}
	return name, unsafe
}

func ignoredMember(name string) bool {
	for _, p := range strings.Split(name, "/") {
		if ignored(p) {
			return true
		}
	}
	return false
}

package read

import (
	"archive/zip"
	"encoding/binary"
	"fmt"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/xindiao/xindiao/dossier"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// readZip takes the members out of a ZIP file.
func readZip(r *reading) error {
	z, err := zip.OpenReader(r.path)
	if err != nil {
		return &dossier.Error{Kind: dossier.ErrCorrupt, Msg: "压缩包已损坏或不完整，无法打开"}
	}
	defer z.Close()
	for _, f := range z.File {
		name := memberName(f)
		if strings.HasSuffix(name, "/") || f.Mode()&os.ModeSymlink != 0 {
			continue
		}
		if err := r.zipMember(name, f); err != nil {
			return err
		}
	}
	return nil
}

func (r *reading) zipMember(name string, f *zip.File) error {
	if f.Flags&1 != 0 {
		return r.locked(name, encrypted("压缩包"))
	}
	if f.Method != zip.Store && f.Method != zip.Deflate {
		return r.locked(name, unsupported(fmt.Sprintf("压缩方法 %d", f.Method), "请用系统自带的压缩功能重新打包"))
	}
	src, err := f.Open()
	if err != nil {
		return r.locked(name, corrupt("压缩包里的文件"))
	}
	defer src.Close()
	return r.member(name, src)
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

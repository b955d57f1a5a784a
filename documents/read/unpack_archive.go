package read

import (
	"errors"
	"fmt"
	"io"
	"path"

	arc "github.com/xindiao/xindiao/documents/read/internal/archive"
	"github.com/xindiao/xindiao/dossier"
)

// Formats that hold nothing but other files.
const (
	fmtZIP = "zip"
	fmtRAR = "rar"
	fmt7Z  = "7z"
	fmtTAR = "tar"
	fmtGZ  = "gz"
)

var archives = map[string]bool{fmtZIP: true, fmtRAR: true, fmt7Z: true, fmtTAR: true, fmtGZ: true}

// unpackWith makes a reader of an archive's walk.
func unpackWith(walk func(arc.Source, arc.Visit) error) func(*reading) error {
	return func(r *reading) error {
		s := arc.Source{Name: path.Base(r.name), Path: r.path, Parts: r.vols.Parts, Named: r.vols.Named}
		err := walk(s, func(name string, body io.Reader) error { return r.member(name, worded{body}) })
		if err == nil || errors.Is(err, errEnough) || errors.Is(err, r.ctx.Err()) {
			return err
		}
		p := archiveFault(err)
		if n := r.unpack.serial; n > 0 && p.Kind != dossier.ErrTooLarge {
			p.Msg += fmt.Sprintf("，已取出的 %d 个文件保留", n)
		}
		r.note(p)
		return nil
	}
}

// worded gives a member's errors the words for the user.
type worded struct{ r io.Reader }

func (w worded) Read(b []byte) (int, error) {
	n, err := w.r.Read(b)
	if err != nil && err != io.EOF {
		p := archiveFault(err)
		if p.Kind == dossier.ErrCorrupt {
			p = corrupt("压缩包里的文件")
		}
		err = &memberError{p}
	}
	return n, err
}

// memberError carries a Problem through io.Copy.
type memberError struct{ p dossier.Problem }

func (e *memberError) Error() string { return e.p.Msg }

func archiveFault(err error) dossier.Problem {
	var vol *arc.VolumeError
	var method arc.MethodError
	switch {
	case errors.Is(err, arc.ErrEncrypted):
		return encrypted("压缩包")
	case errors.As(err, &vol):
		return problem(dossier.ErrPartial, "分卷压缩包缺少分卷："+cleanName(vol.Name), "请把全部分卷放在同一个文件夹里重新提供")
	case errors.Is(err, arc.ErrVolume):
		return problem(dossier.ErrPartial, "分卷压缩包的分卷不齐或次序不对", "请把全部分卷放在同一个文件夹里重新提供")
	case errors.Is(err, arc.ErrWindow):
		return problem(dossier.ErrTooLarge, "压缩时使用的字典过大，没有展开", "请用默认设置重新压缩，或解压后提供其中的文件")
	case errors.As(err, &method):
		return unsupported(fmt.Sprintf("压缩方法 %d", uint16(method)), "请用系统自带的压缩功能重新打包")
	case errors.Is(err, arc.ErrMethod):
		return unsupported("压缩方法", "请解压后提供其中的文件，或改用 ZIP 压缩")
	case errors.Is(err, arc.ErrTooMany):
		return problem(dossier.ErrTooLarge, "压缩包内的文件过多，其余没有读取", "请分成几个压缩包，或只提供需要的文件")
	}
	return corrupt("压缩包")
}

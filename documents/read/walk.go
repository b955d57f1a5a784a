package read

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// item is one file to read: where its bytes are, and the name that the user knows it by.
type item struct {
	name  string // as in dossier.Document.File
	path  string // on disk
	size  int64
	depth int              // containers around it
	sha   string           // of the bytes, where known
	why   *dossier.Problem // known before it is opened
	skip  bool             // it is not to be opened
}

// walk lists the files below dir. A path to a single file is that file alone.
func walk(dir string, lim Limits) ([]item, []dossier.Problem, error) {
	root, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return nil, nil, &dossier.Error{Kind: dossier.ErrNotFound, File: dir, Msg: "没有这个文件夹"}
	}
	st, err := os.Stat(root)
	if err != nil {
		return nil, nil, &dossier.Error{Kind: dossier.ErrNotFound, File: dir, Msg: "打不开这个文件夹", Cause: err}
	}
	if !st.IsDir() {
		return []item{{name: cleanName(filepath.Base(root)), path: root, size: st.Size()}}, nil, nil
	}
	var list []item
	var problems []dossier.Problem
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(root, path)
		name := cleanName(filepath.ToSlash(rel))
		if err != nil {
			problems = append(problems, problem(dossier.ErrNotFound, "打不开："+name, "请检查文件夹的访问权限"))
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if path != root && ignored(d.Name()) {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			return nil
		}
		if len(list) >= lim.Files {
			problems = append(problems, partial(fmt.Sprintf("文件超过 %d 个，其余没有读取", lim.Files)))
			return fs.SkipAll
		}
		target := path
		if d.Type()&fs.ModeSymlink != 0 {
			target, err = filepath.EvalSymlinks(path)
			if err != nil || !strings.HasPrefix(target, root+string(filepath.Separator)) {
				problems = append(problems, problem(dossier.ErrUnsafe, "跳过指向文件夹之外的链接："+name, "请提供文件本身，不要提供快捷方式"))
				return nil
			}
		}
		st, err := os.Stat(target)
		if err != nil || !st.Mode().IsRegular() {
			return nil // sockets, pipes, links to folders inside (walked on their own)
		}
		list = append(list, item{name: name, path: target, size: st.Size()})
		return nil
	})
	if err != nil {
		return nil, nil, &dossier.Error{Kind: dossier.ErrNotFound, File: dir, Msg: "打不开这个文件夹", Cause: err}
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].name < list[j].name })
	return list, problems, nil
}

// ignored names files that programs leave behind: hidden ones, thumbnails, Office locks, archive leftovers.
func ignored(base string) bool {
	switch strings.ToLower(base) {
	case "thumbs.db", "desktop.ini", "__macosx":
		return true
	}
	return strings.HasPrefix(base, ".") || strings.HasPrefix(base, "~$")
}

// cleanName makes a name safe to print and to store: valid UTF-8 without control characters.
func cleanName(s string) string {
	s = strings.ToValidUTF8(s, "�")
	return strings.Map(func(r rune) rune {
		if r < 0x20 || r == 0x7f {
			return -1
		}
		return r
	}, s)
}

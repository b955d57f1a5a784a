package ofd

import (
	"archive/zip"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/xindiao/xindiao/documents/read/internal/xmltree"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// files finds the parts of a package and keeps count of what they unpack to.
type files struct {
	byName map[string]*zip.File // by lower-case name, decoded
	names  []string             // as they stand, decoded
	lim    Limits
	bytes  int64
	err    error // the limit, once it is reached
}

var errMissing = errors.New("ofd: part is not there")

func newFiles(z *zip.Reader, lim Limits) *files {
	f := &files{byName: map[string]*zip.File{}, lim: lim}
	for _, x := range z.File {
		name := x.Name
		if x.NonUTF8 {
			if s, err := simplifiedchinese.GB18030.NewDecoder().String(name); err == nil {
				name = s
			}
		}
		name = clean(name)
		k := strings.ToLower(name)
		if _, there := f.byName[k]; !there && name != "" {
			f.byName[k] = x
			f.names = append(f.names, name)
		}
	}
	return f
}

// clean makes a name in a package comparable: / between steps, none at the start, no way out of the package.
func clean(name string) string {
	name = path.Clean("/" + strings.ReplaceAll(strings.TrimSpace(name), `\`, "/"))
	return strings.TrimPrefix(name, "/")
}

// resolve makes a location that part `from` names one of the package: from the root when it begins with /, else from
// the part's folder. "" stays "".
func resolve(from, loc string) string {
	loc = strings.ReplaceAll(strings.TrimSpace(loc), `\`, "/")
	if loc == "" {
		return ""
	}
	if strings.HasPrefix(loc, "/") {
		return clean(loc)
	}
	return clean(path.Join("/", path.Dir("/"+from), loc))
}

// locate is resolve for producers who write from the package's root where the standard means the part's folder.
func (f *files) locate(from, loc string) string {
	name := resolve(from, loc)
	if name == "" || f.has(name) {
		return name
	}
	if other := resolve("", loc); f.has(other) {
		return other
	}
	return name
}

func (f *files) has(name string) bool { return f.byName[strings.ToLower(name)] != nil }

// read unpacks one part within the limits.
func (f *files) read(name string) ([]byte, error) {
	x := f.byName[strings.ToLower(name)]
	if x == nil {
		return nil, errMissing
	}
	limit := min(f.lim.Part, f.lim.Bytes-f.bytes)
	if f.err != nil || limit <= 0 {
		f.err = ErrLimit
		return nil, ErrLimit
	}
	src, err := x.Open()
	if err != nil {
		return nil, err
	}
	defer src.Close()
	data, err := io.ReadAll(io.LimitReader(src, limit+1))
	f.bytes += int64(len(data))
	if int64(len(data)) > limit {
		f.err = ErrLimit
		return nil, ErrLimit
	}
	return data, err
}

// tree reads a part as XML; with an error the tree holds what stood before the fault, or is nil.
func (f *files) tree(name string) (*xmltree.Node, error) {
	data, err := f.read(name)
	if len(data) == 0 {
		if err == nil {
			err = errMissing
		}
		return nil, err
	}
	return xmltree.Parse(data)
}

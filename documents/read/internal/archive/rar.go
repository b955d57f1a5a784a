package archive

import (
	"errors"
	"io"
	"io/fs"
	"os"

	"github.com/nwaples/rardecode/v2"
)

// maxWindow is the largest dictionary that is granted to RAR: what one worker can afford. WinRAR's default is 32 MB.
const maxWindow = 512 << 20

// Rar walks a RAR file of version 1.5 to 7, solid or not, over all its volumes.
func Rar(s Source, visit Visit) (err error) {
	defer caught(&err)
	vols := &volumes{s: s}
	r, err := rardecode.OpenReader(s.Name, rardecode.FileSystem(vols), rardecode.MaxDictionarySize(maxWindow))
	if err != nil {
		return vols.fault(err)
	}
	defer r.Close()
	for range maxEntries {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return vols.gap()
		}
		if err != nil {
			return vols.fault(err)
		}
		if h.IsDir || h.LinkType != rardecode.LinkTypeNone || h.Mode()&os.ModeSymlink != 0 {
			continue
		}
		var body io.Reader = translated{r, vols.fault}
		if h.Encrypted {
			body = failing{ErrEncrypted}
		}
		if err := visit(Name(h.Name), body); err != nil {
			return err
		}
	}
	return ErrTooMany
}

// volumes opens the volumes that belong to an archive, and nothing else, by the names they call each other.
type volumes struct {
	s       Source
	missing string
}

func (v *volumes) Open(name string) (fs.File, error) {
	path, ok := v.s.Named[name]
	if name == v.s.Name {
		path, ok = v.s.Path, true
	}
	if !ok {
		if v.missing == "" {
			v.missing = name
		}
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return os.Open(path)
}

// fault names the volume when that is what is wrong.
func (v *volumes) fault(err error) error {
	switch {
	case errors.Is(err, rardecode.ErrArchiveEncrypted), errors.Is(err, rardecode.ErrArchivedFileEncrypted), errors.Is(err, rardecode.ErrBadPassword):
		return ErrEncrypted
	case errors.Is(err, rardecode.ErrDictionaryTooLarge):
		return ErrWindow
	case errors.Is(err, rardecode.ErrUnknownDecoder), errors.Is(err, rardecode.ErrUnsupportedDecoder), errors.Is(err, rardecode.ErrUnknownVersion):
		return ErrMethod
	case errors.Is(err, fs.ErrNotExist) && v.missing != "", errors.Is(err, rardecode.ErrMultiVolume) && v.missing != "":
		return &VolumeError{v.missing}
	case errors.Is(err, rardecode.ErrBadVolumeNumber):
		return ErrVolume
	}
	return err
}

// gap finds a volume that was asked for in vain though later ones are there: the listing ended too early.
func (v *volumes) gap() error {
	if v.missing == "" {
		return nil
	}
	for name := range v.s.Named {
		if len(name) == len(v.missing) && name > v.missing {
			return &VolumeError{v.missing}
		}
	}
	return nil
}

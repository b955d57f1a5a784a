package server

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"sort"
	"time"

	"github.com/xindiao/xindiao/dossier"
)

// store keeps uploads and results in folders: <id>/meta.json, <id>/dossier/…, <id>/review.json, <id>/report.json.
// All writing goes through an os.Root, which no name can leave.
type store struct {
	dir  string
	root *os.Root
}

// Meta is one uploaded dossier.
type Meta struct {
	ID       string    `json:"id"`
	Name     string    `json:"name"`
	Created  time.Time `json:"created"`
	Files    int       `json:"files"`
	Bytes    int64     `json:"bytes"`
	Reviewed bool      `json:"reviewed"` // a review is stored
	Drafted  bool      `json:"drafted"`  // a report is stored
	Job      string    `json:"job,omitempty"`
}

var idShape = regexp.MustCompile(`^[A-Z2-7]{26}$`)

var errNoDossier = &dossier.Error{Kind: dossier.ErrNotFound, Msg: "没有这份卷宗"}

func (st *store) folder(id string) string { return filepath.Join(st.dir, id, "dossier") }

func (st *store) meta(id string) (Meta, error) {
	var m Meta
	if !idShape.MatchString(id) {
		return m, errNoDossier
	}
	if err := st.load(id, "meta.json", &m); err != nil {
		return m, err
	}
	m.Reviewed, m.Drafted = st.has(id, "review.json"), st.has(id, "report.json")
	return m, nil
}

func (st *store) has(id, name string) bool {
	_, err := st.root.Stat(path.Join(id, name))
	return err == nil
}

func (st *store) load(id, name string, v any) error {
	b, err := st.root.ReadFile(path.Join(id, name))
	if errors.Is(err, fs.ErrNotExist) {
		return errNoDossier
	} else if err != nil {
		return err
	}
	return json.Unmarshal(b, v)
}

// save writes beside the old file and then takes its place, so that a reader never sees half of it.
func (st *store) save(id, name string, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	tmp := path.Join(id, name+".new")
	if err := st.root.WriteFile(tmp, b, 0o600); err != nil {
		return err
	}
	return st.root.Rename(tmp, path.Join(id, name))
}

// list returns the dossiers, the newest first; half-made ones are passed over.
func (st *store) list() ([]Meta, error) {
	entries, err := os.ReadDir(st.dir)
	if err != nil {
		return nil, err
	}
	out := []Meta{}
	for _, e := range entries {
		if m, err := st.meta(e.Name()); err == nil {
			out = append(out, m)
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Created.After(out[j].Created) })
	return out, nil
}

func (st *store) remove(id string) error { return st.root.RemoveAll(id) }

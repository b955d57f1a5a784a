package trial

import (
	"testing"

	"github.com/xindiao/xindiao/documents/extract"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

// TestEveryFinderIsUsed runs every way to find a field alone: an example must show it, of the kind itself or, for a
// shared one, of any kind; or the file says for which layout it is.
func TestEveryFinderIsUsed(t *testing.T) {
	c, err := types.Load()
	if err != nil {
		t.Fatal(err)
	}
	type shared struct {
		name string
		n    int
	}
	idle, proved := map[shared]string{}, map[shared]bool{}
	for _, k := range c.All() {
		if k.Like != "" {
			continue // its fields are another kind's
		}
		var docs []*dossier.Document
		for _, e := range k.Examples {
			if !e.Not {
				d := Document(e)
				d.Type = k.ID
				docs = append(docs, d)
			}
		}
		for i := range k.Fields {
			f := &k.Fields[i]
			if f.Hidden {
				continue
			}
			all := f.Find
			for j := range all {
				f.Find = all[j : j+1]
				hit := shows(c, docs, f.Key)
				id := shared{f.Use, j - (len(all) - f.Shared)}
				switch {
				case id.n >= 0 && hit:
					proved[id] = true
				case id.n >= 0:
					idle[id] = k.ID + "." + f.Key
				case !hit && all[j].Why == "":
					t.Errorf("%s.yaml: field %s: no example shows its way %d to find it", k.ID, f.Key, j+1)
				}
			}
			f.Find = all
		}
	}
	for id, at := range idle {
		if !proved[id] {
			t.Errorf("common/finders.yaml: %s: no example of any kind shows its way %d, see %s", id.name, id.n+1, at)
		}
	}
}

func shows(c *types.Catalogue, docs []*dossier.Document, key string) bool {
	for _, d := range docs {
		extract.Extract(c, d)
		if _, ok := d.Fields[key]; ok {
			return true
		}
	}
	return false
}

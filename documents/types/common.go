package types

import (
	"sync"

	"github.com/xindiao/xindiao/internal/datafile"
)

// Shared is a list of finders that many kinds use under one name.
type Shared struct {
	Note string   `yaml:"note"` // what it finds and where it was seen
	Find []Finder `yaml:"find"`
}

var common = sync.OnceValues(func() (map[string]Shared, error) {
	data, err := files.ReadFile("common/finders.yaml")
	if err != nil {
		return nil, err
	}
	var m map[string]Shared
	if err := datafile.Decode("common/finders.yaml", data, &m); err != nil {
		return nil, err
	}
	return m, nil
})

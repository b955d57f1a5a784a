package cache

import (
	"os"
	"sort"
	"time"
)

type entry struct {
	path string
	size int64
	used time.Time
}

// drop removes entries not used for longer than age, then the least recently used until the others fit into max.
func drop(all []entry, max int64, age time.Duration) {
	sort.Slice(all, func(i, j int) bool { return all[i].used.After(all[j].used) })
	var sum int64
	for _, e := range all {
		if sum += e.size; sum > max || time.Since(e.used) > age {
			_ = os.Remove(e.path)
		}
	}
}

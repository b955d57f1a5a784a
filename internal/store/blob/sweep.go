package blob

import (
	"context"
	"strconv"
	"time"

	"github.com/xindiao/xindiao/dossier"
)

// MinAge is the least age that Sweep takes for an orphan's: an intake puts its files before it commits.
const MinAge = 24 * time.Hour

// Swept counts what a sweep took away.
type Swept struct {
	Files int
	Bytes int64
}

// older is a store that can delete what was last put before a time.
type older interface {
	deleteOlder(ctx context.Context, customer int64, digest string, before time.Time) (bool, error)
}

// Sweep deletes what no document of a customer refers to any more and was last put longer ago than age, at least
// MinAge. Live is store.Tenant.Digests, read after the sweep was decided on.
func Sweep(ctx context.Context, s Store, customer int64, live []string, age time.Duration) (Swept, error) {
	var out Swept
	if age < MinAge {
		return out, &dossier.Error{Kind: dossier.ErrInput, Msg: "清理的原件至少应闲置 " + strconv.Itoa(int(MinAge.Hours())) + " 小时，以免误删正在入库的文件"}
	}
	before := time.Now().Add(-age)
	keep := make(map[string]bool, len(live))
	for _, d := range live {
		keep[d] = true
	}
	var orphans []Item
	err := s.List(ctx, customer, func(it Item) error {
		if !keep[it.Digest] && it.Put.Before(before) {
			orphans = append(orphans, it)
		}
		return nil
	})
	if err != nil {
		return out, err
	}
	for _, it := range orphans {
		if err := ctx.Err(); err != nil {
			return out, err
		}
		gone := true
		if o, ok := s.(older); ok {
			gone, err = o.deleteOlder(ctx, customer, it.Digest, before)
		} else {
			err = s.Delete(ctx, customer, it.Digest)
		}
		if err != nil {
			return out, err
		}
		if gone {
			out.Files, out.Bytes = out.Files+1, out.Bytes+it.Size
		}
	}
	return out, nil
}

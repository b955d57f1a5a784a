package storetest

import (
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
)

// serves is the rule of a corpus search in plain Go: an item of the industry, of one that contains it or of all
// industries, in force on the day. Without a day only what has no end counts.
func serves(d store.CatalogDoc, industry string, day dossier.Date) bool {
	if industry != "" && !strings.HasPrefix(industry, d.Industry) {
		return false
	}
	if day.IsZero() {
		return d.To.IsZero()
	}
	return (d.From.IsZero() || !day.Before(d.From)) && (d.To.IsZero() || !day.After(d.To))
}

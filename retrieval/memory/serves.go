package memory

import (
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
)

// Serves tells whether an item of a corpus may be shown for the industry and the day. An item for an industry serves
// the industries within it; one for all serves everyone; an empty industry asks for any. On a day it serves what is in
// force then; without a day it serves what has no last day. A material has neither industry nor days and always serves.
func Serves(d store.CatalogDoc, industry string, asOf dossier.Date) bool {
	if industry != "" && !strings.HasPrefix(industry, d.Industry) {
		return false
	}
	if asOf.IsZero() {
		return d.To.IsZero()
	}
	return (d.From.IsZero() || !asOf.Before(d.From)) && (d.To.IsZero() || !asOf.After(d.To))
}

// heading is what store.EmbedText puts before the chunks, as store.CorpusItem.Heading does.
func heading(d store.CatalogDoc) string {
	return store.CorpusItem{Title: d.Title, Label: d.Label}.Heading()
}

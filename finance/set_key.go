package finance

import (
	"strconv"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// setKey is under what a set looks figures up; entity is a nameKey.
type setKey struct {
	indicator, entity string
	period            dossier.Period
}

// signature tells a figure from the same figure of another place or computation.
type signature struct {
	setKey
	scope                       dossier.Scope
	value, formula, operands    string
	read                        bool
	file, page, cell, line, say string
}

func (s *Set) key(indicator, entity string, p dossier.Period) setKey {
	return setKey{indicator, s.nameKey(entity), p}
}

// nameKey is nameKey of an entity, kept for those that the set has figures of; "" is the borrower. It only reads, so
// that readers may work side by side.
func (s *Set) nameKey(entity string) string {
	if entity == "" {
		entity = s.Entity
	}
	if k, ok := s.names[entity]; ok {
		return k
	}
	return nameKey(entity)
}

func (s *Set) signature(f *dossier.Figure) signature {
	g := signature{setKey: s.key(f.Indicator, f.Entity, f.Period), scope: f.Scope, value: f.Value.String(), formula: f.Formula,
		operands: strings.Join(f.Operands, ",")}
	if f.Source != nil {
		g.read, g.file, g.cell, g.say = true, f.Source.File, f.Source.Cell, f.Source.Quote
		g.page, g.line = strconv.Itoa(f.Source.Page), strconv.Itoa(f.Source.Line)
	}
	return g
}

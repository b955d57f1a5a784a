package types

import "slices"

// HasColumn tells whether a list field's rows may have that column: by a table's headers, a pattern's groups, a split, or
// a finder written in Go, whose columns the catalogue does not name.
func (f Field) HasColumn(key string) bool {
	return slices.ContainsFunc(f.Find, func(d Finder) bool {
		switch {
		case d.Func != "":
			return true
		case d.Rows != nil:
			return slices.ContainsFunc(d.Rows.Columns, func(c Column) bool { return c.Key == key })
		case d.lines != nil:
			return slices.Contains(d.lines.SubexpNames(), key)
		}
		return d.Column == key
	})
}

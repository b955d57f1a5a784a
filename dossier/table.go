package dossier

// Joined is a table with those parts of it that stand on later pages: Rows of all parts, a header that a later part
// repeats left out.
type Joined struct {
	Table
	Pages []int // of each row
}

// JoinedTables lists the document's tables in reading order, each as a whole. The cells are those of the pages, so
// their places stay with their own page.
func (d *Document) JoinedTables() []Joined {
	var out []Joined
	for i := range d.Pages {
		p := &d.Pages[i]
		for _, t := range p.Tables {
			if t.Continues && len(out) > 0 {
				out[len(out)-1].add(t, p.Number)
				continue
			}
			j := Joined{Table: t}
			j.Rows = nil
			for _, row := range t.Rows {
				j.Rows, j.Pages = append(j.Rows, row), append(j.Pages, p.Number)
			}
			out = append(out, j)
		}
	}
	return out
}

// add appends a later part without the rows that repeat the first part's header.
func (j *Joined) add(t Table, page int) {
	skip := 0
	for skip < len(t.Rows) && skip < len(j.Rows) && skip < 3 && sameRow(t.Rows[skip], j.Rows[skip]) {
		skip++
	}
	for _, row := range t.Rows[skip:] {
		j.Rows, j.Pages = append(j.Rows, row), append(j.Pages, page)
	}
}

// sameRow compares the words of two rows; a row without any is not the same as another.
func sameRow(a, b []Cell) bool {
	words := false
	for i := range max(len(a), len(b)) {
		var x, y string
		if i < len(a) {
			x = a[i].Text
		}
		if i < len(b) {
			y = b[i].Text
		}
		if x != y {
			return false
		}
		words = words || x != ""
	}
	return words
}

package dossier

// Spread returns the rows with the text of each merged cell repeated in the places that it covers, so that a header of
// several rows reads right column by column. Addresses and boxes stay those of the places; the table is not changed.
func (t Table) Spread() [][]Cell {
	out := make([][]Cell, len(t.Rows))
	for i, row := range t.Rows {
		out[i] = append([]Cell(nil), row...)
	}
	for i, row := range t.Rows {
		for j, c := range row {
			for di := range min(max(int(c.Rows), 1), len(out)-i) {
				for dj := range max(int(c.Cols), 1) {
					if j+dj >= len(out[i+di]) {
						break
					}
					if at := &out[i+di][j+dj]; at.Text == "" {
						at.Text = c.Text
					}
				}
			}
		}
	}
	return out
}

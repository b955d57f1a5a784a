package msword

import "github.com/xindiao/xindiao/documents/read/internal/flow"

// table closes the rows gathered so far.
func (r *reader) table(to *[]flow.Block) {
	if len(r.cells) > 0 { // a row whose end is lost
		r.rows = append(r.rows, flow.Row{Cells: r.cells})
		r.cells = nil
	}
	if len(r.rows) > 0 {
		*to = append(*to, flow.Block{Rows: flow.Lay(r.rows)})
		r.rows = nil
	}
}

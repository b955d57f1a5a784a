package agent

import "github.com/xindiao/xindiao/report"

// clean drops blocks that hold nothing and sections without blocks.
func clean(sections []report.Section) []report.Section {
	out := sections[:0]
	for _, s := range sections {
		blocks := s.Blocks[:0]
		for _, b := range s.Blocks {
			if len(b.Claims) > 0 || len(b.Rows) > 0 || b.Chart != nil {
				blocks = append(blocks, b)
			}
		}
		s.Blocks = blocks
		s.Sections = clean(s.Sections)
		if len(s.Blocks)+len(s.Sections) > 0 {
			out = append(out, s)
		}
	}
	return out
}

package chunk

import (
	"github.com/xindiao/xindiao/dossier"
)

// chunk makes one of the units, base bytes of the document's text before the page.
func (c *cutter) chunk(p *dossier.Page, index int, us []unit, base int) Chunk {
	start, end := us[0].start, us[len(us)-1].end
	out := Chunk{Doc: c.doc, Page: p.Number, Line: us[0].line, Start: start, End: end, FileStart: base + start, FileEnd: base + end,
		Text: p.Text[start:end], Kind: kindOf(us), Period: c.period}
	first, last := 0, len(us)
	for first < last && us[first].margin {
		first++
	}
	for last > first && us[last-1].margin {
		last--
	}
	if first == last {
		first, last = 0, len(us)
	}
	body := us[first:last]
	out.lead, out.tail = body[0].start-start, end-body[len(body)-1].end
	out.Cell = body[0].cell
	main := body[0]
	for _, u := range body {
		if main = u; u.kind != Heading {
			break
		}
	}
	for _, t := range main.path {
		out.Headings = append(out.Headings, t.text)
	}
	if cl := clauseOf(us, span{0, len(us), size{}}); cl != nil {
		out.Clause = cl.label
	}
	if d := rowPeriod(body); d.ok() {
		out.Period = d.String()
	}
	out.Context = c.context(p, index, main, body, start, end)
	return out
}

// kindOf is what most of the units are, by their size.
func kindOf(us []unit) Kind {
	var n [6]int
	order := [6]Kind{Clause, Line, Row, Note, Prose, Seal}
	for _, u := range us {
		for k, kind := range order {
			if u.kind == kind && !u.margin {
				n[k] += u.size.runes
			}
		}
	}
	best := -1
	for k := range n {
		if order[k] == Seal && best >= 0 {
			break // beside words of the paper itself
		}
		if n[k] > 0 && (best < 0 || n[k] > n[best]) {
			best = k
		}
	}
	switch {
	case best >= 0:
		return order[best]
	case us[0].margin:
		return Prose
	}
	return Heading
}

// rowPeriod is the span of the days in the rows' own column, or what their table's header or captions say.
func rowPeriod(us []unit) dates {
	var d, own dates
	for _, u := range us {
		if u.table == nil {
			continue
		}
		if len(u.table.heads) > 0 || u.table.grid {
			d = d.cover(u.table.period)
		}
		own = own.cover(u.day)
	}
	if own.ok() {
		return own
	}
	return d
}

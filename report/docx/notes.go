package docx

import (
	"strconv"
	"strings"
)

const superscript = `<w:vertAlign w:val="superscript"/>`

// marks sets source numbers: a source's first mark is a real endnote, later ones refer to it.
func (d *doc) marks(ns []int) (string, float64) {
	var b strings.Builder
	w := 0.0
	for _, n := range ns {
		b.WriteString(run("[", superscript) + d.mark(n) + run("]", superscript))
		w += float64(2+len(strconv.Itoa(n))) * 0.3
	}
	return b.String(), w
}

func (d *doc) mark(n int) string {
	num := strconv.Itoa(n)
	if d.noted[n] {
		return field(`NOTEREF _Ref`+num+` \h`, num, superscript)
	}
	d.noted[n] = true
	id := strconv.Itoa(d.id())
	return `<w:bookmarkStart w:id="` + id + `" w:name="_Ref` + num + `"/><w:r><w:rPr><w:rStyle w:val="EndnoteReference"/></w:rPr><w:endnoteReference w:id="` +
		num + `"/></w:r><w:bookmarkEnd w:id="` + id + `"/>`
}

// endnotes.xml: the notes that Word requires, then one a source.
func (d *doc) endnotes() string {
	var b strings.Builder
	b.WriteString(declaration + `<w:endnotes ` + namespaces + `><w:endnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:endnote>` +
		`<w:endnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:endnote>`)
	for _, s := range d.src.List() {
		if !d.noted[s.N] {
			continue // nothing refers to it; Word would call the file damaged
		}
		b.WriteString(`<w:endnote w:id="` + strconv.Itoa(s.N) + `">` +
			para("EndnoteText", "", `<w:r><w:endnoteRef/></w:r>`+run(" "+s.Text(), "")) + `</w:endnote>`)
	}
	return b.String() + `</w:endnotes>`
}

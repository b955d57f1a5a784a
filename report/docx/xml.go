package docx

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"unicode/utf8"
)

// xmlw collects WordprocessingML.
type xmlw struct{ b bytes.Buffer }

func (x *xmlw) raw(s string) { x.b.WriteString(s) }

func (x *xmlw) f(format string, args ...any) { fmt.Fprintf(&x.b, format, args...) }

// clean drops what XML 1.0 forbids, which Word would refuse to open.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, r < 0x20 && r != '\t' && r != '\n' && r != '\r', r == 0xfffe, r == 0xffff,
			r >= 0xd800 && r <= 0xdfff:
			return -1
		}
		return r
	}, s)
}

func esc(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(clean(s))) // a bytes.Buffer never fails
	return b.String()
}

// run is a stretch of text with its properties, w:rPr children in the schema's order.
func run(s, props string) string {
	if s == "" {
		return ""
	}
	var b strings.Builder
	for i, line := range strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n") {
		b.WriteString("<w:r>")
		b.WriteString("<w:rPr><w:rFonts w:hint=\"eastAsia\"/>" + props + "</w:rPr>")
		if i > 0 {
			b.WriteString("<w:br/>")
		}
		b.WriteString(`<w:t xml:space="preserve">` + esc(line) + "</w:t></w:r>")
	}
	return b.String()
}

// para is a paragraph of a style around finished runs; props are extra w:pPr children after w:pStyle.
func para(style, props, runs string) string {
	return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/>` + props + "</w:pPr>" + runs + "</w:p>"
}

// field is a complex field with its stored result.
func field(instr, result, props string) string {
	rpr := "<w:rPr>" + props + "</w:rPr>"
	return `<w:r>` + rpr + `<w:fldChar w:fldCharType="begin"/></w:r><w:r>` + rpr + `<w:instrText xml:space="preserve"> ` + instr +
		` </w:instrText></w:r><w:r>` + rpr + `<w:fldChar w:fldCharType="separate"/></w:r><w:r>` + rpr + `<w:t>` + esc(result) +
		`</w:t></w:r><w:r>` + rpr + `<w:fldChar w:fldCharType="end"/></w:r>`
}

const declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

const namespaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ` +
	`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ` +
	`xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" ` +
	`xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" ` +
	`xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"`

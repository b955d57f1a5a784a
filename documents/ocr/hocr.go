package ocr

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/xindiao/xindiao/dossier"
)

// char is one character as one reading saw it, at x0 to x1.
type char struct {
	r      rune
	x0, x1 float64
	conf   float64 // 0..1, on the scale of words
	gap    bool    // a blank stands before it
}

var (
	hocrBox  = regexp.MustCompile(`bbox(?:es)? (-?\d+) (-?\d+) (-?\d+) (-?\d+)`)
	hocrConf = regexp.MustCompile(`x_w?conf ([\d.]+)`)
)

const (
	maxWords = 20000 // of one page; more is noise
	maxChars = 200   // of one word
)

// parseHOCR reads tesseract's HTML: spans of class ocrx_word within spans of a line's class, and in them a span for
// each character where tesseract was asked for them. Word.page numbers the images of one run.
func parseHOCR(s string) ([]Word, error) {
	d := xml.NewDecoder(strings.NewReader(s))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	var words []Word
	line, page, depth, inChar := -1, -1, 0, 0
	end := func() {
		w := &words[len(words)-1]
		w.Text = strings.TrimSpace(w.Text)
		if w.Text == "" || len(w.chars) > maxChars {
			words = words[:len(words)-1]
			return
		}
		w.settle()
	}
	for {
		tok, err := d.Token()
		if err != nil {
			if depth > 0 {
				end()
			}
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return words, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			class, title := "", ""
			for _, a := range t.Attr {
				switch a.Name.Local {
				case "class":
					class = a.Value
				case "title":
					title = a.Value
				}
			}
			if depth > 0 {
				depth++
				if class == "ocrx_cinfo" && inChar == 0 {
					inChar = depth
					b, c := hocrTitle(title)
					w := &words[len(words)-1]
					w.chars = append(w.chars, char{x0: b.X0, x1: b.X1, conf: spread(c)})
				}
				continue
			}
			switch class {
			case "ocr_page":
				page++
			case "ocr_line", "ocr_header", "ocr_textfloat", "ocr_caption":
				line++
			case "ocrx_word":
				if len(words) >= maxWords {
					return words, nil
				}
				depth = 1
				w := Word{Line: max(line, 0), page: max(page, 0)}
				w.Box, w.Confidence = hocrTitle(title)
				words = append(words, w)
			}
		case xml.CharData:
			if depth == 0 {
				continue
			}
			w := &words[len(words)-1]
			text := string(t)
			if inChar > 0 {
				for _, r := range strings.TrimSpace(text) {
					if c := &w.chars[len(w.chars)-1]; c.r == 0 {
						c.r = r
					} else if len(w.chars) <= maxChars { // one box for two signs
						more := *c
						more.r = r
						w.chars = append(w.chars, more)
					}
				}
			}
			if len(w.Text) < 4*maxChars {
				w.Text += strings.Trim(text, "\r\n")
			}
		case xml.EndElement:
			if depth == 0 {
				continue
			}
			if depth == inChar {
				inChar = 0
			}
			if depth--; depth == 0 {
				end()
			}
		}
	}
}

// spread brings the confidence of a character to the scale of words, where what is wrong is near 0: tesseract gives a
// word 1 - 7 (1 - c) of its worst character's c.
func spread(c float64) float64 { return max(0, 1-7*(1-c)) }

func hocrTitle(title string) (b dossier.Box, conf float64) {
	if m := hocrBox.FindStringSubmatch(title); m != nil {
		b = dossier.Box{X0: number(m[1]), Y0: number(m[2]), X1: number(m[3]), Y1: number(m[4])}
	}
	if m := hocrConf.FindStringSubmatch(title); m != nil {
		conf = min(max(number(m[1])/100, 0), 1)
	}
	return b, conf
}

// settle makes the characters agree with the text: without any, they are set evenly across the word's box.
func (w *Word) settle() {
	kept := w.chars[:0]
	for _, c := range w.chars {
		if c.r != 0 && !unicode.IsSpace(c.r) {
			kept = append(kept, c)
		}
	}
	if w.chars = kept; len(kept) == 0 {
		w.chars = evenly(w.Text, w.Box, w.Confidence)
		return
	}
	w.Text = textOf(w.chars)
}

// evenly sets the characters of a text across a box, Latin ones narrower than Han.
func evenly(text string, b dossier.Box, conf float64) (out []char) {
	var total float64
	for _, r := range text {
		total += advance(r)
	}
	at := b.X0
	gap := false
	for _, r := range text {
		width := advance(r) / max(total, 0.1) * (b.X1 - b.X0)
		if unicode.IsSpace(r) {
			gap = true
		} else {
			out = append(out, char{r, at, at + width, conf, gap})
			gap = false
		}
		at += width
	}
	return out
}

func textOf(cs []char) string {
	var b strings.Builder
	for i, c := range cs {
		if c.gap && i > 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(c.r)
	}
	return b.String()
}

func number(s string) float64 {
	v, _ := strconv.ParseFloat(s, 64)
	return v
}

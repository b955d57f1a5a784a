package read

import (
	"bytes"
	"context"
	"encoding/xml"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"github.com/xindiao/xindiao/documents/read/internal/layout"
	"github.com/xindiao/xindiao/dossier"
)

const (
	opThird    = "third" // single pages as pdftotext reads them
	thirdPages = 50      // of a document
	thirdTime  = 20 * time.Second
	thirdBytes = 16 << 20 // of its answer for a page
)

// thirdRead reads single pages with poppler's pdftotext, where it is installed: it runs under this worker's limits and
// ends with it. The words come with their places and are laid out between the page's own rules.
func (r *reading) thirdRead(ctx context.Context, pages []int) {
	tool, err := exec.LookPath("pdftotext")
	if err != nil || pdfEngine.start() != nil {
		return
	}
	f, err := os.Open(r.path)
	if err != nil {
		return
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return
	}
	pdfEngine.mu.Lock()
	defer pdfEngine.mu.Unlock()
	d := &pdf{r: r, file: f, size: st.Size()}
	defer d.close()
	if d.open() != nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	for i, n := range pages {
		if i >= thirdPages || n < 1 || n > d.pages || ctx.Err() != nil {
			return
		}
		words, w, h := popplerWords(ctx, tool, r.path, n)
		if len(words) == 0 {
			continue
		}
		res := layout.Build(words, d.rules(n-1), w, h)
		r.page(dossier.Page{Number: n, Width: w, Height: h, Lines: res.Lines, Tables: res.Tables, Text: linesText(res.Lines)}, 0)
	}
}

// rules are the ruling lines of page i as PDFium sees them; none when it cannot.
func (d *pdf) rules(i int) []layout.Rule {
	pg, err := d.raw.Load(i)
	if err != nil {
		return nil
	}
	defer pg.Close()
	b, turn, err := pg.Bounds()
	if err != nil {
		return nil
	}
	found := &pageObjects{v: newView(b, turn)}
	if found.collect(pg) != nil {
		return nil
	}
	return found.rules
}

func popplerWords(ctx context.Context, tool, path string, n int) (words []layout.Glyph, w, h float64) {
	ctx, cancel := context.WithTimeout(ctx, thirdTime)
	defer cancel()
	page := strconv.Itoa(n)
	cmd := exec.CommandContext(ctx, tool, "-bbox", "-enc", "UTF-8", "-f", page, "-l", page, path, "-")
	var out limitedBuffer
	cmd.Stdout = &out
	if cmd.Run() != nil {
		return nil, 0, 0
	}
	return parseWords(out.Bytes())
}

// limitedBuffer refuses more than thirdBytes, which ends the program that writes.
type limitedBuffer struct{ bytes.Buffer }

func (b *limitedBuffer) Write(p []byte) (int, error) {
	if b.Len()+len(p) > thirdBytes {
		return 0, io.ErrShortWrite
	}
	return b.Buffer.Write(p)
}

// parseWords reads what pdftotext -bbox prints: XHTML with a page element and in it words with their boxes, in points,
// origin top left. Words are cut into characters, which share their width by how wide they are set.
func parseWords(data []byte) (glyphs []layout.Glyph, w, h float64) {
	dec := xml.NewDecoder(bytes.NewReader(data))
	dec.Strict = false
	for {
		tok, err := dec.Token()
		if err != nil {
			return glyphs, w, h
		}
		el, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		at := map[string]float64{}
		for _, a := range el.Attr {
			at[a.Name.Local], _ = strconv.ParseFloat(a.Value, 64)
		}
		switch el.Name.Local {
		case "page":
			w, h = at["width"], at["height"]
		case "word":
			inner, err := dec.Token()
			text, ok := inner.(xml.CharData)
			if err != nil || !ok || len(glyphs) > maxGlyphs {
				continue
			}
			s := strings.TrimSpace(Clean(string(text)))
			x, y0, y1 := at["xMin"], at["yMin"], at["yMax"]
			unit := (at["xMax"] - x) / max(width(s), 0.1)
			for _, c := range s {
				cw := unit * width(string(c))
				g := layout.Glyph{R: c, Seq: len(glyphs), X0: x, X1: x + cw, Y0: y0, Y1: y1, OX: x, OY: y1 - 0.2*(y1-y0), Em: 0.8 * (y1 - y0), DX: 1}
				if x += cw; g.Finite() {
					glyphs = append(glyphs, g)
				}
			}
		}
	}
}

func linesText(lines []dossier.Line) string {
	var b strings.Builder
	for i, l := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(l.Text)
	}
	return b.String()
}

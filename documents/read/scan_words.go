package read

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xindiao/xindiao/documents/read/internal/layout"
	"github.com/xindiao/xindiao/dossier"
)

// attach gives each line of a scanned page its words, and the page a doubt that names the numbers nothing settles. A
// glyph's Seq is its word's place in words.
func attach(p *dossier.Page, glyphs []layout.Glyph, words []ocr.Word) {
	var open []string
	for _, g := range glyphs {
		w := words[g.Seq]
		word := dossier.Word{Text: g.Text, Box: dossier.Box{X0: g.X0, Y0: g.Y0, X1: g.X1, Y1: g.Y1},
			Confidence: w.Confidence, Doubtful: w.Doubtful, Proof: w.Proof}
		if l := lineAt(p.Lines, word.Box, word.Text); l != nil {
			l.Words = append(l.Words, word)
		}
		if w.Doubtful && countDigits(g.Text) >= 3 {
			open = append(open, g.Text)
		}
	}
	if n := len(open); n > 0 {
		if n > 6 {
			open = append(open[:6], "…")
		}
		p.Doubts = append(p.Doubts, fmt.Sprintf("有 %d 个数字没有勾稽关系或校验码可以印证，或几次识别不一致（%s），请核对原件", n, strings.Join(open, "、")))
	}
}

// lineAt finds the line that a word stands in: the smallest that has its middle, its words if there are two.
func lineAt(lines []dossier.Line, b dossier.Box, text string) *dossier.Line {
	x, y := (b.X0+b.X1)/2, (b.Y0+b.Y1)/2
	var best *dossier.Line
	area := 0.0
	for i := range lines {
		l := &lines[i]
		if l.Box == nil || x < l.Box.X0 || x > l.Box.X1 || y < l.Box.Y0 || y > l.Box.Y1 || strings.HasPrefix(l.Text, layout.SealMark) {
			continue
		}
		a := (l.Box.X1 - l.Box.X0) * (l.Box.Y1 - l.Box.Y0)
		if !strings.Contains(l.Text, text) {
			a *= 1e6
		}
		if best == nil || a < area {
			best, area = l, a
		}
	}
	return best
}

func countDigits(s string) (n int) {
	for _, r := range s {
		if r >= '0' && r <= '9' {
			n++
		}
	}
	return n
}

package read

import (
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

func TestSettle(t *testing.T) {
	const words = "宁静的湖面上停着一只白色的小船岸边有人在钓鱼"
	page := func(n int, text string, doubts ...string) dossier.Page {
		return dossier.Page{Number: n, Text: text, Lines: []dossier.Line{{Text: text}}, Doubts: doubts}
	}
	for name, c := range map[string]struct {
		first, third dossier.Page
		second       string
		has          bool
		doubt        string
		text         string
		want         []string
	}{
		"nobody to ask":           {page(1, words), dossier.Page{}, words + words, true, moreWords, words, []string{moreWords}},
		"third backs the first":   {page(1, words), page(1, words), words + words, true, moreWords, words, nil},
		"third backs the second":  {page(1, words), page(1, words+words), words + words, true, moreWords, words + words, nil},
		"three different ones":    {page(1, words), page(1, words+"一二三四五六七八九十"), words + words, true, moreWords, words, []string{moreWords}},
		"lost glyphs found":       {page(1, "", lostGlyphs), page(1, words), "", false, "", words, []string{byThird}},
		"nothing was really lost": {page(1, words, lostGlyphs), page(1, words), "", false, "", words, nil},
		"third sees less":         {page(1, words, lostGlyphs), page(1, ""), "", false, "", words, nil},
	} {
		p := c.first
		settle(&p, count2(c.second), c.has, c.third, c.doubt)
		if p.Text != c.text || !slices.Equal(p.Doubts, c.want) {
			t.Errorf("%s: %q %v", name, p.Text, p.Doubts)
		}
	}
}

func TestPopplerWords(t *testing.T) {
	const out = `<!DOCTYPE html><html><body><doc><page width="595.0" height="842.0">
<word xMin="60.0" yMin="50.0" xMax="104.0" yMax="62.0">付款金额</word>
<word xMin="160.0" yMin="50.0" xMax="200.0" yMax="62.0">1,234.50&amp;</word></page></doc></body></html>`
	glyphs, w, h := parseWords([]byte(out))
	if w != 595 || h != 842 || len(glyphs) != 13 {
		t.Fatal(w, h, len(glyphs))
	}
	if g := glyphs[1]; g.R != '款' || g.X0 != 71 || g.X1 != 82 || g.Y1 != 62 {
		t.Errorf("%+v", g)
	}
	if glyphs, _, _ := parseWords([]byte("<word xMin='x'>a</wo")); len(glyphs) > 1 {
		t.Error("broken output")
	}
}

// A font whose codes PDFium cannot read is read by poppler, where it is installed; elsewhere the page says so.
func TestPDFThirdVote(t *testing.T) {
	const text = "付款金额 1234567.89 收款人开户银行"
	var hex strings.Builder
	for _, b := range []byte(text) {
		hex.WriteString(string("0123456789ABCDEF"[b>>4]) + string("0123456789ABCDEF"[b&15]))
	}
	data := pdfOf("", "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		"<< /Length "+fmt.Sprint(len("BT /F1 11 Tf 60 780 Td <> Tj ET")+hex.Len())+" >>\nstream\nBT /F1 11 Tf 60 780 Td <"+hex.String()+"> Tj ET\nendstream",
		"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /UniGB-UTF8-H /DescendantFonts [6 0 R] >>",
		"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 5 >> /DW 1000 /FontDescriptor 7 0 R >>",
		"<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>")
	d := inProcess(t, "a.pdf", data)
	p := d.Pages[0]
	if _, err := exec.LookPath("pdftotext"); err != nil {
		if len(p.Doubts) == 0 {
			t.Errorf("nothing says that words are missing: %q", p.Text)
		}
		t.Skip("pdftotext is not installed: only the doubt was looked at")
	}
	if !strings.Contains(p.Text, "付款金额") || !strings.Contains(p.Text, "1234567.89") || p.Lines[0].Box == nil {
		t.Errorf("%q %v", p.Text, p.Doubts)
	}
}

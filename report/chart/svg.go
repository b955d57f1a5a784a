package chart

import (
	"encoding/xml"
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/report"
)

// SVG draws c as one <svg> element for inlining into HTML; title is its accessible name. An error tells why the
// chart cannot be drawn.
func SVG(c *report.Chart, title string) (string, error) {
	p, err := prepare(c)
	if err != nil {
		return "", err
	}
	s := &svg{}
	fmt.Fprintf(&s.b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" role="img" aria-label="%s">`, Width, Height, esc(title))
	p.draw(s)
	s.b.WriteString("</svg>")
	return s.b.String(), nil
}

type svg struct{ b strings.Builder }

func (s *svg) line(pts []point, width float64, c rgb, dash []float64) {
	fmt.Fprintf(&s.b, `<polyline fill="none" stroke="%s" stroke-width="%g" points="%s"`, hex(c), width, points(pts))
	if len(dash) > 0 {
		fmt.Fprintf(&s.b, ` stroke-dasharray="%s"`, strings.Trim(fmt.Sprint(dash), "[]"))
	}
	s.b.WriteString("/>")
}

func (s *svg) fill(pts []point, c rgb) {
	fmt.Fprintf(&s.b, `<polygon fill="%s" points="%s"/>`, hex(c), points(pts))
}

func (s *svg) text(x, y, size float64, a anchor, c rgb, t string) {
	fmt.Fprintf(&s.b, `<text x="%.1f" y="%.1f" font-size="%g" text-anchor="%s" fill="%s">%s</text>`,
		x, y, size, [...]string{"start", "middle", "end"}[a], hex(c), esc(t))
}

func points(pts []point) string {
	out := make([]string, len(pts))
	for i, p := range pts {
		out[i] = fmt.Sprintf("%.1f,%.1f", p.x, p.y)
	}
	return strings.Join(out, " ")
}

func hex(c rgb) string { return fmt.Sprintf("#%02x%02x%02x", c.r, c.g, c.b) }

func esc(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a strings.Builder never fails
	return b.String()
}

package read

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
)

// declared is the charset that a page names, when it is one that its bytes could not be told from Chinese by looks.
func declared(head []byte) encoding.Encoding {
	enc, name, sure := charset.DetermineEncoding(head, "")
	switch {
	case !sure, name == "utf-8", name == "windows-1252", strings.HasPrefix(name, "gb"):
		return nil // decode does better: pages say gb2312 and are GB18030, or say what a template said
	}
	return enc
}

// unbroken folds blanks and line breaks into one blank; a break between two Han characters is none at all.
func unbroken(s string) string {
	var b strings.Builder
	gap, broken := false, false
	var last rune
	for _, r := range s {
		if unicode.IsSpace(r) {
			gap, broken = true, broken || r == '\n' || r == '\r'
			continue
		}
		if gap && last != 0 && (!broken || !han(last) || !han(r)) {
			b.WriteByte(' ')
		}
		gap, broken, last = false, false, r
		b.WriteRune(r)
	}
	return b.String()
}

func han(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3001 && r <= 0x303f || r >= 0xff01 && r <= 0xff5e
}

// formValue is what a field of a form shows.
func formValue(n *html.Node) string {
	if n.DataAtom == atom.Select {
		return chosen(n, 0)
	}
	_, checked := has(n, "checked")
	switch kind := strings.ToLower(attr(n, "type")); kind {
	case "", "text", "number", "date", "tel", "email", "search":
		return attr(n, "value")
	case "checkbox", "radio":
		if checked {
			return "☑"
		}
		return "☐"
	}
	return ""
}

func has(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

// chosen is the selected option, or the first, which is what a browser shows.
func chosen(n *html.Node, depth int) string {
	first := ""
	for c := n.FirstChild; c != nil && depth < 3; c = c.NextSibling {
		text := ""
		if c.DataAtom == atom.Option {
			if c.FirstChild != nil && c.FirstChild.Type == html.TextNode {
				text = strings.TrimSpace(c.FirstChild.Data)
			}
			if _, ok := has(c, "selected"); ok {
				return text
			}
		} else {
			text = chosen(c, depth+1)
		}
		if first == "" {
			first = text
		}
	}
	return first
}

var unseen = regexp.MustCompile(`display:none|visibility:hidden|opacity:0(;|$|\.0+(;|$))|font-size:0(px|pt|em|%)?(;|$)`)

func (w *htmlWalk) isHidden(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "style":
			if unseen.MatchString(strings.ReplaceAll(strings.ToLower(a.Val), " ", "")) {
				return true
			}
		case "class":
			for _, c := range strings.Fields(a.Val) {
				if w.classes[c] {
					return true
				}
			}
		}
	}
	return false
}

var (
	styleSheet = regexp.MustCompile(`(?is)<style[^>]*>(.*?)</style>`)
	mediaQuery = regexp.MustCompile(`@[^{;]+\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}`)
	hidingRule = regexp.MustCompile(`(?:^|[},])\s*\.([\w-]+)\s*\{[^{}]*(?:display\s*:\s*none|visibility\s*:\s*hidden)`)
)

// hiddenClasses lists the classes that the page's own style sheets hide, media queries apart: those speak of other
// screens and of printing.
func hiddenClasses(text string) map[string]bool {
	out := map[string]bool{}
	for _, m := range styleSheet.FindAllStringSubmatch(text, 50) {
		css := mediaQuery.ReplaceAllString(m[1], "")
		for _, rule := range hidingRule.FindAllStringSubmatch(css, 200) {
			out[rule[1]] = true
		}
	}
	return out
}

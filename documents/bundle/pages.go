package bundle

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/dossier"
)

var (
	pageOf   = regexp.MustCompile(`第(\d{1,3})页[,/]?[(]?共(\d{1,3})页|共(\d{1,3})页[,/]?[(]?第(\d{1,3})页`)
	slashed  = regexp.MustCompile(`^-?(\d{1,3})/(\d{1,3})-?$`)
	onlyPage = regexp.MustCompile(`^第(\d{1,3})页$|^-(\d{1,3})-$`)
	listHead = regexp.MustCompile(`^(?:目录|资料目录|材料目录|文件目录|档案目录|资料清单|材料清单|移交清单|卷内目录)$`)
)

// blank tells whether a page is a separator: nothing but specks, or the words that say so.
func blank(p *dossier.Page) bool {
	n := 0
	for _, r := range p.Text {
		if unicode.Is(unicode.Han, r) || r >= '0' && r <= '9' || r >= 'A' && r <= 'z' {
			n++
		}
	}
	t := plain.Tight(p.Text)
	return n < 6 || n < 16 && (strings.Contains(t, "此页无正文") || strings.Contains(t, "空白页"))
}

// numbering reads the page number that is printed in the head or foot, and of how many.
func numbering(p *dossier.Page) (n, of int) {
	lines := strings.Split(p.Text, "\n")
	for i, l := range lines {
		if i >= 3 && i < len(lines)-4 {
			continue
		}
		t := strings.NewReplacer("—", "-", "·", "").Replace(plain.Tight(l))
		if len(t) > 120 {
			continue
		}
		if m := pageOf.FindStringSubmatch(t); m != nil {
			n, of = atoi(m[1]+m[4]), atoi(m[2]+m[3])
		} else if m := slashed.FindStringSubmatch(t); m != nil {
			n, of = atoi(m[1]), atoi(m[2])
		} else if m := onlyPage.FindStringSubmatch(t); m != nil && n == 0 {
			n = atoi(m[1] + m[2])
		}
	}
	if of > 0 && (n > of || n == 0) {
		return 0, 0
	}
	return n, of
}

func atoi(s string) int {
	v, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return v
}

// contents tells a list of materials in front of a bundle, which has the words of many kinds.
func contents(p *dossier.Page) bool {
	n := 0
	for _, l := range strings.Split(p.Text, "\n") {
		t := plain.Tight(l)
		if t == "" {
			continue
		}
		if n++; n > 4 {
			return false
		}
		if listHead.MatchString(t) || strings.HasSuffix(t, "资料目录") || strings.HasSuffix(t, "材料清单") || strings.HasSuffix(t, "资料清单") {
			return true
		}
	}
	return false
}

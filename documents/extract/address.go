package extract

import (
	"regexp"
	"strings"

	"github.com/xindiao/xindiao/documents/plain"
	"github.com/xindiao/xindiao/documents/types"
)

var (
	houseEnd  = regexp.MustCompile(`(?:号|室|幢|栋|楼|层|组|村|园|座|单元|园区|铺)\S{0,2}$`)
	houseNo   = regexp.MustCompile(`^[\dA-Za-z-]{1,6}$`)
	scopeHead = regexp.MustCompile(`(?:^|[^\p{Han}])[经络]\S{0,3}[营党此业]\S{0,3}[范荡]\S{0,3}[围国][^\p{Han}]{0,4}`)
	placeHead = regexp.MustCompile(`(?:(?:^|[^\p{Han}])(?:主要经营场所|经营场所|住所|营业场所)|住[\s。.·]{1,4}所)[\s。.·:"]{0,4}`)
	cardHead  = regexp.MustCompile(`住\s{0,2}[址扯]\s?`)
)

// address reads the 住所 of a licence, where the value may run on at the same column of the next line.
var _ = add("address", func(r *reader, f *types.Field, fi *types.Finder) []found {
	if !r.d.Scan {
		return nil
	}
	for i := range r.text.Lines {
		l := &r.text.Lines[i]
		v := ""
		if m := placeHead.FindStringIndex(l.Fold); m != nil {
			v = strings.ReplaceAll(l.CleanSpan(m[1], len(l.Fold)), "\t", "") // the last column of its line
		} else if v = addressColumn(l); v != "" && !r.near(i, "所") {
			v = "" // a place without 住所 beside it
		}
		if v == "" {
			continue
		}
		for k := i + 1; k < len(r.text.Lines) && k <= i+3; k++ {
			n := &r.text.Lines[k]
			parts := strings.Split(n.Clean, "\t")
			tail := strings.TrimSpace(parts[len(parts)-1])
			if cont := tidy(tail); (len(parts) > 1 || !scopeHead.MatchString(n.Fold)) && continues(v, cont) {
				v += cont
				break
			}
		}
		return r.said(l, trimTail(v), 0.85)
	}
	return nil
})

// placeLabel are the pieces of 住所 that stand beside a scope when columns run into each other.
var placeLabel = map[string]bool{"所": true, "住": true, "住所": true, "住 所": true}

var addressLike = regexp.MustCompile(`^\p{Han}{2,4}(?:省|市|自治区)[\p{Han}\d]*?(?:区|县|镇|乡|街道|路|街|村|道)`)

// addressColumn is the last column of a line when it begins like an address: its label may have been read elsewhere.
func addressColumn(l *plain.Line) string {
	parts := strings.Split(l.Clean, "\t")
	last := tidy(parts[len(parts)-1])
	if len(parts) < 2 || !addressLike.MatchString(plain.Fold(last)) || strings.HasSuffix(last, "局") || len([]rune(last)) < 10 {
		return ""
	}
	return last
}

// near tells whether word stands on line i or the line before or behind it.
func (r *reader) near(i int, word string) bool {
	for k := max(i-1, 0); k <= min(i+1, len(r.text.Lines)-1); k++ {
		if strings.Contains(plain.Tight(r.text.Lines[k].Fold), word) {
			return true
		}
	}
	return false
}

// continues tells whether tail is the end of an address: it has a house number or a building and no other label.
func continues(head, tail string) bool {
	if tail == "" || len([]rune(tail)) > 24 || strings.ContainsAny(tail, ":：;；。") {
		return false
	}
	return (houseEnd.MatchString(tail) || houseNo.MatchString(tail)) && !strings.HasSuffix(head, "室")
}

// trimTail drops the specks of a frame after the last real word of an address.
func trimTail(s string) string {
	rs := []rune(tidy(s))
	for i := len(rs) - 1; i > 4; i-- {
		if strings.ContainsRune("号室幢栋楼层组村园座铺", rs[i]) {
			if len(rs)-1-i <= 2 {
				return string(rs[:i+1])
			}
			break
		}
	}
	return string(rs)
}

// scope reads the 经营范围 of a licence over its lines.
var _ = add("scope", func(r *reader, f *types.Field, fi *types.Finder) []found {
	if !r.d.Scan {
		return r.wrappedScope()
	}
	for i := range r.text.Lines {
		l := &r.text.Lines[i]
		m := scopeHead.FindStringIndex(l.Fold)
		if m == nil {
			continue
		}
		v := l.CleanSpan(m[1], len(l.Fold))
		if j := placeHead.FindStringIndex(plain.Fold(v)); j != nil {
			v = (&plain.Line{Clean: v, Fold: plain.Fold(v)}).CleanSpan(0, j[0])
		}
		if parts := strings.Split(v, "\t"); len(parts) > 1 && addressLike.MatchString(plain.Fold(tidy(parts[len(parts)-1]))) {
			v = strings.TrimRight(strings.Join(parts[:len(parts)-1], ""), "住所 ") // the address stands beside it
		}
		if v = strings.ReplaceAll(v, "\t", ""); placeLabel[tidy(v)] {
			v = ""
		}
		for k := i + 1; k < len(r.text.Lines) && k < i+8; k++ {
			head := scopeLine(r.text.Lines[k].Clean)
			fold := plain.Fold(head)
			if placeLabel[tidy(head)] {
				continue
			}
			if r.isLabel(head) || len([]rune(head)) < 8 && houseEnd.MatchString(head) {
				continue
			}
			if len([]rune(head)) < 4 || strings.Contains(fold, "登记机关") || strings.Contains(fold, "监督管理") || strings.Contains(fold, "审批") || dateZh.MatchString(fold) {
				break
			}
			v += tidyScope(head)
		}
		return r.said(l, v, 0.8)
	}
	return nil
})

// scopeLine is a line of the scope without the end of the address that stands beside it in the next column.
func scopeLine(line string) string {
	parts := strings.Split(line, "\t")
	if n := len(parts); n > 1 {
		switch last := tidy(parts[n-1]); {
		case addressLike.MatchString(plain.Fold(last)): // the address itself, behind the end of its label
			return strings.TrimRight(strings.Join(parts[:n-1], ""), "住所 ")
		case continues("", last):
			parts = parts[:n-1]
		}
	}
	return strings.Join(parts, "")
}

// wrappedScope joins a scope that a printed page breaks over lines; a scope in one line is left to the labels.
func (r *reader) wrappedScope() []found {
	for i := range r.text.Lines {
		l := &r.text.Lines[i]
		m := scopeHead.FindStringIndex(l.Fold)
		if m == nil || m[0] > 0 || strings.Contains(strings.TrimSpace(l.Fold[m[1]:]), "\t") {
			continue
		}
		v, more := strings.TrimLeft(l.CleanSpan(m[1], len(l.Fold)), " :：\t"), false
		for k := i + 1; k < len(r.text.Lines) && k < i+12 && r.text.Lines[k].Page == l.Page; k++ {
			fold := r.text.Lines[k].Fold
			if otherItem.MatchString(plain.Tight(fold)) || strings.Contains(fold, "\t") || r.isLabel(fold) {
				break
			}
			v, more = v+strings.TrimSpace(r.text.Lines[k].Clean), true
		}
		if more && v != "" {
			return r.said(l, v, 0.88)
		}
		return nil
	}
	return nil
}

// otherItem begins the lines of a licence that are no part of its scope.
var otherItem = regexp.MustCompile(`^(?:注册资|成立日|住所|经营场所|主要经营|类型|法定代表|负责人|经营者|营业期限|登记|名称|组成形式|核准|统一社会|发照|年月日|\d{4}年\d{1,2}月|\d{4}-\d|[一二三四五六七八九十]、)`)

func tidyScope(s string) string { return strings.TrimLeft(s, " |·.") }

// card_address reads the 住址 of an identity card up to the number.
var _ = add("card_address", func(r *reader, f *types.Field, fi *types.Finder) []found {
	for i := range r.text.Lines {
		l := &r.text.Lines[i]
		m := cardHead.FindStringIndex(l.Fold)
		if m == nil {
			continue
		}
		v, _, _ := strings.Cut(l.CleanSpan(m[1], len(l.Fold)), "\t")
		v = tidy(v)
		for k := i + 1; k < len(r.text.Lines) && k <= i+3; k++ {
			head, _, _ := strings.Cut(r.text.Lines[k].Clean, "\t")
			head = tidy(head)
			if strings.Contains(head, "公民") || strings.Contains(head, "身份") || cardRe.MatchString(head) || !houseEnd.MatchString(head) && len([]rune(head)) < 6 {
				break
			}
			v += head
		}
		return r.said(l, trimTail(v), 0.85)
	}
	return nil
})

package guard

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/xindiao/xindiao/internal/llm"
)

// What never leaves the house in clear: identity cards, accounts and cards, mobile phones, also when printed in
// groups. An 18-digit number with a birth date inside is an identity card, any other of 16 to 19 digits an account.
var (
	idCard  = regexp.MustCompile(`^[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]$`)
	account = regexp.MustCompile(`^\d{16,19}$`)
	mobile  = regexp.MustCompile(`^1[3-9]\d{9}$`)
	// candidates: a run of digits, or digits in groups of four, or a phone in groups
	candidate = regexp.MustCompile(`[0-9]{4}(?: [0-9]{4}){3}(?: [0-9]{1,3})?|1[3-9][0-9][- ][0-9]{4}[- ][0-9]{4}|[0-9]{11,19}[Xx]?|[０-９]{11,19}[ＸｘXx]?`)
)

// mask replaces numbers by placeholders, numbered by first appearance in the request, so that the same request
// always looks the same and an answer can only name what this request held.
type mask struct {
	off     bool
	taken   string // the request's own text: a placeholder that stands there literally is not used
	byValue map[string]string
	values  map[string]string // placeholder -> number as written
	next    map[string]int
}

func newMask(off bool, req llm.Request) *mask {
	m := &mask{off: off, byValue: map[string]string{}, values: map[string]string{}, next: map[string]int{}}
	var b strings.Builder
	b.WriteString(req.System)
	for _, msg := range req.Messages {
		b.WriteString(msg.Text)
	}
	m.taken = b.String()
	return m
}

func (m *mask) request(req llm.Request) llm.Request {
	if m.off {
		return req
	}
	out := req
	out.System = m.hide(req.System)
	out.Messages = make([]llm.Message, len(req.Messages))
	for i, msg := range req.Messages {
		out.Messages[i] = llm.Message{Role: msg.Role, Text: m.hide(msg.Text)}
	}
	return out
}

func (m *mask) hide(s string) string {
	var b strings.Builder
	last := 0
	for _, at := range candidate.FindAllStringIndex(s, -1) {
		if touches(s, at[0], at[1]) {
			continue
		}
		name := kind(digits(s[at[0]:at[1]]))
		if name == "" {
			continue
		}
		b.WriteString(s[last:at[0]])
		b.WriteString(m.placeholder(name, s[at[0]:at[1]]))
		last = at[1]
	}
	b.WriteString(s[last:])
	return b.String()
}

func (m *mask) placeholder(name, value string) string {
	key := name + digits(value)
	if p, ok := m.byValue[key]; ok {
		return p
	}
	for {
		m.next[name]++
		p := fmt.Sprintf("⟦%s%d⟧", name, m.next[name])
		if strings.Contains(m.taken, p) {
			continue
		}
		m.byValue[key], m.values[p] = p, value
		return p
	}
}

// restore puts the numbers back where the answer names this request's placeholders.
func (m *mask) restore(s string) string {
	for p, v := range m.values {
		s = strings.ReplaceAll(s, p, v)
	}
	return s
}

func kind(d string) string {
	switch {
	case idCard.MatchString(d):
		return "身份证"
	case account.MatchString(d):
		return "账号"
	case mobile.MatchString(d):
		return "手机号"
	}
	return ""
}

// digits drops separators and folds full-width forms.
func digits(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r == 'Ｘ' || r == 'ｘ' || r == 'x':
			return 'X'
		case r == ' ' || r == '-':
			return -1
		}
		return r
	}, s)
}

// touches tells whether the candidate is a part of something longer: a code with letters, a decimal, an amount.
func touches(s string, start, end int) bool {
	if start > 0 {
		if c := s[start-1]; alnum(c) || c == '.' || c == ',' && start > 1 && alnum(s[start-2]) {
			return true
		}
	}
	if end < len(s) {
		c := s[end]
		if alnum(c) || (c == '.' || c == ',') && end+1 < len(s) && s[end+1] >= '0' && s[end+1] <= '9' {
			return true
		}
		if strings.HasPrefix(s[end:], "元") {
			return true
		}
	}
	return false
}

func alnum(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

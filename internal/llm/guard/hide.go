package guard

import (
	"strings"

	"github.com/xindiao/xindiao/internal/llm"
)

// Hide masks the personal data of one text for itself: the same text always gives the same, whatever was sent with
// it, so that its vector can be kept and found again.
func Hide(text string) string { return HideTogether(text)[0] }

// HideTogether masks the texts of one request: a number has the same placeholder in all of them, so that a passage
// with the account that was asked for still matches.
func HideTogether(texts ...string) []string {
	m := newMask(false, llm.Request{System: strings.Join(texts, "\n")})
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = m.hide(t)
	}
	return out
}

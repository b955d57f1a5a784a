package guard

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// Whatever a text holds, what is sent for it is text that a server takes, within the limit, with nobody's number in it.
func FuzzSent(f *testing.F) {
	f.Add("证件110101199003070011，账号6222 0210 0111 2223 334。电话138-0000-1111；\xff\x00", 20)
	f.Add("１１０１０１１９９００３０７００１１", 3)
	f.Add(" \n\t", 1)
	f.Add(strings.Repeat("长", 50)+"。⟦账号1⟧62220210011122233341", 30)
	f.Fuzz(func(t *testing.T, text string, limit int) {
		if len(text) > 64<<10 {
			return
		}
		limit = max(1, limit%1000)
		whole := NewEmbedder("m", nil, EmbedOptions{}).prepare("", text)
		if again := Hide(whole); again != whole {
			t.Fatalf("%q: %q still holds a number: %q", text, whole, again)
		}
		sent := NewEmbedder("m", nil, EmbedOptions{Longest: limit}).prepare("", text)
		if !utf8.ValidString(sent) || strings.ContainsRune(sent, 0) || Estimate(sent) > limit || !strings.HasPrefix(whole, sent) {
			t.Fatalf("%q to %d: %q", text, limit, sent)
		}
	})
}

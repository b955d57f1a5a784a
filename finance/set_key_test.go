package finance

import (
	"strings"
	"testing"
)

// The short way of nameKey gives what the long one gives.
func TestNameKey(t *testing.T) {
	for _, s := range []string{"", "青禾农业有限公司", "青禾（北京）有限公司", "ABC公司", "abc 公司", "Ａ公司", "青禾 农业", "公司2", "公司〔二〕", "\u00a0甲", "㐀乙", "甲·乙"} {
		if got, want := nameKey(s), strings.ToUpper(brackets.Replace(squeeze(s))); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

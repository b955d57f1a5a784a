package plain

import (
	"regexp"
	"testing"

	"pgregory.net/rapid"

	_ "github.com/xindiao/xindiao/internal/rapidtest"
)

func TestPossible(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{`机动车(登记证书|行驶证)`, "行驶证", false}, {`机动车(登记证书|行驶证)`, "机动车行驶证", true}, {`(甲|乙)方:\d+`, "丙元:1", false},
		{`.*`, "", true}, {`(?:甲)?乙`, "甲", false}, {`(?i)abc`, "ABC", true}, {`[甲-癸]x*`, "乙", true}, {`^第[一二]条`, "第三条", true},
	} {
		if got := Possible(regexp.MustCompile(c.pattern), c.text); got != c.want {
			t.Errorf("%s in %s: %v", c.pattern, c.text, got)
		}
	}
}

// A pattern that matches is never ruled out.
func TestPossibleNeverLies(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		src := rapid.StringMatching(`(甲|乙丙|[丁戊]|丁?|己+|庚{2}|辛*|(甲乙|丙)){1,4}`).Draw(t, "pattern")
		re, err := regexp.Compile(src)
		if err != nil {
			t.Skip()
		}
		text := rapid.StringMatching(`[甲乙丙丁戊己庚辛]{0,12}`).Draw(t, "text")
		if re.MatchString(text) && !Possible(re, text) {
			t.Fatalf("%s matches %q", src, text)
		}
	})
}

package corpus

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/xindiao/xindiao/internal/datafile"
)

// Whatever corpus.yaml holds, it is taken or refused with its name, and its rules never panic.
func FuzzConfig(f *testing.F) {
	f.Add([]byte("title: t\nkind: policy\nfiles:\n  - {match: '*.txt', industry: C35, effective_from: 2025-01-01}\n"), "制度/授信.txt")
	f.Add([]byte("kind: report\nreviewed: {by: x, date: 2026-01-01}\nnames: [a]\n"), "包.zip/授信.txt")
	f.Add([]byte("files: [{match: '['}]\n"), "")
	f.Fuzz(func(t *testing.T, data []byte, file string) {
		if len(data) > 64<<10 || len(file) > 1<<10 {
			t.Skip()
		}
		c := config{Kind: KindPolicy}
		err := datafile.Decode(ConfigName, data, &c)
		if err == nil {
			err = c.check(data)
		}
		if err != nil {
			if !strings.Contains(err.Error(), ConfigName) {
				t.Errorf("an error without its file: %v", err)
			}
			return
		}
		c.rule(file)
	})
}

// Nothing of what makes a text private is repeated in the reason, and a number in the middle of a longer one is none.
func FuzzPrivate(f *testing.F) {
	f.Add("身份证号码11010519491231002X，手机13800138000", true)
	f.Add("乙州云帆包装有限公司（以下简称公司）", true)
	f.Add("ABC110105194912310021234", false)
	f.Fuzz(func(t *testing.T, text string, report bool) {
		if len(text) > 64<<10 || !utf8.ValidString(text) {
			t.Skip()
		}
		found := private(text, report, []string{"", "海州银行"})
		for kind, n := range found {
			if n <= 0 || n > len(text) {
				t.Errorf("%s %d times in %d bytes", kind, n, len(text))
			}
		}
		if !report && (found["公司全称"] > 0 || found["手机号"] > 0) {
			t.Errorf("%v in a policy", found)
		}
	})
}

package metrics

import (
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

func TestSameValue(t *testing.T) {
	for _, c := range []struct {
		want, got string
		same      bool
	}{
		{"2016-05-18", "2016年5月18日", true}, {"2016-05-18", "2016.05.18", true}, {"2016-05-18", "2016-05-19", false},
		{"12345678.9", "1,234.57万元", true}, {"12345678.9", "1,234.58万元", false}, {"12345678.9", "12,345,678.90", true}, {"12345678.9", "0.12亿元", true},
		{"0.4321", "43.21%", true}, {"0.4321", "43.12%", false}, {"甲乙", "甲乙丙", false}, {"甲乙丙丁", "（甲乙丙丁）", true},
		{"91000000MA0000000X", "９１００００００ＭＡ０００００００Ｘ", true}, {"-1204466.2", "-1,204,466.20", true}, {"3000000", "叁佰万元", false},
	} {
		if sameValue(c.want, c.got) != c.same {
			t.Errorf("%s and %s: want %v", c.want, c.got, c.same)
		}
	}
}

func TestStatedPrecision(t *testing.T) {
	w := wanted{text: "12345678.9", value: dossier.D("12345678.9"), numeric: true}
	for text, want := range map[string]bool{"1,234.57万元": true, "1,235万元": true, "0.12亿元": false, "0.1亿元": false, "1234.57": true, "12345.68万元": false, "1千万元": false} {
		if w.in(fold(text), quantities(text)) != want {
			t.Errorf("%s: want %v", text, want)
		}
	}
}

func TestStandsAlone(t *testing.T) {
	for text, want := range map[string]bool{"等级aaa。": true, "aaa": true, "aaab": false, "x.aaa": false, "baaa、aaa": true, "": false} {
		if standsAlone(text, "aaa") != want {
			t.Errorf("%q: want %v", text, want)
		}
	}
}

package sheet

import "testing"

func TestFormatCodes(t *testing.T) {
	for code, want := range map[string]Format{
		"General": Plain, "#,##0.00": Plain, `0.00"元"`: Plain, "yyyy-mm-dd": DateOnly, `yyyy"年"m"月"`: DateOnly,
		"h:mm:ss": TimeOnly, "yyyy/m/d h:mm": DateTime, "[Red]#,##0;[Blue]-#,##0": Plain, "[$-804]yyyy/m/d": DateOnly,
		"@": Plain, `_ * #,##0.00_ ;_ * -#,##0.00_ `: Plain, "[h]:mm": TimeOnly, "mm-dd": DateOnly,
	} {
		if got := Code(code); got != want {
			t.Errorf("%s: %d, want %d", code, got, want)
		}
	}
}

func TestDigits(t *testing.T) {
	for raw, want := range map[string]string{"1.2E+3": "1200", "0.30000000000000004": "0.3", "123456789012345678": "123456789012345678",
		"8155.4400000000005": "8155.44", "-0.10000000000000001": "-0.1", "2026-01": "2026-01", "1e999999999": "1e999999999", "00.5": "00.5"} {
		if got := Digits(raw); got != want {
			t.Errorf("%s: %s, want %s", raw, got, want)
		}
	}
}

func TestSerialDays(t *testing.T) {
	for _, c := range []struct {
		raw  string
		f    Format
		from bool
		want string
	}{
		{"46022", DateOnly, false, "2025-12-31"}, {"44560", DateOnly, true, "2025-12-31"}, {"1", DateOnly, false, "1900-01-01"},
		{"59", DateOnly, false, "1900-02-28"}, {"61", DateOnly, false, "1900-03-01"}, {"46022.5", DateTime, false, "2025-12-31 12:00:00"},
		{"46022.999988425923", DateTime, false, "2025-12-31 23:59:59"}, {"0.25", TimeOnly, false, "06:00:00"}, {"46022", DateTime, false, "2025-12-31"},
	} {
		if got, ok := Serial(c.raw, c.f, c.from); got != c.want || !ok {
			t.Errorf("%+v: %s", c, got)
		}
	}
	for _, raw := range []string{"-1", "2958466", "x"} {
		if got, ok := Serial(raw, DateOnly, false); ok {
			t.Errorf("%s is %s", raw, got)
		}
	}
}

func TestAddresses(t *testing.T) {
	for ref, col := range map[string]int{"A1": 0, "Z9": 25, "AA10": 26, "AB12": 27, "XFD1048576": 16383, "b3": 1} {
		got, _, ok := Place([]byte(ref))
		if got != col || !ok {
			t.Errorf("%s: %d %v", ref, got, ok)
		}
	}
	for _, c := range []int{0, 25, 26, 701, 702, 16383} {
		if got, _, ok := Place([]byte(Column(c) + "7")); got != c || !ok {
			t.Errorf("%d: %s", c, Column(c))
		}
	}
	for _, bad := range []string{"", "A", "7", "A0", "XFE1", "A1048577", "A1B", "AAAAA1", "A99999999999999999999"} {
		if _, _, ok := Place([]byte(bad)); ok {
			t.Errorf("%q taken", bad)
		}
	}
}

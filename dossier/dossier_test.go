package dossier

import (
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	_ "github.com/xindiao/xindiao/internal/rapidtest"
)

func TestDates(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{NewDate(2026, 1, 31).AddMonths(1).String(), "2026-02-28"},
		{NewDate(2024, 2, 29).AddMonths(12).String(), "2025-02-28"},
		{NewDate(2026, 3, 1).AddMonths(-3).String(), "2025-12-01"},
		{NewDate(2026, 12, 31).AddDays(1).String(), "2027-01-01"},
		{NewDate(2024, 2, 5).MonthEnd().String(), "2024-02-29"},
		{NewDate(2026, 9, 3).Chinese(), "2026年9月3日"},
		{Date{}.String(), ""},
		{fmt.Sprint(NewDate(2026, 9, 30).Sub(NewDate(2026, 8, 12))), "49"},
		{fmt.Sprint(NewDate(2026, 2, 30).Valid(), NewDate(2026, 2, 28).Valid(), Date{}.Valid()), "false true false"},
	} {
		if c.got != c.want {
			t.Errorf("got %s, want %s", c.got, c.want)
		}
	}
	for _, bad := range []string{"2026-13-01", "2026/01/01", "长期", ""} {
		if _, err := ParseDate(bad); err == nil {
			t.Errorf("ParseDate(%q) passed", bad)
		}
	}
	var d Date
	if err := d.UnmarshalText(nil); err != nil || !d.IsZero() {
		t.Error("an empty date must stay unset")
	}
}

func TestDateProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := NewDate(rapid.IntRange(1990, 2090).Draw(t, "y"), rapid.IntRange(1, 12).Draw(t, "m"), rapid.IntRange(1, 28).Draw(t, "d"))
		n := rapid.IntRange(-5000, 5000).Draw(t, "n")
		if e := d.AddDays(n); e.Sub(d) != n || e.AddDays(-n) != d {
			t.Fatalf("%s + %d days = %s", d, n, e)
		}
		m := rapid.IntRange(-200, 200).Draw(t, "months")
		if e := d.AddMonths(m); !e.Valid() || e.AddMonths(-m) != d {
			t.Fatalf("%s + %d months = %s", d, m, e)
		}
		text, _ := d.MarshalText()
		var back Date
		if err := back.UnmarshalText(text); err != nil || back != d {
			t.Fatalf("%s read back as %s", d, back)
		}
	})
}

func TestPeriods(t *testing.T) {
	end, aug := NewDate(2025, 12, 31), NewDate(2026, 8, 31)
	for _, c := range []struct {
		p        Period
		text, zh string
	}{
		{At(end), "2025-12-31", "2025年末"},
		{At(aug), "2026-08-31", "2026年8月末"},
		{At(NewDate(2026, 8, 12)), "2026-08-12", "2026年8月12日"},
		{Span(end, 12), "2025-01-01/2025-12-31", "2025年"},
		{Span(aug, 8), "2026-01-01/2026-08-31", "2026年1-8月"},
		{Span(aug, 1), "2026-08-01/2026-08-31", "2026年8月"},
		{Span(aug, 3), "2026-06-01/2026-08-31", "2026年6-8月"},
		{Span(aug, 12), "2025-09-01/2026-08-31", "2025年9月至2026年8月"},
	} {
		if c.p.String() != c.text || c.p.Chinese() != c.zh {
			t.Errorf("%+v prints %s, %s; want %s, %s", c.p, c.p, c.p.Chinese(), c.text, c.zh)
		}
	}
	if !Span(end, 12).FullYear() || Span(aug, 12).FullYear() {
		t.Error("FullYear is a calendar year")
	}
}

func TestUnitsAndDecimals(t *testing.T) {
	if !WanYuan.Money() || Ratio.Money() || WanYuan.Scale().String() != "10000" || YiYuan.Scale().String() != "100000000" || KWh.Scale().String() != "1" {
		t.Error("units")
	}
	for in, want := range map[string]string{"1234567.50": "1,234,567.50", "-1000": "-1,000", "999": "999", "0.5": "0.5", "-12": "-12"} {
		if got := Group(in); got != want {
			t.Errorf("Group(%s) = %s, want %s", in, got, want)
		}
	}
}

func TestWhichDocumentCounts(t *testing.T) {
	old := &Document{File: "旧.xlsx", Type: "a", SupersededBy: "新.xlsx"}
	now := &Document{File: "新.xlsx", Type: "a", Fields: map[string]Field{"k": {Value: "v"}, "empty": {}, "rows": {Rows: []Row{{}}}}}
	dup := &Document{File: "副本.xlsx", Type: "a", DuplicateOf: "新.xlsx"}
	other := &Document{File: "b.pdf", Type: "b", Pages: []Page{{Text: "一"}, {Text: "二"}}}
	d := &Dossier{Documents: []*Document{old, dup, now, other}}
	if got := d.Valid("a"); len(got) != 1 || got[0] != now {
		t.Errorf("Valid: %v", got)
	}
	if got := d.ByType("a", "b"); len(got) != 4 || got[0] != now || got[1] != other {
		t.Errorf("ByType puts the valid ones first: %v", got)
	}
	if d.Document("b.pdf") != other || d.Document("c") != nil || other.Text() != "一\f二" {
		t.Error("Document or Text")
	}
	_, has := now.Field("k")
	_, empty := now.Field("empty")
	_, rows := now.Field("rows")
	if !has || empty || !rows {
		t.Error("a field without a value is not there; rows are")
	}
}

func TestErrors(t *testing.T) {
	cause := errors.New("eof")
	err := fmt.Errorf("outer: %w", &Error{Kind: ErrCorrupt, File: "a.pdf", Msg: "文件损坏", Cause: cause})
	if KindOf(err) != ErrCorrupt || !errors.Is(err, cause) || KindOf(cause) != "" {
		t.Error("KindOf or Unwrap")
	}
	if got := err.Error(); got != "outer: a.pdf：文件损坏（eof）" {
		t.Error(got)
	}
}

func TestDateString(t *testing.T) {
	for want, d := range map[string]Date{"2026-09-08": NewDate(2026, 9, 8), "1999-12-31": NewDate(1999, 12, 31), "0800-01-02": NewDate(800, 1, 2),
		"2026-13-40": NewDate(2026, 13, 40), "": {}} {
		if got := d.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

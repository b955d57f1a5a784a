package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"os"
	"strings"
	"testing"

	"golang.org/x/image/font/sfnt"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
)

func vals(ss ...string) []*dossier.Decimal {
	out := make([]*dossier.Decimal, len(ss))
	for i, s := range ss {
		if s != "" {
			d := dossier.D(s)
			out[i] = &d
		}
	}
	return out
}

func sample(kind string) *report.Chart {
	return &report.Chart{Kind: kind, Unit: "元", Labels: []string{"2023年", "2024年", "2025年", "2026年1-8月"}, Series: []report.Series{
		{Name: "营业收入", Values: vals("71234500", "80345600", "96011200", "61000000")},
		{Name: "净利润", Values: vals("3123400", "-1234500", "", "4100000")},
		{Name: "经营活动现金流量净额", Values: vals("2123400", "5234500", "1230000", "-2600000")},
	}}
}

func TestPNGIsAPictureWithInk(t *testing.T) {
	for _, kind := range []string{"bar", "line"} {
		b, err := PNG(sample(kind))
		if err != nil {
			t.Fatal(err)
		}
		if dir := os.Getenv("CHART_OUT"); dir != "" {
			if err := os.WriteFile(dir+"/"+kind+".png", b, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		img, err := png.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		width := float64(Width) / 72 * dpi
		want := int(width)
		if got := img.Bounds().Dx(); got < want-2 || got > want+2 {
			t.Errorf("%s: width %d, want %d", kind, got, want)
		}
		dark := 0
		for y := 0; y < img.Bounds().Dy(); y++ {
			for x := 0; x < img.Bounds().Dx(); x++ {
				if r, _, _, _ := img.At(x, y).RGBA(); r < 0x6000 {
					dark++
				}
			}
		}
		if dark < 5000 {
			t.Errorf("%s: %d dark pixels: nothing was drawn", kind, dark)
		}
	}
}

func TestFontHasWhatLabelsNeed(t *testing.T) {
	cache, err := fonts()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range "营业收入净利润经营活动现金流量净额毛利率资产负债万元倍年月0123456789-,.%（）" {
		f := cache.Lookup(fontKey, 10)
		if i, err := f.Face.GlyphIndex(&sfnt.Buffer{}, r); err != nil || i == 0 {
			t.Errorf("no glyph for %c", r)
		}
	}
}

func TestSVGIsWellFormedAndInWan(t *testing.T) {
	s, err := SVG(sample("bar"), `收入<与>"利润"`)
	if err != nil {
		t.Fatal(err)
	}
	d := xml.NewDecoder(strings.NewReader(s))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []string{">万元<", ">9,601<", ">-123.5<", ">2026年1-8月<", ">营业收入<"} {
		if !strings.Contains(s, want) {
			t.Errorf("SVG lacks %s", want)
		}
	}
	if strings.Contains(s, ">0.00<") {
		t.Error("a missing value was drawn as zero")
	}
}

func TestUnits(t *testing.T) {
	c := &report.Chart{Kind: "line", Unit: "ratio", Labels: []string{"2025年末"}, Series: []report.Series{{Name: "资产负债率", Values: vals("0.4392")}}}
	s, err := SVG(c, "x")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(s, ">43.9<") || !strings.Contains(s, ">%<") {
		t.Errorf("ratio not shown in percent: %s", s)
	}
}

func TestRefusesWhatCannotBeRead(t *testing.T) {
	many := &report.Chart{Labels: make([]string, maxLabels+1), Series: []report.Series{{Values: vals("1")}}}
	for name, c := range map[string]*report.Chart{
		"nil": nil, "empty": {}, "too many labels": many,
		"no value":         {Labels: []string{"a"}, Series: []report.Series{{Values: vals("")}}},
		"more than labels": {Labels: []string{"a"}, Series: []report.Series{{Values: vals("1", "2")}}},
	} {
		if _, err := PNG(c); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestTicks(t *testing.T) {
	for _, c := range []struct {
		lo, hi     float64
		first, end float64
	}{{0, 9601, 0, 10000}, {-260, 9601, -2500, 10000}, {0, 0, 0, 1}, {0, 0.4392, 0, 0.6}} {
		got := ticks(c.lo, c.hi)
		if d := got[0] - c.first; d > 1e-9 || d < -1e-9 {
			t.Errorf("ticks(%g,%g) begin at %g", c.lo, c.hi, got[0])
		}
		if l := got[len(got)-1]; l < c.hi {
			t.Errorf("ticks(%g,%g) end at %g", c.lo, c.hi, l)
		}
	}
}

package rtf

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/documents/read/internal/flow"
)

func show(blocks []flow.Block) string {
	var out []string
	for _, b := range blocks {
		if b.Rows == nil {
			out = append(out, b.Text)
		} else {
			out = append(out, fmt.Sprint(b.Rows))
		}
	}
	return strings.Join(out, "|")
}

func TestRead(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"charsets":   {`{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset134 SimSun;}{\f2\fcharset136 Ming;}}\f1 \'bd\'e8\'bf\'ee\f0 \'e9\f2 \'aa\'f7\par}`, "借款é金"},
		"code page":  {`{\rtf1\ansi\ansicpg936 \'bd\'e8` + "\r\n" + `\'bf\'ee\par}`, "借款"},
		"unicode":    {`{\rtf1\uc1 \u20511?\u-27017\'3f\u-10179?\u-8703?{\uc2 \u30002ab\u20057}c\par x\u30002\uc0 y}`, "借陷😁甲乙c|x甲"},
		"groups":     {`{\rtf1{\*\unknown gone}{\info{\author gone}}{\field{\*\fldinst PAGE}{\fldrslt 7}}{\listtext 1.\tab}a\~b\_c\{d\}\line e\par}`, "71. a b-c{d}\ne"},
		"table":      {`{\rtf1\pard before\par\trowd\clvmgf\cellx1000\cellx3000\pard\intbl A\cell B\par b\cell\row\trowd\clvmrg\cellx1000\cellx2000\cellx3000\pard\intbl \cell C\cell D\cell\row\pard after\par}`, "before|[[{A 1 2 false} {B\nb 2 1 false}] [{ 1 1 true} {C 1 1 false} {D 1 1 false}]]|after"},
		"binary":     {"{\\rtf1 a{\\pict\\pngblip\\bin5 \x00}{}\\}b\\par}", "ab"},
		"aside":      {`{\rtf1{\header H\par}\pard\intbl x{\footnote note}y\cell\row\pard z\par}`, "[[{xy 1 1 false}]]|z"},
		"backslash":  {`{\rtf1 a\\b\`, `a\b`},
		"odd colons": {`{\rtf1 \'zz\u99999999999999?ok}`, ""},
	} {
		d, err := Read([]byte(c.in), 1000, 100)
		if err != nil && name != "backslash" || c.want != "" && show(d.Body) != c.want {
			t.Errorf("%s: %v\ngot  %q\nwant %q", name, err, show(d.Body), c.want)
		}
	}
	d, err := Read([]byte(`{\rtf1{\header H\par}a{\deleted b}{\v c}{\footnote note}{\*\shppict{\pict\pngblip 89504e47{\*\blipuid 00ff}0d0a}}d\par}`), 1000, 100)
	if err != nil || show(d.Body) != "ad" || show(d.After) != "H|note" || !d.Changes || d.Hidden != "c" || len(d.Pictures) != 1 || string(d.Pictures[0]) != "\x89PNG\r\n" {
		t.Errorf("%+v %v", d, err)
	}
}

func TestHostile(t *testing.T) {
	for name, c := range map[string]struct {
		in   string
		want error
	}{
		"groups": {`{\rtf1` + strings.Repeat("{", 20_000), ErrLarge},
		"text":   {`{\rtf1 ` + strings.Repeat("x", 2000) + `\par y\par}`, ErrLarge},
		"cells":  {`{\rtf1\intbl ` + strings.Repeat(`\cell`, 200), ErrLarge},
		"cut":    {`{\rtf1 abc`, ErrCut},
		"other":  {`<html>`, ErrFormat},
		"bin":    {`{\rtf1 \bin999999999 x`, ErrCut},
	} {
		if _, err := Read([]byte(c.in), 1000, 100); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{\rtf1\ansicpg936{\fonttbl{\f1\fcharset134 S;}}\f1 \'bd\'e8\u20511?{\footnote n}\trowd\clvmgf\cellx1000\cellx3000\pard\intbl A\cell B\cell\row{\pict 89504e47}{\v h}\bin2 ab}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 64<<10 {
			t.Skip()
		}
		_, _ = Read(b, 1<<20, 10_000)
	})
}

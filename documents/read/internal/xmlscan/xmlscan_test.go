package xmlscan

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// trace writes the tokens in short: <name a=v>, text, </>.
func trace(s *Scanner) (string, error) {
	var b strings.Builder
	for range 100_000 {
		kind, err := s.Next()
		if err == io.EOF {
			return b.String(), nil
		}
		if err != nil {
			return b.String(), err
		}
		switch kind {
		case Start:
			fmt.Fprintf(&b, "<%s", s.Name())
			if v := s.Attr("a"); v != nil {
				fmt.Fprintf(&b, " a=%s", v)
			}
			b.WriteByte('>')
		case Text:
			b.Write(s.Text())
		case End:
			b.WriteString("</>")
		}
	}
	return b.String(), errors.New("no end")
}

func TestTokens(t *testing.T) {
	const doc = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e "1>2">]><w:x a="1&amp;&#x4e2d;>"><!-- <y> --><y b='2'/>甲 &lt;乙&gt; &e; & <![CDATA[<丙>&amp;]]></w:x >`
	const want = `<x a=1&中>><y></>甲 <乙> &e; & <丙>&amp;</>`
	if got, err := trace(New(strings.NewReader(doc))); got != want || err != nil {
		t.Errorf("got  %s %v\nwant %s", got, err, want)
	}
	// The same a byte at a time.
	if got, err := trace(New(iotest.OneByteReader(strings.NewReader(doc)))); got != want || err != nil {
		t.Errorf("got  %s %v\nwant %s", got, err, want)
	}
}

func TestPrefixedAttribute(t *testing.T) {
	s := New(strings.NewReader(`<sldId id="256" r:id="rId2"/>`))
	if _, err := s.Next(); err != nil || string(s.Attr("id")) != "256" || string(s.Ref("id")) != "rId2" || s.Attr("x") != nil {
		t.Errorf("%s %s %v", s.Attr("id"), s.Ref("id"), err)
	}
}

func TestLongTextComesWhole(t *testing.T) {
	long := strings.Repeat("金额&amp;", 50_000)
	got, err := trace(New(strings.NewReader("<x>" + long + "</x>")))
	if want := "<x>" + strings.Repeat("金额&", 50_000) + "</>"; got != want || err != nil {
		t.Errorf("%d bytes, want %d, %v", len(got), len(want), err)
	}
}

func TestCharsets(t *testing.T) {
	const doc = `<?xml version="1.0" encoding="GB2312"?><x>单位</x>`
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(doc)
	if err != nil {
		t.Fatal(err)
	}
	wide, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(strings.Replace(doc, "GB2312", "UTF-16", 1))
	if err != nil {
		t.Fatal(err)
	}
	for _, in := range []string{gbk, wide} {
		if got, err := trace(New(strings.NewReader(in))); got != "<x>单位</>" || err != nil {
			t.Errorf("%q %v", got, err)
		}
	}
}

func TestBrokenAndHostile(t *testing.T) {
	for name, c := range map[string]struct {
		in   string
		want error
	}{
		"cut off":          {"<x><y>text", io.ErrUnexpectedEOF},
		"cut in a tag":     {"<x", io.ErrUnexpectedEOF},
		"cut in a comment": {"<x><!-- ", io.ErrUnexpectedEOF},
		"endless tag":      {"<x a='" + strings.Repeat("y", maxTag+window), ErrTag},
		"endless name":     {"<" + strings.Repeat("y", maxTag+window), ErrTag},
		"endless cdata":    {"<x><![CDATA[" + strings.Repeat("y", maxTag+window), ErrTag},
	} {
		if _, err := trace(New(strings.NewReader(c.in))); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if got, err := trace(New(strings.NewReader("</a></b>text<x/>"))); err != nil || got != "</></>text<x></>" {
		t.Errorf("%s %v", got, err)
	}
}

func FuzzScanner(f *testing.F) {
	f.Add([]byte(`<?xml version="1.0" encoding="gbk"?><!DOCTYPE x []><w:x a="1&amp;"><!-- --><y b='2'/>&lt;<![CDATA[<>]]></w:x>`))
	f.Add([]byte("\xff\xfe<\x00x\x00>\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 64<<10 {
			t.Skip()
		}
		s := New(strings.NewReader(string(b)))
		for range 4*len(b) + 100 {
			if _, err := s.Next(); err != nil {
				return
			}
			_, _ = s.Attr("a"), s.Ref("id")
		}
		t.Fatal("more tokens than bytes")
	})
}

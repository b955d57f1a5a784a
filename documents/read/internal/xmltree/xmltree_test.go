package xmltree

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

const voucher = `<?xml version="1.0" encoding="GBK"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>` +
	`<x:发票 xmlns:x="urn:x" 号="7"><买方 x:id="1"><名称> 甲公司 </名称></买方><行>一</行><行><![CDATA[二<]]>&amp;</行></x:发票>`

func TestTree(t *testing.T) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(voucher)
	if err != nil {
		t.Fatal(err)
	}
	wide, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(voucher)
	if err != nil {
		t.Fatal(err)
	}
	bare := strings.TrimPrefix(gbk, `<?xml version="1.0" encoding="GBK"?>`)
	for name, in := range map[string]string{"utf-8": voucher, "gbk": gbk, "utf-16": wide, "undeclared": bare, "bom": "\xef\xbb\xbf" + voucher} {
		n, err := Parse([]byte(in))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		rows := n.All("行")
		if n.Name != "发票" || n.Space != "urn:x" || n.Attr("号") != "7" || len(n.Attrs) != 1 || n.Find("买方", "名称").Value() != "甲公司" ||
			n.Kid("买方").Attr("id") != "1" || len(rows) != 2 || rows[1].Text != "二<&" || n.Find("无", "名称").Value() != "" {
			t.Errorf("%s: %+v", name, n)
		}
	}
}

func TestFaultsKeepWhatWasRead(t *testing.T) {
	for name, c := range map[string]struct {
		in   string
		want error
	}{
		"cut off": {"<a><b>1</b><c>2", ErrBroken}, "two roots": {"<a><b>1</b></a><a/>", ErrBroken}, "deep": {"<a><b>1</b>" + strings.Repeat("<c>", 5000), ErrLimit},
	} {
		n, err := Parse([]byte(c.in))
		if !errors.Is(err, c.want) || n.Kid("b").Value() != "1" {
			t.Errorf("%s: %v %+v", name, err, n)
		}
	}
	if n, err := Parse([]byte("no markup")); n != nil || err == nil {
		t.Errorf("%+v %v", n, err)
	}
	// Entities of the document's own stay unexpanded, whatever they would grow to.
	n, err := Parse([]byte(`<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><x>&b;</x>`))
	if err != nil || len(n.Text) > 10 {
		t.Errorf("%+v %v", n, err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(voucher))
	f.Add([]byte("\xff\xfe<\x00a\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 64<<10 {
			t.Skip()
		}
		n, err := Parse(data)
		if err == nil && n == nil {
			t.Error("neither a tree nor an error")
		}
	})
}

package mail

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xindiao/xindiao/documents/read/internal/mail/mailtest"
)

// fixed makes a property stream with a head of that length.
func fixed(head int, props map[uint32]uint64) string {
	b := make([]byte, head)
	for tag, v := range props {
		b = binary.LittleEndian.AppendUint32(b, tag)
		b = binary.LittleEndian.AppendUint32(b, 0)
		b = binary.LittleEndian.AppendUint64(b, v)
	}
	return string(b)
}

func sample() map[string]string {
	const a, n = "__attach_version1.0_#00000000/", "__attach_version1.0_#00000001/"
	const inner = n + "__substg1.0_3701000D/"
	return map[string]string{
		"__properties_version1.0":             fixed(32, map[uint32]uint64{0x00390040: 134148834000000000, 0x3ffd0003: 936}),
		"__substg1.0_0037001F":                utf16le("贷款资料"),
		"__substg1.0_0C1A001E":                gbk("张三"),
		"__substg1.0_5D01001F":                utf16le("zhang@example.com"),
		"__substg1.0_0E04001F":                utf16le("李四; 王五"),
		"__substg1.0_1000001F":                utf16le("您好：\r\n附件请查收。"),
		a + "__properties_version1.0":         fixed(8, nil),
		a + "__substg1.0_3707001F":            utf16le("流水.csv"),
		a + "__substg1.0_37010102":            strings.Repeat("1,2\n", 2000),
		n + "__properties_version1.0":         fixed(8, nil),
		inner + "__properties_version1.0":     fixed(24, nil),
		inner + "__substg1.0_0037001F":        utf16le("转发/内层"),
		inner + "__substg1.0_1000001F":        utf16le("内层正文"),
		inner + a + "__properties_version1.0": fixed(8, nil),
		inner + a + "__substg1.0_3704001F":    utf16le("深.txt"),
		inner + a + "__substg1.0_37010102":    "deep",
	}
}

func readMSG(data []byte) (*Message, map[string]string, error) {
	got := map[string]string{}
	m, err := ReadMSG(bytes.NewReader(data), int64(len(data)), limits, func(name string, body io.Reader) error {
		b, _ := io.ReadAll(body)
		got[name] = string(b)
		return nil
	})
	return m, got, err
}

func TestMSG(t *testing.T) {
	m, got, err := readMSG(mailtest.Compound(sample()))
	if err != nil {
		t.Fatal(err)
	}
	if m.Subject != "贷款资料" || m.From != "张三 <zhang@example.com>" || m.To != "李四; 王五" || m.Date != "2026-02-06 20:30:00 +0000" {
		t.Errorf("%+v", m)
	}
	if m.Text != "您好：\r\n附件请查收。" || got["流水.csv"] != strings.Repeat("1,2\n", 2000) {
		t.Errorf("%q %d", m.Text, len(got["流水.csv"]))
	}
	inner, list, err := read(t, strings.ReplaceAll(got["转发_内层.eml"], "\r\n", "\n"))
	if err != nil || inner.Subject != "转发/内层" || inner.Text != "内层正文" || list != "深.txt=deep" {
		t.Errorf("inner: %+v %q %v", inner, list, err)
	}
}

func TestMSGBodies(t *testing.T) {
	s := sample()
	delete(s, "__substg1.0_1000001F")
	s["__substg1.0_10130102"] = gbk("<p>您好</p>")
	s["__properties_version1.0"] = fixed(32, map[uint32]uint64{0x3fde0003: 936})
	if m, _, err := readMSG(mailtest.Compound(s)); err != nil || m.HTML != "<p>您好</p>" || m.Date != "" {
		t.Errorf("%+v %v", m, err)
	}
	delete(s, "__substg1.0_10130102")
	rtf := `{\rtf1\ansi\ansicpg936{\fonttbl{\f0 SimSun;}}\pard \'c4\'fa\'ba\'c3\par \u36151 ?\u27454 ?{\*\htmltag hidden}\htmlrtf {x}\htmlrtf0  a\{b\}}`
	stored := binary.LittleEndian.AppendUint32(nil, uint32(len(rtf)+12))
	stored = binary.LittleEndian.AppendUint32(stored, uint32(len(rtf)))
	stored = append(stored, "MELA\x00\x00\x00\x00"+rtf...)
	s["__substg1.0_10090102"] = string(stored)
	if m, _, err := readMSG(mailtest.Compound(s)); err != nil || m.Text != "您好\n贷款 a{b}" {
		t.Errorf("%q %v", m.Text, err)
	}
}

// The example of MS-OXRTFCP 3.1.
func TestUnpackRTF(t *testing.T) {
	raw := "\x2d\x00\x00\x00\x2b\x00\x00\x00\x4c\x5a\x46\x75\xf1\xc5\xc7\xa7\x03\x00\x0a\x00\x72\x63\x70\x67\x31\x32\x35\x42\x32\x0a\xf3\x20\x68\x65\x6c\x09\x00\x20\x62\x77\x05\xb0\x6c\x64\x7d\x0a\x80\x0f\xa0"
	if got := string(unpackRTF([]byte(raw), 1000)); got != "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n" {
		t.Errorf("%q", got)
	}
	if got := unpackRTF([]byte(raw), 10); len(got) != 10 {
		t.Errorf("limit: %d", len(got))
	}
	for n := range raw {
		unpackRTF([]byte(raw[:n]), 1000)
	}
}

func TestBrokenMSG(t *testing.T) {
	data := mailtest.Compound(sample())
	for n := 0; n < len(data); n += 97 {
		_, _, _ = readMSG(data[:n])
	}
	if m, _, err := readMSG([]byte("no compound file")); m != nil || err == nil {
		t.Errorf("%+v", m)
	}
	bad := append([]byte(nil), data...)
	for i := 512; i < len(bad); i += 13 {
		bad[i] ^= 0x55
	}
	_, _, _ = readMSG(bad)
}

func FuzzEML(f *testing.F) {
	f.Add([]byte("From: a\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Disposition: attachment; filename*0*=gbk''%B6%D4\r\n\r\nx\r\n--b--"))
	f.Add([]byte("Subject: =?gb2312?B?1tDOxA==?= =?gb2312?B?1tDOxA==?=\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=E6=82"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 64<<10 {
			t.Skip()
		}
		IsEML(data)
		_, _ = ReadEML(bytes.NewReader(data), limits, func(_ string, body io.Reader) error {
			_, _ = io.Copy(io.Discard, body)
			return nil
		})
		header(string(data))
		params(string(data))
	})
}

func FuzzMSG(f *testing.F) {
	f.Add(mailtest.Compound(sample()))
	f.Add([]byte("rtf"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 64<<10 {
			t.Skip()
		}
		_, _, _ = readMSG(data)
		rtfText(unpackRTF(data, 1<<20))
		rtfText(data)
	})
}

func utf16le(s string) string {
	var b bytes.Buffer
	_ = binary.Write(&b, binary.LittleEndian, utf16.Encode([]rune(s)))
	return b.String()
}

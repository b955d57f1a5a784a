package mail

import (
	"encoding/base64"
	"errors"
	"io"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

var limits = Limits{Body: 1 << 20, Parts: 100, Depth: 10}

func gbk(s string) string {
	b, err := simplifiedchinese.GBK.NewEncoder().String(s)
	if err != nil {
		panic(err)
	}
	return b
}

func b64(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

// read gives the message and its attachments as name=body.
func read(t *testing.T, eml string) (*Message, string, error) {
	t.Helper()
	var got []string
	m, err := ReadEML(strings.NewReader(strings.ReplaceAll(eml, "\n", "\r\n")), limits, func(name string, body io.Reader) error {
		b, err := io.ReadAll(body)
		if err != nil {
			b = append(b, "!"+err.Error()...)
		}
		got = append(got, name+"="+string(b))
		return nil
	})
	return m, strings.Join(got, " "), err
}

func TestBodiesAndAttachments(t *testing.T) {
	m, got, err := read(t, `From: "=?gb2312?B?`+b64(gbk("张三"))+`?=" <zhang@example.com>
To: =?utf-8?q?=E6=9D=8E=E5=9B=9B?= <li@example.com>
Subject: =?GBK?B?`+b64(gbk("贷款资料"))+`?= =?GBK?B?`+b64(gbk("（补充）"))+`?=
Date: Mon, 2 Mar 2026 09:30:00 +0800
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="out er"

preamble
--out er
Content-Type: multipart/alternative; boundary=in

--in
Content-Type: text/plain; charset=gb2312
Content-Transfer-Encoding: base64

`+b64(gbk("您好：附件请查收。"))+`
--in
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

<p>=E6=82=A8=E5=A5=BD</p>
--in--
--out er
Content-Type: application/pdf; name="=?gbk?B?`+b64(gbk("营业执照.pdf"))+`?="
Content-Transfer-Encoding: base64

`+b64("pdf bytes")+`
--out er
Content-Type: text/csv
Content-Disposition: attachment;
 filename*0*=gbk''%B6%D4;
 filename*1*=%D5%CB%B5%A5.csv

1,2
--out er
Content-Type: message/rfc822

Subject: inner

inner text
--out er
Content-Type: image/png; name=logo.png
Content-Id: <logo>
Content-Transfer-Encoding: base64

`+b64("small")+`
--out er--
`)
	if err != nil {
		t.Fatal(err)
	}
	if m.From != `"张三" <zhang@example.com>` || m.To != "李四 <li@example.com>" || m.Subject != "贷款资料（补充）" || m.Date != "2026-03-02 09:30:00 +0800" {
		t.Errorf("%+v", m)
	}
	if m.Text != "您好：附件请查收。" || !strings.Contains(m.HTML, "您好") || m.Pictures != 1 {
		t.Errorf("%q %q %d", m.Text, m.HTML, m.Pictures)
	}
	if want := "营业执照.pdf=pdf bytes 对账单.csv=1,2 邮件3.eml=Subject: inner\r\n\r\ninner text"; got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestHeadersAsTheyAreWritten(t *testing.T) {
	raw := b64("银行")
	for in, want := range map[string]string{
		gbk("直接写的中文"): "直接写的中文",
		"直接写的中文":      "直接写的中文",
		"=?utf-8?B?" + raw[:4] + "?=\r\n =?utf-8?B?" + raw[4:] + "?=": "银行",
		"=?GB2312?Q?=D2=F8=D0=D0?=":                                   "银行",
		"=?x-unknown?B?" + b64("plain") + "?=":                        "plain",
		"=?utf-8?B?not base64?=":                                      "=?utf-8?B?not base64?=",
		"a \r\n\tb":                                                   "a b",
		"=?gb2312?B?" + b64(gbk("繁體镕")) + "?=":                        "繁體镕", // beyond GB2312
		"=?gb2312?B?" + b64("其实是utf8的标题") + "?=":                      "其实是utf8的标题",
	} {
		if got := header(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{
		`attachment; filename="a;b.txt"`:                       "a;b.txt",
		`attachment; filename=` + gbk("流水 一.xls"):              "流水 一.xls",
		`attachment; filename="` + gbk("流水.xls") + `"`:         "流水.xls",
		`attachment; filename*=UTF-8''%E6%B5%81%E6%B0%B4.xls`:  "流水.xls",
		`attachment; filename*=gb18030''%C1%F7%CB%AE.xls`:      "流水.xls",
		`attachment; filename="C:\\dir\\x.pdf"`:                `C:\dir\x.pdf`,
		`attachment; filename*0="first-"; filename*1="second"`: "first-second",
		`attachment; filename=x%`:                              "x%",
		`attachment; filename`:                                 "",
		`attachment; filename="open`:                           "open",
	} {
		if _, p := params(in); p["filename"] != want {
			t.Errorf("%q: %q, want %q", in, p["filename"], want)
		}
	}
}

func TestBrokenMails(t *testing.T) {
	if m, _, err := read(t, "\x00\x01 no header at all"); m != nil || !errors.Is(err, ErrFormat) {
		t.Errorf("%+v %v", m, err)
	}
	m, got, err := read(t, "From: a\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: application/pdf; name=a.pdf\n\nhalf of")
	if !errors.Is(err, ErrBroken) || !strings.Contains(got, "half of") || m.From != "a" {
		t.Errorf("%q %v", got, err)
	}
	deep := "From: a\n"
	for range 30 {
		deep += "Content-Type: multipart/mixed; boundary=b\n\n--b\n"
	}
	if _, _, err = read(t, deep); !errors.Is(err, ErrParts) && !errors.Is(err, ErrBroken) {
		t.Errorf("30 levels: %v", err)
	}
	many := "From: a\nContent-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\nContent-Type: a/b\n\nx\n", 300)
	if _, got, err = read(t, many); !errors.Is(err, ErrParts) || strings.Count(got, "=") != limits.Parts-1 {
		t.Errorf("300 parts: %d, %v", strings.Count(got, "="), err)
	}
	m, _, err = read(t, "From: a\n\n"+strings.Repeat("x", 2<<20))
	if err != nil || !m.Cut || len(m.Text) != 1<<20 {
		t.Errorf("long body: %v %d %v", m.Cut, len(m.Text), err)
	}
	m, _, _ = read(t, "From: a\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\nContent-Transfer-Encoding: base64\n\nAAAA")
	if !m.Sealed {
		t.Error("an encrypted mail")
	}
}

func TestIsEML(t *testing.T) {
	for in, want := range map[string]bool{
		"From: a\nTo: b\nSubject: c\n\nx":                                           true,
		"Received: by x\n for y\nDate: z\nMessage-ID: 1\nX-Other: 2\n\n":            true,
		"From: a\nSubject: c\n\nTo: b":                                              false,
		"From: <Saved by Blink>\nSubject: c\nDate: d\nMIME-Version: 1.0\n":          false,
		"收件人: a\nFrom: b\nTo: c\nSubject: d\n":                                      true,
		"借款人：某某\n金额：1\n":                                                            false,
		"name: a b\nFrom the start\nto: x":                                          false,
		"Subject: c\nDate: d\nMIME-Version: 1.0\nContent-Type: multipart/related\n": false,
	} {
		if got := IsEML([]byte(strings.ReplaceAll(in, "\n", "\r\n"))); got != want {
			t.Errorf("%q: %v", in, got)
		}
	}
}

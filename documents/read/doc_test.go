package read

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

// The same letter saved as DOC and as DOCX (see testdata/make_office.py).
func TestDOCReadsAsDOCX(t *testing.T) {
	old, now := inProcess(t, "letter.doc", fixture(t, "letter.doc")), inProcess(t, "letter.docx", fixture(t, "letter.docx"))
	if old.Format != fmtDOC || now.Format != fmtDOCX || len(old.Problems)+len(now.Problems) > 0 || len(old.Pages) != 1 {
		t.Fatalf("%s %v, %s %v", old.Format, old.Problems, now.Format, now.Problems)
	}
	const body = "借款合同\n甲方向乙方借款人民币叁佰万元。\n见的文字与注释。\n第1页"
	const table = "担保人\t抵押物\t\t备注\n\t名称\t价值（元）\n某某\t厂房 一幢\t1,234,567.89\n合计\t\t1,234,567.89\t无\n第一条 总则\n第二条 借款金额\n1. 本金\n2. 利息\n第三条 还款方式\n全文完\n"
	if want := body + "\n" + table + "脚注的话\n框里的说明\n页眉：某银行\n页脚：内部资料"; old.Text() != want {
		t.Errorf("DOC:  %q\nwant: %q", old.Text(), want)
	}
	if want := "页眉：某银行\n" + body + "\n框里的说明\n" + table + "脚注的话\n页脚：内部资料"; now.Text() != want {
		t.Errorf("DOCX: %q\nwant: %q", now.Text(), want)
	}
	for _, d := range []*dossier.Document{old, now} {
		rows := d.Pages[0].Tables[0].Rows
		if c := rows[0][0]; c.Rows != 2 || c.Cols != 0 {
			t.Errorf("%s: %+v", d.Format, c)
		}
		if c := rows[0][1]; c.Cols != 2 || c.Rows != 0 || rows[1][2].Text != "价值（元）" || rows[1][2].Ref != "r2c3" {
			t.Errorf("%s: %+v", d.Format, c)
		}
		if got := strings.Join(d.Pages[0].Doubts, "；"); got != "文档含有未接受的修订，按修订后的文字读取，请核对是否为定稿；文档含有隐藏文字，未采用：看不见的字" {
			t.Errorf("%s: %s", d.Format, got)
		}
	}
}

func TestRTFReadsAsDOC(t *testing.T) {
	old, now := inProcess(t, "letter.doc", fixture(t, "letter.doc")), inProcess(t, "letter.doc", fixture(t, "letter.rtf"))
	if now.Format != fmtRTF || len(now.Problems) > 0 {
		t.Fatalf("%s %v", now.Format, now.Problems)
	}
	for _, l := range strings.Split(old.Text(), "\n") {
		if l != "框里的说明" && !strings.Contains("\n"+now.Text()+"\n", "\n"+l+"\n") { // LibreOffice writes no text boxes to RTF
			t.Errorf("%q is not among\n%s", l, now.Text())
		}
	}
	if a, z := old.Pages[0].Tables[0].Rows, now.Pages[0].Tables[0].Rows; fmt.Sprint(a) != fmt.Sprint(z) {
		t.Errorf("%v\n%v", a, z)
	}
	if a, z := old.Pages[0].Doubts, now.Pages[0].Doubts; strings.Join(a, "|") != strings.Join(z, "|") {
		t.Errorf("%v\n%v", a, z)
	}
}

func TestDOCBroken(t *testing.T) {
	whole := fixture(t, "letter.doc")
	for _, cut := range []int{700, 5000, len(whole) - 1000} {
		if d := inProcess(t, "a.doc", whole[:cut]); !hasKind(d, dossier.ErrCorrupt) && !hasKind(d, dossier.ErrPartial) || hasKind(d, "without words") {
			t.Errorf("cut at %d: %v %q", cut, d.Problems, d.Text())
		}
	}
	at := bytes.Index(whole, []byte{0xEC, 0xA5})
	locked := bytes.Clone(whole)
	locked[at+11] |= 1
	if d := inProcess(t, "a.doc", locked); !hasKind(d, dossier.ErrEncrypted) {
		t.Errorf("%v", d.Problems)
	}
	minus := bytes.Clone(whole)
	binary.LittleEndian.PutUint32(minus[at+76:], 0x80000001)
	if d := inProcess(t, "a.doc", minus); !hasKind(d, dossier.ErrCorrupt) {
		t.Errorf("negative count of characters: %v", d.Problems)
	}
	elsewhere := bytes.Clone(whole)
	binary.LittleEndian.PutUint32(elsewhere[at+154+8*33:], 0x7FFFFFFF)
	if d := inProcess(t, "a.doc", elsewhere); !hasKind(d, dossier.ErrCorrupt) {
		t.Errorf("piece table nowhere: %v", d.Problems)
	}
}

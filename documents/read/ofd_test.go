package read

import (
	"context"
	"fmt"
	"image"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xindiao/xindiao/dossier"
)

// said is an OCR engine that reads the same word in the middle of every picture.
type said struct{ word string }

func (said) Name() string { return "said" }

func (s said) Read(_ context.Context, img image.Image) (ocr.Result, error) {
	w, h := float64(img.Bounds().Dx()), float64(img.Bounds().Dy())
	return ocr.Result{Words: []ocr.Word{{Text: s.word, Confidence: 0.9, Box: dossier.Box{X0: w * 0.4, Y0: h * 0.5, X1: w * 0.6, Y1: h * 0.55}}}}, nil
}

func TestOFDInvoice(t *testing.T) {
	d := inProcess(t, "发票.ofd", fixture(t, "ofd/einvoice.ofd"))
	if d.Format != fmtOFD || len(d.Pages) != 3 || len(d.Problems) > 0 || d.Scan {
		t.Fatalf("%s, %d pages, %v", d.Format, len(d.Pages), d.Problems)
	}
	p := d.Pages[0]
	if w := p.Width - 595.3; w < -0.1 || w > 0.1 || p.Height < 396 || p.Height > 397 || len(p.Doubts) > 0 {
		t.Errorf("%g x %g points, %v", p.Width, p.Height, p.Doubts)
	}
	at := map[string]*dossier.Box{}
	for _, l := range p.Lines {
		at[l.Text] = l.Box
	}
	seal := at["[印章] 云栖机电有限公司发票专用章"]
	if seal == nil || seal.X0 < 453 || seal.X0 > 454 {
		t.Errorf("seal: %+v in %q", seal, p.Text)
	}
	if title := at["电子发票（增值税专用发票）"]; title == nil || title.X0 < 180 || title.X0 > 195 || title.Y1 > 50 {
		t.Errorf("title: %+v in %q", title, p.Text)
	}
	data := d.Pages[1]
	if data.Name != "发票数据" || !strings.Contains(data.Text, "\n价税合计\t1695.00\n") || data.Tables[0].Name != "项目明细" {
		t.Errorf("%q", data.Text)
	}
	if about := d.Pages[2].Text; !strings.Contains(about, "签名人\t某省税务局\n签名时间\t2029-03-05 09:31:00") || !strings.Contains(about, "未验证") {
		t.Errorf("%q", about)
	}
}

func TestOFDThatDiffersFromItsData(t *testing.T) {
	d := inProcess(t, "发票.ofd", fixture(t, "ofd/einvoice_differs.ofd"))
	if doubts := strings.Join(d.Pages[0].Doubts, "；"); !strings.Contains(doubts, "价税合计是 16950.00") || strings.Contains(doubts, "发票号码") {
		t.Errorf("%s", doubts)
	}
	tags := inProcess(t, "发票.ofd", fixture(t, "ofd/einvoice_tags.ofd"))
	if data := tags.Pages[1]; !strings.Contains(data.Text, "购买方名称\t北原食品有限公司") || len(tags.Pages[0].Doubts) > 0 {
		t.Errorf("%q %v", data.Text, tags.Pages[0].Doubts)
	}
}

func TestNumbersOf(t *testing.T) {
	got := numbersOf("合计 ¥1,500.00，税率13%\n共2.50元 .")
	if len(got) != 3 || !got["1500"] || !got["13"] || !got["2.5"] {
		t.Errorf("%v", got)
	}
}

func TestOFDOfAnotherProducer(t *testing.T) {
	d := inProcess(t, "票据.ofd", fixture(t, "ofd/fiscal.ofd"))
	if len(d.Pages) != 1 || !strings.HasPrefix(d.Pages[0].Text, "某省非税收入统一票据（电子）\n") || !strings.Contains(d.Pages[0].Text, "103044\t不动产登记费\t1\t550.00") {
		t.Errorf("%q %v", d.Text(), d.Problems)
	}
}

func TestOFDScanAndSeveralDocuments(t *testing.T) {
	docs, err := Bytes(t.Context(), "扫描.ofd", fixture(t, "ofd/scans.ofd"), Options{InProcess: true, OCR: said{"营业执照"}})
	if err != nil {
		t.Fatal(err)
	}
	d := docs[0]
	if len(d.Pages) != 3 || !d.Pages[0].Scan || d.Pages[1].Scan || d.Scan {
		t.Fatalf("%+v", d)
	}
	if l := d.Pages[0].Lines[0]; l.Text != "营业执照" || l.Box.X0 < 118 || l.Box.X0 > 120 || l.Box.Y0 < 209 || l.Box.Y0 > 211 { // 0.4 of 105 mm, 0.5 of 148 mm
		t.Errorf("%+v %+v", l, l.Box)
	}
	if d.Pages[2].Text != "横向页" || d.Pages[2].Width < d.Pages[2].Height {
		t.Errorf("%+v", d.Pages[2])
	}
}

func TestOFDFaults(t *testing.T) {
	whole := fixture(t, "ofd/einvoice.ofd")
	if d := inProcess(t, "a.ofd", whole[:len(whole)/2]); !hasKind(d, dossier.ErrCorrupt) {
		t.Errorf("cut off: %v", d.Problems)
	}
	root := `<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>`
	pages := `<Document><Pages><Page ID="1" BaseLoc="../../../../etc/passwd"/><Page ID="2" BaseLoc="P.xml"/></Pages></Document>`
	page := `<Page><Content><Layer><TextObject Size="4" Boundary="0 0 50 9"><TextCode X="1" Y="5" DeltaX="g 1000000000 4">仍然可读</TextCode></TextObject></Layer></Content></Page>`
	d := inProcess(t, "a.ofd", archive(t, "OFD.xml", root, "Doc_0/Document.xml", pages, "Doc_0/P.xml", page))
	if len(d.Pages) != 2 || d.Pages[1].Text != "仍然可读" || len(kinds(d)) != 1 || !hasKind(d, dossier.ErrPartial) {
		t.Errorf("a page outside: %q %v", d.Text(), d.Problems)
	}
	for name, data := range map[string][]byte{
		"no document": archive(t, "OFD.xml", root), "encrypted": archive(t, "OFD.xml", root, "Encryptions.xml", "<x/>"), "empty": archive(t, "OFD.xml", root, "Doc_0/Document.xml", "<Document/>"),
		"bomb": archive(t, "OFD.xml", root, "Doc_0/Document.xml", "<Document>"+strings.Repeat(" ", 70<<20)+"</Document>"),
	} {
		d := inProcess(t, "a.ofd", data)
		if len(kinds(d)) != 1 {
			t.Errorf("%s: %v", name, d.Problems)
		}
	}
}

func TestOFDAttachmentIsAPaperOfItsOwn(t *testing.T) {
	data := archive(t, "OFD.xml", `<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>`,
		"Doc_0/Document.xml", `<Document><Pages><Page ID="1" BaseLoc="P.xml"/></Pages><Attachments>Attachs/Attachments.xml</Attachments></Document>`,
		"Doc_0/P.xml", `<Page><Content><Layer><TextObject Size="4" Boundary="0 0 50 9"><TextCode X="1" Y="5">正文</TextCode></TextObject></Layer></Content></Page>`,
		"Doc_0/Attachs/Attachments.xml", `<Attachments><Attachment Name="说明.txt" Format="txt"><FileLoc>1.dat</FileLoc></Attachment></Attachments>`,
		"Doc_0/Attachs/1.dat", "附件里的话")
	docs, err := Bytes(t.Context(), "函.ofd", data, Options{InProcess: true, OCR: ocr.None})
	if err != nil || len(docs) != 2 || docs[0].Type != "" || docs[1].File != "函.ofd/说明.txt" || docs[1].Text() != "附件里的话" {
		t.Fatalf("%+v %v", docs, err)
	}
	if !strings.Contains(docs[0].Text(), "附件\t说明.txt") {
		t.Errorf("%q", docs[0].Text())
	}
}

func TestOFDTablesGoOnOverPages(t *testing.T) {
	page := func(from int) string {
		var b strings.Builder
		for i := range 4 {
			y := 20 + 8*i
			fmt.Fprintf(&b, `<PathObject Boundary="10 %d 100 1"><AbbreviatedData>M 0 0 L 100 0</AbbreviatedData></PathObject>`, y)
			for j, s := range []string{fmt.Sprintf("行%d", from+i), "100.00"} {
				if i < 3 {
					fmt.Fprintf(&b, `<TextObject Size="4" Boundary="%d %d 40 6"><TextCode X="0" Y="4">%s</TextCode></TextObject>`, 12+50*j, y+2, s)
				}
			}
		}
		for _, x := range []int{10, 60, 110} {
			fmt.Fprintf(&b, `<PathObject Boundary="%d 20 1 24"><AbbreviatedData>M 0 0 L 0 24</AbbreviatedData></PathObject>`, x)
		}
		return `<Page><Content><Layer>` + b.String() + `</Layer></Content></Page>`
	}
	d := inProcess(t, "对账单.ofd", archive(t, "OFD.xml", `<OFD><DocBody><DocRoot>D/Document.xml</DocRoot></DocBody></OFD>`,
		"D/Document.xml", `<Document><CommonData><PageArea><PhysicalBox>0 0 120 50</PhysicalBox></PageArea></CommonData><Pages><Page ID="1" BaseLoc="1.xml"/><Page ID="2" BaseLoc="2.xml"/></Pages></Document>`,
		"D/1.xml", page(1), "D/2.xml", page(4)))
	if len(d.Pages) != 2 || len(d.Pages[1].Tables) != 1 || !d.Pages[1].Tables[0].Continues || d.Pages[1].Tables[0].Rows[2][0].Text != "行6" {
		t.Errorf("%q %+v", d.Text(), d.Pages[1].Tables)
	}
}

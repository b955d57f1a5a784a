package ofd

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/documents/read/internal/layout"
)

var limits = Limits{Part: 8 << 20, Bytes: 32 << 20, Pages: 100}

func open(t *testing.T, data []byte) (*Package, error) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return Open(z, limits)
}

func fixture(t *testing.T, name string) *Document {
	t.Helper()
	data, err := os.ReadFile("../../testdata/ofd/" + name)
	if err != nil {
		t.Fatal(err)
	}
	p, err := open(t, data)
	if err != nil {
		t.Fatal(err)
	}
	return p.Docs[0]
}

// pack makes a package of one page; parts are name, content pairs that come on top.
func pack(t *testing.T, page string, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	parts = append([]string{
		"OFD.xml", `<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>`,
		"Doc_0/Document.xml", `<Document><CommonData><PageArea><PhysicalBox>0 0 100 100</PhysicalBox></PageArea><DocumentRes>Res.xml</DocumentRes><TemplatePage ID="5" BaseLoc="P.xml"/></CommonData><Pages><Page ID="1" BaseLoc="P.xml"/></Pages></Document>`,
		"Doc_0/P.xml", `<Page><Template TemplateID="5"/><Content><Layer>` + page + `</Layer></Content></Page>`,
	}, parts...)
	for i := 0; i < len(parts); i += 2 {
		if i < 6 && slices.Contains(parts[6:], parts[i]) {
			continue // given by the caller
		}
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func lines(p Page) string {
	var out []string
	for _, l := range layout.Build(p.Glyphs, p.Rules, p.Width, p.Height).Lines {
		out = append(out, l.Text)
	}
	return strings.Join(out, "\n")
}

func TestInvoice(t *testing.T) {
	d := fixture(t, "einvoice.ofd")
	p, err := d.Page(0)
	if err != nil || p.Cut || p.Garbled > 0 {
		t.Fatal(err, p.Cut, p.Garbled)
	}
	for _, want := range []string{"电子发票（增值税专用发票）", "发票号码： 29320000009000000017", "*通用设备*阀门", "统一社会信用代码/纳税人识别号：91320000MA1111111X", "购买方信息\t名称：北原食品有限公司", "壹仟陆佰玖拾伍圆整"} {
		if !strings.Contains(strings.ReplaceAll(lines(p), "  ", " "), want) {
			t.Errorf("%s is missing", want)
		}
	}
	if len(p.Seals) != 2 || p.Seals[1].Name != "云栖机电有限公司发票专用章" || p.Seals[0].Name != "全国统一发票监制章" {
		t.Errorf("%+v", p.Seals)
	}
	if b := p.Seals[1].Box; b.X0 < 453 || b.X0 > 454 || b.Y1 < 362 || b.Y1 > 363 { // 160 mm and 128 mm
		t.Errorf("%+v", b)
	}
	s := d.Signatures
	if len(s) != 1 || s[0].Signer != "某省税务局" || s[0].Time != "2029-03-05 09:31:00" || s[0].Kind != "签章" {
		t.Errorf("%+v", s)
	}
	if len(d.Attachments) != 1 || d.Attachments[0].Name != "invoice.xml" {
		t.Errorf("%+v", d.Attachments)
	}
	if n := Tagged(d.Tags[0], p.Texts); n == nil || n.Find("Buyer", "BuyerName").Value() != "北原食品有限公司" || n.Kid("InvoiceNo").Value() != "29320000009000000017" {
		t.Errorf("%+v", n)
	}
}

func TestFiscalReceipt(t *testing.T) {
	d := fixture(t, "fiscal.ofd")
	p, err := d.Page(0)
	if err != nil {
		t.Fatal(err)
	}
	res := layout.Build(p.Glyphs, p.Rules, p.Width, p.Height)
	tab := res.Tables[len(res.Tables)-1]
	if len(tab.Rows) != 3 || tab.Rows[1][1].Text != "不动产登记费" || tab.Rows[2][3].Text != "550.00" || tab.Rows[1][1].Box == nil {
		t.Errorf("%+v", res.Tables)
	}
	for _, want := range []string{"收款单位（章）：某市不动产登记中心", "电子票据", "作废", "复核人：王芳"} {
		if !strings.Contains(lines(p), want) {
			t.Errorf("%s is missing", want)
		}
	}
}

func TestDeltas(t *testing.T) {
	for in, want := range map[string][]float64{"1 2 3": {1, 2, 3}, "g 3 1.5 2": {1.5, 1.5, 1.5, 2}, "g 1000000000 1": {1, 1, 1, 1, 1}, "1 x 2": {1}, "g 2": {}, "NaN 1": {}, "g 1e300 -1": {-1, -1, -1, -1, -1}} {
		got := deltas(in, 5)
		if len(got) != len(want) {
			t.Errorf("%s: %v", in, got)
			continue
		}
		for i := range got {
			if got[i] != want[i] {
				t.Errorf("%s: %v", in, got)
			}
		}
	}
}

func TestPathsStayInside(t *testing.T) {
	for _, c := range [][3]string{
		{"Doc_0/Document.xml", "Pages/1.xml", "Doc_0/Pages/1.xml"}, {"Doc_0/Document.xml", "/Doc_0/P.xml", "Doc_0/P.xml"}, {"Doc_0/Document.xml", "../../../etc/passwd", "etc/passwd"},
		{"Doc_0/Document.xml", `..\Res\a.png`, "Res/a.png"}, {"", "./Doc_0/Document.xml", "Doc_0/Document.xml"}, {"a", "", ""},
	} {
		if got := resolve(c[0], c[1]); got != c[2] {
			t.Errorf("%v: %s", c, got)
		}
	}
}

func TestTurnedAndScaledText(t *testing.T) {
	page := `<TextObject ID="1" Boundary="50 10 5 60" Size="4" CTM="0 1 -1 0 0 0"><TextCode X="0" Y="0" DeltaX="g 3 4">竖向文字</TextCode></TextObject>`
	p, err := mustOne(t, pack(t, page)).Page(0)
	if err != nil || len(p.Glyphs) != 4*2 { // the template is the page itself, drawn once more
		t.Fatal(err, len(p.Glyphs))
	}
	g := p.Glyphs[1]
	if g.DX != 0 || g.DY != 1 || g.OX < 141 || g.OX > 142 || g.OY < 39 || g.OY > 40 { // 50 mm, 14 mm
		t.Errorf("%+v", g)
	}
}

// Some producers write locations from the package's root.
func TestLocationsFromTheRoot(t *testing.T) {
	d := mustOne(t, pack(t, "", "Doc_0/Document.xml", `<Document><Pages><Page ID="1" BaseLoc="Doc_0/Pages/P.xml"/></Pages></Document>`,
		"doc_0/pages/P.XML", `<Page><Content><Layer><TextObject Size="3" Boundary="0 0 9 9"><TextCode X="1" Y="5">字</TextCode></TextObject></Layer></Content></Page>`))
	if p, err := d.Page(0); err != nil || lines(p) != "字" {
		t.Errorf("%v %q", err, lines(p))
	}
}

func mustOne(t *testing.T, data []byte) *Document {
	t.Helper()
	p, err := open(t, data)
	if err != nil {
		t.Fatal(err)
	}
	return p.Docs[0]
}

func TestHostile(t *testing.T) {
	self := `<Res><CompositeGraphicUnits><CompositeGraphicUnit ID="9"><Content><CompositeObject ResourceID="9" Boundary="0 0 1 1"/><CompositeObject ResourceID="9" Boundary="0 0 1 1"/><TextObject Size="3" Boundary="0 0 9 9"><TextCode X="1" Y="1">字</TextCode></TextObject></Content></CompositeGraphicUnit></CompositeGraphicUnits></Res>`
	p, err := mustOne(t, pack(t, `<CompositeObject ResourceID="9" Boundary="0 0 1 1"/>`, "Doc_0/Res.xml", self)).Page(0)
	if err != nil || len(p.Glyphs) == 0 || len(p.Glyphs) > 2*(1<<maxDepth+1) {
		t.Errorf("composite of itself: %d glyphs, cut %v, %v", len(p.Glyphs), p.Cut, err)
	}
	for name, page := range map[string]string{
		"a billion deltas":  `<TextObject Size="3" Boundary="0 0 9 9"><TextCode X="1" Y="1" DeltaX="g 1000000000 1 g 1000000000 1">字字</TextCode></TextObject>`,
		"a huge size":       `<TextObject Size="1e300" Boundary="0 0 9 9"><TextCode X="1" Y="1">字字</TextCode></TextObject>`,
		"no numbers":        `<TextObject Size="NaN" Boundary="a b c d" CTM="NaN 0 0 1 0 0"><TextCode X="Inf" Y="-Inf">字字</TextCode></TextObject>`,
		"blocks in blocks":  strings.Repeat("<PageBlock>", 150) + strings.Repeat("</PageBlock>", 150),
		"endless path":      `<PathObject Boundary="0 0 9 9"><AbbreviatedData>` + strings.Repeat("M 0 0 L 9 0 ", 200_000) + `</AbbreviatedData></PathObject>`,
		"a million objects": strings.Repeat("<PathObject/>", 300_000),
		"a long run":        `<TextObject Size="3" Boundary="0 0 9 9"><TextCode>` + strings.Repeat("字", 500_000) + `</TextCode></TextObject>`,
	} {
		p, err := mustOne(t, pack(t, page)).Page(0)
		if err != nil || len(p.Glyphs) > maxGlyphs || len(p.Rules) > 2*maxObjects {
			t.Errorf("%s: %v, %d glyphs", name, err, len(p.Glyphs))
		}
	}
	big := pack(t, "", "Doc_0/Res.xml", "<Res>"+strings.Repeat(" ", int(limits.Part))+"</Res>")
	if _, err := open(t, big); !errors.Is(err, ErrLimit) {
		t.Errorf("bomb: %v", err)
	}
	if _, err := open(t, pack(t, "", "Encryptions.xml", "<x/>")); !errors.Is(err, ErrEncrypted) {
		t.Errorf("encrypted: %v", err)
	}
	var none bytes.Buffer
	if err := zip.NewWriter(&none).Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := open(t, none.Bytes()); !errors.Is(err, ErrNotOFD) {
		t.Errorf("empty: %v", err)
	}
}

func FuzzOFD(f *testing.F) {
	for _, name := range []string{"einvoice.ofd", "fiscal.ofd", "scans.ofd"} {
		data, err := os.ReadFile("../../testdata/ofd/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 64<<10 {
			t.Skip()
		}
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Skip()
		}
		everything(z)
	})
}

// FuzzPage changes the XML of a page and of a signature, which a changed ZIP rarely reaches.
func FuzzPage(f *testing.F) {
	f.Add(`<TextObject ID="1" Boundary="50 10 5 60" Size="4" CTM="0 1 -1 0 0 0"><FillColor Value="1 2 3"/><TextCode X="0" Y="0" DeltaX="g 3 4">竖向文字</TextCode></TextObject>`, []byte{0x30, 3, 0x0c, 1, 65})
	f.Add(`<PathObject Boundary="0 0 9 9" Fill="true"><AbbreviatedData>M 0 0 L 9 0 L 9 .2 C</AbbreviatedData></PathObject><CompositeObject ResourceID="9"/>`, []byte{0x30, 0x80})
	f.Fuzz(func(t *testing.T, page string, value []byte) {
		if len(page)+len(value) > 64<<10 {
			t.Skip()
		}
		named(value)
		data := pack(t, page, "Doc_0/Res.xml", `<Res><CompositeGraphicUnits><CompositeGraphicUnit ID="9"><Content>`+page+`</Content></CompositeGraphicUnit></CompositeGraphicUnits></Res>`)
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		everything(z)
	})
}

func everything(z *zip.Reader) {
	p, err := Open(z, limits)
	if err != nil {
		return
	}
	for _, d := range p.Docs {
		for i := range d.Pages {
			page, _ := d.Page(i)
			layout.Build(page.Glyphs, page.Rules, page.Width, page.Height)
			for _, tag := range d.Tags {
				Tagged(tag, page.Texts)
			}
			for _, m := range page.Images {
				_, _ = d.Open(m.Part)
			}
		}
		for _, a := range d.Attachments {
			_, _ = d.Attached(a)
		}
	}
}

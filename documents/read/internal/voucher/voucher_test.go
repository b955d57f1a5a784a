package voucher

import (
	"errors"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

// Every family carries its own examples.
func TestFamilies(t *testing.T) {
	for _, err := range Lint() {
		t.Error(err)
	}
}

func TestExamplesCanFail(t *testing.T) {
	r, err := read(fstest.MapFS{"families/einvoice.yaml": {Data: []byte("name: x\nroots: [EInvoice]\n")}, "families/b.yaml": {Data: []byte(
		"name: y\nroots: [Y]\nexamples:\n  - {title: t, xml: '<Y><A>1</A></Y>', pairs: [[A, '2'], [A]], cells: [[T, '1', A, '1'], [T]]}\n  - {xml: '<Y>'}\n")}})
	if err != nil {
		t.Fatal(err)
	}
	if errs := r.lint(); len(errs) != 3 {
		t.Errorf("%v", errs)
	}
}

func TestFaultyFamilies(t *testing.T) {
	for name, body := range map[string]string{
		"twice": "name: x\nlabels: {A-B: 甲, ab: 乙}\n", "like": "name: x\nlike: [none]\n", "space": "name: x\nspace: '('\n", "key": "nome: x\n",
	} {
		if _, err := read(fstest.MapFS{"families/a.yaml": {Data: []byte(body)}}); err == nil {
			t.Errorf("%s passed", name)
		}
	}
}

func TestUnknownXMLLosesNothing(t *testing.T) {
	s, err := Read([]byte(`<单据 编号="D-1"><抬头><公司>甲公司</公司></抬头><行 序="1"><品名>米</品名><数量>3</数量></行><行 序="2"><品名>面</品名><备注>急</备注></行><附>x</附><附>y</附></单据>`))
	if err != nil || len(s) != 1 {
		t.Fatal(err, len(s))
	}
	got := s[0]
	want := []Pair{{"编号", "D-1"}, {"抬头/公司", "甲公司"}, {"附", "x"}, {"附", "y"}}
	if len(got.Pairs) != len(want) {
		t.Fatalf("%v", got.Pairs)
	}
	for i, p := range want {
		if got.Pairs[i] != p {
			t.Errorf("%v, want %v", got.Pairs[i], p)
		}
	}
	if c, ok := got.cell("行", "2", "行/备注"); !ok || c != "急" {
		t.Errorf("%+v", got.Tables)
	}
	if c, _ := got.cell("行", "1", "行/序"); c != "1" {
		t.Errorf("%+v", got.Tables)
	}
}

func TestSeveralInvoicesInOneFile(t *testing.T) {
	one := func(no string) string {
		return "<EInvoice><Header><EIid>" + no + "</EIid></Header><SellerInformation><SellerName>甲</SellerName></SellerInformation></EInvoice>"
	}
	s, err := Read([]byte("<Export><List>" + one("1") + one("2") + "</List></Export>"))
	if err != nil || len(s) != 2 || s[1].Value("发票号码") != "2" {
		t.Fatalf("%v %v", s, err)
	}
	if s, err := Read([]byte("<Export>" + strings.Repeat(one("1"), MaxSheets+2) + "</Export>")); !errors.Is(err, ErrMore) || len(s) != MaxSheets {
		t.Errorf("%d, %v", len(s), err)
	}
}

// A root of the issuer's own does not matter when the elements are those of a family.
func TestKnownByItsElements(t *testing.T) {
	s, _ := Read([]byte(`<Rsp><InvoiceCode>1</InvoiceCode><InvoiceNo>2</InvoiceNo><BuyerName>甲</BuyerName><SellerName>乙</SellerName><TaxInclusiveTotalAmount>3</TaxInclusiveTotalAmount><Other>z</Other></Rsp>`))
	if s[0].Family != "einvoice_2019" || s[0].Value("价税合计") != "3" || s[0].Value("Other") != "z" || s[0].Strange != 1 {
		t.Errorf("%+v", s[0])
	}
}

func TestXBRLPeriodsAndCurrencies(t *testing.T) {
	s, err := Read([]byte(`<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:cas="urn:cas" xmlns:x="urn:x"><xbrli:context id="now"><xbrli:period><xbrli:instant>2029-12-31</xbrli:instant></xbrli:period></xbrli:context>
	<xbrli:context id="year"><xbrli:period><xbrli:startDate>2029-01-01</xbrli:startDate><xbrli:endDate>2029-12-31</xbrli:endDate></xbrli:period><xbrli:scenario><x:explicitMember dimension="x:a">x:Parent</x:explicitMember></xbrli:scenario></xbrli:context>
	<xbrli:unit id="u"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit><cas:Assets contextRef="now" unitRef="u">5.00</cas:Assets><cas:Revenue contextRef="year">7</cas:Revenue></xbrli:xbrl>`))
	if err != nil {
		t.Fatal(err)
	}
	if got := s[0].Value("Assets（2029-12-31）"); got != "5.00 USD" {
		t.Errorf("%q %+v", got, s[0].Pairs)
	}
	if got := s[0].Value("Revenue（2029-01-01至2029-12-31 Parent）"); got != "7" {
		t.Errorf("%q %+v", got, s[0].Pairs)
	}
}

func TestBounds(t *testing.T) {
	many := "<a>" + strings.Repeat("<r><b>1</b></r>", 3000) + "</a>"
	if s, err := Read([]byte(many)); err != nil || len(s[0].Tables[0].Rows) != 3000 {
		t.Errorf("%v", err)
	}
	var wide strings.Builder
	for i := range 2000 {
		n := strconv.Itoa(i)
		wide.WriteString("<r><c" + n + ">1</c" + n + "></r>")
	}
	s, err := Read([]byte("<a>" + wide.String() + "</a>"))
	if err != nil || len(s[0].Tables[0].Heads) > maxHeads {
		t.Errorf("%v %d", err, len(s[0].Tables[0].Heads))
	}
	if s, err := Read([]byte("<EInvoice><EInvoiceData><SellerInformation><SellerName>甲</SellerName>")); err == nil || s[0].Value("销售方名称") != "甲" {
		t.Errorf("cut off: %v %+v", err, s)
	}
}

func TestValuesThatAreFiles(t *testing.T) {
	s, err := Read([]byte("<a><pdf>" + strings.Repeat("JVBE ", 100_000) + "</pdf><b>1</b></a>"))
	if err != nil || s[0].Cut != 1 || s[0].Value("b") != "1" || len(s[0].Value("pdf")) > maxValue {
		t.Errorf("%v %+v", err, s[0].Cut)
	}
}

func FuzzRead(f *testing.F) {
	for _, fam := range all().order {
		for _, e := range fam.Examples {
			f.Add([]byte(e.XML))
		}
	}
	f.Add([]byte("<a><b><c>1</c></b><b><c>2</c><d><e>3</e></d><d><e>4</e></d></b></a>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 64<<10 {
			t.Skip()
		}
		list, _ := Read(data)
		for _, s := range list {
			for _, tab := range s.Tables {
				for _, r := range tab.Rows {
					if len(r) != len(tab.Heads) {
						t.Fatalf("row of %d under %d heads", len(r), len(tab.Heads))
					}
				}
			}
		}
	})
}

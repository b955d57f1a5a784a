package read

import (
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
	"golang.org/x/text/encoding/simplifiedchinese"
)

const invoiceXML = `<?xml version="1.0" encoding="UTF-8"?>
<EInvoice><Header><EIid>29320000009000000017</EIid><InherentLabel><EInvoiceType><LabelCode>01</LabelCode><LabelName>电子发票</LabelName></EInvoiceType>
<GeneralOrSpecialVAT><LabelCode>01</LabelCode><LabelName>增值税专用发票</LabelName></GeneralOrSpecialVAT></InherentLabel></Header>
<EInvoiceData><SellerInformation><SellerIdNum>91320000MA0000000X</SellerIdNum><SellerName>云栖机电有限公司</SellerName></SellerInformation>
<BuyerInformation><BuyerIdNum>91320000MA1111111X</BuyerIdNum><BuyerName>北原食品有限公司</BuyerName></BuyerInformation>
<BasicInformation><TotalAmWithoutTax>1500.00</TotalAmWithoutTax><TotalTaxAm>195.00</TotalTaxAm><TotalTax-includedAmount>1695.00</TotalTax-includedAmount><Drawer>甲</Drawer></BasicInformation>
<IssuItemInformation><ItemName>*通用设备*水泵</ItemName><Quantity>2</Quantity><Amount>1000.00</Amount><TaxRate>0.13</TaxRate><ComTaxAm>130.00</ComTaxAm></IssuItemInformation>
<IssuItemInformation><ItemName>*通用设备*阀门</ItemName><SpecMod>DN50</SpecMod><Amount>500.00</Amount><TaxRate>0.13</TaxRate><ComTaxAm>65.00</ComTaxAm></IssuItemInformation></EInvoiceData>
<TaxSupervisionInfo><InvoiceNumber>29320000009000000017</InvoiceNumber><IssueTime>2029-03-05</IssueTime></TaxSupervisionInfo></EInvoice>`

func TestXMLInvoice(t *testing.T) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(strings.Replace(invoiceXML, "UTF-8", "GBK", 1))
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{"发票.xml": invoiceXML, "发票": gbk} {
		d := inProcess(t, name, []byte(data))
		if d.Format != fmtXML || len(d.Problems) > 0 || len(d.Pages) != 1 {
			t.Fatalf("%s: %s %v", name, d.Format, d.Problems)
		}
		p := d.Pages[0]
		if !strings.HasPrefix(p.Text, "电子发票（增值税专用发票）\n") {
			t.Errorf("%s: no title: %q", name, p.Text)
		}
		for _, want := range []string{"\n发票号码\t29320000009000000017\n", "\n开票日期\t2029-03-05\n", "\n价税合计\t1695.00\n", "\n销售方名称\t云栖机电有限公司\n"} {
			if !strings.Contains(p.Text, want) {
				t.Errorf("%s: %q is not in %q", name, want, p.Text)
			}
		}
		tab := p.Tables[0]
		if tab.Name != "项目明细" || len(tab.Rows) != 3 || tab.Rows[2][0].Text != "*通用设备*阀门" || tab.Rows[2][0].Ref != "r3c1" {
			t.Errorf("%s: %+v", name, tab)
		}
	}
}

func TestWebPagesInXMLStayWebPages(t *testing.T) {
	d := inProcess(t, "a.htm", []byte(`<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><html xmlns="http://www.w3.org/1999/xhtml"><body><p>企业名称：某公司</p></body></html>`))
	if d.Format != fmtHTML || d.Text() != "企业名称：某公司" {
		t.Errorf("%s %q", d.Format, d.Text())
	}
}

func TestXMLFaults(t *testing.T) {
	cut := inProcess(t, "a.xml", []byte(invoiceXML[:strings.Index(invoiceXML, "<TotalTaxAm>")]))
	if !hasKind(cut, dossier.ErrCorrupt) || !strings.Contains(cut.Text(), "销售方名称\t云栖机电有限公司") {
		t.Errorf("cut off: %v %q", cut.Problems, cut.Text())
	}
	other := inProcess(t, "a.xml", []byte(`<?xml version="1.0"?><订单><客户>甲公司</客户></订单>`))
	if !hasKind(other, dossier.ErrDoubtful) || other.Text() != "客户\t甲公司" {
		t.Errorf("unknown: %v %q", other.Problems, other.Text())
	}
	bomb := `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "lol">` + strings.Repeat(`<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">`, 50) + `]><x><y>&b;&b;</y></x>`
	if d := inProcess(t, "a.xml", []byte(bomb)); len(d.Text()) > 200 {
		t.Errorf("bomb: %d bytes", len(d.Text()))
	}
	if d := inProcess(t, "a.xml", []byte(`<?xml version="1.0"?>`+strings.Repeat("<a>", 100_000))); len(kinds(d)) == 0 {
		t.Error("nested without a word")
	}
}

package versions

import (
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

func sheet(file, format, text string, scan bool, fields map[string]string) *dossier.Document {
	d := doc(file, "financial_statements_interim", text, fields)
	d.Format, d.Scan = format, scan
	for k, f := range d.Fields {
		f.Confidence, f.Kind = 0.9, dossier.KindMoney
		if k == "entity" {
			f.Kind = dossier.KindText
		}
		d.Fields[k] = f
	}
	return d
}

const lines = "资产负债表\n货币资金 1,001.10 900.20\n应收账款 2,002.20 800.30\n存货 3,003.30 700.40\n固定资产 4,004.40 600.50\n短期借款 5,005.50 500.60\n应付账款 6,006.60 400.70\n实收资本 7,007.70 300.80\n"

func TestSameStatementInTwoFormats(t *testing.T) {
	f := map[string]string{"entity": "江城云栖食品有限公司", "period_end": "2029-08-31", "total_assets": "10011", "revenue": "5000"}
	x := sheet("8月.xlsx", "xlsx", strings.ReplaceAll(lines, ",", ""), false, f)
	p := sheet("8月.pdf", "pdf", "第1页 "+lines, false, f)
	link(t, p, x)
	if (p.DuplicateOf == "") == (x.DuplicateOf == "") {
		t.Errorf("%q %q", p.DuplicateOf, x.DuplicateOf)
	}
	other := sheet("8月(2).pdf", "pdf", strings.Replace(lines, "5,005.50", "5,505.50", 1), false, map[string]string{"entity": "江城云栖食品有限公司", "period_end": "2029-08-31", "total_assets": "10511", "revenue": "5000"})
	x.DuplicateOf = ""
	link(t, x, other)
	if x.DuplicateOf+other.DuplicateOf != "" {
		t.Errorf("another total is no copy: %q %q", x.DuplicateOf, other.DuplicateOf)
	}
}

func TestSecondScan(t *testing.T) {
	text := "不动产权证书 权利人 江城云栖食品有限公司 坐落 江城市北区兴业路8号 面积 2000.5平方米 使用期限 至2061年9月27日 用途 工业"
	f := map[string]string{"cert": "第0001号", "issue_date": "2029-07-11", "area": "2000.5", "land": "4000"}
	a, b := sheet("证.jpg", "image", text, true, f), sheet("证(补扫).jpg", "image", strings.Replace(text, "兴业路", "兴亚路", 1), true, f)
	a.Type, b.Type = "real_estate_certificate", "real_estate_certificate"
	link(t, a, b)
	if a.DuplicateOf == "" && b.DuplicateOf == "" {
		t.Error("two scans of one certificate count twice")
	}
	neighbour := sheet("证2.jpg", "image", text, true, map[string]string{"cert": "第0002号", "issue_date": "2029-07-11", "area": "2100.5", "land": "4000"})
	neighbour.Type = "real_estate_certificate"
	link(t, a, neighbour)
	if a.DuplicateOf+neighbour.DuplicateOf != "" {
		t.Errorf("the neighbour's certificate is no copy: %q %q", a.DuplicateOf, neighbour.DuplicateOf)
	}
}

func TestSealedVersionCounts(t *testing.T) {
	f := map[string]string{"entity": "江城云栖食品有限公司", "period_end": "2029-12-31", "total_assets": "10011"}
	bare, stamped := year("a.pdf", "甲乙丙丁"), year("b.pdf", "戊己庚辛 [印章]")
	for _, d := range []*dossier.Document{bare, stamped} {
		for k, v := range f {
			d.Fields[k] = dossier.Field{Key: k, Value: v, Kind: dossier.KindDate}
		}
	}
	link(t, bare, stamped)
	if bare.SupersededBy != "b.pdf" || stamped.SupersededBy != "" {
		t.Errorf("%q %q", bare.SupersededBy, stamped.SupersededBy)
	}
}

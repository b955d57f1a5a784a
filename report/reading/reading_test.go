package reading

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

func sample() []*dossier.Document {
	box := &dossier.Box{X0: 10, Y0: 20, X1: 110.26, Y1: 34}
	scan := &dossier.Document{File: "扫描/<b>执照.jpg", Format: "image", Scan: true, Type: "business_license", TypeName: "营业执照", Confidence: 0.97,
		Why: []string{"标题：营业执照"}, Party: dossier.Party{Name: "江城云栖食品有限公司", Role: dossier.RoleBorrower},
		Problems: []dossier.Problem{{Kind: dossier.ErrPartial, Msg: "第2页无法读取", Remedy: "请重新扫描"}},
		Pages: []dossier.Page{{Number: 1, Width: 400, Height: 300, Scan: true, Doubts: []string{"请核对原件"}, Lines: []dossier.Line{
			{Text: "名称 江城云栖食品有限公司", Box: box, Confidence: 0.9, Words: []dossier.Word{{Text: "云栖", Box: *box, Confidence: 0.4, Doubtful: true}}},
			{Text: dossier.SealMark + "江城市市场监督管理局", Box: box, Confidence: 0.5}}}},
		Fields: map[string]dossier.Field{
			"name": {Label: "名称", Kind: dossier.KindText, Value: "江城云栖食品有限公司", Confidence: 0.8, At: dossier.Place{Page: 1, Line: 1, Box: box, Quote: "名称 江城云栖食品有限公司"},
				Doubt: "两次识别不一致", Candidate: &dossier.Candidate{Value: "江城云溪食品有限公司", At: dossier.Place{File: "章程.docx", Page: 1}}},
			"uscc": {Label: "统一社会信用代码"},
		}}
	sheet := &dossier.Document{File: "账龄.xlsx", Format: "xlsx",
		Pages: []dossier.Page{{Number: 1, Name: "明细", Tables: []dossier.Table{{Name: "明细", Sheet: true, Rows: [][]dossier.Cell{{{Text: "合计", Ref: "A1"}, {Text: "1,200.50", Ref: "B1"}}}}}}},
		Fields: map[string]dossier.Field{
			"total": {Label: "合计", Kind: dossier.KindMoney, Value: "1200.5", Confidence: 1, At: dossier.Place{Page: 1, Cell: "明细!B1", Quote: "1,200.50"}},
			"items": {Label: "明细", Kind: dossier.KindRows, Confidence: 1, Rows: []dossier.Row{{Cells: map[string]dossier.Field{"party": {Value: "甲公司"}}}}},
		}}
	return []*dossier.Document{scan, sheet}
}

func TestHTML(t *testing.T) {
	var b strings.Builder
	picture := func(d *dossier.Document, page int) string {
		if strings.HasSuffix(d.File, ".jpg") && page == 1 {
			return "data:image/png;base64,iVBORw0KGgo="
		}
		return ""
	}
	if err := WriteHTML(&b, sample(), picture); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	for _, want := range []string{
		`src="data:image/png;base64,iVBORw0KGgo="`, `viewBox="0 0 400 300"`,
		`<rect class="field" data-f="d1f1" x="10" y="20" width="100.3" height="14">`, `<rect class="doubt"`, `<rect class="seal"`,
		`<td title="B1" data-f="d2f2" class="hit">1,200.50</td>`, "<td>甲公司</td>",
		"存疑：两次识别不一致", "江城云溪食品有限公司", "第2页无法读取", "把握 97%",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("page lacks %q", want)
		}
	}
	if strings.Contains(page, "<b>执照") {
		t.Error("a file's name became markup")
	}
	if strings.Contains(page, "统一社会信用代码") {
		t.Error("a field that was not found is shown")
	}
	m := regexp.MustCompile(`(?s)<script>(.*?)</script>`).FindStringSubmatch(page)
	sum := sha256.Sum256([]byte(m[1]))
	if !strings.Contains(page, "sha256-"+strings.ReplaceAll(base64.StdEncoding.EncodeToString(sum[:]), "+", "&#43;")) {
		t.Error("the policy does not allow the page's own script")
	}
}

func TestJSON(t *testing.T) {
	var b strings.Builder
	if err := WriteJSON(&b, sample()); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Schema    string
		Documents []struct {
			File, Type string
			Fields     []struct {
				Key, Value, Cell string
				Box              []float64
				Candidate        *struct{ Value, File string }
				Rows             []map[string]struct{ Value string }
			}
			Pages []struct {
				Lines  []struct{ Words []struct{ Doubtful bool } }
				Tables []struct {
					Rows [][]struct{ Text, Ref string }
				}
			}
			Problems []dossier.Problem
		}
	}
	if err := json.Unmarshal([]byte(b.String()), &got); err != nil {
		t.Fatal(err)
	}
	scan, sheet := got.Documents[0], got.Documents[1]
	if got.Schema != Schema || len(scan.Fields) != 1 || scan.Fields[0].Box[2] != 110.3 || scan.Fields[0].Candidate.File != "章程.docx" ||
		!scan.Pages[0].Lines[0].Words[0].Doubtful || len(scan.Problems) != 1 {
		t.Errorf("scan: %+v", scan)
	}
	if len(sheet.Fields) != 2 || sheet.Fields[0].Rows[0]["party"].Value != "甲公司" || sheet.Fields[1].Cell != "明细!B1" || sheet.Pages[0].Tables[0].Rows[0][1].Ref != "B1" || sheet.Problems == nil {
		t.Errorf("sheet: %+v", sheet)
	}
}

func TestText(t *testing.T) {
	var b strings.Builder
	if err := WriteText(&b, sample(), 80); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"营业执照（把握 97%） · 归属：江城云栖食品有限公司（借款人） · IMAGE · 1 页 · 扫描件", "问题：第2页无法读取。请重新扫描",
		"⚠ 两次识别不一致（章程.docx 读作 江城云溪食品有限公司）", "明细!B1", "1,200.5 元", "1 行"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("text lacks %q:\n%s", want, b.String())
		}
	}
}

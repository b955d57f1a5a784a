package wordml

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/documents/read/internal/flow"
)

func show(blocks []flow.Block) string {
	var out []string
	for _, b := range blocks {
		if b.Rows == nil {
			out = append(out, b.Text)
		}
		for _, row := range b.Rows {
			var cells []string
			for _, c := range row {
				s := c.Text
				if c.Cols != 1 || c.Rows != 1 || c.Covered {
					s += fmt.Sprintf("<%d×%d %v>", c.Cols, c.Rows, c.Covered)
				}
				cells = append(cells, s)
			}
			out = append(out, "|"+strings.Join(cells, "|")+"|")
		}
	}
	return strings.Join(out, "\n")
}

func reader() *Reader { return &Reader{Text: 1 << 20, Cells: 1000} }

func TestTables(t *testing.T) {
	const in = `<w:document xmlns:w="w"><w:body><w:tbl>
<w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:t>一</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>内1</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>内2</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:tc><w:tc><w:p/></w:tc></w:tr>
<w:tr><w:trPr><w:del w:id="1"/></w:trPr><w:tc><w:p><w:del><w:r><w:delText>删掉的行</w:delText></w:r></w:del></w:p></w:tc></w:tr>
<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="999999"/></w:tcPr><w:p><w:r><w:t>宽</w:t></w:r></w:p></w:tc></w:tr>
</w:tbl></w:body></w:document>`
	r := reader()
	blocks, err := r.Read(strings.NewReader(in))
	if want := "|甲<1×2 false>|乙<2×1 false>|\n|<1×1 true>|一\n内1\t内2||\n||宽<64×1 false>|"; show(blocks) != want || err != nil {
		t.Errorf("%v\ngot  %q\nwant %q", err, show(blocks), want)
	}
	if !r.Changes {
		t.Error("a deleted row is a change")
	}
}

func TestNumbering(t *testing.T) {
	const lists = `<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="5"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="space"/><w:lvlText w:val="第%1条"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2、"/><w:suff w:val="nothing"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="6"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="6"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="5"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="11"/></w:lvlOverride></w:num></w:numbering>`
	const styles = `<w:styles xmlns:w="w"><w:style w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style><w:style w:styleId="loop"><w:basedOn w:val="loop"/></w:style></w:styles>`
	p := func(text, num, lvl, style string) string {
		s := "<w:p><w:pPr>"
		if style != "" {
			s += `<w:pStyle w:val="` + style + `"/>`
		}
		if num != "" {
			s += `<w:numPr><w:ilvl w:val="` + lvl + `"/><w:numId w:val="` + num + `"/></w:numPr>`
		}
		return s + "</w:pPr><w:r><w:t>" + text + "</w:t></w:r></w:p>"
	}
	in := `<w:document xmlns:w="w"><w:body>` + p("总则", "1", "0", "") + p("甲", "1", "1", "") + p("乙", "1", "1", "") + p("不编号", "0", "0", "a") + p("贷款", "", "", "b") +
		p("丙", "1", "1", "") + p("点", "2", "0", "") + p("跳", "3", "0", "") + p("再", "1", "0", "") + p("无", "", "", "loop") + p("", "1", "0", "")
	r := reader()
	r.Numbering = NewNumbering(strings.NewReader(lists), strings.NewReader(styles))
	blocks, err := r.Read(strings.NewReader(in))
	if want := "第一条 总则\n1、甲\n2、乙\n不编号\n第二条 贷款\n1、丙\n点\n第十一条 跳\n第十二条 再\n无"; show(blocks) != want || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("%v\ngot  %s\nwant %s", err, show(blocks), want)
	}
}

func TestForms(t *testing.T) {
	const in = `<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>单击此处输入文字</w:t></w:r></w:sdtContent></w:sdt><w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>甲</w:t></w:r></w:sdtContent></w:sdt>
<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:t>是</w:t></w:r>
<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox></w:ffData></w:fldChar><w:t>否</w:t><w:sym w:font="Wingdings" w:char="F0FE"/></w:r></w:p>`
	if blocks, err := reader().Read(strings.NewReader(in)); err != nil || show(blocks) != "甲☑是☐否☑" {
		t.Errorf("%q %v", show(blocks), err)
	}
}

// Text before, between and after tables that nest until the stack of containers has to grow.
func TestTextAroundNestedTables(t *testing.T) {
	in, want := "<w:p><w:r><w:t>首</w:t></w:r></w:p>", "首\n"
	for range 6 {
		in += "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>前</w:t></w:r></w:p>"
	}
	for range 6 {
		in += "<w:p><w:r><w:t>后</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
	}
	want += "|前" + strings.Repeat("\n前", 5) + strings.Repeat("\n后", 6) + "|"
	blocks, err := reader().Read(strings.NewReader(in))
	if got := strings.ReplaceAll(show(blocks), " ", "\n"); got != want || err != nil {
		t.Errorf("%v\ngot  %q\nwant %q", err, got, want)
	}
}

func TestHostile(t *testing.T) {
	text := strings.Repeat("<w:p><w:r><w:t>字字字字</w:t></w:r></w:p>", 100)
	if blocks, err := (&Reader{Text: 600, Cells: 10}).Read(strings.NewReader("<x>" + text)); !errors.Is(err, ErrLarge) || len(blocks) != 50 {
		t.Errorf("%d paragraphs, %v", len(blocks), err)
	}
	cells := "<w:tbl>" + strings.Repeat(`<w:tr><w:tc><w:tcPr><w:gridSpan w:val="60"/></w:tcPr></w:tc></w:tr>`, 100)
	if blocks, err := (&Reader{Text: 600, Cells: 600}).Read(strings.NewReader(cells)); !errors.Is(err, ErrLarge) || len(blocks) != 1 {
		t.Errorf("%d tables, %v", len(blocks), err)
	}
	if _, err := reader().Read(strings.NewReader(strings.Repeat("<w:tbl><w:tr><w:tc>", 5000))); !errors.Is(err, ErrDeep) {
		t.Errorf("nested tables: %v", err)
	}
	bomb := `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><w:p><w:r><w:t>&b;</w:t></w:r></w:p>`
	if blocks, err := reader().Read(strings.NewReader(bomb)); err != nil || show(blocks) != "&b;" {
		t.Errorf("%q %v", show(blocks), err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`<w:body><w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/><w:gridSpan w:val="2"/></w:tcPr><w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>甲</w:t><w:tab/><w:br/></w:r></w:p></w:tc></w:tr></w:tbl><w:txbxContent><w:p/></w:txbxContent>`),
		[]byte(`<w:abstractNum w:abstractNumId="5"><w:lvl w:ilvl="1"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>`))
	f.Fuzz(func(t *testing.T, body, lists []byte) {
		if len(body)+len(lists) > 64<<10 {
			t.Skip()
		}
		r := &Reader{Text: 1 << 20, Cells: 10_000, Numbering: NewNumbering(strings.NewReader(string(lists)), strings.NewReader(string(body)))}
		_, _ = r.Read(strings.NewReader(string(body)))
	})
}

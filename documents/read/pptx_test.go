package read

import (
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

func TestPPTX(t *testing.T) {
	slide := func(text string) string { return `<p:sld show="0"><p:sp><a:p><a:t>` + text + `</a:t></a:p></p:sp>` }
	parts := []string{"ppt/presentation.xml", `<p:presentation><p:sldIdLst><p:sldId id="1" r:id="a"/><p:sldId id="2" r:id="b"/></p:sldIdLst></p:presentation>`,
		"ppt/_rels/presentation.xml.rels", `<R><Relationship Id="a" Type="x/slide" Target="slides/slide1.xml"/><Relationship Id="b" Type="x/slide" Target="slides/slide2.xml"/></R>`,
		"ppt/slides/slide1.xml", slide("首页") + `<a:tbl><a:tr><a:tc><a:p><a:t>收入</a:t></a:p></a:tc><a:tc><a:p><a:t>1,234</a:t></a:p></a:tc></a:tr></a:tbl></p:sld>`,
		"ppt/slides/slide2.xml", slide("次页")}
	d := inProcess(t, "汇报.pptx", archive(t, parts...))
	if d.Format != fmtPPTX || d.Text() != "首页\n收入\t1,234\f次页" || d.Pages[0].Tables[0].Rows[0][1].Text != "1,234" || d.Pages[0].Doubts[0] != "隐藏的幻灯片" {
		t.Errorf("%+v", d)
	}
	if len(d.Problems) != 1 || d.Problems[0].Page != 2 || d.Problems[0].Kind != dossier.ErrPartial {
		t.Errorf("the cut off slide is not told: %v", d.Problems)
	}
	parts[3] = strings.ReplaceAll(parts[3], "slides/", "nowhere/")
	if d := inProcess(t, "汇报.pptx", archive(t, parts...)); len(d.Problems) == 0 {
		t.Error("slides that are not there are not told")
	}
}

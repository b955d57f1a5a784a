package layout

import (
	"fmt"
	"strings"

	"github.com/xindiao/xindiao/report"
)

// Statement stands at the head of a report: a draft is not a decision.
const Statement = "本稿由信调根据申请人提交的材料自动起草，供调查人员核实、修改后使用，不构成授信结论或审批意见。" +
	"文中数字均读自材料或由材料数字按所列公式计算，来源见文末；标注“待核实”“待补充”之处须由调查人员核实、补充后方可定稿。"

// Drafting says how the words were made.
func Drafting(r *report.Report) string {
	if m := r.Generation.Model; m != "" && m != "none" && ModelWritten(r) {
		return "模板与模型（" + m + "）起草，经程序核对数字与出处"
	}
	return "模板起草，未使用语言模型"
}

// Doubt is the mark that follows an unverified claim, with the reason when there is one.
func Doubt(c *report.Claim) string {
	switch {
	case c.Status != report.Unverified, strings.Contains(c.Text, "【待核实"):
		return ""
	case c.Reason != "":
		return "【待核实：" + c.Reason + "】"
	}
	return "【待核实】"
}

// Stop splits off the mark that ends a sentence, before which source numbers stand.
func Stop(s string) (text, stop string) {
	for _, end := range []string{"。", "；"} {
		if rest, ok := strings.CutSuffix(s, end); ok {
			return rest, end
		}
	}
	return s, ""
}

// DocumentState says what became of a material.
func DocumentState(d report.DocumentJSON) string {
	switch {
	case d.SupersededBy != nil:
		return "已被替代"
	case d.DuplicateOf != nil:
		return "重复"
	case d.Type == "irrelevant":
		return "无关"
	case d.Type == "unknown" || d.Type == "":
		return "未能识别"
	}
	return "采用"
}

// DocumentNotes are what a reader must know about a material.
func DocumentNotes(d report.DocumentJSON) []string {
	var out []string
	if d.SupersededBy != nil {
		out = append(out, "以 "+*d.SupersededBy+" 为准")
	}
	if d.DuplicateOf != nil {
		out = append(out, "与 "+*d.DuplicateOf+" 相同")
	}
	if d.Scan {
		out = append(out, "扫描件（文字识别）")
	}
	for _, p := range d.Problems {
		s := p.Msg
		if p.Page > 0 {
			s = fmt.Sprintf("第%d页%s", p.Page, s)
		}
		if p.Remedy != "" {
			s += "（" + p.Remedy + "）"
		}
		out = append(out, s)
	}
	return out
}

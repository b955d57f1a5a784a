package reading

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report/text"
)

// WriteText prints each document's name, fields and pages for a terminal of cols columns. The words of the pages are
// not wrapped: what stands in one line of the paper stands in one line here.
func WriteText(w io.Writer, docs []*dossier.Document, cols int) error {
	b := bufio.NewWriter(w)
	for i, d := range docs {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(b, "%s\n%s\n%s\n", strings.Repeat("━", cols), text.Clean(d.File), strings.Repeat("━", cols))
		fmt.Fprintln(b, summary(d))
		for _, p := range d.Problems {
			fmt.Fprintf(b, "问题：%s。%s\n", text.Clean(p.Msg), text.Clean(p.Remedy))
		}
		writeFields(b, d, cols)
		for _, p := range d.Pages {
			fmt.Fprintf(b, "\n── %s ──\n", pageName(p))
			for _, s := range p.Doubts {
				fmt.Fprintf(b, "存疑：%s\n", text.Clean(s))
			}
			for _, l := range p.Lines {
				fmt.Fprintln(b, text.Clean(strings.ReplaceAll(l.Text, "\t", "  │  ")))
			}
		}
	}
	return b.Flush()
}

func writeFields(b *bufio.Writer, d *dossier.Document, cols int) {
	fs := fields(d)
	if len(fs) == 0 {
		return
	}
	fmt.Fprintf(b, "\n字段 %d 项\n", len(fs))
	for _, f := range fs {
		value := shown(f)
		mark := ""
		if f.Doubt != "" {
			mark = "  ⚠ " + f.Doubt
		}
		if f.Candidate != nil {
			mark += "（" + f.Candidate.At.File + " 读作 " + f.Candidate.Value + "）"
		}
		where := text.Pad(place(f.At), 12)
		fmt.Fprintf(b, "  %s %s %3.0f%%  %s%s\n", text.Pad(text.Cut(f.Label, 20), 20), where, f.Confidence*100, text.Cut(value, max(cols-44, 20)), mark)
	}
}

// shown is a value as people write it: amounts grouped, shares in percent, a list by its length.
func shown(f dossier.Field) string {
	switch f.Kind {
	case dossier.KindRows:
		return fmt.Sprintf("%d 行", len(f.Rows))
	case dossier.KindMoney:
		return dossier.Group(f.Value) + " 元"
	case dossier.KindArea:
		return f.Value + " ㎡"
	case dossier.KindPercent:
		if d, ok := f.Decimal(); ok {
			return d.Shift(2).String() + "%"
		}
	}
	return f.Value
}

// summary says in one line what a document is taken for.
func summary(d *dossier.Document) string {
	parts := []string{kindName(d)}
	if d.Confidence > 0 {
		parts[0] += fmt.Sprintf("（把握 %.0f%%）", d.Confidence*100)
	}
	if d.Party.Name != "" {
		parts = append(parts, "归属："+d.Party.Name+roleZH(d.Party.Role))
	}
	parts = append(parts, strings.ToUpper(d.Format), fmt.Sprintf("%d 页", len(d.Pages)))
	if d.Scan {
		parts = append(parts, "扫描件，文字由识别得出")
	}
	if d.SupersededBy != "" {
		parts = append(parts, "已有新版本："+d.SupersededBy)
	}
	if d.DuplicateOf != "" {
		parts = append(parts, "与 "+d.DuplicateOf+" 相同")
	}
	return text.Clean(strings.Join(parts, " · "))
}

func kindName(d *dossier.Document) string {
	if d.TypeName == "" {
		return "未能识别"
	}
	return d.TypeName
}

func roleZH(r dossier.Role) string {
	switch r {
	case dossier.RoleBorrower:
		return "（借款人）"
	case dossier.RoleLegalRep:
		return "（法定代表人）"
	case dossier.RoleSpouse:
		return "（配偶）"
	case dossier.RoleShareholder:
		return "（股东）"
	case dossier.RoleGuarantor:
		return "（担保人）"
	case dossier.RoleCounterparty:
		return "（交易对手）"
	case dossier.RoleOther:
		return "（其他方）"
	}
	return ""
}

func pageName(p dossier.Page) string {
	if p.Name != "" {
		return p.Name
	}
	return fmt.Sprintf("第%d页", p.Number)
}

func place(at dossier.Place) string {
	switch {
	case at.Cell != "":
		return at.Cell
	case at.Page > 0 && at.Line > 0:
		return fmt.Sprintf("第%d页%d行", at.Page, at.Line)
	case at.Page > 0:
		return fmt.Sprintf("第%d页", at.Page)
	}
	return ""
}

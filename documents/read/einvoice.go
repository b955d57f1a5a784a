package read

import (
	"errors"
	"fmt"
	"os"

	"github.com/xindiao/xindiao/documents/read/internal/voucher"
	"github.com/xindiao/xindiao/dossier"
)

// Lint checks the data files of this package, the families of vouchers, against their own examples.
func Lint() []error { return voucher.Lint() }

// readXML reads electronic invoices, fiscal receipts and bank slips in XML or XBRL, a page each: the title of the
// form, its labels and values, its tables. XML of no known kind is read the same way under its element paths.
func readXML(r *reading) error {
	data, err := os.ReadFile(r.path)
	if err != nil {
		return err
	}
	sheets, err := voucher.Read(data)
	if len(sheets) == 0 {
		return &dossier.Error{Kind: dossier.ErrCorrupt, Msg: "XML 已损坏或不完整，无法打开"}
	}
	switch {
	case errors.Is(err, voucher.ErrMore):
		r.note(partial(fmt.Sprintf("XML 里有 %d 张以上的票据，只读取前 %d 张", voucher.MaxSheets, voucher.MaxSheets)))
	case err != nil:
		r.note(problem(dossier.ErrCorrupt, "XML 不完整或格式有误，已读出的内容保留", "请从开具平台重新下载原文件后提供"))
	}
	if sheets[0].Family == "" {
		r.note(problem(dossier.ErrDoubtful, "不认识的 XML 结构，已按元素路径和值读出", "请核对读出的内容；如是发票或回单，请提供 PDF 或 OFD 版式文件"))
	}
	empty := true
	for i, s := range sheets {
		p := r.sheetPage(s, i+1)
		empty = empty && len(p.Lines) == 0
		if err := r.add(p, len(sheets)); err != nil {
			return err
		}
	}
	if empty {
		r.note(problem(dossier.ErrEmpty, "XML 里没有内容", "请核对后重新提供"))
	}
	return nil
}

// sheetPage writes a voucher down as a page of lines, label and value parted by a tab.
func (r *reading) sheetPage(s *voucher.Sheet, number int) dossier.Page {
	p := dossier.Page{Number: number}
	if s.Cut > 0 {
		p.Doubts = append(p.Doubts, fmt.Sprintf("有 %d 个值过长（可能是内嵌的文件），只保留了开头", s.Cut))
	}
	line(&p, s.Title)
	for _, x := range s.Pairs {
		line(&p, x.Label+"\t"+oneLine(x.Value))
	}
	for _, t := range s.Tables {
		table := dossier.Table{Name: Clean(t.Name)}
		rows := append([][]string{t.Heads}, t.Rows...)
		for y, values := range rows {
			if r.cells += len(values); r.cells > r.lim.Cells {
				r.note(partial(fmt.Sprintf("表格单元格超过 %d 个，其余没有读取", r.lim.Cells)))
				break
			}
			row := make([]dossier.Cell, len(values))
			for x, v := range values {
				row[x] = dossier.Cell{Text: oneLine(Clean(v)), Ref: fmt.Sprintf("r%dc%d", y+1, x+1)}
			}
			table.Rows = append(table.Rows, row)
			if !t.Summary {
				line(&p, rowText(row))
			}
		}
		p.Tables = append(p.Tables, table)
	}
	return p
}

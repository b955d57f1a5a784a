package read

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/xindiao/xindiao/documents/read/internal/sheet"
	"github.com/xindiao/xindiao/documents/read/internal/xlsx"
	"github.com/xindiao/xindiao/dossier"
	"github.com/xuri/excelize/v2"
)

// readXLSX reads every sheet as a page with one table. Numbers are the stored ones, never the displayed ones, so no
// decimal is lost; dates are 2006-01-02. A merged area has its text in its top left cell. Pictures
// large enough to be pasted scans are pages behind the sheets.
func readXLSX(r *reading) error {
	z, err := zip.OpenReader(r.path)
	if err != nil {
		return &dossier.Error{Kind: dossier.ErrCorrupt, Msg: "XLSX 已损坏或不完整，无法打开"}
	}
	defer z.Close()
	book, err := xlsx.Open(&z.Reader, xlsx.Limits{Part: r.lim.ArchiveBytes, Strings: 4 * int64(r.lim.TextBytes)})
	switch {
	case errors.Is(err, xlsx.ErrLarge):
		return &dossier.Error{Kind: dossier.ErrTooLarge, Msg: "工作簿展开后过大，没有读取"}
	case err != nil:
		return &dossier.Error{Kind: dossier.ErrCorrupt, Msg: "XLSX 已损坏或不完整，无法打开"}
	}
	if book.Cut {
		r.note(partial("工作簿的文字表过大或不完整，部分单元格没有文字"))
	}
	f := &formulas{r: r, book: book, left: r.lim.FormulaResults}
	defer f.close()
	if err := (&sheets{r: r, book: book, what: "XLSX", compute: f.value}).read(); err != nil {
		return err
	}
	parts, names := zipParts(&z.Reader)
	if err := r.attached(parts, names, "xl"); err != nil {
		return err
	}
	scans, _ := r.sortPictures(r.zipPictures(parts, names, "xl/media/"))
	n := len(book.Sheets())
	return r.scanPages(n+1, n+len(scans), scans)
}

// readFlatXLS reads a workbook of Excel 2003 in one XML file.
func readFlatXLS(r *reading) error {
	book, err := xlsx.OpenFlat(func() (io.ReadCloser, error) { return os.Open(r.path) }, xlsx.Limits{Part: r.lim.FileBytes})
	if err != nil {
		return &dossier.Error{Kind: dossier.ErrCorrupt, Msg: "Excel 2003 XML 工作簿已损坏或不完整，无法打开"}
	}
	return (&sheets{r: r, book: book, what: "Excel 2003 XML"}).read()
}

// formulas computes what was saved without a result, with excelize, opened only when there is such a cell.
type formulas struct {
	r      *reading
	book   *xlsx.Book
	f      *excelize.File
	left   int
	failed bool
}

// maxComputed is the largest sheet, unpacked, that is loaded as a tree to compute its formulas.
const maxComputed = 32 << 20

func (f *formulas) value(i int, ref string, style int) (string, bool) {
	name := f.book.Sheets()[i].Name
	if f.f == nil && !f.failed {
		f.open()
	}
	if f.left--; f.left < 0 || f.failed || f.book.Size(i) > maxComputed {
		f.r.note(problem(dossier.ErrDoubtful, "公式没有保存计算结果，数量过多，部分没有计算", "请用 Excel 打开，重新计算并保存后提供"))
		return "", false
	}
	v, err := f.f.CalcCellValue(name, ref, excelize.Options{RawCellValue: true})
	if err != nil {
		f.r.note(problem(dossier.ErrDoubtful, fmt.Sprintf("公式没有保存计算结果，也无法计算：%s!%s", Clean(name), ref), "请用 Excel 打开，重新计算并保存后提供"))
		return "", false
	}
	c := sheet.Cell{Kind: sheet.Text, Raw: v}
	if v != "" && (v[0] >= '0' && v[0] <= '9' || v[0] == '-' || v[0] == '.') {
		c.Kind = sheet.Number
	}
	return c.Spell(f.book.Format(style), f.book.Date1904()), true
}

func (f *formulas) open() {
	var err error
	f.f, err = excelize.OpenFile(f.r.path, excelize.Options{
		RawCellValue: true, UnzipSizeLimit: f.r.lim.ArchiveBytes, UnzipXMLSizeLimit: 16 << 20})
	f.failed = err != nil
}

func (f *formulas) close() {
	if f.f != nil {
		f.f.Close()
	}
}

package read

import (
	"errors"
	"os"

	"github.com/xindiao/xindiao/documents/read/internal/biff"
	"github.com/xindiao/xindiao/documents/read/internal/ole"
	"github.com/xindiao/xindiao/dossier"
)

// readXLS reads a workbook of Excel 5 to 2003 or of WPS, each sheet a page with one table, values as readXLSX has them.
func readXLS(r *reading) error {
	data, err := r.oleStream("Workbook", "Book")
	if err != nil {
		return err
	}
	book, err := biff.Open(data, r.lim.Cells, 4*int64(r.lim.TextBytes))
	switch {
	case errors.Is(err, biff.ErrEncrypted):
		return &dossier.Error{Kind: dossier.ErrEncrypted, Msg: "XLS 工作簿设有密码，无法读取"}
	case errors.Is(err, biff.ErrOld):
		return &dossier.Error{Kind: dossier.ErrUnsupported, Msg: "XLS 工作簿的版本过旧（早于 Excel 5.0），无法读取"}
	case err != nil:
		return &dossier.Error{Kind: dossier.ErrCorrupt, Msg: "XLS 已损坏或不完整，无法打开"}
	}
	return (&sheets{r: r, book: book, what: "XLS"}).read()
}

// oleStream reads the first of the named streams that the file's container has. A broken container gives what can
// still be read of the stream, and a Problem.
func (r *reading) oleStream(names ...string) ([]byte, error) {
	f, err := os.Open(r.path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return nil, err
	}
	broken := &dossier.Error{Kind: dossier.ErrCorrupt, Msg: "文件已损坏或不完整，无法打开"}
	c, err := ole.Open(f, st.Size())
	if err != nil {
		return nil, broken
	}
	for _, name := range names {
		if !c.Has(name) {
			continue
		}
		data, err := c.Stream(name, r.lim.FileBytes)
		if err != nil {
			if len(data) == 0 {
				return nil, broken
			}
			r.note(problem(dossier.ErrPartial, "文件不完整，只读出一部分", "请用原软件打开确认，另存后重新提供"))
		}
		return data, nil
	}
	return nil, broken
}

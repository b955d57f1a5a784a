package read

import (
	"io"
	"os"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// readTXT reads plain text; a form feed starts a new page. A report written down row by row gets its tables back.
func readTXT(r *reading) error {
	text, err := r.decodeFile()
	if err != nil {
		return err
	}
	if isRowObjects(text) {
		return r.readRowObjects(text)
	}
	parts := strings.Split(text, "\f")
	for i, part := range parts {
		if i >= r.lim.Pages {
			r.note(partial("页数过多，其余没有读取"))
			return errEnough
		}
		p := dossier.Page{Number: i + 1}
		for _, l := range strings.Split(part, "\n") {
			line(&p, l)
		}
		if err := r.add(p, len(parts)); err != nil {
			return err
		}
	}
	return nil
}

// decodeFile reads the file as text with \n line ends, telling of characters that no charset explains. Of a file that is
// far larger than the text that a document may have, only the beginning is read.
func (r *reading) decodeFile() (string, error) {
	f, err := os.Open(r.path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	most := 2 * int64(r.lim.TextBytes) // UTF-16 takes up to twice the bytes
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return "", err
	}
	if int64(len(data)) > most {
		data = data[:most]
		r.note(partial("文本超过 " + size(most) + "，其余没有读取"))
	}
	text, bad := decode(data)
	if bad > 0 {
		r.note(problem(dossier.ErrDoubtful, "部分字符无法识别编码，可能有乱码", "请另存为 UTF-8 编码后重新提供"))
	}
	if strings.Contains(text, "\r") {
		text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	}
	return text, nil
}

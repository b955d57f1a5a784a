package read

import (
	"os"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// readTXT reads plain text; a form feed starts a new page.
func readTXT(r *reading) error {
	text, err := r.decodeFile()
	if err != nil {
		return err
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

// decodeFile reads the whole file as text with \n line ends, telling of characters that no charset explains.
func (r *reading) decodeFile() (string, error) {
	data, err := os.ReadFile(r.path)
	if err != nil {
		return "", err
	}
	text, bad := decode(data)
	if bad > 0 {
		r.note(problem(dossier.ErrDoubtful, "部分字符无法识别编码，可能有乱码", "请另存为 UTF-8 编码后重新提供"))
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), nil
}

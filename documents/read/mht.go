package read

import (
	"bytes"
	"errors"
	"io"
	"os"

	"github.com/xindiao/xindiao/documents/read/internal/mail"
	"github.com/xindiao/xindiao/dossier"
)

// readMHT reads a web page saved with its parts: the page as readHTML does, its larger pictures as scans.
func readMHT(r *reading) error {
	f, err := os.Open(r.path)
	if err != nil {
		return err
	}
	defer f.Close()
	var pictures []embedded
	left := r.lim.FileBytes
	m, err := mail.ReadEML(f, mail.Limits{Body: int64(r.lim.TextBytes), Parts: r.lim.ArchiveFiles, Depth: 10}, func(_ string, part io.Reader) error {
		head := make([]byte, 8)
		n, _ := io.ReadFull(part, head)
		if head = head[:n]; len(pictures) >= maxPictures || !isPicture(head) {
			return nil
		}
		data, err := io.ReadAll(io.LimitReader(io.MultiReader(bytes.NewReader(head), part), left))
		if left -= int64(len(data)); err == nil {
			pictures = append(pictures, func() (io.ReadSeeker, error) { return bytes.NewReader(data), nil })
		}
		return nil
	})
	if m == nil || m.HTML == "" && m.Text == "" {
		return &dossier.Error{Kind: dossier.ErrCorrupt, Msg: "MHT 网页已损坏或不完整，无法打开"}
	}
	switch {
	case errors.Is(err, mail.ErrParts):
		r.note(partial("MHT 网页的组成部分过多，其余没有读取"))
	case err != nil:
		r.note(problem(dossier.ErrPartial, "MHT 网页不完整，只读出一部分", "请重新保存网页，或打印为 PDF 后提供"))
	case m.Cut:
		r.note(partial("网页过大，其余没有读取"))
	}
	if m.HTML == "" {
		p := dossier.Page{Number: 1}
		put(&p, m.Text)
		return r.addWithPictures(p, pictures)
	}
	return r.webPage(m.HTML, pictures)
}

func isPicture(head []byte) bool {
	for _, magic := range []string{"\xff\xd8\xff", "\x89PNG", "GIF8", "BM", "II*\x00", "MM\x00*"} {
		if bytes.HasPrefix(head, []byte(magic)) {
			return true
		}
	}
	return false
}

package read

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strconv"
)

// mend tries once to give a file that cannot be opened a new end.
func (d *pdf) mend() bool {
	if d.mended != nil {
		return false
	}
	d.mended, d.found = repaired(d.file, d.size)
	return d.found > 0
}

const repairBytes = 64 << 20 // of a broken file that is looked through

var (
	objectHead = regexp.MustCompile(`(?:^|[\s>])(\d{1,8})\s{1,4}(\d{1,5})\s{1,4}obj\b`)
	pageType   = regexp.MustCompile(`/Type\s{0,4}/Page[\s/>]`)
)

// repaired gives a PDF whose end is missing a new one: a page tree of those page objects that are whole. PDFium finds
// the objects again by itself, but not the pages when the catalogue was at the end. Pages within object streams are
// not found. Nil when there is nothing to be had.
func repaired(f io.ReadSeeker, size int64) (whole []byte, pages int) {
	if size > repairBytes {
		return nil, 0
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, 0
	}
	data, err := io.ReadAll(io.LimitReader(f, repairBytes))
	if err != nil {
		return nil, 0
	}
	heads := objectHead.FindAllSubmatchIndex(data, -1)
	var kids bytes.Buffer
	seen := map[string]bool{}
	last := 0
	for i, h := range heads {
		end := len(data)
		if i+1 < len(heads) {
			end = heads[i+1][0]
		}
		body := data[h[1]:end]
		n, _ := strconv.Atoi(string(data[h[2]:h[3]]))
		last = max(last, n)
		ref := string(data[h[2]:h[3]]) + " " + string(data[h[4]:h[5]]) + " R "
		if stop := bytes.Index(body, []byte("endobj")); stop >= 0 && !seen[ref] && pageType.Match(append(bytes.Clone(dictionary(body[:stop])), ' ')) {
			seen[ref] = true
			kids.WriteString(ref)
			pages++
		}
	}
	if pages == 0 {
		return nil, 0
	}
	if i := bytes.LastIndex(data, []byte("endobj")); i >= 0 {
		data = data[:i+len("endobj")] // an object without an end would swallow what follows
	}
	out := bytes.NewBuffer(data)
	fmt.Fprintf(out, "\n%d 0 obj\n<< /Type /Pages /Kids [%s] /Count %d >>\nendobj\n", last+1, kids.String(), pages)
	fmt.Fprintf(out, "%d 0 obj\n<< /Type /Catalog /Pages %d 0 R >>\nendobj\n", last+2, last+1)
	fmt.Fprintf(out, "trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n0\n%%%%EOF\n", last+3, last+2)
	return out.Bytes(), pages
}

// dictionary is what stands before a stream.
func dictionary(body []byte) []byte {
	if i := bytes.Index(body, []byte("stream")); i >= 0 {
		body = body[:i]
	}
	return body[:min(len(body), 64<<10)]
}

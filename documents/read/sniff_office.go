package read

import "bytes"

// Formats of office programs that are text: one XML file, or a web page with its parts as a mail.
const (
	fmtFlatXLS = "xls-xml"
	fmtFlatDOC = "doc-xml"
	fmtMHT     = "mht"
	fmtRTF     = "rtf"
)

// sniffOfficeText knows them by their first bytes, "" when it is none.
func sniffOfficeText(head []byte) string {
	start := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	switch {
	case bytes.HasPrefix(start, []byte(`{\rtf`)):
		return fmtRTF
	case isMHT(start):
		return fmtMHT
	case !bytes.HasPrefix(start, []byte("<?")) && !bytes.HasPrefix(start, []byte("<Workbook")):
		return ""
	case bytes.Contains(start, []byte("urn:schemas-microsoft-com:office:spreadsheet")) && bytes.Contains(start, []byte("Workbook")):
		return fmtFlatXLS
	case bytes.Contains(start, []byte("schemas.microsoft.com/office/word/2003/wordml")),
		bytes.Contains(start, []byte("schemas.microsoft.com/office/2006/xmlPackage")) && bytes.Contains(start, []byte("word/")):
		return fmtFlatDOC
	}
	return ""
}

// isMHT tells a web archive: headers of MIME with parts that belong together, and nobody whom a mail would come from.
func isMHT(head []byte) bool {
	head = bytes.ToLower(head[:min(len(head), 4096)])
	top, _, _ := bytes.Cut(bytes.ReplaceAll(head, []byte("\r"), nil), []byte("\n\n"))
	if !bytes.Contains(top, []byte("mime-version:")) || bytes.Contains(top, []byte("\nreceived:")) || bytes.Contains(top, []byte("\nto:")) {
		return false
	}
	return bytes.Contains(top, []byte("multipart/related")) || bytes.Contains(top, []byte("text/html"))
}

// tabular are the endings under which programs export delimited text.
var tabular = map[string]bool{".csv": true, ".tsv": true, ".xls": true, ".et": true, ".xlsx": true}

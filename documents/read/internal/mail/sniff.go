package mail

import (
	"bytes"
	"strings"
)

// IsEML tells whether a file begins as a mail does: only header lines, at least three that mails have, one of them
// saying where it comes from. A web page saved as MHT begins alike, but by a browser.
func IsEML(head []byte) bool {
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	known := map[string]bool{}
	for i, line := range bytes.Split(head, []byte("\n")) {
		line = bytes.TrimRight(line, "\r")
		if len(line) == 0 {
			break
		}
		if i > 0 && (line[0] == ' ' || line[0] == '\t') {
			continue
		}
		name, value, ok := bytes.Cut(line, []byte(":"))
		if !ok || len(name) == 0 || len(name) > 60 || bytes.ContainsAny(name, " \t\"<>{}\x00") {
			if i > 3 && bytes.Count(head, []byte("\n")) == i {
				break // the last line is cut off by the size of head
			}
			return false
		}
		switch key := strings.ToLower(string(name)); key {
		case "from":
			if bytes.Contains(value, []byte("<Saved by")) {
				return false
			}
			known[key] = true
		case "received", "return-path", "delivered-to", "to", "subject", "date", "message-id", "mime-version", "x-mailer", "sender", "cc",
			"content-type", "reply-to":
			known[key] = true
		}
	}
	return len(known) >= 3 && (known["from"] || known["received"] || known["return-path"] || known["sender"])
}

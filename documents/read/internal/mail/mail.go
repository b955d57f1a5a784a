// Package mail reads e-mails as they are saved: EML (RFC 5322 and MIME) and Outlook's MSG.
//
// A mail gives its headers, its body and, one by one, its attachments. Names and charsets are taken as Chinese mail
// programs write them, against the standards where need be. It writes nothing; sizes are bounded by Limits.
package mail

import (
	"errors"
	"io"
)

// Message is a mail without its attachments.
type Message struct {
	From, To, Cc, Bcc, ReplyTo string
	Date                       string // 2006-01-02 15:04:05 -0700, or as written when it is no date
	Subject                    string
	Text                       string // the plain body
	HTML                       string // the body in HTML, UTF-8
	Pictures                   int    // small pictures of the body that were left out: logos and the like
	Cut                        bool   // the body was longer than the limit
	Sealed                     bool   // encrypted; there is no body
}

// Limits bound a mail; attachments are bounded by whoever takes them.
type Limits struct {
	Body  int64 // bytes of a decoded body
	Parts int   // of a message
	Depth int   // multiparts within each other
}

// Visit is called for each attachment, a mail within the mail included (as .eml). body is valid until Visit returns.
// An error from Visit ends the reading and is returned.
type Visit func(name string, body io.Reader) error

// Errors of what is not a mail or not a whole one; the Message holds what could be read.
var (
	ErrFormat = errors.New("mail: not a mail")
	ErrBroken = errors.New("mail: cut off or damaged")
	ErrParts  = errors.New("mail: too many parts")
)

// smallPicture is the size in bytes up to which a picture shown in the body is taken for decoration.
const smallPicture = 40 << 10

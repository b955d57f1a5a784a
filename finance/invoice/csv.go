package invoice

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// errLongRecord is what a quote that never ends, or a binary file, gives.
var errLongRecord = errors.New("一行超过1MB，引号可能未闭合")

const maxRecord = 1 << 20

// splitter reads records of a CSV file into slices of its own buffer, which the next record overwrites. It takes the
// same records as encoding/csv with LazyQuotes and any number of fields, without a string for each field.
type splitter struct {
	r     *bufio.Reader
	comma byte
	line  int    // of the record's first line, from 1
	next  int    // lines read
	long  []byte // a line that is longer than the reader's buffer
	text  []byte // fields that hold quotes
	ends  []int
	out   [][]byte
}

func newSplitter(r io.Reader, comma byte) *splitter {
	return &splitter{r: bufio.NewReaderSize(r, 64<<10), comma: comma}
}

// readLine returns the next line with \r\n made \n; at the end of the file a lone \r goes.
func (s *splitter) readLine() ([]byte, error) {
	line, err := s.r.ReadSlice('\n')
	if err == bufio.ErrBufferFull {
		s.long = append(s.long[:0], line...)
		for err == bufio.ErrBufferFull {
			if len(s.long) > maxRecord {
				return nil, errLongRecord
			}
			line, err = s.r.ReadSlice('\n')
			s.long = append(s.long, line...)
		}
		line = s.long
	}
	if len(line) > 0 && err == io.EOF {
		err = nil
		if line[len(line)-1] == '\r' {
			line = line[:len(line)-1]
		}
	}
	if err != nil && len(line) == 0 {
		return nil, err
	}
	s.next++
	if n := len(line); n >= 2 && line[n-1] == '\n' && line[n-2] == '\r' {
		line[n-2] = '\n'
		line = line[:n-1]
	}
	return line, err
}

// record returns the fields of the next record that is not empty, io.EOF at the end.
func (s *splitter) record() ([][]byte, error) {
	var line []byte
	var err error
	for {
		line, err = s.readLine()
		if err != nil {
			return nil, err
		}
		if len(line) > 0 && !(len(line) == 1 && line[0] == '\n') {
			break
		}
	}
	s.line = s.next
	s.out = s.out[:0]
	if bytes.IndexByte(line, '"') < 0 {
		return s.plain(line), nil
	}
	return s.quoted(line)
}

// plain splits a line without quotes in place.
func (s *splitter) plain(line []byte) [][]byte {
	if line[len(line)-1] == '\n' {
		line = line[:len(line)-1]
	}
	for {
		i := bytes.IndexByte(line, s.comma)
		if i < 0 {
			s.out = append(s.out, line)
			return s.out
		}
		s.out = append(s.out, line[:i])
		line = line[i+1:]
	}
}

// quoted splits a record with quotes; a quoted field may hold line breaks. A quote in a bare field, or one that is
// followed by neither quote, comma nor line end, stands for itself.
func (s *splitter) quoted(line []byte) ([][]byte, error) {
	s.text, s.ends = s.text[:0], s.ends[:0]
	end := func() { s.ends = append(s.ends, len(s.text)) }
fields:
	for {
		if len(line) == 0 || line[0] != '"' {
			i := bytes.IndexByte(line, s.comma)
			if i < 0 {
				s.text = append(s.text, bytes.TrimSuffix(line, []byte("\n"))...)
				end()
				break
			}
			s.text = append(s.text, line[:i]...)
			end()
			line = line[i+1:]
			continue
		}
		line = line[1:]
		for {
			i := bytes.IndexByte(line, '"')
			if i >= 0 {
				s.text = append(s.text, line[:i]...)
				line = line[i+1:]
				switch {
				case len(line) > 0 && line[0] == '"':
					s.text = append(s.text, '"')
					line = line[1:]
				case len(line) > 0 && line[0] == s.comma:
					line = line[1:]
					end()
					continue fields
				case len(line) == 0 || len(line) == 1 && line[0] == '\n':
					end()
					break fields
				default:
					s.text = append(s.text, '"')
				}
				continue
			}
			s.text = append(s.text, line...)
			if len(s.text) > maxRecord {
				return nil, errLongRecord
			}
			var err error
			if line, err = s.readLine(); err == io.EOF {
				end()
				break fields
			} else if err != nil {
				return nil, err
			}
		}
	}
	from := 0
	for _, e := range s.ends {
		s.out = append(s.out, s.text[from:e:e])
		from = e
	}
	return s.out, nil
}

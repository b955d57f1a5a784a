package read

import (
	"bytes"
	"debug/elf"
	"os"
)

// buildID is the identity that the Go linker gives a program, a hash of its contents among it; "" where there is none
// to be found, as on other systems than Linux.
func buildID() string {
	exe, err := os.Executable()
	if err != nil {
		return ""
	}
	f, err := elf.Open(exe)
	if err != nil {
		return ""
	}
	defer f.Close()
	s := f.Section(".note.go.buildid")
	if s == nil || s.Size > 4096 {
		return ""
	}
	note, err := s.Data()
	// Name and value sizes, type and the name Go stand before the value; its last part is the hash of the contents.
	const head = 16
	if err != nil || len(note) < head {
		return ""
	}
	id := bytes.TrimRight(note[head:], "\x00")
	if i := bytes.LastIndexByte(id, '/'); i < 0 || len(id)-i < 16 {
		return ""
	}
	return string(id)
}

// Package archivetest makes small archives for tests, good ones and such as no program would write.
package archivetest

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"

	"unicode/utf16"
)

// The makers below write the smallest archives of their kind, stored without compression: there is no free program
// that writes RAR, and none is needed.

// File is one member.
type File struct{ Name, Body string }

func le(vals ...any) []byte {
	var b bytes.Buffer
	for _, v := range vals {
		_ = binary.Write(&b, binary.LittleEndian, v)
	}
	return b.Bytes()
}

// rar4Block is a block of RAR 2.9 to 4: CRC16 of what follows, type, flags, size, fields.
func rar4Block(kind byte, flags uint16, fields []byte) []byte {
	head := append(le(kind, flags, uint16(7+len(fields))), fields...)
	return append(le(uint16(crc32.ChecksumIEEE(head))), head...)
}

const (
	rar4Sig      = "Rar!\x1a\x07\x00"
	rar4Main     = 0x73
	rar4File     = 0x74
	rar4End      = 0x7b
	flagBefore   = 1 // continues from the last volume
	flagAfter    = 2 // continues in the next volume
	flagSecret   = 4
	flagLong     = 0x8000
	flagVolume   = 1    // of the archive
	flagNewNames = 0x10 // .part1.rar
)

// rar4Stored is a file block; whole is the size of the file of which body is all or a part.
func rar4Stored(f File, flags uint16, whole string) []byte {
	fields := le(uint32(len(f.Body)), uint32(len(whole)), byte(2), crc32.ChecksumIEEE([]byte(whole)), uint32(0x5a000000),
		byte(20), byte('0'), uint16(len(f.Name)), uint32(0x20))
	return append(rar4Block(rar4File, flagLong|flags, append(fields, f.Name...)), f.Body...)
}

// Rar4 makes an archive of RAR 2.9 to 4; names are bytes.
func Rar4(files ...File) []byte {
	b := append([]byte(rar4Sig), rar4Block(rar4Main, 0, make([]byte, 6))...)
	for _, f := range files {
		b = append(b, rar4Stored(f, 0, f.Body)...)
	}
	return append(b, rar4Block(rar4End, 0, nil)...)
}

// Rar4Volumes splits one file over n volumes.
func Rar4Volumes(f File, n int) (vols [][]byte) {
	size := (len(f.Body) + n - 1) / n
	for i := range n {
		b := append([]byte(rar4Sig), rar4Block(rar4Main, flagVolume|flagNewNames, make([]byte, 6))...)
		var flags uint16
		if i > 0 {
			flags |= flagBefore
		}
		end := uint16(0)
		if i < n-1 {
			flags |= flagAfter
			end = 1
		}
		part := f.Body[i*size : min((i+1)*size, len(f.Body))]
		if i < n-1 {
			b = append(b, rar4Part(f, part, flags)...)
		} else {
			b = append(b, rar4Stored(File{f.Name, part}, flags, f.Body)...)
		}
		vols = append(vols, append(b, rar4Block(rar4End, end, nil)...))
	}
	return vols
}

// rar4Part carries the checksum of the part, as all but the last one do.
func rar4Part(f File, part string, flags uint16) []byte {
	fields := le(uint32(len(part)), uint32(len(f.Body)), byte(2), crc32.ChecksumIEEE([]byte(part)), uint32(0x5a000000),
		byte(20), byte('0'), uint16(len(f.Name)), uint32(0x20))
	return append(rar4Block(rar4File, flagLong|flags, append(fields, f.Name...)), part...)
}

func vint(n uint64) (b []byte) {
	for n >= 0x80 {
		b = append(b, byte(n)|0x80)
		n >>= 7
	}
	return append(b, byte(n))
}

// rar5Block is a block of RAR 5: CRC32, size of the header, type, flags, fields, data.
func rar5Block(kind, flags uint64, fields, data []byte) []byte {
	head := append(vint(kind), vint(flags)...)
	if data != nil {
		head = append(head, vint(uint64(len(data)))...)
	}
	head = append(head, fields...)
	head = append(vint(uint64(len(head))), head...)
	return append(append(le(crc32.ChecksumIEEE(head)), head...), data...)
}

// Rar5 makes an archive of stored files; window is the dictionary size claimed as a power of two from 128 KB.
func Rar5(window uint64, files ...File) []byte {
	b := append([]byte("Rar!\x1a\x07\x01\x00"), rar5Block(1, 0, vint(0), nil)...)
	for _, f := range files {
		size := uint64(len(f.Body))
		if window > 0 {
			size = 1 << 32 // a window larger than the file is not made
		}
		fields := append(vint(4), vint(size)...) // CRC is there
		fields = append(fields, vint(0x20)...)
		fields = append(fields, le(crc32.ChecksumIEEE([]byte(f.Body)))...)
		method := uint64(0) // stored
		if window > 0 {
			method = 1
		}
		fields = append(fields, vint(window<<10|method<<7)...)
		fields = append(append(append(fields, vint(1)...), vint(uint64(len(f.Name)))...), f.Name...)
		b = append(b, rar5Block(2, 2, fields, []byte(f.Body))...)
	}
	return append(b, rar5Block(5, 0, vint(0), nil)...)
}

// Seven makes a 7z archive with one stored block of all files.
func Seven(files ...File) []byte {
	var packed bytes.Buffer
	for _, f := range files {
		packed.WriteString(f.Body)
	}
	num := func(n int) []byte { // 7z's own variable length, here always four bytes
		return []byte{0xe0, byte(n), byte(n >> 8), byte(n >> 16)}
	}
	var h bytes.Buffer
	h.WriteByte(0x01)                                                                       // header
	h.WriteByte(0x04)                                                                       // main streams
	h.Write(join([]byte{0x06}, num(0), num(1), []byte{0x09}, num(packed.Len()), []byte{0})) // one packed stream
	h.Write([]byte{0x07, 0x0b, 1, 0, 1, 0x01, 0x00})                                        // one folder, one coder: copy
	h.Write(join([]byte{0x0c}, num(packed.Len()), []byte{0}))                               // its size
	h.WriteByte(0x08)                                                                       // substreams
	h.Write(join([]byte{0x0d}, num(len(files))))
	h.WriteByte(0x09)
	for _, f := range files[:len(files)-1] {
		h.Write(num(len(f.Body)))
	}
	h.Write([]byte{0x0a, 1}) // all have a CRC
	for _, f := range files {
		h.Write(le(crc32.ChecksumIEEE([]byte(f.Body))))
	}
	h.Write([]byte{0, 0})
	h.Write(join([]byte{0x05}, num(len(files))))
	var names bytes.Buffer
	for _, f := range files {
		names.Write(le(utf16.Encode([]rune(f.Name + "\x00"))))
	}
	h.Write(join([]byte{0x11}, num(names.Len()+1), []byte{0}, names.Bytes()))
	h.Write([]byte{0, 0})
	start := le(uint64(packed.Len()), uint64(h.Len()), crc32.ChecksumIEEE(h.Bytes()))
	return join([]byte("7z\xbc\xaf\x27\x1c\x00\x04"), le(crc32.ChecksumIEEE(start)), start, packed.Bytes(), h.Bytes())
}

func join(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

// Rar4Secret makes an archive with one member that needs a password, or with headers that do.
func Rar4Secret(name string, headers bool) []byte {
	if headers {
		return join([]byte(rar4Sig), rar4Block(rar4Main, 0x80, make([]byte, 6)), make([]byte, 64))
	}
	const body = "0123456789abcdef"
	return join([]byte(rar4Sig), rar4Block(rar4Main, 0, make([]byte, 6)), rar4Stored(File{name, body}, flagSecret, body), rar4Block(rar4End, 0, nil))
}

// Package mailtest makes compound files, the containers of Outlook messages, for tests.
package mailtest

import (
	"bytes"
	"encoding/binary"
	"sort"
	"strings"
	"unicode/utf16"
)

// Compound makes a compound file of streams by path, the smallest that readers take: 512-byte sectors, small streams in
// the mini stream, siblings chained to the right.
func Compound(streams map[string]string) []byte {
	type entry struct {
		name         string
		kind         byte
		child, right uint32
		data         string
		start        uint32
	}
	const none, end, sector, mini = 0xffffffff, 0xfffffffe, 512, 64
	entries := []*entry{{name: "Root Entry", kind: 5, child: none, right: none}}
	index := map[string]int{"": 0}
	var paths []string
	for p := range streams {
		paths = append(paths, p)
	}
	sort.Strings(paths)
	var add func(path string, kind byte) int
	last := map[int]int{}
	add = func(path string, kind byte) int {
		if i, ok := index[path]; ok {
			return i
		}
		dir, name := "", path
		if k := strings.LastIndexByte(path, '/'); k >= 0 {
			dir, name = path[:k], path[k+1:]
		}
		parent := add(dir, 1)
		i := len(entries)
		entries = append(entries, &entry{name: name, kind: kind, child: none, right: none})
		index[path] = i
		if l, ok := last[parent]; ok {
			entries[l].right = uint32(i)
		} else {
			entries[parent].child = uint32(i)
		}
		last[parent] = i
		return i
	}
	for _, p := range paths {
		entries[add(p, 2)].data = streams[p]
	}
	var fat, miniFAT []uint32
	var body, ministream bytes.Buffer
	put := func(data []byte) uint32 { // whole sectors, chained
		start := uint32(len(fat))
		n := (len(data) + sector - 1) / sector
		if n == 0 {
			return end
		}
		body.Write(data)
		body.Write(make([]byte, n*sector-len(data)))
		for i := range n {
			next := start + uint32(i) + 1
			if i == n-1 {
				next = end
			}
			fat = append(fat, next)
		}
		return start
	}
	for _, e := range entries[1:] {
		if e.kind != 2 || len(e.data) == 0 {
			e.start = end
			continue
		}
		if len(e.data) >= 4096 {
			e.start = put([]byte(e.data))
			continue
		}
		n := (len(e.data) + mini - 1) / mini
		e.start = uint32(len(miniFAT))
		ministream.WriteString(e.data)
		ministream.Write(make([]byte, n*mini-len(e.data)))
		for i := range n {
			next := e.start + uint32(i) + 1
			if i == n-1 {
				next = end
			}
			miniFAT = append(miniFAT, next)
		}
	}
	entries[0].start = put(ministream.Bytes())
	entries[0].data = ministream.String()
	words := func(v []uint32) []byte {
		var b bytes.Buffer
		_ = binary.Write(&b, binary.LittleEndian, v)
		for b.Len()%sector != 0 {
			_ = binary.Write(&b, binary.LittleEndian, uint32(none))
		}
		return b.Bytes()
	}
	miniStart := put(words(miniFAT))
	var dir bytes.Buffer
	for _, e := range entries {
		name := utf16.Encode([]rune(e.name + "\x00"))
		raw := make([]byte, 128)
		for i, c := range name {
			binary.LittleEndian.PutUint16(raw[2*i:], c)
		}
		binary.LittleEndian.PutUint16(raw[64:], uint16(2*len(name)))
		raw[66], raw[67] = e.kind, 1
		binary.LittleEndian.PutUint32(raw[68:], none)
		binary.LittleEndian.PutUint32(raw[72:], e.right)
		binary.LittleEndian.PutUint32(raw[76:], e.child)
		binary.LittleEndian.PutUint32(raw[116:], e.start)
		binary.LittleEndian.PutUint64(raw[120:], uint64(len(e.data)))
		dir.Write(raw)
	}
	dirStart := put(dir.Bytes())
	fatSectors := (len(fat)+1)/128 + 1
	fatStart := uint32(len(fat))
	for range fatSectors {
		fat = append(fat, 0xfffffffd)
	}
	body.Write(words(fat))
	head := make([]byte, 512)
	copy(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	for at, v := range map[int]uint16{24: 0x3e, 26: 3, 28: 0xfffe, 30: 9, 32: 6} {
		binary.LittleEndian.PutUint16(head[at:], v)
	}
	for at, v := range map[int]uint32{44: uint32(fatSectors), 48: dirStart, 56: 4096, 60: miniStart, 64: uint32((len(miniFAT) + 127) / 128), 68: end} {
		binary.LittleEndian.PutUint32(head[at:], v)
	}
	for i := range 109 {
		v := uint32(none)
		if i < fatSectors {
			v = fatStart + uint32(i)
		}
		binary.LittleEndian.PutUint32(head[76+4*i:], v)
	}
	return append(head, body.Bytes()...)
}

//go:build ignore

// Command generate writes the stand-in fonts below it: run "go run generate.go" in this folder.
//
// PDFium drops a text object whose glyphs have no extent, as single Han characters in fonts that are neither embedded
// nor installed have none. Each stand-in is a TrueType font (ISO/IEC 14496-22) under a name that PDFium's Linux font
// list looks for, with a hollow square for every character.
package main

import (
	"bytes"
	"encoding/binary"
	"os"
	"sort"
	"unicode/utf16"
)

func be(values ...any) []byte {
	var b bytes.Buffer
	for _, v := range values {
		if err := binary.Write(&b, binary.BigEndian, v); err != nil {
			panic(err)
		}
	}
	return b.Bytes()
}

// cmap maps whole blocks of 256 characters; all segments share one array that says glyph 1 (format 4).
func cmap() []byte {
	var starts []uint16
	for c := 0; c < 0x10000; c += 0x100 {
		if c == 0 || c >= 0x2000 && c < 0xa000 || c >= 0xac00 && c < 0xd800 || c >= 0xf900 && c < 0xff00 {
			starts = append(starts, uint16(c))
		}
	}
	n := len(starts) + 1 // and the end mark
	var end, start, delta, offset []byte
	for i, s := range starts {
		end, start, delta = append(end, be(s+255)...), append(start, be(s)...), append(delta, be(int16(0))...)
		offset = append(offset, be(uint16(2*(n-i)))...)
	}
	end, start, delta, offset = append(end, be(uint16(0xffff))...), append(start, be(uint16(0xffff))...), append(delta, be(int16(1))...), append(offset, be(uint16(0))...)
	glyphs := bytes.Repeat(be(uint16(1)), 256)
	length := 16 + 8*n + len(glyphs)
	log := 0
	for 1<<(log+1) <= n {
		log++
	}
	table := be(uint16(4), uint16(length), uint16(0), uint16(2*n), uint16(2<<log), uint16(log), uint16(2*n-2<<log))
	table = append(table, end...)
	table = append(table, 0, 0)
	table = append(append(append(append(table, start...), delta...), offset...), glyphs...)
	return append(be(uint16(0), uint16(1), uint16(3), uint16(1), uint32(12)), table...)
}

// name has family, style, full and PostScript name, for Windows.
func name(family string) []byte {
	var records, text []byte
	for _, r := range []struct {
		id uint16
		s  string
	}{{1, family}, {2, "Regular"}, {4, family}, {6, "XindiaoStandIn"}} {
		s := be(utf16.Encode([]rune(r.s)))
		records = append(records, be(uint16(3), uint16(1), uint16(0x409), r.id, uint16(len(s)), uint16(len(text)))...)
		text = append(text, s...)
	}
	return append(append(be(uint16(0), uint16(4), uint16(6+12*4)), records...), text...)
}

// square is two contours: 50..950 and, the other way round, 100..900.
func square() []byte {
	b := be(int16(2), int16(50), int16(-70), int16(950), int16(830), uint16(3), uint16(7), uint16(0))
	b = append(b, bytes.Repeat([]byte{1}, 8)...)
	b = append(b, be(int16(50), int16(0), int16(900), int16(0), int16(-850), int16(800), int16(0), int16(-800))...)
	return append(b, be(int16(-70), int16(900), int16(0), int16(-900), int16(50), int16(0), int16(800), int16(0))...)
}

func font(family string, codepages uint32) []byte {
	glyph := square()
	tables := map[string][]byte{
		"cmap": cmap(), "name": name(family), "glyf": append(append([]byte(nil), glyph...), glyph...),
		"head": be(uint32(0x10000), uint32(0x10000), uint32(0), uint32(0x5f0f3cf5), uint16(3), uint16(1000), uint64(0), uint64(0), int16(0), int16(-120), int16(1000), int16(880), uint16(0), uint16(8), int16(2), int16(1), int16(0)),
		"hhea": be(uint32(0x10000), int16(880), int16(-120), int16(0), uint16(1000), int16(0), int16(0), int16(950), int16(1), int16(0), int16(0), uint64(0), int16(0), uint16(2)),
		"hmtx": be(uint16(1000), int16(50), uint16(1000), int16(50)),
		"loca": be(uint32(0), uint32(len(glyph)), uint32(2*len(glyph))),
		"maxp": be(uint32(0x10000), uint16(2), uint16(8), uint16(2), uint16(0), uint16(0), uint16(2), uint16(0), uint16(0), uint16(0), uint16(0), uint16(0), uint16(0), uint16(0), uint16(0)),
		"post": be(uint32(0x30000), uint32(0), int16(-75), int16(50), uint32(0), uint32(0), uint32(0), uint32(0), uint32(0)),
		"OS/2": be(uint16(1), int16(1000), uint16(400), uint16(5), uint16(0), make([]byte, 20), int16(0), make([]byte, 10), make([]byte, 16), []byte("XIND"), uint16(64), uint16(0x2000), uint16(0xffff), int16(880), int16(-120), int16(0), uint16(880), uint16(120), codepages, uint32(0)),
	}
	var tags []string
	for t := range tables {
		tags = append(tags, t)
	}
	sort.Strings(tags)
	at := 12 + 16*len(tags)
	out := be(uint32(0x10000), uint16(len(tags)), uint16(128), uint16(3), uint16(16*len(tags)-128))
	var body []byte
	for _, t := range tags {
		data := append([]byte(nil), tables[t]...)
		n := len(data)
		for len(data)%4 != 0 {
			data = append(data, 0)
		}
		var sum uint32
		for i := 0; i < len(data); i += 4 {
			sum += binary.BigEndian.Uint32(data[i:])
		}
		out = append(out, be([]byte(t), sum, uint32(at+len(body)), uint32(n))...)
		body = append(body, data...)
	}
	return append(out, body...)
}

func main() {
	for file, f := range map[string]struct {
		family string
		pages  uint32
	}{
		"gb.ttf": {"WenQuanYi Micro Hei", 1 << 18},
		"b5.ttf": {"AR PL UMing TW Light", 1 << 20},
		"jp.ttf": {"TakaoPGothic", 1 << 17},
		"kr.ttf": {"UnDotum", 1<<19 | 1<<21},
	} {
		if err := os.WriteFile("usr/share/fonts/"+file, font(f.family, f.pages), 0o644); err != nil {
			panic(err)
		}
	}
}

package mail

import (
	"encoding/binary"
	"strconv"
	"strings"
)

// lzDictionary is what the window of compressed RTF begins with, MS-OXRTFCP 2.1.2.1.
const lzDictionary = "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArial" +
	"Times New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"

// unpackRTF undoes Outlook's compression of RTF bodies, up to limit bytes; damage ends it.
func unpackRTF(raw []byte, limit int) []byte {
	const head, stored, packed = 16, 0x414c454d, 0x75465a4c
	if len(raw) < head {
		return nil
	}
	size := min(int(binary.LittleEndian.Uint32(raw[4:])), limit)
	kind := binary.LittleEndian.Uint32(raw[8:])
	raw = raw[head:]
	if kind == stored {
		return raw[:min(len(raw), size)]
	}
	if kind != packed {
		return nil
	}
	var window [4096]byte
	at := copy(window[:], lzDictionary)
	var out []byte
	put := func(c byte) {
		out = append(out, c)
		window[at] = c
		at = (at + 1) % len(window)
	}
	for i := 0; i < len(raw); {
		flags := raw[i]
		i++
		for bit := 0; bit < 8; bit++ {
			if len(out) >= size {
				return out[:size]
			}
			if flags>>bit&1 == 0 {
				if i >= len(raw) {
					return out
				}
				put(raw[i])
				i++
				continue
			}
			if i+2 > len(raw) {
				return out
			}
			ref := int(binary.BigEndian.Uint16(raw[i:]))
			i += 2
			from := ref >> 4
			if from == at {
				return out // the end, as the format marks it
			}
			for n := ref&15 + 2; n > 0; n-- {
				put(window[from])
				from = (from + 1) % len(window)
			}
		}
	}
	return out[:min(len(out), size)]
}

// hiddenGroups are RTF destinations without text of the message.
var hiddenGroups = map[string]bool{"fonttbl": true, "colortbl": true, "stylesheet": true, "info": true, "pict": true, "object": true,
	"themedata": true, "listtable": true, "generator": true, "header": true, "footer": true}

// rtfText takes the words out of an RTF body: 8-bit characters as GBK, what is marked as not of the HTML left out.
func rtfText(rtf []byte) string {
	var b strings.Builder
	var bytes8 []byte // 8-bit characters may be halves of one
	flush := func() {
		if len(bytes8) > 0 {
			b.WriteString(text(bytes8, "gbk"))
			bytes8 = bytes8[:0]
		}
	}
	depth, hidden := 0, 0 // hidden: depth of the outermost hidden group
	skip, outside := 0, false
	for i := 0; i < len(rtf); {
		c := rtf[i]
		i++
		switch c {
		case '{':
			depth++
			if hidden == 0 && i+1 < len(rtf) && rtf[i] == '\\' && rtf[i+1] == '*' {
				hidden = depth
			}
			continue
		case '}':
			if hidden == depth {
				hidden = 0
			}
			depth--
			continue
		case '\r', '\n':
			continue
		case '\\':
		default:
			if hidden == 0 && !outside {
				if skip > 0 {
					skip--
				} else {
					bytes8 = append(bytes8, c)
				}
			}
			continue
		}
		if i >= len(rtf) {
			break
		}
		if !letter(rtf[i]) {
			symbol := rtf[i]
			i++
			if symbol == '\'' && i+2 <= len(rtf) {
				n, err := strconv.ParseUint(string(rtf[i:i+2]), 16, 8)
				if i += 2; err == nil && hidden == 0 && !outside {
					if skip > 0 {
						skip--
					} else {
						bytes8 = append(bytes8, byte(n))
					}
				}
			} else if hidden == 0 && !outside && strings.IndexByte(`\{}`, symbol) >= 0 {
				bytes8 = append(bytes8, symbol)
			}
			continue
		}
		word, num, next := control(rtf, i)
		i = next
		if hiddenGroups[word] && hidden == 0 {
			hidden = depth
		}
		if word == "htmlrtf" {
			outside = num != 0
		}
		if hidden > 0 || outside {
			continue
		}
		switch word {
		case "par", "line", "row":
			flush()
			b.WriteByte('\n')
		case "tab", "cell":
			flush()
			b.WriteByte('\t')
		case "u":
			flush()
			b.WriteRune(rune(uint16(num)))
			skip = 1
		}
	}
	flush()
	return b.String()
}

// control reads a control word and its number, 1 when it has none, and the blank behind it.
func control(rtf []byte, i int) (word string, num, next int) {
	start := i
	for i < len(rtf) && letter(rtf[i]) {
		i++
	}
	word, num = string(rtf[start:i]), 1
	start = i
	if i < len(rtf) && rtf[i] == '-' {
		i++
	}
	for i < len(rtf) && rtf[i] >= '0' && rtf[i] <= '9' {
		i++
	}
	if i > start {
		num, _ = strconv.Atoi(string(rtf[start:i]))
	}
	if i < len(rtf) && rtf[i] == ' ' {
		i++
	}
	return word, num, i
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

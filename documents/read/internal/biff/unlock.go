package biff

import (
	"crypto/md5"
	"crypto/rc4"
	"encoding/binary"
	"unicode/utf16"
)

// everybody is the password with which Excel encrypts a workbook whose structure is protected, and opens it without
// asking (MS-XLS 2.2.10).
const everybody = "VelvetSweatshop"

// unlock decrypts a workbook that is encrypted for everybody to read: RC4 with a key of 40 bits (MS-OFFCRYPTO 2.3.6).
// It tells whether the workbook was; one with a password of its own stays closed.
func (b *Book) unlock(pass []byte) bool {
	if len(pass) < 54 || u16(pass, 0) != 1 || u16(pass, 2) != 1 || u16(pass, 4) != 1 {
		return false
	}
	key := keys(pass[6:22])
	c := key(0)
	var verifier, hash [16]byte
	c.XORKeyStream(verifier[:], pass[22:38])
	c.XORKeyStream(hash[:], pass[38:54])
	if md5.Sum(verifier[:]) != hash {
		return false
	}
	plain := make([]byte, len(b.data))
	for i := 0; i < len(plain); i += block {
		end := min(i+block, len(plain))
		key(i/block).XORKeyStream(plain[i:end], b.data[i:end])
	}
	for at := 0; at+4 <= len(plain); { // what is not encrypted, see 2.2.10
		r, ok := b.record(at)
		if !ok {
			break
		}
		open := 4
		switch r.kind {
		case recBOF, recFilePass, 0x00E1, 0x0194, 0x0195, 0x0196, 0x0138:
			open += len(r.body)
		case recBoundSheet:
			open += min(4, len(r.body))
		}
		copy(plain[at:at+open], b.data[at:])
		at = r.next
	}
	b.data = plain
	return true
}

// block is how many bytes of the stream one key serves.
const block = 1024

// keys derives the ciphers of the blocks from the salt.
func keys(salt []byte) func(block int) *rc4.Cipher {
	var text []byte
	for _, c := range utf16.Encode([]rune(everybody)) {
		text = binary.LittleEndian.AppendUint16(text, c)
	}
	h := md5.Sum(text)
	var mix []byte
	for range 16 {
		mix = append(append(mix, h[:5]...), salt...)
	}
	h = md5.Sum(mix)
	return func(n int) *rc4.Cipher {
		k := md5.Sum(binary.LittleEndian.AppendUint32(append([]byte(nil), h[:5]...), uint32(n)))
		c, err := rc4.NewCipher(k[:])
		if err != nil {
			panic(err) // only for a key of no length
		}
		return c
	}
}

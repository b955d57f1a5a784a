package lexical

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"slices"

	"github.com/xindiao/xindiao/dossier"
)

// A segment is one document's postings, little to store and quick to join:
//
//	version (1 byte), number of chunks, each chunk's length in terms, number of terms,
//	for each term in rising order: step from the term before, number of postings,
//	    for each posting in rising order: step from the chunk before × 2, + 1 and then the count - 2 when the count is above 1,
//	CRC-32 (Castagnoli) of all that, 4 bytes little-endian.
//
// Numbers are unsigned varints. Each posting takes a byte at least, so hostile bytes allocate no more than their size.
const segmentVersion = 1

// maxChunks bounds the chunks of one segment and of all that are opened together.
const maxChunks = 1 << 24

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Pack makes the segment of a document from the texts of its chunks, in their order.
func Pack(texts []string) []byte {
	type occurrence struct {
		term  Term
		chunk uint32
	}
	var all []occurrence
	var terms []Term
	b := binary.AppendUvarint([]byte{segmentVersion}, uint64(len(texts)))
	for i, text := range texts {
		terms = terms[:0]
		scan(text, true, func(b []byte) { terms = append(terms, hash(b)) })
		b = binary.AppendUvarint(b, uint64(len(terms)))
		for _, t := range terms {
			all = append(all, occurrence{t, uint32(i)})
		}
	}
	slices.SortFunc(all, func(x, y occurrence) int {
		if x.term != y.term {
			return cmpTerm(x.term, y.term)
		}
		return int(x.chunk) - int(y.chunk)
	})
	distinct, last := 0, ^Term(0)
	for _, o := range all {
		if o.term != last {
			distinct, last = distinct+1, o.term
		}
	}
	b = binary.AppendUvarint(b, uint64(distinct))
	var list []byte
	before := Term(0)
	for len(all) > 0 {
		term, n := all[0].term, 0
		list = list[:0]
		prev := uint32(0)
		for len(all) > 0 && all[0].term == term {
			chunk, count := all[0].chunk, 0
			for len(all) > 0 && all[0] == (occurrence{term, chunk}) {
				count++
				all = all[1:]
			}
			step := uint64(chunk-prev) << 1
			if count > 1 {
				list = binary.AppendUvarint(list, step|1)
				list = binary.AppendUvarint(list, uint64(count-2))
			} else {
				list = binary.AppendUvarint(list, step)
			}
			prev = chunk
			n++
		}
		b = binary.AppendUvarint(b, uint64(term-before))
		b = binary.AppendUvarint(b, uint64(n))
		b = append(b, list...)
		before = term
	}
	return binary.LittleEndian.AppendUint32(b, crc32.Checksum(b, castagnoli))
}

func cmpTerm(x, y Term) int {
	if x < y {
		return -1
	}
	return 1
}

// reader takes a segment apart; after a fault it gives zeros.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) uint(limit uint64) int {
	v, n := binary.Uvarint(r.b)
	if n <= 0 || v > limit {
		r.bad, r.b = true, nil
		return 0
	}
	r.b = r.b[n:]
	return int(v)
}

// parse checks a segment and hands out its lengths, then its terms with their postings. The slice is reused.
func parse(segment []byte, length func(n int), term func(t Term, posts []post)) error {
	fault := func(why string) error {
		return &dossier.Error{Kind: dossier.ErrCorrupt, Msg: "检索索引已损坏，请重新导入该客户的材料", Cause: fmt.Errorf("segment: %s", why)}
	}
	if len(segment) < 5 {
		return fault("too short")
	}
	body, sum := segment[:len(segment)-4], binary.LittleEndian.Uint32(segment[len(segment)-4:])
	if crc32.Checksum(body, castagnoli) != sum {
		return fault("checksum")
	}
	if body[0] != segmentVersion {
		return fault(fmt.Sprintf("version %d", body[0]))
	}
	r := &reader{b: body[1:]}
	chunks := r.uint(uint64(min(len(body), maxChunks)))
	for range chunks {
		length(r.uint(maxLength))
	}
	posts := make([]post, 0, 64)
	before := uint64(0)
	for range r.uint(uint64(len(body))) {
		before += uint64(r.uint(1 << termBits))
		n := r.uint(uint64(chunks))
		posts = posts[:0]
		chunk := 0
		for range min(n, len(r.b)) {
			v := r.uint(maxChunks * 2)
			chunk += v >> 1
			count := 1
			if v&1 == 1 {
				count = 2 + r.uint(maxLength)
			}
			if chunk >= chunks || len(posts) > 0 && v>>1 == 0 {
				return fault("a posting beyond the chunks")
			}
			posts = append(posts, makePost(chunk, count))
		}
		if r.bad || len(posts) != n || n == 0 || before >= 1<<termBits {
			return fault("postings cut off")
		}
		term(Term(before), posts)
	}
	if r.bad || len(r.b) > 0 {
		return fault("length")
	}
	return nil
}

// maxLength bounds a chunk's terms.
const maxLength = 1 << 30

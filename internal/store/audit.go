package store

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/xindiao/xindiao/report"
)

// Entry is one link of an audit chain. Detail is JSON without personal data.
type Entry struct {
	Number  int64 // from 1, without gaps
	At      time.Time
	Actor   string
	Action  string // intake, report.save, waiver.add, waiver.revoke, dossier.delete, space.switch, corpus.put, corpus.drop…
	Subject string // dossier:7, report:7/credit/3…
	Detail  string
	Prev    string // Hash of the entry before, "" of the first
	Hash    string
}

// Seal numbers an entry and chains it to the one before. At is cut to microseconds, which both engines keep.
func Seal(prevNumber int64, prev string, e Entry) Entry {
	e.Number, e.Prev, e.At = prevNumber+1, prev, e.At.UTC().Truncate(time.Microsecond)
	e.Hash = e.digest()
	return e
}

// digest is over a JSON array, so that no two entries print alike.
func (e Entry) digest() string {
	b, err := json.Marshal([]string{fmt.Sprint(e.Number), e.At.UTC().Format(time.RFC3339Nano), e.Actor, e.Action, e.Subject, e.Detail, e.Prev})
	if err != nil {
		panic(err) // strings always marshal
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// Verify checks that entries follow one another without a gap after the given number and hash, and that nothing in
// them was changed.
func Verify(after int64, prev string, entries []Entry) error {
	for _, e := range entries {
		switch {
		case e.Number != after+1:
			return fmt.Errorf("audit chain: entry %d follows %d", e.Number, after)
		case e.Prev != prev:
			return fmt.Errorf("audit chain: entry %d does not continue entry %d", e.Number, after)
		case e.Hash != e.digest():
			return fmt.Errorf("audit chain: entry %d was changed", e.Number)
		}
		after, prev = e.Number, e.Hash
	}
	return nil
}

// FindingKey tells a finding from others of its dossier over several readings: its rule, its documents and what it
// compares, but not its wording.
func FindingKey(f report.Finding) string {
	docs := slices.Clone(f.Documents)
	slices.Sort(docs)
	sum := sha256.Sum256([]byte(f.Rule + "\x00" + strings.Join(docs, "\x00") + "\x00" + f.Arithmetic))
	return f.Rule + "-" + hex.EncodeToString(sum[:6])
}

package store

import (
	"reflect"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

// TestDocumentHash: whatever of a chunk or a file's index changes, but for the vector, changes the hash.
func TestDocumentHash(t *testing.T) {
	hash := func(ix FileIndex) string {
		t.Helper()
		h, err := DocumentHash(&dossier.Document{File: "a.pdf"}, ix)
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	index := func() FileIndex { return FileIndex{Chunks: make([]Chunk, 2)} }
	seen := map[string]string{hash(index()): "nothing"}
	try := func(what string, v reflect.Value, whole *FileIndex) {
		t.Helper()
		switch v.Kind() {
		case reflect.Int:
			v.SetInt(1)
		case reflect.String:
			v.SetString("甲")
		case reflect.Slice:
			v.SetBytes([]byte{1})
		default:
			t.Fatalf("%s: %s is new here", what, v.Kind())
		}
		h := hash(*whole)
		if other, ok := seen[h]; ok {
			t.Errorf("%s changes the hash no more than %s", what, other)
		}
		seen[h] = what
	}
	for i := range reflect.TypeFor[Chunk]().NumField() {
		ix, f := index(), reflect.TypeFor[Chunk]().Field(i)
		if f.Name == "Vector" {
			ix.Chunks[1].Vector = []float32{1}
			if hash(ix) != hash(index()) {
				t.Error("the vector counts")
			}
			continue
		}
		try("chunk's "+f.Name, reflect.ValueOf(&ix.Chunks[1]).Elem().Field(i), &ix)
	}
	for i := range reflect.TypeFor[FileIndex]().NumField() {
		if f := reflect.TypeFor[FileIndex]().Field(i); f.Name != "Chunks" {
			ix := index()
			try("index's "+f.Name, reflect.ValueOf(&ix).Elem().Field(i), &ix)
		}
	}
}

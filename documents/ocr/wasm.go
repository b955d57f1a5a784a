package ocr

import (
	"bytes"
	"context"
	"errors"
	"reflect"
	"unsafe" // also for linkname

	"github.com/danlock/gogosseract"
)

// The WebAssembly module inside gogosseract was built with an emscripten that exports stackSave and stackRestore;
// wazero since 1.8 looks for the same two functions under their later names, which go-pdfium's module has. One wazero
// serves both once the module exports its functions under both names, so they are added to the module at start. The
// bytes are a variable of an internal package, hence the linkname: if a later gogosseract moves it, the build fails.
//
//go:linkname tesseractWASM github.com/danlock/gogosseract/internal/wasm.tesseractWASM
var tesseractWASM []byte

var errModule = errors.New("unexpected WebAssembly module")

// alias adds exports to a WebAssembly module: each new name for the function that is exported under the old one.
func alias(module []byte, names map[string]string) ([]byte, error) {
	const header, exportSection, function = 8, 7, 0
	if len(module) < header || !bytes.HasPrefix(module, []byte("\x00asm")) {
		return nil, errModule
	}
	for at := header; at < len(module); {
		id := module[at]
		size, body, ok := uvarint(module, at+1)
		if !ok || body+size > len(module) {
			return nil, errModule
		}
		if id != exportSection {
			at = body + size
			continue
		}
		count, p, ok := uvarint(module, body)
		if !ok {
			return nil, errModule
		}
		entries := p
		var added []byte
		n := count
		for range count {
			length, q, ok := uvarint(module, p)
			if !ok || q+length >= len(module) {
				return nil, errModule
			}
			name, kind := string(module[q:q+length]), module[q+length]
			index, next, ok := uvarint(module, q+length+1)
			if !ok {
				return nil, errModule
			}
			if as := names[name]; as != "" && kind == function {
				added = appendUvarint(added, len(as))
				added = append(append(added, as...), function)
				added = appendUvarint(added, index)
				n++
			}
			p = next
		}
		if n != count+len(names) {
			return nil, errModule
		}
		section := append(appendUvarint(nil, n), module[entries:body+size]...)
		section = append(section, added...)
		out := append([]byte(nil), module[:at]...)
		out = append(out, exportSection)
		out = appendUvarint(out, len(section))
		out = append(out, section...)
		return append(out, module[body+size:]...), nil
	}
	return nil, errModule
}

func uvarint(b []byte, at int) (v, next int, ok bool) {
	for shift := 0; at < len(b) && shift < 35; shift += 7 {
		c := b[at]
		at++
		v |= int(c&0x7f) << shift
		if c < 0x80 {
			return v, at, true
		}
	}
	return 0, at, false
}

func appendUvarint(b []byte, v int) []byte {
	for v >= 0x80 {
		b = append(b, byte(v)|0x80)
		v >>= 7
	}
	return append(b, byte(v))
}

// setVariable sets one of tesseract's variables on a running instance. gogosseract sets them only when it makes one,
// and an instance of its own for each page mode would take 140 MB each, hence the look inside.
func setVariable(ctx context.Context, t *gogosseract.Tesseract, name, value string) error {
	f := reflect.ValueOf(t).Elem().FieldByName("ocrEngine")
	if !f.IsValid() || !f.CanAddr() {
		return errModule
	}
	engine, ok := reflect.NewAt(f.Type(), unsafe.Pointer(f.UnsafeAddr())).Elem().Interface().(interface {
		SetVariable(ctx context.Context, name, value string) (string, error)
	})
	if !ok {
		return errModule
	}
	msg, err := engine.SetVariable(ctx, name, value)
	if err == nil && msg != "" {
		err = errors.New(msg)
	}
	return err
}

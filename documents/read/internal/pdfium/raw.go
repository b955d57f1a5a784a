// Package pdfium reads the contents of pages through PDFium's own C functions.
//
// go-pdfium opens, renders and closes documents; but for each glyph it looks a handle up, takes a lock and allocates
// WebAssembly memory several times over, ten calls a glyph. Here the same functions of the same instance are called
// directly, with one scratch buffer, which reads a page in a fraction of the time.
package pdfium

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"reflect"

	pdf "github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/tetratelabs/wazero/api"
)

// Raw is an opened document of an instance. It is not safe for concurrent use, nor beside other calls of its instance.
// An error of any method means that the instance has trapped and must be thrown away.
type Raw struct {
	ctx   context.Context
	mod   api.Module
	fn    map[string]api.Function
	stack [8]uint64
	doc   uint64
	buf   uint32 // scratch of bufSize bytes in the instance's memory

	formMade bool
	formEnv  uint64
}

const bufSize = 4096

var errLayout = errors.New("pdfium: this version of go-pdfium keeps its handles elsewhere")

// Attach reaches the WebAssembly module of a go-pdfium instance and the pointer of a document that it has opened.
func Attach(inst pdf.Pdfium, doc references.FPDF_DOCUMENT) (*Raw, error) {
	v := reflect.ValueOf(inst.GetImplementation())
	if v.Kind() != reflect.Pointer || v.Elem().Kind() != reflect.Struct {
		return nil, errLayout
	}
	v = v.Elem()
	mod, ok1 := field(v, "Module").(api.Module)
	ctx, ok2 := field(v, "Context").(context.Context)
	if !ok1 || !ok2 {
		return nil, errLayout
	}
	refs := v.FieldByName("documentRefs")
	if refs.Kind() != reflect.Map || refs.Type().Key() != reflect.TypeOf(doc) {
		return nil, errLayout
	}
	h := refs.MapIndex(reflect.ValueOf(doc))
	if h.Kind() != reflect.Pointer || h.IsNil() {
		return nil, errLayout
	}
	p := h.Elem().FieldByName("handle")
	if p.Kind() != reflect.Pointer || p.IsNil() || p.Elem().Kind() != reflect.Uint64 {
		return nil, errLayout
	}
	r := &Raw{ctx: ctx, mod: mod, fn: map[string]api.Function{}, doc: p.Elem().Uint()}
	buf, err := r.call("malloc", bufSize)
	if err != nil || buf == 0 {
		return nil, errors.Join(errors.New("pdfium: out of memory"), err)
	}
	r.buf = uint32(buf)
	return r, nil
}

func field(v reflect.Value, name string) any {
	f := v.FieldByName(name)
	if !f.IsValid() || !f.CanInterface() {
		return nil
	}
	return f.Interface()
}

// function finds an exported function once.
func (r *Raw) function(name string) api.Function {
	f, ok := r.fn[name]
	if !ok {
		f = r.mod.ExportedFunction(name)
		r.fn[name] = f
	}
	return f
}

// call runs a function by its name; it gives the first result, 0 when there is none.
func (r *Raw) call(name string, args ...uint64) (uint64, error) {
	f := r.function(name)
	if f == nil {
		return 0, fmt.Errorf("pdfium: no function %s", name)
	}
	return r.fast(f, args...)
}

func (r *Raw) fast(f api.Function, args ...uint64) (uint64, error) {
	r.stack[0] = 0
	copy(r.stack[:], args)
	if err := f.CallWithStack(r.ctx, r.stack[:]); err != nil {
		return 0, err
	}
	return r.stack[0], nil
}

// at is the address of byte n of the scratch buffer.
func (r *Raw) at(n uint32) uint64 { return uint64(r.buf + n) }

// read views n bytes of the scratch buffer; valid until the next call.
func (r *Raw) read(n uint32) []byte {
	b, ok := r.mod.Memory().Read(r.buf, n)
	if !ok {
		return make([]byte, n)
	}
	return b
}

func f32(b []byte, i int) float64 {
	return float64(math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:])))
}

func f64(b []byte, i int) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(b[8*i:])) }

func u32(b []byte, i int) uint32 { return binary.LittleEndian.Uint32(b[4*i:]) }

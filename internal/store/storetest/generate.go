package storetest

import (
	"math/rand/v2"
	"reflect"
	"time"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/report"
)

// words are what strings are made of: what a database, JSON or SQL could stumble over.
var words = []string{
	"", "资产总计", "'; drop table documents; --", `"quoted" \ back`, "100%_like", "emoji 🏭👩‍💼", "e\u0301 vs é", "\u202eright to left", "line\nbreak\ttab\r",
	"null", "NULL", "$1", "?", "{}", "[1,2", "\ufeffBOM", "０１２３", "繁體字", "\u0001\u001f", "<a href='x'>&amp;</a>", "\U0010ffff", "a b  c ", "2025-12-31", "\\u0000",
}

// generated is an intake in which every exported field of everything holds something: a field added to the dossier
// tomorrow is in it without a change here.
func generated(seed uint64) store.Intake {
	r := rand.New(rand.NewPCG(seed, 7))
	in := store.Intake{Name: "生成", Actor: "生成器", Dossier: &dossier.Dossier{}, Space: space, InputHash: "h"}
	fill(r, reflect.ValueOf(in.Dossier).Elem(), 0)
	in.Figures, in.Findings = make([]dossier.Figure, r.IntN(6)), make([]report.Finding, r.IntN(6))
	fillEach(r, in.Figures)
	fillEach(r, in.Findings)
	for i, d := range in.Dossier.Documents {
		if d == nil {
			d = &dossier.Document{}
			in.Dossier.Documents[i] = d
		}
		for n := range d.Pages {
			d.Pages[n].Number = n + 1
		}
		var ix store.FileIndex
		fill(r, reflect.ValueOf(&ix).Elem(), 0)
		for k := range ix.Chunks {
			ix.Chunks[k].Vector = nil
			if r.IntN(4) > 0 {
				ix.Chunks[k].Vector = vector(space, store.EmbedText(d.TypeName, ix.Chunks[k]))
			}
		}
		in.Files = append(in.Files, ix)
	}
	return in
}

func fillEach[T any](r *rand.Rand, s []T) {
	for i := range s {
		fill(r, reflect.ValueOf(&s[i]).Elem(), 0)
	}
}

// fill puts something into v and what is below it, five floors deep.
func fill(r *rand.Rand, v reflect.Value, depth int) {
	switch p := v.Addr().Interface().(type) {
	case *dossier.Decimal:
		*p = []dossier.Decimal{{}, dossier.D("0.1"), dossier.D("-12345678901234567890.0987654321"), dossier.D("1e9"), dossier.D("7.50")}[r.IntN(5)]
		return
	case *dossier.Date:
		if *p = dossier.NewDate(1+r.IntN(9999), 1+r.IntN(12), 1+r.IntN(28)); r.IntN(4) == 0 {
			*p = dossier.Date{}
		}
		return
	case *time.Time:
		*p = time.Unix(r.Int64N(4e9), 0).UTC()
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(words[r.IntN(len(words))] + words[r.IntN(len(words))])
	case reflect.Bool:
		v.SetBool(r.IntN(2) == 0)
	case reflect.Int, reflect.Int64:
		v.SetInt([]int64{0, 1, -1, 7, 1 << 30}[r.IntN(5)])
	case reflect.Uint8, reflect.Uint16:
		v.SetUint(uint64(r.IntN(256)))
	case reflect.Float32, reflect.Float64:
		v.SetFloat([]float64{0, 0.1, -1e-300, 1e300, 841.89}[r.IntN(5)])
		if v.Kind() == reflect.Float32 {
			v.SetFloat(float64(r.IntN(128)) / 64)
		}
	case reflect.Pointer:
		if depth < 5 && r.IntN(3) > 0 {
			v.Set(reflect.New(v.Type().Elem()))
			fill(r, v.Elem(), depth+1)
		}
	case reflect.Slice:
		if depth < 5 && r.IntN(5) > 0 {
			v.Set(reflect.MakeSlice(v.Type(), r.IntN(4), 4))
			for i := range v.Len() {
				fill(r, v.Index(i), depth+1)
			}
		}
	case reflect.Map:
		if depth < 5 && r.IntN(5) > 0 {
			v.Set(reflect.MakeMap(v.Type()))
			for range r.IntN(4) {
				k, x := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
				fill(r, k, depth+1)
				fill(r, x, depth+1)
				v.SetMapIndex(k, x)
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(r, v.Field(i), depth+1)
			}
		}
	}
}

package pptx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
)

func pack(t testing.TB, slides ...string) map[string]*zip.File {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	put := func(name, text string) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(text))
	}
	ids, rels := "", ""
	for i, s := range slides {
		ids = fmt.Sprintf(`<p:sldId id="%d" r:id="s%d"/>`, 256+i, i) + ids // shown in the opposite order
		rels += fmt.Sprintf(`<Relationship Id="s%d" Type="x/slide" Target="slides/slide%d.xml"/>`, i, i)
		put(fmt.Sprintf("ppt/slides/slide%d.xml", i), s)
	}
	put("ppt/presentation.xml", `<p:presentation xmlns:r="r"><p:sldIdLst>`+ids+`</p:sldIdLst></p:presentation>`)
	put("ppt/_rels/presentation.xml.rels", "<Relationships>"+rels+"</Relationships>")
	put("ppt/slides/_rels/slide0.xml.rels", `<Relationships><Relationship Id="n" Type="x/notesSlide" Target="../notesSlides/n.xml"/></Relationships>`)
	put("ppt/notesSlides/n.xml", `<p:notes><p:sp><p:nvPr><p:ph type="sldNum"/></p:nvPr><a:p><a:t>12</a:t></a:p></p:sp><p:sp><a:p><a:r><a:t>口头说明</a:t></a:r></a:p></p:sp></p:notes>`)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]*zip.File{}
	for _, f := range r.File {
		parts[strings.ToLower(f.Name)] = f
	}
	return parts
}

const slide = `<p:sld show="0"><p:spTree><p:sp><p:txBody><a:p><a:r><a:t>经营</a:t></a:r><a:r><a:t>情况</a:t></a:r><a:br/><a:r><a:t>2026年</a:t></a:r></a:p><a:p/></p:txBody></p:sp>
<p:sp><p:nvSpPr><p:cNvPr hidden="1"/></p:nvSpPr><a:p><a:t>看不见</a:t></a:p></p:sp>
<p:graphicFrame><a:tbl><a:tr><a:tc gridSpan="2"><a:p><a:t>金额</a:t></a:p><a:p><a:t>（元）</a:t></a:p></a:tc><a:tc hMerge="1"><a:p/></a:tc><a:tc rowSpan="2"><a:p><a:t>注</a:t></a:p></a:tc></a:tr>
<a:tr><a:tc><a:p><a:t>1</a:t></a:p></a:tc><a:tc><a:p><a:t>2</a:t></a:p></a:tc><a:tc vMerge="1"/></a:tr></a:tbl></p:graphicFrame>
<p:sp><a:p><a:t>之后</a:t></a:p></p:sp></p:spTree></p:sld>`

func TestSlides(t *testing.T) {
	s, err := Open(pack(t, slide, `<p:sld><p:sp><a:p><a:t>封面</a:t></a:p></p:sp></p:sld>`), 1000, 100)
	if err != nil || s.Len() != 2 {
		t.Fatal(err)
	}
	if first, err := s.Slide(0); err != nil || len(first.Blocks) != 1 || first.Blocks[0].Text != "封面" || first.Hidden {
		t.Errorf("%+v %v", first, err)
	}
	got, err := s.Slide(1)
	if err != nil || !got.Hidden || !got.Unseen || len(got.Blocks) != 3 || len(got.Notes) != 1 || got.Notes[0].Text != "口头说明" {
		t.Fatalf("%+v %v", got, err)
	}
	if want := `[{经营情况
2026年 []} { [[{金额
（元） 2 1 false} {注 1 2 false}] [{1 1 1 false} {2 1 1 false} { 1 1 true}]]} {之后 []}]`; fmt.Sprint(got.Blocks) != want {
		t.Errorf("%v", got.Blocks)
	}
}

func TestHostile(t *testing.T) {
	for name, c := range map[string]struct {
		slide string
		want  error
	}{
		"deep":  {strings.Repeat("<p:grpSp>", 1000), ErrDeep},
		"text":  {"<p:sld><p:sp><a:p><a:t>" + strings.Repeat("字", 1000), ErrLarge},
		"cells": {"<a:tbl>" + strings.Repeat(`<a:tr><a:tc gridSpan="999999999"/></a:tr>`, 20), ErrLarge},
	} {
		s, err := Open(pack(t, c.slide), 1000, 5000)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Slide(0); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Open(pack(t), 10, 10); !errors.Is(err, ErrFormat) {
		t.Errorf("no slides: %v", err)
	}
}

func FuzzSlide(f *testing.F) {
	f.Add([]byte(slide))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 64<<10 {
			t.Skip()
		}
		if s, err := Open(pack(t, string(b)), 1<<20, 10_000); err == nil {
			_, _ = s.Slide(0)
		}
	})
}

package pdfium

// Annot is what a page carries beside its contents and that says something: a form field's value, a note, a comment.
type Annot struct {
	Kind    AnnotKind
	Box     Box
	Text    string // value, contents
	Author  string // of comments
	File    *File  // attached at this place, for any kind
	Checked bool
}

// AnnotKind is what an annotation is to a reader.
type AnnotKind int

// Kinds of annotations.
const (
	Field    AnnotKind = iota + 1 // a text or choice field and its value
	CheckBox                      // a check box or radio button
	Note                          // free text written onto the page
	Comment                       // a remark that hangs on a place, as in review
	Attached                      // a file and no words
)

const (
	maxAnnots = 2000
	maxText   = 64 << 10 // bytes of one string in UTF-16

	maxAttached = 64 << 20 // bytes of a file attached to a page
)

// Annotations reads the page's annotations and draws those that are pictures of text (stamps, signatures) into the
// page's contents, so that Chars finds them: the page is made anew when it has any.
func (p *Page) Annotations() (out []Annot, err error) {
	r := p.r
	count, err := r.call("FPDFPage_GetAnnotCount", p.p)
	n := int(int32(uint32(count)))
	if err != nil || n <= 0 {
		return nil, err
	}
	drawn := 0
	for i := min(n, maxAnnots) - 1; i >= 0; i-- { // from the end: some are removed
		a, err := r.call("FPDFPage_GetAnnot", p.p, uint64(i))
		if err != nil {
			return out, err
		}
		if a == 0 {
			continue
		}
		got, keep, err := r.annot(a)
		_, cerr := r.call("FPDFPage_CloseAnnot", a)
		if err != nil || cerr != nil {
			return out, firstErr(err, cerr)
		}
		if got.Kind != 0 {
			out = append(out, got)
		}
		if keep {
			drawn++
			continue
		}
		if _, err := r.call("FPDFPage_RemoveAnnot", p.p, uint64(i)); err != nil {
			return out, err
		}
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	if drawn == 0 {
		return out, nil
	}
	done, err := r.call("FPDFPage_Flatten", p.p, 0)
	if err != nil || uint32(done) != 1 {
		return out, err
	}
	p.Close()
	again, err := r.Load(p.i)
	if err != nil {
		return out, err
	}
	p.p = again.p
	return out, nil
}

func firstErr(errs ...error) error {
	for _, e := range errs {
		if e != nil {
			return e
		}
	}
	return nil
}

// annot reads one annotation; keep says that its appearance is to be drawn.
func (r *Raw) annot(a uint64) (out Annot, keep bool, err error) {
	kind, err := r.call("FPDFAnnot_GetSubtype", a)
	if err != nil {
		return out, false, err
	}
	flags, err := r.call("FPDFAnnot_GetFlags", a)
	if err != nil {
		return out, false, err
	}
	if flags&(2|32) != 0 { // hidden, or not on the screen
		return out, false, nil
	}
	ok, err := r.call("FPDFAnnot_GetRect", a, r.at(0))
	if err != nil || uint32(ok) == 0 {
		return out, false, err
	}
	m := r.read(16)
	x0, y0, x1, y1 := f32(m, 0), f32(m, 1), f32(m, 2), f32(m, 3)
	out.Box = Box{min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)}
	switch uint32(kind) {
	case widget:
		return r.widget(a, out)
	case freeText:
		out.Kind = Note
		has, err := r.call("FPDFAnnot_HasKey", a, r.key("AP"))
		if err != nil {
			return out, false, err
		}
		if uint32(has) != 0 {
			return Annot{}, true, nil
		}
		out.Text, err = r.annotString(a, "Contents")
		return out, false, err
	case stamp, ink, watermark:
		return Annot{}, true, nil
	case link, popup:
		return Annot{}, false, nil
	}
	if uint32(kind) == fileAttachment {
		att, err := r.call("FPDFAnnot_GetFileAttachment", a)
		if err != nil {
			return out, false, err
		}
		if att != 0 {
			f, err := r.file(att, maxAttached)
			if err != nil {
				return out, false, err
			}
			out.Kind, out.File = Attached, &f
		}
	}
	if out.Text, err = r.annotString(a, "Contents"); err != nil || out.Text == "" {
		return out, false, err
	}
	out.Kind = Comment
	out.Author, err = r.annotString(a, "T")
	return out, false, err
}

// Numbers of PDFium's annotation kinds.
const (
	link     = 2
	freeText = 3
	stamp    = 13
	ink      = 15
	popup    = 16
	widget   = 20

	fileAttachment = 17
	watermark      = 24
)

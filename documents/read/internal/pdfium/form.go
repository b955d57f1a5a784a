package pdfium

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"
)

// Kinds of form fields as PDFium numbers them.
const (
	pushButton  = 1
	checkBox    = 2
	radioButton = 3
	signature   = 7
)

// widget reads a form field. A signature has no value but what is drawn of it.
func (r *Raw) widget(a uint64, out Annot) (Annot, bool, error) {
	form, err := r.form()
	if err != nil {
		return out, false, err
	}
	if form == 0 { // a widget without a form
		out.Kind = Field
		out.Text, err = r.annotString(a, "V")
		return out, false, err
	}
	kind, err := r.call("FPDFAnnot_GetFormFieldType", form, a)
	if err != nil {
		return out, false, err
	}
	switch int32(uint32(kind)) {
	case signature:
		return Annot{}, true, nil
	case pushButton:
		return Annot{}, false, nil
	case checkBox, radioButton:
		on, err := r.call("FPDFAnnot_IsChecked", form, a)
		if err != nil {
			return out, false, err
		}
		shown, err := r.annotString(a, "AS") // the appearance that is shown decides, where one is named
		out.Kind, out.Checked = CheckBox, uint32(on) != 0 || shown != "" && shown != "Off"
		return out, false, err
	}
	out.Kind = Field
	out.Text, err = r.str(func(buf, n uint64) (uint64, error) { return r.call("FPDFAnnot_GetFormFieldValue", form, a, buf, n) })
	return out, false, err
}

// form makes the form's environment at the first need; 0 when there is none.
func (r *Raw) form() (uint64, error) {
	if r.formMade {
		return r.formEnv, nil
	}
	r.formMade = true
	info, err := r.call("FPDF_FORMFILLINFO_Create")
	if err != nil || info == 0 {
		return 0, err
	}
	r.formEnv, err = r.call("FPDFDOC_InitFormFillEnvironment", r.doc, info)
	return r.formEnv, err
}

// FormType tells of the document's form: 0 none, 1 AcroForm, 2 and 3 XFA.
func (r *Raw) FormType() (int, error) {
	n, err := r.call("FPDF_GetFormType", r.doc)
	return int(int32(uint32(n))), err
}

const keyAt = 3072 // where keys stand in the scratch buffer

// key puts a dictionary key into the scratch buffer.
func (r *Raw) key(s string) uint64 {
	r.mod.Memory().Write(r.buf+keyAt, append([]byte(s), 0))
	return r.at(keyAt)
}

func (r *Raw) annotString(a uint64, key string) (string, error) {
	k := r.key(key)
	return r.str(func(buf, n uint64) (uint64, error) { return r.call("FPDFAnnot_GetStringValue", a, k, buf, n) })
}

// str asks for a string in UTF-16 whose length is not known before.
func (r *Raw) str(get func(buf, n uint64) (uint64, error)) (string, error) {
	n, err := get(r.at(0), keyAt)
	if err != nil || n <= 2 {
		return "", err
	}
	if n <= keyAt {
		return decode(r.read(uint32(n))), nil
	}
	n = min(n, maxText)
	buf, err := r.call("malloc", n)
	if err != nil || buf == 0 {
		return "", err
	}
	defer func() { _, _ = r.call("free", buf) }()
	if need, err := get(buf, n); err != nil || need > n {
		return "", err // longer than anything a page can show
	}
	b, ok := r.mod.Memory().Read(uint32(buf), uint32(n))
	if !ok {
		return "", nil
	}
	return decode(b), nil
}

func decode(b []byte) string {
	u := make([]uint16, 0, len(b)/2)
	for i := 0; i+1 < len(b); i += 2 {
		c := binary.LittleEndian.Uint16(b[i:])
		if c == 0 {
			break
		}
		u = append(u, c)
	}
	return strings.ReplaceAll(string(utf16.Decode(u)), "\r", "\n")
}

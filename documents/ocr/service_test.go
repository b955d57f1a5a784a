package ocr

import (
	"context"
	"encoding/json"
	"image"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/dossier"
)

func blank() *image.Gray {
	g := image.NewGray(image.Rect(0, 0, 400, 100))
	for i := range g.Pix {
		g.Pix[i] = 255
	}
	return g
}

func serviceAt(t *testing.T, h http.HandlerFunc) service {
	t.Helper()
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	u, err := url.Parse(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	s := newService(u)
	s.pause = 1
	return s
}

func TestPaddle(t *testing.T) {
	hub := `{"status":"000","results":[[{"text":"合计 1,234.50","confidence":0.98,"text_region":[[10,10],[110,12],[110,32],[10,30]]},
		{"text":"外","confidence":0.9,"text_region":[[900,900],[950,950]]},{"text":"","confidence":1,"text_region":[[1,1],[5,5]]}]]}`
	x := `{"errorCode":0,"result":{"ocrResults":[{"prunedResult":{"rec_texts":["合计 1,234.50","x"],"rec_scores":[0.98],"rec_polys":[[[10,10],[110,12],[110,32],[10,30]]]}}]}}`
	for _, c := range []struct{ path, key, reply string }{{"/predict/ocr_system", "images", hub}, {"/ocr", "file", x}} {
		var sent map[string]any
		s := serviceAt(t, func(w http.ResponseWriter, r *http.Request) {
			_ = json.NewDecoder(r.Body).Decode(&sent)
			_, _ = io.WriteString(w, c.reply)
		})
		s.url = s.url.JoinPath(c.path)
		got, err := paddle{s}.ask(t.Context(), blank())
		if err != nil || len(got.words) != 1 {
			t.Fatalf("%s: %+v %v", c.path, got, err)
		}
		w := got.words[0]
		if w.Text != "合计 1,234.50" || w.Box != (dossier.Box{X0: 10, Y0: 10, X1: 110, Y1: 32}) || w.Confidence != 0.98 || len(w.chars) != 10 {
			t.Errorf("%s: %+v", c.path, w)
		}
		if sent[c.key] == nil {
			t.Errorf("%s: sent no %s", c.path, c.key)
		}
	}
}

// What goes wrong with a service is told without what was sent or answered.
func TestServiceFaults(t *testing.T) {
	calls := 0
	for name, c := range map[string]struct {
		h     http.HandlerFunc
		want  string
		calls int
	}{
		"busy":    {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }, "503", 3},
		"refused": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(401); _, _ = io.WriteString(w, "秘密") }, "401", 1},
		"no json": {func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html>秘密") }, "格式", 1},
		"huge":    {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, maxReply+10)) }, "过大", 1},
		"redirect": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://example.com/", http.StatusTemporaryRedirect)
		}, "307", 1},
		"cut": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			_, _ = io.WriteString(w, "{")
		}, "传完", 3},
	} {
		calls = 0
		s := serviceAt(t, func(w http.ResponseWriter, r *http.Request) { calls++; c.h(w, r) })
		_, err := paddle{s}.ask(t.Context(), blank())
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "秘密") || calls != c.calls {
			t.Errorf("%s: %v after %d calls", name, err, calls)
		}
	}
	n := 0
	s := serviceAt(t, func(w http.ResponseWriter, _ *http.Request) {
		if n++; n < 3 {
			w.WriteHeader(500)
			return
		}
		_, _ = io.WriteString(w, `{"results":[]}`)
	})
	if _, err := (paddle{s}).ask(t.Context(), blank()); err != nil {
		t.Errorf("third time: %v", err)
	}
}

// fake reads what it is told to, at one place.
type fake struct{ text string }

func (f fake) page(context.Context, *image.Gray, int) ([]Word, error) {
	b := dossier.Box{X0: 40, Y0: 20, X1: 300, Y1: 46}
	return []Word{{Text: f.text, Box: b, Confidence: 0.6, chars: evenly(f.text, b, 0.6)}}, nil
}

func (f fake) lines(_ context.Context, imgs []*image.Gray, _ string) ([][]char, error) {
	out := make([][]char, len(imgs))
	for i, img := range imgs {
		out[i] = evenly(f.text, dossier.Box{X0: 14, X1: float64(img.Rect.Dx() - 14)}, 0.6)
	}
	return out, nil
}

type heard struct {
	serviceReply
	err error
}

func (h heard) ask(context.Context, *image.Gray) (serviceReply, error) { return h.serviceReply, h.err }

// A model may settle a character that tesseract doubts, never a digit.
func TestModelVotes(t *testing.T) {
	page := blank()
	for x := 40; x < 300; x += 6 {
		for y := 20; y < 46; y++ {
			page.Pix[y*page.Stride+x] = 0
		}
	}
	res, err := look(t.Context(), page, withService{fake{"湖州青木公司金额9876元"}, heard{serviceReply: serviceReply{text: "抄录如下：\n湖州青禾公司金额1876元", model: "m"}}}, thorough)
	if err != nil || res.Model != "m" || len(res.Words) == 0 {
		t.Fatalf("%+v %v", res, err)
	}
	all := ""
	for _, w := range res.Words {
		all += w.Text
	}
	if !strings.Contains(all, "9876") || strings.Contains(all, "1876") {
		t.Errorf("a model's digit won: %s", all)
	}
	res, err = look(t.Context(), page, withService{fake{"湖州青禾公司"}, heard{err: io.ErrUnexpectedEOF}}, thorough)
	if err != nil || res.Note == "" || len(res.Words) == 0 {
		t.Errorf("a failing service costs the page: %+v %v", res, err)
	}
}

func TestVision(t *testing.T) {
	var got map[string]any
	s := serviceAt(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/v1/chat/completions" || r.Header.Get("Authorization") != "Bearer k" {
			w.WriteHeader(404)
			return
		}
		_ = json.NewDecoder(r.Body).Decode(&got)
		_, _ = io.WriteString(w, `{"choices":[{"message":{"content":"一行\n两行"}}]}`)
	})
	s.key, s.url = "k", s.url.JoinPath("v1")
	r, err := vision{s, "qwen"}.ask(t.Context(), blank())
	if err != nil || r.text != "一行\n两行" || r.model != "qwen" || got["model"] != "qwen" {
		t.Errorf("%+v %v %v", r, err, got["model"])
	}
}

func TestParse(t *testing.T) {
	t.Setenv(EnvHosts, "ocr.bank.example, 10.1.2.3:8080")
	for spec, want := range map[string]string{
		"paddle:http://ocr.bank.example/ocr": "", "vision:qwen2-vl@http://10.1.2.3:8080/v1": "", "paddle:http://localhost:9/ocr": "",
		"paddle:http://elsewhere.example/ocr": "没有登记", "vision:m@http://10.1.2.3:9/v1": "没有登记", "paddle:ftp://localhost/": "http://",
		"paddle:http://user:pw@localhost/": "不含用户名", "vision:http://localhost/v1": "模型名", "abbyy": "不认识", "embedded": "", "none": "",
	} {
		e, err := Parse(spec)
		switch {
		case want == "" && (err != nil || e.Name() != spec):
			t.Errorf("%s: %v", spec, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%s: %v", spec, err)
		}
	}
	if Find("paddle:http://elsewhere.example/") != None {
		t.Error("Find gave a service on a host that is not listed")
	}
}

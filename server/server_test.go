package server_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"io/fs"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/report"
	"github.com/xindiao/xindiao/report/reporttest"
	"github.com/xindiao/xindiao/server"
)

const token = "a-token-for-tests-0123456789"

// engine is scripted: it notes the files that it was given and answers with a made-up company.
type engine struct {
	files []string
	opt   server.DraftOptions
	hold  chan struct{} // a draft waits for it when not nil
	fail  error
	panik bool
}

func (e *engine) look(dir string) error {
	e.files = nil
	return filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, rerr := filepath.Rel(dir, p)
			if rerr != nil {
				return rerr
			}
			e.files = append(e.files, filepath.ToSlash(rel))
		}
		return err
	})
}

func (e *engine) Review(_ context.Context, dir string, _ server.Overrides, progress func(server.Event)) (*report.Review, error) {
	if e.panik {
		panic("110101199003074514")
	}
	if e.fail != nil {
		return nil, e.fail
	}
	for i := range 3 {
		progress(server.Event{Step: "read", Text: "读取", Done: i + 1, Total: 3})
	}
	return reporttest.Review(), e.look(dir)
}

func (e *engine) Draft(ctx context.Context, dir string, opt server.DraftOptions, progress func(server.Event)) (*report.Report, error) {
	e.opt = opt
	progress(server.Event{Step: "write", Text: "起草"})
	if e.hold != nil {
		select {
		case <-e.hold:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return reporttest.Report(), e.look(dir)
}

type client struct {
	t      *testing.T
	url    string
	dir    string
	bearer string
}

func serve(t *testing.T, e server.Engine, change func(*server.Config)) *client {
	t.Helper()
	cfg := server.Config{Engine: e, Dir: t.TempDir(), Token: token}
	if change != nil {
		change(&cfg)
	}
	s, err := server.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	ts := httptest.NewServer(s)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := s.Close(ctx); err != nil {
			t.Error(err)
		}
		ts.Close()
	})
	return &client{t, ts.URL, cfg.Dir, token}
}

func (c *client) do(method, path string, body io.Reader, head map[string]string) (int, []byte, http.Header) {
	c.t.Helper()
	req, err := http.NewRequest(method, c.url+path, body)
	if err != nil {
		c.t.Fatal(err)
	}
	if c.bearer != "" {
		req.Header.Set("Authorization", "Bearer "+c.bearer)
	}
	for k, v := range head {
		req.Header.Set(k, v)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return res.StatusCode, b, res.Header
}

// upload sends files in order of name, as name, content pairs.
func (c *client) upload(pairs ...string) (int, []byte) {
	c.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for i := 0; i < len(pairs); i += 2 {
		h := map[string][]string{"Content-Disposition": {`form-data; name="files"; filename="` + pairs[i] + `"`}}
		p, err := m.CreatePart(h)
		if err != nil {
			c.t.Fatal(err)
		}
		if _, err := io.WriteString(p, pairs[i+1]); err != nil {
			c.t.Fatal(err)
		}
	}
	if err := m.Close(); err != nil {
		c.t.Fatal(err)
	}
	code, body, _ := c.do("POST", "/api/v1/dossiers", &b, map[string]string{"Content-Type": m.FormDataContentType()})
	return code, body
}

func (c *client) uploaded(pairs ...string) server.Meta {
	c.t.Helper()
	code, body := c.upload(pairs...)
	var m server.Meta
	if err := json.Unmarshal(body, &m); err != nil || code != http.StatusCreated {
		c.t.Fatalf("upload: %d %s", code, body)
	}
	return m
}

// start begins a job and follows its events to the end.
func (c *client) start(id, kind, body string) (server.Job, []string) {
	c.t.Helper()
	code, b, _ := c.do("POST", "/api/v1/dossiers/"+id+"/"+kind, strings.NewReader(body), nil)
	var j server.Job
	if err := json.Unmarshal(b, &j); err != nil || code != http.StatusAccepted {
		c.t.Fatalf("%s: %d %s", kind, code, b)
	}
	return c.follow(j.ID, "")
}

func (c *client) follow(id, last string) (j server.Job, events []string) {
	c.t.Helper()
	_, b, h := c.do("GET", "/api/v1/jobs/"+id+"/events", nil, map[string]string{"Last-Event-ID": last})
	if h.Get("Content-Type") != "text/event-stream" {
		c.t.Fatalf("events: %s %s", h.Get("Content-Type"), b)
	}
	sc := bufio.NewScanner(bytes.NewReader(b))
	for sc.Scan() {
		if e, ok := strings.CutPrefix(sc.Text(), "event: "); ok {
			events = append(events, e)
		}
		if d, ok := strings.CutPrefix(sc.Text(), "data: "); ok && events[len(events)-1] == "end" {
			if err := json.Unmarshal([]byte(d), &j); err != nil {
				c.t.Fatal(err)
			}
		}
	}
	return j, events
}

func TestUploadReviewDraftDownload(t *testing.T) {
	e := &engine{}
	c := serve(t, e, nil)
	m := c.uploaded("甲公司/application.yaml", "applicant: x", "甲公司/files/执照.pdf", "%PDF", "甲公司/files/.DS_Store", "x")
	if m.Name != "甲公司" || m.Files != 2 {
		t.Errorf("meta %+v", m)
	}
	j, events := c.start(m.ID, "review", "")
	if j.State != "done" || strings.Join(events, " ") != "progress progress progress end" {
		t.Fatalf("job %+v, events %v", j, events)
	}
	if !slices.Equal(e.files, []string{"application.yaml", "files/执照.pdf"}) {
		t.Errorf("the engine saw %v", e.files)
	}
	if _, ev := c.follow(j.ID, "2"); strings.Join(ev, " ") != "progress end" {
		t.Errorf("after event 2 came %v", ev)
	}
	j, _ = c.start(m.ID, "draft", `{"kind":"credit","amount_cny":"5000000","as_of":"2026-09-30"}`)
	if j.State != "done" || e.opt.Kind != report.Credit || e.opt.AmountCNY.String() != "5000000" || e.opt.AsOf.Year != 2026 {
		t.Fatalf("job %+v, options %+v", j, e.opt)
	}
	for path, want := range map[string]string{"review": `"schema":"xindiao.review/v1"`, "review?format=html": "问题清单", "review?format=xlsx": "PK",
		"report": `"schema":"xindiao.report/v1"`, "report?format=html": "授信调查报告", "report?format=docx": "PK"} {
		code, b, h := c.do("GET", "/api/v1/dossiers/"+m.ID+"/"+path, nil, nil)
		if code != 200 || !strings.Contains(string(b), want) {
			t.Errorf("%s: %d %.80s", path, code, b)
		}
		if want == "PK" && !strings.HasPrefix(h.Get("Content-Disposition"), "attachment; filename*=UTF-8''%") {
			t.Errorf("%s: disposition %q", path, h.Get("Content-Disposition"))
		}
		if strings.Contains(path, "html") && !strings.Contains(h.Get("Content-Security-Policy"), "sandbox") {
			t.Errorf("%s is not sandboxed", path)
		}
	}
	if code, _, _ := c.do("DELETE", "/api/v1/dossiers/"+m.ID, nil, nil); code != 204 {
		t.Errorf("delete: %d", code)
	}
	if code, b, _ := c.do("GET", "/api/v1/dossiers", nil, nil); code != 200 || strings.Contains(string(b), m.ID) {
		t.Errorf("deleted, and still listed: %s", b)
	}
	if left, err := os.ReadDir(filepath.Join(c.dir, "dossiers")); err != nil || len(left) != 0 {
		t.Errorf("deleted, and still on disk: %v %v", left, err)
	}
}

func TestJobsCanBeCancelledAndDoNotPileUp(t *testing.T) {
	e := &engine{hold: make(chan struct{})}
	c := serve(t, e, nil)
	m := c.uploaded("a.txt", "x")
	_, b, _ := c.do("POST", "/api/v1/dossiers/"+m.ID+"/draft", nil, nil)
	var j server.Job
	if err := json.Unmarshal(b, &j); err != nil {
		t.Fatal(err)
	}
	for _, r := range [][2]string{{"POST", "/api/v1/dossiers/" + m.ID + "/review"}, {"DELETE", "/api/v1/dossiers/" + m.ID}} {
		if code, b, _ := c.do(r[0], r[1], nil, nil); code != 409 {
			t.Errorf("%s while busy: %d %s", r, code, b)
		}
	}
	if code, _, _ := c.do("DELETE", "/api/v1/jobs/"+j.ID, nil, nil); code != 204 {
		t.Fatalf("cancel: %d", code)
	}
	if j, _ = c.follow(j.ID, ""); j.State != "cancelled" {
		t.Errorf("state %s", j.State)
	}
	if code, _, _ := c.do("GET", "/api/v1/dossiers/"+m.ID+"/report", nil, nil); code != 404 {
		t.Errorf("a cancelled draft left a report: %d", code)
	}
}

func TestFailuresSayNoMoreThanTheyShould(t *testing.T) {
	secret := "110101199003074514"
	for name, c := range map[string]struct {
		e    *engine
		want string
	}{
		"user error": {&engine{fail: &dossier.Error{Kind: dossier.ErrEncrypted, File: "a.pdf", Msg: "文件有密码", Cause: os.ErrPermission}}, "a.pdf：文件有密码"},
		"other":      {&engine{fail: &fs.PathError{Op: "open", Path: "/srv/" + secret, Err: os.ErrNotExist}}, "服务内部错误，请重试；仍不成功请联系管理员"},
		"panic":      {&engine{panik: true}, "处理时发生内部错误"},
	} {
		cl := serve(t, c.e, nil)
		m := cl.uploaded("a.txt", "x")
		j, _ := cl.start(m.ID, "review", "{}")
		if j.State != "failed" || j.Error != c.want {
			t.Errorf("%s: %+v", name, j)
		}
	}
}

func TestBadRequests(t *testing.T) {
	c := serve(t, &engine{}, nil)
	m := c.uploaded("a.txt", "x")
	base := "/api/v1/dossiers/" + m.ID
	for _, r := range []struct {
		method, path, body string
		code               int
	}{
		{"POST", base + "/draft", `{"kind":"poem"}`, 422}, {"POST", base + "/draft", `{"nonsense":1}`, 422}, {"POST", base + "/review", `[`, 422},
		{"POST", base + "/review", `{"applicant":"` + strings.Repeat("x", 70_000) + `"}`, 413}, {"GET", base + "/review", "", 404}, {"GET", base + "/report", "", 404},
		{"GET", "/api/v1/dossiers/..%2f..", "", 404}, {"GET", "/api/v1/dossiers/" + strings.Repeat("A", 26), "", 404}, {"GET", "/api/v1/jobs/none", "", 404},
		{"GET", "/api/v1/jobs/none/events", "", 404}, {"GET", "/nowhere", "", 404}, {"PUT", "/healthz", "", 405},
	} {
		code, b, h := c.do(r.method, r.path, strings.NewReader(r.body), nil)
		if code != r.code || h.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s %s: %d %s", r.method, r.path, code, b)
		}
	}
}

func TestHeadersAndPage(t *testing.T) {
	c := serve(t, &engine{}, nil)
	for _, p := range []string{"/", "/ui/app.js", "/ui/app.css"} {
		code, b, h := c.do("GET", p, nil, nil)
		if code != 200 || len(b) == 0 || h.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(h.Get("Content-Security-Policy"), "frame-ancestors 'none'") {
			t.Errorf("%s: %d %v", p, code, h)
		}
	}
}

func TestNewRefusesAWeakConfig(t *testing.T) {
	for name, cfg := range map[string]server.Config{"no engine": {Dir: "x", Token: token}, "short token": {Engine: &engine{}, Dir: "x", Token: "short"}, "no dir": {Engine: &engine{}, Token: token}} {
		if _, err := server.New(cfg); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

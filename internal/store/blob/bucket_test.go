package blob

import (
	"bytes"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/xindiao/xindiao/dossier"
)

func TestBucketParts(t *testing.T) {
	f := newFake()
	b := bucket(t, f, httptest.NewServer(f))
	data := bytes.Repeat([]byte("0123456789abcdef"), 11<<16) // 11 MB in parts of 5
	digest, _, err := b.Put(t.Context(), 1, bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if f.parts != 3 || f.puts != 0 {
		t.Errorf("%d parts, %d puts", f.parts, f.puts)
	}
	if got, err := read(b, 1, digest); err != nil || !bytes.Equal(got, data) {
		t.Errorf("%d bytes: %v", len(got), err)
	}
	if _, _, err := b.Put(t.Context(), 1, bytes.NewReader(data)); err != nil || f.parts != 3 {
		t.Errorf("sent again: %d parts, %v", f.parts, err)
	}
}

// A part that fails leaves nothing to be seen.
func TestBucketFaults(t *testing.T) {
	f := newFake()
	b := bucket(t, f, httptest.NewServer(f))
	f.fail = func(r *http.Request) int {
		if r.URL.Query().Get("partNumber") == "2" {
			return http.StatusBadRequest
		}
		return 0
	}
	if _, _, err := b.Put(t.Context(), 1, bytes.NewReader(make([]byte, 11<<20))); dossier.KindOf(err) != dossier.ErrDependency {
		t.Errorf("failed part: %v", err)
	}
	if got := list(t, b, 1); len(got) != 0 {
		t.Errorf("%d half objects", len(got))
	}
	for status, words := range map[int]string{403: "凭据", 400: "不接受"} {
		f.fail = func(*http.Request) int { return status }
		_, _, err := b.Put(t.Context(), 1, strings.NewReader("x"))
		if dossier.KindOf(err) != dossier.ErrDependency || !strings.Contains(err.Error(), words) || strings.Contains(err.Error(), "suite-secret") {
			t.Errorf("status %d: %v", status, err)
		}
		if _, err := b.Has(t.Context(), 1, strings.Repeat("0", 64)); err == nil {
			t.Errorf("status %d: has says no instead of an error", status)
		}
	}
}

func TestOpenSpecs(t *testing.T) {
	f := newFake()
	srv := httptest.NewServer(f)
	t.Cleanup(srv.Close)
	host := strings.TrimPrefix(srv.URL, "http://")
	t.Setenv("AWS_ACCESS_KEY_ID", "")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "")
	if _, err := Open(t.Context(), "s3+http://"+host+"/bucket"); dossier.KindOf(err) != dossier.ErrDependency || !strings.Contains(err.Error(), "AWS_ACCESS_KEY_ID") {
		t.Errorf("without credentials: %v", err)
	}
	t.Setenv("AWS_ACCESS_KEY_ID", "suite-key")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "suite-secret")
	s, err := Open(t.Context(), "s3+http://"+host+"/bucket/a/../b//c/?region=local")
	if err != nil {
		t.Fatal(err)
	}
	if want := "s3+http://" + host + "/bucket/b/c/"; s.String() != want {
		t.Errorf("place %s, want %s", s, want)
	}
	for spec, kind := range map[string]dossier.ErrorKind{
		"": dossier.ErrInput, "dir:": dossier.ErrInput, "ftp://x/y": dossier.ErrInput, "s3://": dossier.ErrInput, "s3://host": dossier.ErrInput, "s3://%zz": dossier.ErrInput,
		"s3://key:secret@host/bucket": dossier.ErrInput, "s3://host/bucket?secret=x": dossier.ErrInput, "s3+http://" + host + "/another": dossier.ErrDependency,
	} {
		_, err := Open(t.Context(), spec)
		if dossier.KindOf(err) != kind || strings.Contains(err.Error(), "secret@") {
			t.Errorf("%q: %v", spec, err)
		}
	}
}

// FuzzSpec reads addresses: an error at worst, and what is shown of one holds no credentials.
func FuzzSpec(f *testing.F) {
	for _, s := range []string{"s3://host/bucket/prefix?region=cn", "s3+http://127.0.0.1:9000/b", "s3://key:secret@host/b", "s3://[::1]:1/b/../..", "s3:b", "dir:x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, spec string) {
		u, err := url.Parse(spec)
		if err != nil || len(spec) > 64<<10 {
			return
		}
		t.Setenv("AWS_ACCESS_KEY_ID", "suite-key")
		t.Setenv("AWS_SECRET_ACCESS_KEY", "suite-secret")
		b, err := newBucket(u, true, http.DefaultTransport)
		if err != nil {
			if dossier.KindOf(err) != dossier.ErrInput {
				t.Errorf("%q: %v", spec, err)
			}
			return
		}
		if u.User != nil || b.bucket == "" || strings.Contains(b.bucket, "/") || strings.Contains(b.prefix, "..") && !strings.Contains(u.Path, "..") ||
			b.prefix != "" && !strings.HasSuffix(b.prefix, "/") {
			t.Errorf("%q became bucket %q, prefix %q", spec, b.bucket, b.prefix)
		}
	})
}

// A service that stops in the middle of a body is given up on.
func TestPatience(t *testing.T) {
	hold := make(chan struct{})
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		_, _ = w.Write([]byte("half"))
		w.(http.Flusher).Flush()
		<-hold
	}))
	defer srv.Close()
	defer close(hold)
	u, err := url.Parse(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	c, err := net.Dial("tcp", u.Host)
	if err != nil {
		t.Fatal(err)
	}
	p := &patient{c, 50 * time.Millisecond}
	defer p.Close()
	if _, err := p.Write([]byte("GET / HTTP/1.1\r\nHost: x\r\n\r\n")); err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := p.Read(make([]byte, 100)); err != nil {
			if e, ok := err.(net.Error); !ok || !e.Timeout() {
				t.Errorf("ended with %v", err)
			}
			return
		}
	}
}

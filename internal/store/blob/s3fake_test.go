package blob

import (
	"bufio"
	"bytes"
	"crypto/md5"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// fake is as much of S3 as the client asks for: objects, uploads in parts, listing by prefix. It wants the right key
// in every request and knows one bucket.
type fake struct {
	mu      sync.Mutex
	objects map[string]object
	uploads map[string]map[int][]byte
	puts    int
	parts   int
	fail    func(r *http.Request) int // status to answer with, 0 to serve
}

type object struct {
	data []byte
	at   time.Time
}

func newFake() *fake {
	return &fake{objects: map[string]object{}, uploads: map[string]map[int][]byte{}}
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err == nil && strings.HasPrefix(r.Header.Get("X-Amz-Content-Sha256"), "STREAMING-") {
		body, err = unchunk(body)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	bucket, key, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	status := 0
	if f.fail != nil {
		status = f.fail(r)
	}
	switch {
	case err != nil:
		fault(w, 400, "IncompleteBody")
	case status != 0:
		fault(w, status, "Told")
	case !strings.Contains(r.Header.Get("Authorization"), "Credential=suite-key/"):
		fault(w, 403, "InvalidAccessKeyId")
	case bucket != "bucket":
		fault(w, 404, "NoSuchBucket")
	case key == "":
		f.list(w, r)
	case r.Method == http.MethodPost:
		f.multipart(w, r, key)
	case r.Method == http.MethodPut:
		f.put(w, r, key, body)
	case r.Method == http.MethodDelete:
		delete(f.objects, key)
		w.WriteHeader(204)
	default:
		f.get(w, r, key)
	}
}

func fault(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	fmt.Fprintf(w, "<Error><Code>%s</Code><Message>%s</Message></Error>", code, code)
}

func (f *fake) get(w http.ResponseWriter, r *http.Request, key string) {
	o, ok := f.objects[key]
	if !ok {
		fault(w, 404, "NoSuchKey")
		return
	}
	w.Header().Set("ETag", etag(o.data))
	http.ServeContent(w, r, "", o.at, bytes.NewReader(o.data))
}

func (f *fake) put(w http.ResponseWriter, r *http.Request, key string, body []byte) {
	q := r.URL.Query()
	if id := q.Get("uploadId"); id != "" {
		n, _ := strconv.Atoi(q.Get("partNumber"))
		f.uploads[id][n] = body
		f.parts++
	} else {
		f.objects[key] = object{body, time.Now()}
		f.puts++
	}
	w.Header().Set("ETag", etag(body))
}

func (f *fake) multipart(w http.ResponseWriter, r *http.Request, key string) {
	q := r.URL.Query()
	if q.Has("uploads") {
		id := strconv.Itoa(len(f.uploads) + 1)
		f.uploads[id] = map[int][]byte{}
		fmt.Fprintf(w, "<InitiateMultipartUploadResult><UploadId>%s</UploadId></InitiateMultipartUploadResult>", id)
		return
	}
	var all []byte
	parts := f.uploads[q.Get("uploadId")]
	for n := 1; n <= len(parts); n++ {
		all = append(all, parts[n]...)
	}
	f.objects[key] = object{all, time.Now()}
	fmt.Fprintf(w, "<CompleteMultipartUploadResult><Bucket>bucket</Bucket><Key>%s</Key><ETag>%s</ETag></CompleteMultipartUploadResult>", key, etag(all))
}

// list gives three keys a page.
func (f *fake) list(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if q.Has("location") {
		fmt.Fprint(w, `<LocationConstraint></LocationConstraint>`)
		return
	}
	type content struct {
		Key          string
		Size         int
		LastModified string
	}
	var out struct {
		XMLName               xml.Name `xml:"ListBucketResult"`
		IsTruncated           bool
		NextContinuationToken string
		Contents              []content
	}
	var keys []string
	for k := range f.objects {
		if strings.HasPrefix(k, q.Get("prefix")) && k > q.Get("continuation-token") {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	if out.IsTruncated = len(keys) > 3; out.IsTruncated {
		keys = keys[:3]
		out.NextContinuationToken = keys[2]
	}
	for _, k := range keys {
		o := f.objects[k]
		out.Contents = append(out.Contents, content{k, len(o.data), o.at.UTC().Format(time.RFC3339Nano)})
	}
	_ = xml.NewEncoder(w).Encode(out)
}

func etag(b []byte) string {
	sum := md5.Sum(b)
	return `"` + hex.EncodeToString(sum[:]) + `"`
}

// unchunk takes a signed stream apart: SIZE;chunk-signature=… CRLF bytes CRLF, to a chunk of size 0.
func unchunk(b []byte) ([]byte, error) {
	r := bufio.NewReader(bytes.NewReader(b))
	var out []byte
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return nil, err
		}
		size, _, _ := strings.Cut(strings.TrimSpace(line), ";")
		n, err := strconv.ParseInt(size, 16, 64)
		if err != nil || n == 0 {
			return out, err
		}
		chunk := make([]byte, n)
		if _, err := io.ReadFull(r, chunk); err != nil {
			return nil, err
		}
		out = append(out, chunk...)
		if _, err := r.ReadString('\n'); err != nil {
			return nil, err
		}
	}
}

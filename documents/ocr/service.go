package ocr

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"io"
	"net/http"
	"net/url"
	"os"
	"time"
)

// serviceReply is what a service read on a prepared image: words with places, or text alone.
type serviceReply struct {
	words []Word
	text  string
	model string // set when a model wrote it down rather than measured it
}

// asker is a service that reads an image.
type asker interface {
	ask(ctx context.Context, img *image.Gray) (serviceReply, error)
}

// assisted is tesseract with a service's reading put to the same vote. When the service fails, the page is read
// without it, and the result says so.
type assisted struct {
	spec string
	ask  asker
}

func (a *assisted) Name() string { return a.spec }

func (a *assisted) Version() string {
	if v, ok := base().(interface{ Version() string }); ok {
		return v.Version()
	}
	return ""
}

// base is the tesseract that a service is voted against.
func base() Engine {
	if e := findNative(); e != nil {
		return e
	}
	return embeddedEngine
}

func (a *assisted) Read(ctx context.Context, img image.Image) (Result, error) {
	switch e := base().(type) {
	case *native:
		return upright(ctx, img, withService{e, a.ask}, thorough)
	case *embedded:
		e.mu.Lock()
		defer e.mu.Unlock()
		return upright(ctx, img, withService{e, a.ask}, thrifty)
	}
	return Result{}, ErrNone
}

// withService is a recogniser that also asks a service; see look.
type withService struct {
	recogniser
	asker
}

const (
	askTimeout = 25 * time.Second // a try; three of them stay below the time that a page may take
	askTries   = 3
	maxReply   = 8 << 20
	maxSent    = 12 << 20
)

// service posts JSON to one address.
type service struct {
	url    *url.URL
	key    string
	client *http.Client
	pause  time.Duration // before the second try, doubled for the third
}

func newService(u *url.URL) service {
	return service{url: u, key: os.Getenv(EnvKey), pause: 500 * time.Millisecond, client: &http.Client{
		Timeout: askTimeout,
		// A redirect could lead to a host that is not listed.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// post sends v and decodes the answer into out. Faults of the net, 429 and 5xx are tried again; the error text never
// holds what was sent or answered.
func (s service) post(ctx context.Context, path string, v, out any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	u := s.url
	if path != "" {
		u = u.JoinPath(path)
	}
	var last error
	for try := range askTries {
		if try > 0 {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(s.pause << (try - 1)):
			}
		}
		again, err := s.once(ctx, u.String(), body, out)
		if err == nil {
			return nil
		}
		if last = err; !again || ctx.Err() != nil {
			break
		}
	}
	return last
}

func (s service) once(ctx context.Context, to string, body []byte, out any) (again bool, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to, bytes.NewReader(body))
	if err != nil {
		return false, errors.New("识别服务的地址无效")
	}
	req.Header.Set("Content-Type", "application/json")
	if s.key != "" {
		req.Header.Set("Authorization", "Bearer "+s.key)
	}
	res, err := s.client.Do(req)
	if err != nil {
		return true, errors.New("识别服务没有响应")
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 1<<16))
		return res.StatusCode == http.StatusTooManyRequests || res.StatusCode >= 500, fmt.Errorf("识别服务返回 %d", res.StatusCode)
	}
	data, err := io.ReadAll(io.LimitReader(res.Body, maxReply+1))
	if err != nil {
		return true, errors.New("识别服务的回复没有传完")
	}
	if len(data) > maxReply {
		return false, errors.New("识别服务的回复过大")
	}
	if err := json.Unmarshal(data, out); err != nil {
		return false, errors.New("识别服务的回复不是约定的格式")
	}
	return false, nil
}

// base64PNG encodes an image for a request; a page too large to send is halved.
func base64PNG(img *image.Gray) (s string, scale float64, err error) {
	scale = 1
	for range 4 {
		var b bytes.Buffer
		if err := encodeImage(&b, img); err != nil {
			return "", 0, err
		}
		if b.Len() <= maxSent {
			return base64.StdEncoding.EncodeToString(b.Bytes()), scale, nil
		}
		img, scale = halve(img), scale*2
	}
	return "", 0, errors.New("图片过大，不能送识别服务")
}

func halve(g *image.Gray) *image.Gray {
	w, h := max(g.Rect.Dx()/2, 1), max(g.Rect.Dy()/2, 1)
	out := image.NewGray(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			i := 2*y*g.Stride + 2*x
			j, k := i, i
			if 2*x+1 < g.Rect.Dx() {
				j = i + 1
			}
			if 2*y+1 < g.Rect.Dy() {
				k = i + g.Stride
			}
			out.Pix[y*out.Stride+x] = uint8((int(g.Pix[i]) + int(g.Pix[j]) + int(g.Pix[k])) / 3)
		}
	}
	return out
}

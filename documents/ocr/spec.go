package ocr

import (
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"

	"github.com/xindiao/xindiao/dossier"
)

// Environment variables of services: a page cannot be masked, so an image goes only to hosts that the bank lists as
// its own.
const (
	EnvHosts = "XINDIAO_OCR_HOSTS" // host names or host:port, parted by commas; localhost is always one of them
	EnvKey   = "XINDIAO_OCR_KEY"   // sent as a bearer token
)

// Parse gives the engine of a SPEC, and an error of kind dependency or input that says what to do where it cannot be
// had: "" or auto, native, embedded, none, paddle:URL (a PaddleOCR service), vision:MODEL@BASE_URL (an OpenAI-compatible
// vision model). A service reads together with tesseract, never alone. No service is called before Read.
func Parse(spec string) (Engine, error) {
	switch spec {
	case "", "auto":
		return Find(""), nil
	case "none", "embedded":
		return Find(spec), nil
	case "native":
		if e := findNative(); e != nil {
			return e, nil
		}
		return nil, &dossier.Error{Kind: dossier.ErrDependency, Msg: "没有找到带 chi_sim 语言包的 tesseract（apt-get install tesseract-ocr tesseract-ocr-chi-sim）"}
	}
	kind, rest, _ := strings.Cut(spec, ":")
	switch kind {
	case "paddle":
		u, err := serviceURL(rest)
		if err != nil {
			return nil, err
		}
		return &assisted{spec: spec, ask: paddle{newService(u)}}, nil
	case "vision":
		model, base, ok := strings.Cut(rest, "@")
		if !ok || model == "" {
			return nil, badSpec("vision 引擎要写成 vision:模型名@服务地址")
		}
		u, err := serviceURL(base)
		if err != nil {
			return nil, err
		}
		return &assisted{spec: spec, ask: vision{newService(u), model}}, nil
	}
	return nil, badSpec(fmt.Sprintf("不认识的文字识别引擎“%s”：可用 auto、native、embedded、none、paddle:URL、vision:MODEL@URL", spec))
}

func badSpec(msg string) error { return &dossier.Error{Kind: dossier.ErrInput, Msg: msg} }

func serviceURL(s string) (*url.URL, error) {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return nil, badSpec("识别服务的地址要写成 http://主机:端口/路径 或 https://…，不含用户名和密码")
	}
	if !inside(u) {
		return nil, &dossier.Error{Kind: dossier.ErrInput, Msg: fmt.Sprintf("主机 %s 没有登记为行内主机，图片含个人信息且无法脱敏，不能外发；如确属行内服务，请在环境变量 %s 中登记", u.Host, EnvHosts)}
	}
	return u, nil
}

// inside tells a host that the bank lists as its own.
func inside(u *url.URL) bool {
	name := strings.ToLower(u.Hostname())
	if ip := net.ParseIP(name); name == "localhost" || ip != nil && ip.IsLoopback() {
		return true
	}
	for _, h := range strings.Split(os.Getenv(EnvHosts), ",") {
		if h = strings.ToLower(strings.TrimSpace(h)); h != "" && (h == name || h == strings.ToLower(u.Host)) {
			return true
		}
	}
	return false
}

// Known tells whether a worker process can find the engine again by its name.
func Known(e Engine) bool {
	switch e.(type) {
	case *native, *embedded, none, *assisted:
		return true
	}
	return false
}

// Env names the environment variables that a worker process needs for the engine: those of services, for no other.
func Env(e Engine) []string {
	if _, ok := e.(*assisted); ok {
		return []string{EnvHosts, EnvKey}
	}
	return nil
}

// Version names an engine with its version: "native tesseract 5.3.0".
func Version(e Engine) string {
	if v, ok := e.(interface{ Version() string }); ok {
		return e.Name() + " " + v.Version()
	}
	return e.Name()
}

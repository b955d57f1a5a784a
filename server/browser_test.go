package server_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/xindiao/xindiao/internal/browsertest"
)

// steps returns what a test does in the browser; a step that fails ends the test.
func steps(t *testing.T, ctx context.Context) func(...chromedp.Action[chromedp.Void]) {
	return func(list ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := chromedp.Do(ctx, list...); err != nil {
			t.Fatal(err)
		}
	}
}

// A customer manager's whole way: sign in, choose files, see the findings, draft, find the download.
func TestPageInABrowser(t *testing.T) {
	ctx := browsertest.Open(t)
	c := serve(t, &engine{}, nil)
	file := filepath.Join(t.TempDir(), "营业执照.txt")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	do := steps(t, ctx)
	text := func(sel string) string {
		t.Helper()
		s, err := chromedp.Run(ctx, chromedp.Text(chromedp.CSS(sel)))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	tok, enter := chromedp.CSS("#token"), chromedp.CSS("#signin button")
	do(chromedp.Navigate(c.url), chromedp.WaitVisible(tok), chromedp.SetValue(tok, "wrong"), chromedp.Click(enter), chromedp.WaitVisible(chromedp.CSS("#message")))
	wrong := text("#message")
	do(chromedp.SetValue(tok, token), chromedp.Click(enter), chromedp.WaitVisible(chromedp.CSS("#work")),
		chromedp.SetUploadFiles(chromedp.CSS("#archive"), []string{file}), chromedp.WaitVisible(chromedp.CSS("#findings .finding")))
	findings := text("#findings")
	link := chromedp.CSS(`#links a[href$="format=docx"]`)
	do(chromedp.Click(chromedp.CSS(".ops button:nth-child(2)")), chromedp.WaitVisible(link))
	attr, err := chromedp.Run(ctx, chromedp.AttributeValue(link, "href"))
	if err != nil {
		t.Fatal(err)
	}
	href := attr.Value
	if wrong != "口令不正确" {
		t.Errorf("a wrong token says %q", wrong)
	}
	if !strings.Contains(findings, "发现问题 4 项") || strings.Index(findings, "［阻断］") > strings.Index(findings, "［提示］") {
		t.Errorf("findings: %s", findings)
	}
	if code, b, _ := c.do("GET", href, nil, nil); code != 200 || !strings.HasPrefix(string(b), "PK") {
		t.Errorf("download %s: %d", href, code)
	}
	if out := os.Getenv("UI_OUT"); out != "" {
		png, err := chromedp.Run(ctx, chromedp.FullScreenshot(90))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(out, "ui.png"), png, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

package reading

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/browsertest"
)

// By keyboard from field to field, each found again on its page, and layers shown and hidden.
func TestPageInABrowser(t *testing.T) {
	ctx := browsertest.Open(t)
	path := filepath.Join(t.TempDir(), "读取.html")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	const pixel = "data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs="
	if err := WriteHTML(f, sample(), func(d *dossier.Document, _ int) string {
		if d.Format == "image" {
			return pixel
		}
		return ""
	}); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	ask := func(js string) bool {
		t.Helper()
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](js))
		if err != nil {
			t.Fatal(err)
		}
		return ok
	}
	do := func(steps ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := chromedp.Do(ctx, steps...); err != nil {
			t.Fatal(err)
		}
	}
	do(chromedp.Navigate("file://" + path))
	for i, want := range []string{`rect.field.now`, `td.hit.now`} {
		do(chromedp.KeyEvent("n"))
		if i == 1 {
			do(chromedp.KeyEvent("n")) // past the list, which has no one place
		}
		if !ask("document.querySelectorAll('" + want + "').length === 1") {
			t.Errorf("after n: no %s", want)
		}
	}
	const line = `getComputedStyle(document.querySelector("rect.line")).display`
	if !ask(line + ` === "none"`) {
		t.Error("lines are shown from the start")
	}
	do(chromedp.Click(chromedp.CSS(`[data-layer="line"]`)))
	if !ask(line + ` !== "none"`) {
		t.Error("the button shows no lines")
	}
	do(chromedp.Click(chromedp.CSS(`td.hit`)))
	if !ask(`document.querySelector("article.f.now .v").textContent === "1,200.5 元"`) {
		t.Error("a click on a cell does not find its field")
	}
}

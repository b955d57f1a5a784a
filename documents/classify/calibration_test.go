package classify_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/xindiao/xindiao/documents/classify"
	"github.com/xindiao/xindiao/documents/types"
	"github.com/xindiao/xindiao/dossier"
)

// TestCalibration names the catalogue's examples again after spoiling them as hand-ins are spoilt: without their
// title, with characters misread, with half of their lines. Of what is said with 0.9 at least 95 % must be right, and
// confidence must not fall where more is right.
func TestCalibration(t *testing.T) {
	c, err := types.Load()
	if err != nil {
		t.Fatal(err)
	}
	var good, of [11]int
	wrong := map[string]int{}
	rnd := rand.New(rand.NewPCG(1, 2))
	for _, k := range c.All() {
		for _, e := range k.Examples {
			if e.Not || k.Assigned || k.Image {
				continue
			}
			for how, text := range spoilt(e.Text, rnd) {
				e.Text = text
				d := document(e)
				d.Scan = d.Scan || how == "misread"
				classify.Classify(c, d, dossier.Application{})
				if d.Type == dossier.TypeUnknown {
					continue
				}
				i := int(d.Confidence*10 + 1e-9)
				of[i]++
				if alike(c, d.Type, k.ID) {
					good[i]++
				} else if i >= 9 {
					wrong[fmt.Sprintf("%s taken for %s (%s, %.2f)", k.ID, d.Type, how, d.Confidence)]++
				}
			}
		}
	}
	sure, all := good[9]+good[10], of[9]+of[10]
	t.Logf("right of said, by tenths of confidence: %v of %v", good, of)
	if all < 100 || sure*100 < all*95 {
		t.Errorf("said with 0.9 or more: %d of %d right; %v", sure, all, wrong)
	}
}

func alike(c *types.Catalogue, got, want string) bool {
	g, w := c.Get(got), c.Get(want)
	return sameBeforeResolve(got, want) || g != nil && w != nil && (g.Like == want || w.Like == got || g.Like != "" && g.Like == w.Like)
}

func spoilt(text string, rnd *rand.Rand) map[string]string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	out := map[string]string{"whole": text, "misread": misread(text, rnd)}
	if len(lines) > 2 {
		out["untitled"] = strings.Join(lines[1:], "\n")
		out["half"] = strings.Join(lines[:(len(lines)+1)/2], "\n")
	}
	return out
}

// misread changes one ideograph in twelve.
func misread(text string, rnd *rand.Rand) string {
	return strings.Map(func(r rune) rune {
		if r >= 0x4e00 && r <= 0x9fff && rnd.IntN(12) == 0 {
			return 0x4e00 + rune(rnd.IntN(2000))
		}
		return r
	}, text)
}

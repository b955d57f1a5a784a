package storetest

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/report"
)

// Kill lets child processes write to one dossier and kills them at random moments, 100 times, 10 with -short. After
// each the dossier is wholly one reading, nothing that was acknowledged is lost, and the audit chain holds. The
// package's TestMain must call Main.
func Kill(t *testing.T, b Backend) {
	e := newEnv(t, b)
	w := &witness{e: e, tn: e.tenant(t)}
	began := time.Now()
	must[store.Receipt](t)(w.tn.Intake(t.Context(), generation(0)))
	w.took = time.Since(began)
	w.look(t, e.s)
	kills := 100
	if testing.Short() {
		kills = 10
	}
	r := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 9)) // moments, not cases: they never repeat anyway
	middle, rolledBack := 0, 0
	for i := range kills {
		inIntake := w.run(t, r)
		acknowledged := w.gen
		s := e.open(t)
		w.look(t, s)
		s.Close()
		if inIntake {
			middle++
			if w.gen == acknowledged {
				rolledBack++
			}
		}
		if t.Failed() {
			t.Fatalf("after %d kills", i+1)
		}
	}
	t.Logf("%d kills, %d of them in the middle of an intake, %d of which left the old state; %d generations came in", kills, middle, rolledBack, w.gen)
	if middle < kills/5 || w.gen < kills/2 {
		t.Errorf("%d kills in the middle of an intake, %d generations: the moments are not spread", middle, w.gen)
	}
	if b.Sever != nil {
		t.Run("severed", w.severed)
	}
}

// witness keeps what is known to be in the store.
type witness struct {
	e        *env
	tn       store.Tenant
	gen      int   // newest acknowledged or seen
	revision int   // likewise
	entries  int64 // of the audit chain, verified
	hash     string
	intakes  int           // entries of intakes among them
	took     time.Duration // by an intake, about
}

// run starts a child and kills it at a random moment within about an intake's time after one of its first lines. It
// tells whether that was in the middle of an intake.
func (w *witness) run(t *testing.T, r *rand.Rand) (inIntake bool) {
	t.Helper()
	exe := must[string](t)(os.Executable())
	cmd := exec.CommandContext(t.Context(), exe)
	cmd.Env = append(os.Environ(), childEnv+"="+w.e.target, fmt.Sprintf("%s=%d %d", startEnv, w.tn.ID(), w.gen+1))
	var fault strings.Builder
	cmd.Stderr = &fault
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	kill := time.AfterFunc(30*time.Second, func() { cmd.Process.Kill() }) // a child that hangs
	wait, pause := r.IntN(6), time.Duration(r.Int64N(int64(w.took)+1))
	lines := bufio.NewScanner(out)
	for n := 0; lines.Scan(); n++ {
		var what string
		var number int
		if _, err := fmt.Sscan(lines.Text(), &what, &number); err != nil {
			t.Errorf("child says %q", lines.Text())
		}
		switch inIntake = false; what {
		case "begin":
			inIntake = true
		case "intake":
			w.gen = number
		case "report":
			w.revision = number
		}
		if n == wait {
			kill.Reset(pause)
		}
	}
	kill.Stop()
	if err := cmd.Wait(); err == nil || fault.Len() > 0 {
		t.Errorf("child ended by itself: %v: %s", err, fault.String())
	}
	return inIntake
}

// look checks the whole dossier. Writing to the chain first waits for what a dead session may still hold.
func (w *witness) look(t *testing.T, s store.Store) {
	t.Helper()
	ctx := t.Context()
	tn := s.Tenant(w.tn.ID())
	must[store.Entry](t)(tn.Note(ctx, "看", "look", "", nil))
	list := must[[]store.DossierInfo](t)(tn.Dossiers(ctx))
	if len(list) != 1 {
		t.Fatalf("%d dossiers", len(list))
	}
	var gen int
	if _, err := fmt.Sscanf(list[0].InputHash, "input 代%d号", &gen); err != nil {
		t.Fatalf("input hash %q", list[0].InputHash)
	}
	if gen != w.gen && gen != w.gen+1 {
		t.Fatalf("generation %d, acknowledged was %d", gen, w.gen)
	}
	w.gen = gen
	readBack(t, tn, list[0].ID, generation(gen))
	if list[0].Intakes != gen+1 {
		t.Errorf("%d intakes for generation %d", list[0].Intakes, gen)
	}
	for id, v := range collect(t, tn, space) {
		row := must[[]store.ChunkRow](t)(tn.Chunks(ctx, []int64{id}))[0]
		if !slices.Equal(v, vector(space, store.EmbedText("审计报告", row.Chunk))) {
			t.Errorf("chunk %d has a vector of another text", id)
		}
	}
	if c := must[store.Catalog](t)(tn.Catalog(ctx)); c.Chunks() != 3*3*3+2*3 || c.Embedded != c.Chunks() || len(c.Documents) != 4 {
		t.Errorf("%d documents, %d chunks, %d vectors", len(c.Documents), c.Chunks(), c.Embedded)
	}
	w.lookReports(t, tn, list[0].ID)
	w.lookAudit(t, tn)
}

func (w *witness) lookReports(t *testing.T, tn store.Tenant, id int64) {
	t.Helper()
	revs := must[[]store.Revision](t)(tn.Reports(t.Context(), id))
	if n := len(revs); n != w.revision && n != w.revision+1 {
		t.Errorf("%d revisions, acknowledged was %d", n, w.revision)
	}
	w.revision = len(revs)
	if w.revision > 0 {
		if r := must[store.Revision](t)(tn.Report(t.Context(), id, report.Credit, 0)); r.Number != w.revision || string(r.Body) != r.Actor {
			t.Errorf("newest revision %+v", r)
		}
	}
}

// lookAudit checks what the chain has grown by: one entry for each generation, in order.
func (w *witness) lookAudit(t *testing.T, tn store.Tenant) {
	t.Helper()
	page := must[[]store.Entry](t)(tn.Audit(t.Context(), w.entries, 10_000))
	if err := store.Verify(w.entries, w.hash, page); err != nil || len(page) == 0 {
		t.Fatalf("%d new entries: %v", len(page), err)
	}
	for _, x := range page {
		if x.Action != "intake" {
			continue
		}
		if x.Actor != mark(w.intakes) {
			t.Errorf("intake %d is %q", w.intakes, x.Actor)
		}
		w.intakes++
	}
	last := page[len(page)-1]
	w.entries, w.hash = last.Number, last.Hash
	if n, hash, err := tn.AuditHead(t.Context()); err != nil || n != last.Number || hash != last.Hash {
		t.Errorf("head %d, last entry %d: %v", n, last.Number, err)
	}
	if w.intakes != w.gen+1 {
		t.Errorf("%d intakes in the chain, generation %d in the dossier", w.intakes, w.gen)
	}
}

// severed ends the sessions from the server's side while intakes run in this process; the store goes on without being
// opened again.
func (w *witness) severed(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	failed := 0
	wg.Go(func() {
		for gen := w.gen + 1; ctx.Err() == nil; {
			if _, err := w.tn.Intake(t.Context(), generation(gen)); err == nil {
				w.gen = gen
				gen++
				continue
			}
			failed++
			d, err := w.tn.Dossier(t.Context(), must[[]store.DossierInfo](t)(retry(func() ([]store.DossierInfo, error) { return w.tn.Dossiers(t.Context()) }))[0].ID)
			if err == nil && d.Application.USCC == mark(gen) {
				w.gen = gen // it was in before the session ended
				gen++
			}
		}
	})
	for range 15 {
		time.Sleep(30 * time.Millisecond)
		if err := w.e.b.Sever(t.Context(), w.e.target); err != nil {
			t.Error(err)
		}
	}
	stop()
	wg.Wait()
	must[*dossier.Dossier](t)(retry(func() (*dossier.Dossier, error) {
		list, err := w.tn.Dossiers(t.Context())
		if err != nil {
			return nil, err
		}
		return w.tn.Dossier(t.Context(), list[0].ID)
	}))
	w.look(t, w.e.s)
	t.Logf("%d intakes failed as their session ended", failed)
}

// retry asks again while a pool finds out which of its connections are dead.
func retry[T any](f func() (T, error)) (v T, err error) {
	for range 20 {
		if v, err = f(); err == nil {
			return v, nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	return v, err
}

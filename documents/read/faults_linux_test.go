package read

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/xindiao/xindiao/documents/ocr"
	"github.com/xindiao/xindiao/dossier"
)

// What comes from outside while files are read: each time the rest is read, the message is clear and nothing is left.

// workers lists the processes whose parent is this one.
func workers(t *testing.T) (pids []int) {
	t.Helper()
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range stats {
		data, err := os.ReadFile(name)
		if err != nil {
			continue
		}
		var ppid int
		var state string
		_, rest, _ := strings.Cut(string(data), ") ")
		if n, _ := fmt.Sscan(rest, &state, &ppid); n == 2 && ppid == os.Getpid() && state != "Z" {
			var pid int
			if _, err := fmt.Sscan(filepath.Base(filepath.Dir(name)), &pid); err == nil {
				pids = append(pids, pid)
			}
		}
	}
	return pids
}

// waitFor polls until something holds.
func waitFor(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatal(what)
}

// hanging reads a file that hangs after its first page and calls do once that page is out.
func hanging(ctx context.Context, t *testing.T, do func()) (*dossier.Document, string) {
	t.Helper()
	tmp := t.TempDir()
	done := make(chan *dossier.Document)
	page := make(chan bool, 10)
	opt := Options{OCR: ocr.None, Workers: 1, Progress: func(e Event) {
		if e.Page == 1 {
			page <- true
		}
	}}
	rs := newReaders(opt.filled(), tmp)
	go func() {
		done <- readIn(ctx, t, rs, "test-hang", filepath.Join(folder(t, map[string]string{"a": "x"}), "a"))
		rs.close()
	}()
	<-page
	do()
	return <-done, tmp
}

func TestWorkerKilled(t *testing.T) {
	d, _ := hanging(t.Context(), t, func() {
		for _, pid := range workers(t) {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
	})
	if len(d.Pages) != 1 || len(d.Problems) != 1 || d.Problems[0].Kind != dossier.ErrCrashed || !strings.Contains(d.Problems[0].Msg, "保留") {
		t.Errorf("%d pages, %+v", len(d.Pages), d.Problems)
	}
}

func TestCancelledInTheMiddle(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	_, tmp := hanging(ctx, t, cancel)
	waitFor(t, "a worker lives on", func() bool { return len(workers(t)) == 0 })
	if left, _ := os.ReadDir(tmp); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// A disk that takes no more: the file is told of, the others are read.
func TestNoSpace(t *testing.T) {
	blocked := filepath.Join(folder(t, map[string]string{"a": "x"}), "a") // a file where a folder should be
	var got []member
	res := answer(t.Context(), request{Path: writeTemp(t, archive(t, "a.txt", "x", "b.txt", "y")), Name: "a.zip", Limits: Limits{}.filled(),
		Unpack: (&budget{lim: Limits{}.filled()}).left(0).in(filepath.Join(blocked, "1"))}, ocr.None, func(r reply) {
		if r.Member != nil {
			got = append(got, *r.Member)
		}
	})
	if len(got) != 2 || got[0].Problem == nil || got[0].Problem.Kind != dossier.ErrDependency || !strings.Contains(got[0].Problem.Remedy, "磁盘") {
		t.Errorf("%+v %+v", got, res)
	}
	t.Setenv("TMPDIR", filepath.Join(blocked, "tmp"))
	if _, err := File(t.Context(), blocked, Options{OCR: ocr.None}); dossier.KindOf(err) != dossier.ErrDependency {
		t.Errorf("no temporary folder: %v", err)
	}
}

func writeTemp(t *testing.T, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	writeFile(t, path, data)
	return path
}

// A run that was killed leaves its folder; the next one removes it, and leaves that of a run that goes on.
func TestFoldersOfDeadRuns(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	dead := filepath.Join(os.TempDir(), tempPrefix+"1")
	if err := os.Mkdir(dead, 0o700); err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dead, tempLock), nil)
	writeFile(t, filepath.Join(dead, "member"), []byte("personal"))
	alive, remove, err := newTemp()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dead); err == nil {
		t.Error("the dead one is still there")
	}
	_, again, err := newTemp()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(alive); err != nil {
		t.Error("a living run lost its folder")
	}
	remove()
	again()
	if left, _ := os.ReadDir(os.TempDir()); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}

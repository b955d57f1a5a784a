package blob

import (
	"bufio"
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xindiao/xindiao/dossier"
)

const childEnv = "XINDIAO_BLOB_CHILD"

// TestMain makes the test binary its own child, which puts files until it is killed.
func TestMain(m *testing.M) {
	dir := os.Getenv(childEnv)
	if dir == "" {
		os.Exit(m.Run())
	}
	d, err := OpenDir(dir)
	for n := time.Now().UnixNano(); err == nil; n++ {
		var digest string
		if digest, _, err = d.Put(context.Background(), 1, strings.NewReader(strings.Repeat(fmt.Sprintln(n), 20_000))); err == nil {
			fmt.Println(digest)
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func TestKilledPut(t *testing.T) {
	kills := 30
	if testing.Short() {
		kills = 5
	}
	dir := t.TempDir()
	d, err := OpenDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	known, half := map[string]bool{}, 0
	for range kills {
		cmd := exec.CommandContext(t.Context(), os.Args[0])
		cmd.Env = append(os.Environ(), childEnv+"="+dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		kill := time.AfterFunc(20*time.Second, func() { cmd.Process.Kill() })
		for lines := bufio.NewScanner(out); lines.Scan(); {
			known[lines.Text()] = true
			kill.Reset(time.Duration(rand.IntN(3000)) * time.Microsecond)
		}
		kill.Stop()
		if err := cmd.Wait(); err == nil {
			t.Fatal("the child ended by itself")
		}
	}
	seen := list(t, d, 1)
	for _, digest := range seen {
		if _, err := read(d, 1, digest); err != nil {
			t.Errorf("%s: %v", digest, err)
		}
		delete(known, digest)
	}
	if len(known) > 0 {
		t.Errorf("%d acknowledged files are lost", len(known))
	}
	left, _ := os.ReadDir(filepath.Join(dir, tmp))
	if half = len(left); half == 0 {
		t.Error("no put was killed in the middle")
	}
	t.Logf("%d kills, %d files whole, %d puts killed in the middle", kills, len(seen), half)

	// What died long ago is cleared at the next opening; what may be at work is not.
	old := filepath.Join(dir, tmp, left[0].Name())
	if err := os.Chtimes(old, time.Time{}, time.Now().Add(-2*staleTmp)); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenDir(dir); err != nil {
		t.Fatal(err)
	}
	if now, _ := os.ReadDir(filepath.Join(dir, tmp)); len(now) != half-1 {
		t.Errorf("%d temporary files left of %d", len(now), half)
	}
}

func TestDirModes(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "原件", "库")
	s, err := Open(t.Context(), "dir:"+dir)
	if err != nil {
		t.Fatal(err)
	}
	digest, _, err := s.Put(t.Context(), 9, strings.NewReader("x"))
	if err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	// A link planted in the folder leads nowhere.
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, filepath.FromSlash(place(9, digest)))
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, name); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Open(t.Context(), 9, digest); err == nil {
		t.Error("followed a link out of the folder")
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if _, err := OpenDir(secret); dossier.KindOf(err) != dossier.ErrDependency {
		t.Errorf("a file for a folder: %v", err)
	}
}

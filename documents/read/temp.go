package read

import (
	"os"
	"path/filepath"
	"time"
)

const (
	tempPrefix = "xindiao-read-"
	tempLock   = "lock"
)

// newTemp makes the folder of one run, for members and for what workers write, and says how to remove it. Folders of
// runs that were killed are removed on the way: they may hold personal data.
func newTemp() (dir string, remove func(), err error) {
	old, _ := filepath.Glob(filepath.Join(os.TempDir(), tempPrefix+"*"))
	for _, d := range old {
		if abandoned(d) {
			_ = os.RemoveAll(d)
		}
	}
	if dir, err = os.MkdirTemp("", tempPrefix); err != nil {
		return "", nil, err
	}
	release, err := hold(filepath.Join(dir, tempLock))
	if err != nil {
		_ = os.RemoveAll(dir)
		return "", nil, err
	}
	return dir, func() {
		release()
		_ = os.RemoveAll(dir)
	}, nil
}

// abandoned tells a folder whose run is gone: nobody holds its lock. One without a lock may be just being made.
func abandoned(dir string) bool {
	lock := filepath.Join(dir, tempLock)
	if _, err := os.Stat(lock); err != nil {
		st, err := os.Stat(dir)
		return err == nil && st.IsDir() && time.Since(st.ModTime()) > 24*time.Hour
	}
	return unheld(lock)
}

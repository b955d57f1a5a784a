package main

import (
	"os"
	"testing"

	"github.com/xindiao/xindiao/documents/read"
)

func TestMain(m *testing.M) {
	read.WorkerMain()
	os.Setenv("XINDIAO_CACHE", cacheOff) // tests read what is there now
	os.Exit(m.Run())
}

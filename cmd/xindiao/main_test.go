package main

import (
	"os"
	"testing"

	"github.com/xindiao/xindiao/documents/read"
)

func TestMain(m *testing.M) {
	read.WorkerMain()
	os.Exit(m.Run())
}

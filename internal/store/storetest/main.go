package storetest

import (
	"context"
	"fmt"
	"os"
	"testing"
)

// childEnv names the database that a child process of the kill test writes to.
const childEnv = "XINDIAO_STORETEST_CHILD"

// Main runs a backend's tests; in a child process of the kill test it writes to the store instead until it is killed.
// It does not return.
func Main(m *testing.M, b Backend) {
	target := os.Getenv(childEnv)
	if target == "" {
		os.Exit(m.Run())
	}
	if err := child(context.Background(), b, target); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

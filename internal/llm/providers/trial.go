package providers

import "sync"

// trial is a way of asking that is tried until a server has shown whether it knows it.
type trial struct {
	mu       sync.Mutex
	on, sure bool
}

func (f *trial) get() (on, sure bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.on, f.sure
}

func (f *trial) settle(on bool) {
	f.mu.Lock()
	f.on, f.sure = on, true
	f.mu.Unlock()
}

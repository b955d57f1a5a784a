package blob

import (
	"context"
	"net"
	"net/http"
	"time"
)

// stall is how long a connection may stand still while something is sent or received.
const stall = time.Minute

// guard makes a transport give up on a service that stops in the middle of a body: the client has no limit for that.
func guard(tr *http.Transport) {
	dial := tr.DialContext
	tr.DialContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
		c, err := dial(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		return &patient{c, stall}, nil
	}
}

// patient is a connection with a deadline for every read and write.
type patient struct {
	net.Conn
	limit time.Duration
}

func (p *patient) Read(b []byte) (int, error) {
	if err := p.SetReadDeadline(time.Now().Add(p.limit)); err != nil {
		return 0, err
	}
	return p.Conn.Read(b)
}

func (p *patient) Write(b []byte) (int, error) {
	if err := p.SetWriteDeadline(time.Now().Add(p.limit)); err != nil {
		return 0, err
	}
	return p.Conn.Write(b)
}

package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"strconv"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
)

// missing is the error for a digest that is not there.
func missing() error { return store.NotFound("这份原件，可能已被清除") }

// valid refuses what could not come from Put: neither becomes part of a path.
func valid(customer int64, digest string) error {
	if len(digest) != 2*sha256.Size || strings.Trim(digest, "0123456789abcdef") != "" {
		return missing()
	}
	return owned(customer)
}

func owned(customer int64) error {
	if customer < 1 {
		return &dossier.Error{Kind: dossier.ErrInput, Msg: "原件不属于任何客户：客户编号 " + strconv.FormatInt(customer, 10)}
	}
	return nil
}

// intake copies r to w, counting and hashing, until ctx ends or limit is passed.
func intake(ctx context.Context, w io.Writer, r io.Reader, limit int64) (digest string, size int64, err error) {
	h := sha256.New()
	size, err = io.Copy(io.MultiWriter(h, w), io.LimitReader(&stopping{ctx, r}, limit+1))
	if err == nil && size > limit {
		err = &dossier.Error{Kind: dossier.ErrTooLarge, Msg: "原件超过 " + strconv.FormatInt(limit>>20, 10) + " MB，不予保存"}
	}
	return hex.EncodeToString(h.Sum(nil)), size, err
}

// stopping is a reader that ends with its context.
type stopping struct {
	ctx context.Context
	r   io.Reader
}

func (s *stopping) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(p)
}

// checked is a reader that knows which digest its bytes must have.
type checked struct {
	io.ReadCloser
	sum    hash.Hash
	digest string
}

func check(r io.ReadCloser, digest string) io.ReadCloser {
	return &checked{r, sha256.New(), digest}
}

func (c *checked) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	c.sum.Write(p[:n])
	if err == io.EOF && hex.EncodeToString(c.sum.Sum(nil)) != c.digest {
		err = &dossier.Error{Kind: dossier.ErrCorrupt, Msg: "保存的原件已损坏，与登记的指纹不符，请从备份恢复或重新上传"}
	}
	return n, err
}

package blob

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"github.com/xindiao/xindiao/dossier"
)

// Bucket is a store in an S3-compatible bucket: PREFIX/CUSTOMER/DIGEST. An object can be seen when all of it is there;
// let a lifecycle rule of the bucket clear uploads in parts that never ended.
type Bucket struct {
	c      *minio.Client
	bucket string
	prefix string // "" or ends with /
	name   string
	limit  int64
	part   uint64
}

const (
	partSize = 16 << 20
	retries  = 4
	fresh    = time.Hour // what was put within is not put again; well below MinAge
)

// OpenBucket opens the bucket of an s3:// URL and asks whether it is there.
func OpenBucket(ctx context.Context, u *url.URL) (*Bucket, error) {
	secure := u.Scheme == "s3"
	tr, err := minio.DefaultTransport(secure)
	if err != nil {
		return nil, bucketError(err)
	}
	guard(tr)
	b, err := newBucket(u, secure, tr)
	if err != nil {
		return nil, err
	}
	there, err := b.c.BucketExists(ctx, b.bucket)
	if err != nil {
		return nil, bucketError(err)
	}
	if !there {
		return nil, &dossier.Error{Kind: dossier.ErrDependency, Msg: "没有名为 " + b.bucket + " 的存储桶，请先建好"}
	}
	return b, nil
}

func newBucket(u *url.URL, secure bool, tr http.RoundTripper) (*Bucket, error) {
	bad := func(msg string) error { return &dossier.Error{Kind: dossier.ErrInput, Msg: msg} }
	bucket, prefix, _ := strings.Cut(strings.Trim(path.Clean("/"+u.Path), "/"), "/")
	switch {
	case u.User != nil:
		return nil, bad("存储桶的凭据不要写在地址里，请放在环境变量 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY 中")
	case u.Host == "" || bucket == "":
		return nil, bad("存储桶地址应写作 s3://主机/桶/前缀")
	}
	for key := range u.Query() {
		if key != "region" {
			return nil, bad("存储桶地址里只认 region，不认 " + key)
		}
	}
	creds := credentials.NewChainCredentials([]credentials.Provider{&credentials.EnvAWS{}})
	if v, err := creds.GetWithContext(nil); err != nil || v.AccessKeyID == "" || v.SecretAccessKey == "" {
		return nil, &dossier.Error{Kind: dossier.ErrDependency, Msg: "没有存储桶的凭据，请设置环境变量 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY"}
	}
	c, err := minio.New(u.Host, &minio.Options{Creds: creds, Secure: secure, Region: u.Query().Get("region"), Transport: tr, MaxRetries: retries})
	if err != nil {
		return nil, bad("存储桶地址有误：" + u.Host)
	}
	if prefix != "" {
		prefix += "/"
	}
	return &Bucket{c: c, bucket: bucket, prefix: prefix, name: u.Scheme + "://" + u.Host + "/" + bucket + "/" + prefix, limit: MaxBytes, part: partSize}, nil
}

func (b *Bucket) String() string { return b.name }

// Close has nothing to do.
func (b *Bucket) Close() error { return nil }

func (b *Bucket) drawer(customer int64) string {
	return b.prefix + strconv.FormatInt(customer, 10) + "/"
}

// Open is part of Store.
func (b *Bucket) Open(ctx context.Context, customer int64, digest string) (io.ReadCloser, error) {
	if err := valid(customer, digest); err != nil {
		return nil, err
	}
	o, err := b.c.GetObject(ctx, b.bucket, b.drawer(customer)+digest, minio.GetObjectOptions{})
	if err == nil {
		_, err = o.Stat() // GetObject asks nothing yet
	}
	if err != nil {
		return nil, bucketError(err)
	}
	return check(&faults{o}, digest), nil
}

// faults makes what a read meets an error that a user can read.
type faults struct{ io.ReadCloser }

func (f *faults) Read(p []byte) (int, error) {
	n, err := f.ReadCloser.Read(p)
	if err != nil && err != io.EOF {
		err = bucketError(err)
	}
	return n, err
}

// Has is part of Store.
func (b *Bucket) Has(ctx context.Context, customer int64, digest string) (bool, error) {
	if valid(customer, digest) != nil {
		return false, nil
	}
	_, err := b.c.StatObject(ctx, b.bucket, b.drawer(customer)+digest, minio.StatObjectOptions{})
	if gone(err) {
		return false, nil
	}
	return err == nil, bucketError(err)
}

func gone(err error) bool {
	if err == nil {
		return false
	}
	code := minio.ToErrorResponse(err).Code
	return code == minio.NoSuchKey || code == "NotFound"
}

// bucketError says in Chinese what a user can do about a fault of the bucket. What the service says goes to the log.
func bucketError(err error) error {
	var e *dossier.Error
	if err == nil || errors.As(err, &e) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if gone(err) {
		return missing()
	}
	msg := "连不上原件存储桶，请检查网络和地址"
	switch r := minio.ToErrorResponse(err); {
	case r.StatusCode == http.StatusForbidden || r.StatusCode == http.StatusUnauthorized:
		msg = "原件存储桶拒绝访问，请检查环境变量里的凭据和桶的授权"
	case r.Code == minio.NoSuchBucket:
		msg = "原件存储桶不存在，请先建好"
	case r.StatusCode >= 500:
		msg = "原件存储桶暂时不可用，请稍后重试"
	case r.StatusCode != 0:
		msg = "原件存储桶不接受请求"
	}
	return &dossier.Error{Kind: dossier.ErrDependency, Msg: msg, Cause: err}
}

package blob

import (
	"context"
	"io"
	"os"
	"time"

	"github.com/minio/minio-go/v7"

	"github.com/xindiao/xindiao/dossier"
)

// Put is part of Store. The key is the digest, so the bytes must be read to their end before they are sent: they wait
// in a temporary file that only its owner reads.
func (b *Bucket) Put(ctx context.Context, customer int64, r io.Reader) (string, int64, error) {
	if err := owned(customer); err != nil {
		return "", 0, err
	}
	f, err := os.CreateTemp("", "xindiao-blob-")
	if err != nil {
		return "", 0, dirError(err)
	}
	// Without a name from the start, nothing stays behind a process that dies. Where that cannot be, remove it later.
	if os.Remove(f.Name()) != nil {
		defer os.Remove(f.Name())
	}
	defer f.Close()
	digest, size, err := intake(ctx, f, r, b.limit)
	if err != nil {
		return "", 0, dirError(err)
	}
	key := b.drawer(customer) + digest
	if info, err := b.c.StatObject(ctx, b.bucket, key, minio.StatObjectOptions{}); err == nil && info.Size == size && time.Since(info.LastModified) < fresh {
		return digest, size, nil
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return "", 0, dirError(err)
	}
	info, err := b.c.PutObject(ctx, b.bucket, key, f, size, minio.PutObjectOptions{ContentType: "application/octet-stream", PartSize: b.part, NumThreads: 2})
	if err != nil {
		return "", 0, bucketError(err)
	}
	if info.Size != size {
		return "", 0, &dossier.Error{Kind: dossier.ErrDependency, Msg: "原件没有完整写入存储桶，请重试"}
	}
	return digest, size, nil
}

// Delete is part of Store. In a bucket that keeps versions the bytes are gone only when a lifecycle rule clears them.
func (b *Bucket) Delete(ctx context.Context, customer int64, digest string) error {
	if valid(customer, digest) != nil {
		return nil
	}
	err := b.c.RemoveObject(ctx, b.bucket, b.drawer(customer)+digest, minio.RemoveObjectOptions{})
	if gone(err) {
		return nil
	}
	return bucketError(err)
}

// deleteOlder asks for the time once more right before it deletes. A Put of the same bytes by another process between
// the two would be lost; the day that Sweep waits at least makes that a coincidence of an old orphan and a second.
func (b *Bucket) deleteOlder(ctx context.Context, customer int64, digest string, before time.Time) (bool, error) {
	info, err := b.c.StatObject(ctx, b.bucket, b.drawer(customer)+digest, minio.StatObjectOptions{})
	if gone(err) || err == nil && !info.LastModified.Before(before) {
		return false, nil
	}
	if err != nil {
		return false, bucketError(err)
	}
	return true, b.Delete(ctx, customer, digest)
}

// DeleteAll is part of Store.
func (b *Bucket) DeleteAll(ctx context.Context, customer int64) error {
	return b.objects(ctx, customer, func(o minio.ObjectInfo) error {
		return bucketError(b.c.RemoveObject(ctx, b.bucket, o.Key, minio.RemoveObjectOptions{}))
	})
}

// List is part of Store.
func (b *Bucket) List(ctx context.Context, customer int64, f func(Item) error) error {
	return b.objects(ctx, customer, func(o minio.ObjectInfo) error {
		digest := o.Key[len(b.drawer(customer)):]
		if valid(customer, digest) != nil {
			return nil
		}
		return f(Item{Digest: digest, Size: o.Size, Put: o.LastModified})
	})
}

func (b *Bucket) objects(ctx context.Context, customer int64, f func(minio.ObjectInfo) error) error {
	if err := owned(customer); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop() // ends the listing when f does
	for o := range b.c.ListObjects(ctx, b.bucket, minio.ListObjectsOptions{Prefix: b.drawer(customer), Recursive: true}) {
		if o.Err != nil {
			return bucketError(o.Err)
		}
		if err := f(o); err != nil {
			return err
		}
	}
	return ctx.Err()
}

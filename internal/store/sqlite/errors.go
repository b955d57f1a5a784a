package sqlite

import (
	"context"
	"errors"
	"io/fs"

	driver "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
)

// fail turns an error of the engine into one that says in Chinese what happened and what to do; others pass.
func (s *Store) fail(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err() // the engine says "interrupted"
	}
	var known *dossier.Error
	if errors.As(err, &known) {
		return err
	}
	s.mu.Lock()
	closed := s.closed
	s.mu.Unlock()
	if closed {
		return store.ErrClosed
	}
	e := &dossier.Error{Kind: dossier.ErrDependency, File: s.path, Msg: "数据库出错", Cause: err}
	var le *driver.Error
	var file *fs.PathError
	switch {
	case errors.As(err, &le):
		e.Kind, e.Msg = explain(le.Code())
	case errors.As(err, &file):
		e.Kind, e.Msg = explain(codes.SQLITE_CANTOPEN)
	}
	return e
}

// explain names what the engine's result code means to the user.
func explain(code int) (dossier.ErrorKind, string) {
	switch code & 0xff {
	case codes.SQLITE_BUSY, codes.SQLITE_LOCKED:
		return dossier.ErrTimeout, "数据库正被另一个程序写入，等候超时，请稍后再试"
	case codes.SQLITE_NOTADB:
		return dossier.ErrCorrupt, "不是数据库文件，或文件已损坏，请检查路径"
	case codes.SQLITE_CORRUPT:
		return dossier.ErrCorrupt, "数据库文件已损坏，请从备份恢复"
	case codes.SQLITE_FULL:
		return dossier.ErrDependency, "磁盘已满，未写入任何内容，请腾出空间后重试"
	case codes.SQLITE_READONLY:
		return dossier.ErrInput, "数据库文件或所在文件夹是只读的，请检查权限"
	case codes.SQLITE_PERM, codes.SQLITE_CANTOPEN, codes.SQLITE_AUTH:
		return dossier.ErrInput, "打不开数据库文件，请检查路径与权限"
	case codes.SQLITE_IOERR:
		return dossier.ErrDependency, "读写数据库文件失败，请检查磁盘"
	case codes.SQLITE_TOOBIG:
		return dossier.ErrTooLarge, "单项内容过大，数据库不能保存"
	case codes.SQLITE_NOMEM:
		return dossier.ErrDependency, "内存不足"
	}
	return dossier.ErrDependency, "数据库出错"
}

func input(msg string) error { return &dossier.Error{Kind: dossier.ErrInput, Msg: msg} }

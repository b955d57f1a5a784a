package postgres

import (
	"context"
	"errors"
	"fmt"
	"net"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
)

// serverError is what may be logged of an error of the server's: its texts can hold values of rows.
type serverError struct{ code, table, constraint string }

func (e serverError) Error() string {
	return fmt.Sprintf("postgres %s %s %s", e.code, e.table, e.constraint)
}

var messages = map[string]struct {
	kind dossier.ErrorKind
	msg  string
}{
	"28P01": {dossier.ErrDependency, "数据库拒绝登录：用户名或密码不对，请检查地址和 PGPASSWORD"},
	"28000": {dossier.ErrDependency, "数据库拒绝登录：该用户不允许从此处连接，请检查 pg_hba.conf 和 sslmode"},
	"3D000": {dossier.ErrDependency, "数据库不存在，请先建库"},
	"42501": {dossier.ErrDependency, "数据库用户权限不足：首次使用请以库的所有者连接，并由管理员执行 CREATE ROLE " + AppRole + " NOLOGIN; GRANT " + AppRole + " TO 该用户"},
	"22023": {dossier.ErrDependency, "数据库没有角色 " + AppRole + "，请由管理员执行 CREATE ROLE " + AppRole + " NOLOGIN; GRANT " + AppRole + " TO 该用户"},
	"53300": {dossier.ErrDependency, "数据库连接数已满，请调小 pool_max_conns 或调大 max_connections"},
	"53100": {dossier.ErrDependency, "数据库磁盘已满，未写入"},
	"57014": {dossier.ErrTimeout, "数据库操作超时，已撤销"},
	"55P03": {dossier.ErrTimeout, "等待数据库锁超时，请稍后再试"},
	"25006": {dossier.ErrDependency, "数据库处于只读状态（备机？），不能写入"},
	"57P03": {dossier.ErrDependency, "数据库正在启动，请稍后再试"},
}

// fault turns an error of the driver's into one that a user may see. Errors of our own pass.
func fault(err error) error {
	var own *dossier.Error
	var server *pgconn.PgError
	var connect *pgconn.ConnectError
	var network net.Error
	switch {
	case err == nil, errors.As(err, &own), errors.Is(err, store.ErrClosed):
		return err
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded) && !errors.As(err, &connect):
		return err
	case err.Error() == "closed pool": // between alive and the call; the pool's error is an internal package's
		return fmt.Errorf("postgres: %w", store.ErrClosed)
	case errors.As(err, &server):
		cause := serverError{server.Code, server.TableName, server.ConstraintName}
		if m, ok := messages[server.Code]; ok {
			return &dossier.Error{Kind: m.kind, Msg: m.msg, Cause: cause}
		}
		if lost(err) {
			return &dossier.Error{Kind: dossier.ErrDependency, Msg: "与数据库的连接中断，未完成的写入已撤销", Cause: cause}
		}
		return &dossier.Error{Kind: dossier.ErrDependency, Msg: "数据库报错 " + server.Code + "，未写入", Cause: cause}
	case errors.As(err, &connect):
		return &dossier.Error{Kind: dossier.ErrDependency, Msg: fmt.Sprintf("连不上数据库 %s:%d，请检查地址、网络和数据库是否在运行", connect.Config.Host, connect.Config.Port)}
	case errors.Is(err, pgx.ErrNoRows):
		return err
	case errors.As(err, &network), lost(err):
		return &dossier.Error{Kind: dossier.ErrDependency, Msg: "与数据库的连接中断，未完成的写入已撤销", Cause: errors.New("connection lost")}
	}
	return fmt.Errorf("postgres: %w", err)
}

// lost tells that the connection is gone.
func lost(err error) bool {
	var server *pgconn.PgError
	if errors.As(err, &server) {
		return server.Code == "57P01" || server.Code == "57P02" || server.Code[:2] == "08"
	}
	return pgconn.SafeToRetry(err) || isEOF(err)
}

// again tells that the transaction met another one and may be tried once more.
func again(err error) bool {
	var server *pgconn.PgError
	return errors.As(err, &server) && (server.Code == "40001" || server.Code == "40P01")
}

package sqlite

import (
	"database/sql/driver"
	"errors"
	"sync"
	"sync/atomic"

	sqlite "modernc.org/sqlite"
)

// scanFunction lends each block to the search that asks for it, where SQLite has it in memory: handed out as columns,
// blocks are copied and become garbage, which takes longer than the distances. Its arguments are the search's ticket,
// the block's number, mask, norms and data.
const scanFunction = "xindiao_scan"

var (
	scans   sync.Map // ticket to *scan, while it runs
	tickets atomic.Int64
)

func init() {
	sqlite.MustRegisterFunction(scanFunction, &sqlite.FunctionImpl{NArgs: 5, VolatileArgs: true, Scalar: scanBlock})
}

var errScan = errors.New("sqlite: " + scanFunction + " is for searches only")

func scanBlock(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
	ticket, ok := args[0].(int64)
	if !ok {
		return nil, errScan
	}
	x, ok := scans.Load(ticket)
	if !ok {
		return nil, errScan
	}
	if args[1] == nil { // the collection has no block
		return nil, nil
	}
	number, ok1 := args[1].(int64)
	mask, ok2 := args[2].(int64)
	norms, ok3 := args[3].([]byte)
	data, ok4 := args[4].([]byte)
	if !ok1 || !ok2 || !ok3 || !ok4 {
		return nil, errScan
	}
	return nil, x.(*scan).block(number, block{uint64(mask), norms, data})
}

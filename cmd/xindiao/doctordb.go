package main

import (
	"context"
	"fmt"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
)

// databaseState says what the database is and whether it is whole; not having one yet is no fault.
func (c *doctorCmd) databaseState(ctx context.Context) error {
	db, err := c.database(ctx, true)
	if dossier.KindOf(err) == dossier.ErrNotFound {
		fmt.Printf("数据库   %s 还没有；用 xindiao ingest 入库时建立\n", printable(c.DB))
		return nil
	}
	if err != nil {
		return err
	}
	defer db.Close()
	info, err := db.Info(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("数据库   %s %s，表结构第%d版，%s\n", info.Engine, info.Version, info.Schema, info.Target)
	if ck, ok := db.(interface{ Check(context.Context) error }); ok {
		if err := ck.Check(ctx); err != nil {
			return err
		}
	}
	n, bad := 0, 0
	if err := store.EachCustomer(ctx, db, func(x store.Customer) error {
		n++
		if err := chain(ctx, db.Tenant(x.ID)); err != nil {
			bad++
			fmt.Printf("         客户 %s 的审计链不完整：%v\n", x.Key, err)
		}
		return nil
	}); err != nil {
		return err
	}
	fmt.Printf("         %d 个客户，审计链完整 %d 个\n", n, n-bad)
	if bad > 0 {
		return &dossier.Error{Kind: dossier.ErrCorrupt, Msg: fmt.Sprintf("有 %d 个客户的审计链对不上，请保留现场并从备份核对", bad)}
	}
	return nil
}

// chain checks a customer's audit chain from its first entry to the head kept beside it.
func chain(ctx context.Context, t store.Tenant) error {
	number, hash := int64(0), ""
	for {
		list, err := t.Audit(ctx, number, 1000)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			break
		}
		if err := store.Verify(number, hash, list); err != nil {
			return err
		}
		number, hash = list[len(list)-1].Number, list[len(list)-1].Hash
	}
	head, sum, err := t.AuditHead(ctx)
	if err == nil && (head != number || sum != hash) {
		err = fmt.Errorf("audit chain: it ends at entry %d, the head says %d", number, head)
	}
	return err
}

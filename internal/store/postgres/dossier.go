package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/report"
)

// Dossiers lists them by id.
func (t *tenant) Dossiers(ctx context.Context) ([]store.DossierInfo, error) {
	return list(ctx, t.s, t.s.pool, t.id, func(r pgx.Rows) (d store.DossierInfo, err error) {
		var asOf string
		if err = r.Scan(&d.ID, &d.Name, &d.Applicant, &d.Kind, &asOf, &d.Documents, &d.Intakes, &d.InputHash, &d.Created, &d.Updated); err != nil {
			return d, err
		}
		d.Created, d.Updated = d.Created.UTC(), d.Updated.UTC()
		return d, d.AsOf.UnmarshalText([]byte(asOf))
	}, `select id, name, applicant, kind, as_of, documents, intakes, input_hash, created, updated from xindiao.dossier where customer_id = $1 order by id`, t.id)
}

// Dossier reads a dossier back.
func (t *tenant) Dossier(ctx context.Context, id int64) (*dossier.Dossier, error) {
	var out *dossier.Dossier
	err := t.s.snapshot(ctx, t.s.pool, t.id, func(tx pgx.Tx) error {
		var err error
		out, err = t.dossier(ctx, tx, id)
		return err
	})
	return out, err
}

func (t *tenant) dossier(ctx context.Context, tx pgx.Tx, id int64) (*dossier.Dossier, error) {
	var body []byte
	if err := tx.QueryRow(ctx, `select body from xindiao.dossier where customer_id = $1 and id = $2`, t.id, id).Scan(&body); err != nil {
		return nil, missing(err, "这份卷宗")
	}
	var c cover
	if err := store.Unpack(body, &c); err != nil {
		return nil, err
	}
	out := &dossier.Dossier{Application: c.Application, Problems: c.Problems}
	if c.Empty {
		out.Documents = []*dossier.Document{}
	}
	byID := map[int64]*dossier.Document{}
	err := forRows(ctx, tx, func(r pgx.Rows) error {
		var doc int64
		var pages, fields int
		var b []byte
		if err := r.Scan(&doc, &pages, &fields, &b); err != nil {
			return err
		}
		d := &dossier.Document{}
		if err := store.Unpack(b, d); err != nil {
			return err
		}
		if pages >= 0 {
			d.Pages = make([]dossier.Page, 0, pages)
		}
		if fields >= 0 {
			d.Fields = make(map[string]dossier.Field, fields)
		}
		byID[doc] = d
		out.Documents = append(out.Documents, d)
		return nil
	}, t.sql(`select id, pages, fields, body from {doc} where customer_id = $1 and dossier_id = $2 order by ord`), t.id, id)
	if err != nil {
		return nil, err
	}
	err = forRows(ctx, tx, func(r pgx.Rows) error {
		var doc int64
		p, err := scanPage(r, &doc)
		if err == nil {
			byID[doc].Pages = append(byID[doc].Pages, p)
		}
		return err
	}, t.sql(`select p.document_id, p.number, p.name, p.text, p.layout from {page} p join {doc} d on d.customer_id = $1 and d.id = p.document_id
		where p.customer_id = $1 and d.dossier_id = $2 order by p.document_id, p.ord`), t.id, id)
	if err != nil {
		return nil, err
	}
	return out, forRows(ctx, tx, func(r pgx.Rows) error {
		var doc int64
		key, f, err := scanField(r, &doc)
		if err == nil {
			byID[doc].Fields[key] = f
		}
		return err
	}, t.sql(`select f.document_id, f.key, f.body from {field} f join {doc} d on d.customer_id = $1 and d.id = f.document_id
		where f.customer_id = $1 and d.dossier_id = $2`), t.id, id)
}

// forRows hands out the rows of a statement within a transaction.
func forRows(ctx context.Context, tx pgx.Tx, row func(pgx.Rows) error, sql string, args ...any) error {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

func scanPage(r pgx.Rows, doc *int64) (dossier.Page, error) {
	var number int
	var name, text string
	var layout []byte
	if err := r.Scan(doc, &number, &name, &text, &layout); err != nil {
		return dossier.Page{}, err
	}
	return store.UnpackPage(number, name, text, layout)
}

func scanField(r pgx.Rows, doc *int64) (string, dossier.Field, error) {
	var key string
	var body []byte
	var f dossier.Field
	if err := r.Scan(doc, &key, &body); err != nil {
		return key, f, err
	}
	return key, f, store.Unpack(body, &f)
}

// Documents lists a dossier's documents.
func (t *tenant) Documents(ctx context.Context, dossierID int64) ([]store.DocumentInfo, error) {
	out, err := list(ctx, t.s, t.s.pool, t.id, func(r pgx.Rows) (d store.DocumentInfo, err error) {
		var body []byte
		if err = r.Scan(&d.ID, &d.Dossier, &d.Blob, &d.Pages, &body); err != nil {
			return d, err
		}
		d.Pages = max(d.Pages, 0)
		return d, store.Unpack(body, &d.Doc)
	}, t.sql(`select id, dossier_id, blob, pages, body from {doc} where customer_id = $1 and dossier_id = $2 order by ord`), t.id, dossierID)
	return found(ctx, t, dossierID, out, err)
}

// found tells a dossier with an empty list from one that is not there.
func found[T any](ctx context.Context, t *tenant, dossierID int64, out []T, err error) ([]T, error) {
	if err != nil || len(out) > 0 {
		return out, err
	}
	var n int
	err = t.s.one(ctx, t.s.pool, t.id, []any{&n}, `select 1 from xindiao.dossier where customer_id = $1 and id = $2`, t.id, dossierID)
	return nil, missing(err, "这份卷宗")
}

// Page reads one page.
func (t *tenant) Page(ctx context.Context, documentID int64, number int) (dossier.Page, error) {
	got, err := list(ctx, t.s, t.s.pool, t.id, func(r pgx.Rows) (dossier.Page, error) {
		var doc int64
		return scanPage(r, &doc)
	}, t.sql(`select document_id, number, name, text, layout from {page} where customer_id = $1 and document_id = $2 and number = $3 order by ord limit 1`),
		t.id, documentID, number)
	if err == nil && len(got) == 0 {
		err = store.NotFound(fmt.Sprintf("这份材料的第 %d 页", number))
	}
	if err != nil {
		return dossier.Page{}, err
	}
	return got[0], nil
}

// Fields reads a document's fields.
func (t *tenant) Fields(ctx context.Context, documentID int64) (map[string]dossier.Field, error) {
	out := map[string]dossier.Field{}
	err := t.s.ask(ctx, t.s.pool, t.id, func(r pgx.Rows) error {
		var doc int64
		key, f, err := scanField(r, &doc)
		out[key] = f
		return err
	}, t.sql(`select document_id, key, body from {field} where customer_id = $1 and document_id = $2`), t.id, documentID)
	if err != nil || len(out) > 0 {
		return out, err
	}
	var n int
	err = t.s.one(ctx, t.s.pool, t.id, []any{&n}, t.sql(`select 1 from {doc} where customer_id = $1 and id = $2`), t.id, documentID)
	if err != nil {
		return nil, missing(err, "这份材料")
	}
	return out, nil
}

func unpacked[T any](r pgx.Rows) (v T, err error) {
	var body []byte
	if err = r.Scan(&body); err != nil {
		return v, err
	}
	return v, store.Unpack(body, &v)
}

// Figures reads a dossier's figures.
func (t *tenant) Figures(ctx context.Context, dossierID int64, indicator string) ([]dossier.Figure, error) {
	out, err := list(ctx, t.s, t.s.pool, t.id, unpacked[dossier.Figure], `select body from xindiao.figure
		where customer_id = $1 and dossier_id = $2 and ($3::text = '' or indicator = $3) order by ord`, t.id, dossierID, store.CleanText(indicator))
	return found(ctx, t, dossierID, out, err)
}

// Findings reads a dossier's findings.
func (t *tenant) Findings(ctx context.Context, dossierID int64) ([]report.Finding, error) {
	out, err := list(ctx, t.s, t.s.pool, t.id, unpacked[report.Finding], `select body from xindiao.finding
		where customer_id = $1 and dossier_id = $2 order by ord`, t.id, dossierID)
	return found(ctx, t, dossierID, out, err)
}

// Digests lists the original bytes that the documents refer to.
func (t *tenant) Digests(ctx context.Context) ([]string, error) {
	return list(ctx, t.s, t.s.pool, t.id, func(r pgx.Rows) (d string, err error) { return d, r.Scan(&d) },
		t.sql(`select distinct blob from {doc} where customer_id = $1 and blob <> '' order by blob`), t.id)
}

// DeleteDossier erases a dossier.
func (t *tenant) DeleteDossier(ctx context.Context, id int64, actor string) error {
	return t.s.write(ctx, t.id, func(tx pgx.Tx) error {
		st, err := t.lock(ctx, tx)
		if err != nil {
			return err
		}
		docs, err := t.oldDocuments(ctx, tx, id)
		if err != nil {
			return err
		}
		tag, err := tx.Exec(ctx, `delete from xindiao.dossier where customer_id = $1 and id = $2`, t.id, id)
		if err != nil {
			return err
		}
		if tag.RowsAffected() == 0 {
			return store.NotFound("这份卷宗")
		}
		for _, table := range []string{"figure", "finding", "report", "waiver"} {
			if _, err := tx.Exec(ctx, `delete from xindiao.`+table+` where customer_id = $1 and dossier_id = $2`, t.id, id); err != nil {
				return err
			}
		}
		if err := t.removeDocuments(ctx, tx, st, docs); err != nil {
			return err
		}
		if err := st.settle(0, store.Space{}, store.Space{}); err != nil {
			return err
		}
		if len(docs) > 0 {
			st.version++
		}
		if _, err := record(ctx, tx, t.id, st, actor, "dossier.delete", fmt.Sprintf("dossier:%d", id), map[string]any{"documents": len(docs)}); err != nil {
			return err
		}
		return t.save(ctx, tx, st)
	})
}

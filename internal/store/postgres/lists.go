package postgres

import (
	"context"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/report"
)

// writeLists replaces the dossier's figures and findings.
func (w *intake) writeLists(ctx context.Context) error {
	for _, table := range []string{"figure", "finding"} {
		if !w.again {
			break
		}
		if _, err := w.tx.Exec(ctx, `delete from xindiao.`+table+` where customer_id = $1 and dossier_id = $2`, w.t.id, w.dossier); err != nil {
			return err
		}
	}
	if err := w.figures(ctx, w.in.Figures); err != nil {
		return err
	}
	return w.findings(ctx, w.in.Findings)
}

func (w *intake) figures(ctx context.Context, fs []dossier.Figure) error {
	if len(fs) == 0 {
		return nil
	}
	var indicator, entity, period, value []string
	var body [][]byte
	for _, f := range fs {
		b, err := store.Pack(f)
		if err != nil {
			return err
		}
		indicator, entity, period = append(indicator, f.Indicator), append(entity, f.Entity), append(period, f.Period.String())
		value, body = append(value, f.Value.String()), append(body, b)
	}
	_, err := w.tx.Exec(ctx, `insert into xindiao.figure select $1, $2, n.ord, n.indicator, n.entity, n.period, n.value, n.body
		from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::bytea[]) with ordinality n(indicator, entity, period, value, body, ord)`,
		w.t.id, w.dossier, indicator, entity, period, value, body)
	return err
}

func (w *intake) findings(ctx context.Context, fs []report.Finding) error {
	if len(fs) == 0 {
		return nil
	}
	var key, rule, severity, result []string
	var body [][]byte
	for _, f := range fs {
		b, err := store.Pack(f)
		if err != nil {
			return err
		}
		key, rule = append(key, store.FindingKey(f)), append(rule, f.Rule)
		severity, result, body = append(severity, string(f.Severity)), append(result, string(f.Result)), append(body, b)
	}
	_, err := w.tx.Exec(ctx, `insert into xindiao.finding select $1, $2, n.ord, n.key, n.rule, n.severity, n.result, n.body
		from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::bytea[]) with ordinality n(key, rule, severity, result, body, ord)`,
		w.t.id, w.dossier, key, rule, severity, result, body)
	return err
}

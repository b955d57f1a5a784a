package postgres

import (
	"encoding/binary"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"github.com/xindiao/xindiao/dossier"
)

// day is a dossier.Date as a date column; the zero day is NULL.
type day dossier.Date

// ScanDate reads a column.
func (d *day) ScanDate(v pgtype.Date) error {
	*d = day{}
	if v.Valid {
		*d = day(dossier.DateOf(v.Time))
	}
	return nil
}

// DateValue gives a parameter.
func (d day) DateValue() (pgtype.Date, error) {
	if d == (day{}) {
		return pgtype.Date{}, nil
	}
	return pgtype.Date{Time: time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC), Valid: true}, nil
}

// epoch is day 0 of a date column.
var epoch = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

func (b *row) day(v dossier.Date) {
	if v.IsZero() {
		b.null()
		return
	}
	days := time.Date(v.Year, v.Month, v.Day, 0, 0, 0, 0, time.UTC).Sub(epoch).Hours() / 24
	b.size(4)
	b.buf = binary.BigEndian.AppendUint32(b.buf, uint32(int32(days)))
}

package invoice

import (
	"embed"
	"fmt"
	"sync"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/datafile"
)

//go:embed data/*.yaml
var files embed.FS

func load[T any](name string) (v T, err error) {
	raw, err := files.ReadFile("data/" + name)
	if err != nil {
		return v, err
	}
	return v, datafile.Decode("finance/invoice/data/"+name, raw, &v)
}

// tables are the data files, decoded once.
type tables struct {
	columns columnFile
	rates   rateBook
	limits  Limits
	goods   goodsBook
	model   Model
}

var embedded = sync.OnceValues(func() (*tables, error) {
	t := &tables{}
	var err error
	if t.columns, err = load[columnFile]("columns.yaml"); err != nil {
		return nil, err
	}
	if err = t.columns.index(); err != nil {
		return nil, err
	}
	rates, err := load[rateFile]("rates.yaml")
	if err != nil {
		return nil, err
	}
	if t.rates, err = newRateBook(rates); err != nil {
		return nil, err
	}
	if t.limits, err = load[Limits]("limits.yaml"); err != nil {
		return nil, err
	}
	goods, err := load[goodsFile]("goods.yaml")
	if err != nil {
		return nil, err
	}
	if t.goods, err = newGoodsBook(goods); err != nil {
		return nil, err
	}
	t.model, err = load[Model]("ranking.yaml")
	return t, err
})

// data returns the embedded tables; that they decode is checked by Lint and by go test.
func data() *tables {
	t, err := embedded()
	if err != nil {
		panic(err)
	}
	return t
}

// Limits are the bank's own thresholds (data/limits.yaml says what each means), never law.
type Limits struct {
	Owner string       `yaml:"owner"`
	Date  dossier.Date `yaml:"date"`

	TaxCents         Cents           `yaml:"tax_cents"`
	SumCents         Cents           `yaml:"sum_cents"`
	WholeCents       Cents           `yaml:"whole_cents"`
	OrderGap         uint64          `yaml:"order_gap"`
	OrderDays        Day             `yaml:"order_days"`
	MonthEndDays     int             `yaml:"month_end_days"`
	MonthEndShare    dossier.Decimal `yaml:"month_end_share"`
	MonthEndRows     int             `yaml:"month_end_rows"`
	SilenceMonths    int             `yaml:"silence_months"`
	SilenceMinMonths int             `yaml:"silence_min_months"`
	LargeShare       dossier.Decimal `yaml:"large_share"`
	StableMonths     int             `yaml:"stable_months"`
	StableParties    int             `yaml:"stable_parties"`
	NewShare         dossier.Decimal `yaml:"new_share"`
	BurstMonths      int             `yaml:"burst_months"`
	BurstTimes       dossier.Decimal `yaml:"burst_times"`
	ReturnDays       Day             `yaml:"return_days"`
	BothShare        dossier.Decimal `yaml:"both_share"`
	ReversalShare    dossier.Decimal `yaml:"reversal_share"`
	ReversalMonths   int             `yaml:"reversal_months"`
	VoidShare        dossier.Decimal `yaml:"void_share"`
	RedShare         dossier.Decimal `yaml:"red_share"`
	ForeignShare     dossier.Decimal `yaml:"foreign_share"`
	UnboughtShare    dossier.Decimal `yaml:"unbought_share"`
	BoughtPart       dossier.Decimal `yaml:"bought_part"`
	GoodsCovered     dossier.Decimal `yaml:"goods_covered"`
	MaxParties       int             `yaml:"max_parties"`
	MaxGoods         int             `yaml:"max_goods"`
}

// DefaultLimits are those of the data file.
func DefaultLimits() Limits { return data().limits }

// Lint decodes the data files and runs their examples.
func Lint() []error {
	t, err := embedded()
	if err != nil {
		return []error{err}
	}
	var errs []error
	for _, list := range [][]error{t.columns.runExamples(), t.rates.runExamples(), t.goods.runExamples(), t.model.runExamples()} {
		errs = append(errs, list...)
	}
	if l := t.limits; l.Owner == "" || l.Date.IsZero() || l.MaxParties < 1 || l.MaxGoods < 1 || l.MonthEndDays < 1 || l.BurstMonths < 1 {
		errs = append(errs, fmt.Errorf("finance/invoice/data/limits.yaml: 缺 owner、date 或正数的上限"))
	}
	return errs
}

package invoice

// Side tells which way an invoice goes, seen from the owner of the ledger.
type Side uint8

// Sides.
const (
	Sales Side = iota
	Purchase
)

// Chinese prints 销项 or 进项.
func (s Side) Chinese() string {
	if s == Purchase {
		return "进项"
	}
	return "销项"
}

// State is what a ledger says of an invoice.
type State uint8

// States.
const (
	Normal   State = iota
	Void           // 作废: counts for nothing
	Red            // 红字: a negative invoice
	Reversed       // 已全额红冲: a blue one that a red one cancels
	Partly         // 部分红冲
	Abnormal       // 失控、异常
)

var stateNames = map[string]State{"void": Void, "red": Red, "reversed": Reversed, "partly": Partly, "abnormal": Abnormal}

// Chinese prints the state.
func (s State) Chinese() string {
	return [...]string{"正常", "作废", "红字", "已红冲", "部分红冲", "异常"}[s]
}

// Row is one line of a ledger. Text fields belong to the reader and are overwritten by its next row.
type Row struct {
	Line             int // where it stands, from 1
	Side             Side
	Owner            []byte // whose ledger; nil when the file has no such column
	Party, PartyID   []byte // the other side
	Code, Number     []byte
	Day              Day // 0: none that can be read
	Amount           Cents
	Tax              Cents
	Total            Cents
	Rate             int32 // ten-thousandths
	State            State
	Goods            []byte
	Remark           []byte
	HasAmount        bool // an amount could be read (or follows from total and tax)
	HasTax, HasTotal bool
	HasRate          bool
	SaidNegative     bool // the ledger marks it as red in a column of its own
}

// net is the amount that counts: nothing for a void invoice.
func (r *Row) counts() bool { return r.State != Void && r.HasAmount }

// value is the total where there is one, else the amount: what a red invoice is matched by.
func (r *Row) value() Cents {
	if r.HasTotal || r.HasTax {
		return r.Total
	}
	return r.Amount
}

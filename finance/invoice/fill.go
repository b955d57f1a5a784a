package invoice

import "bytes"

// who fills in what a ledger leaves out: whose it is, and which side its rows are on where they do not say.
type who struct {
	owner func(name []byte) bool // tells the owner's name among sellers and buyers; nil: unknown
	side  Side
}

func at(fields [][]byte, i int) []byte {
	if i < 0 || i >= len(fields) {
		return nil
	}
	return trim(fields[i])
}

// trim drops blanks, and the apostrophe or tab by which programs keep a spreadsheet from turning numbers into floats.
func trim(b []byte) []byte {
	if len(b) == 0 || b[0] > ' ' && b[0] < 0x80 && b[0] != '\'' && b[len(b)-1] > ' ' && b[len(b)-1] < 0x80 {
		return b
	}
	return bytes.Trim(b, " \t\r\n'\u00a0\u3000")
}

// fill reads a record; false when it is no invoice: a total, a blank or a remark.
func (l *layout) fill(fields [][]byte, w who, r *Row) bool {
	*r = Row{Line: r.Line, Owner: at(fields, l.owner), Code: at(fields, l.code), Goods: at(fields, l.goods), Remark: at(fields, l.remark)}
	r.Number = at(fields, l.enumber)
	if len(r.Number) == 0 {
		r.Number = at(fields, l.number)
	} else {
		r.Code = nil // a 数电票 on paper has both; its own number is the one that counts
	}
	var dated bool
	r.Day, dated = parseDay(at(fields, l.date))
	r.Amount, r.HasAmount = parseCents(at(fields, l.amount))
	r.Tax, r.HasTax = parseCents(at(fields, l.tax))
	r.Total, r.HasTotal = parseCents(at(fields, l.total))
	if l.scale != 1 {
		if m := maxCents / l.scale; r.Amount.abs() > m || r.Tax.abs() > m || r.Total.abs() > m {
			return false
		}
		r.Amount, r.Tax, r.Total = r.Amount*l.scale, r.Tax*l.scale, r.Total*l.scale
	}
	if len(r.Number) == 0 && !dated || !dated && !hasDigit(r.Number) {
		return false
	}
	switch {
	case !r.HasAmount && r.HasTotal && (r.HasTax || l.tax < 0):
		r.Amount, r.HasAmount = r.Total-r.Tax, true
	case r.HasAmount && !r.HasTotal:
		r.Total = r.Amount + r.Tax
	}
	if !r.HasAmount && !r.HasTotal && len(r.Number) == 0 {
		return false
	}
	r.Rate, r.HasRate = parseRate(at(fields, l.rate))
	if l.state >= 0 {
		r.State = l.stateOf(at(fields, l.state))
	}
	r.SaidNegative = string(at(fields, l.positive)) == "否" || bytes.Contains(at(fields, l.colour), []byte("红"))
	l.sides(fields, w, r)
	return true
}

// sides finds out who is the other party: the one of seller and buyer that is not the owner.
func (l *layout) sides(fields [][]byte, w who, r *Row) {
	seller, buyer := at(fields, l.seller), at(fields, l.buyer)
	sellerID, buyerID := at(fields, l.sellerID), at(fields, l.buyerID)
	hasSeller, hasBuyer := l.seller >= 0 || l.sellerID >= 0, l.buyer >= 0 || l.buyerID >= 0
	switch {
	case hasSeller && !hasBuyer:
		r.Side = Purchase
	case hasBuyer && !hasSeller:
		r.Side = Sales
	case w.owner != nil && w.owner(seller):
		r.Side = Sales
	case w.owner != nil && w.owner(buyer):
		r.Side = Purchase
	default:
		r.Side = w.side
		if d := at(fields, l.direction); bytes.Contains(d, []byte("进")) {
			r.Side = Purchase
		} else if bytes.Contains(d, []byte("销")) {
			r.Side = Sales
		}
	}
	r.Party, r.PartyID = buyer, buyerID
	if r.Side == Purchase {
		r.Party, r.PartyID = seller, sellerID
	}
}

func hasDigit(b []byte) bool {
	for _, c := range b {
		if c >= '0' && c <= '9' {
			return true
		}
	}
	return false
}

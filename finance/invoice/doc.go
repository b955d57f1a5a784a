// Package invoice checks ledgers of VAT invoices of any length in one pass: validity, duplicates, red letters and their
// originals, tax arithmetic, monthly series, customers and suppliers, goods against the industry, circular trade.
//
// A Ledger takes rows one by one and keeps only what is bounded by the number of counterparties, months and kinds of
// goods; what needs all rows together (duplicates, red letters and their originals) goes through spools that sort a
// bounded number of records in memory and the rest on disk. So memory does not grow with rows.
//
// Amounts are Cents, int64 hundredths of a yuan: exact, and some fifty times as fast as decimals on millions of rows.
// They become decimals where a result leaves the package (Cents.Decimal). Tables of rates, column words, thresholds
// and kinds of goods are data (data/*.yaml).
package invoice

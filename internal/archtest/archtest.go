// Package archtest keeps the floors of the house: a package imports only what stands below it.
package archtest

package storetest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/xindiao/xindiao/dossier"
	"github.com/xindiao/xindiao/internal/store"
	"github.com/xindiao/xindiao/report"
)

// startEnv is "customer generation": whose dossier a child writes, and what comes first.
const startEnv = "XINDIAO_STORETEST_START"

// child takes in generation after generation, each followed by a report of it, and prints what it begins and what was
// acknowledged, at once. It ends only by a fault.
func child(ctx context.Context, b Backend, target string) error {
	customer, first, _ := strings.Cut(os.Getenv(startEnv), " ")
	id, err := strconv.ParseInt(customer, 10, 64)
	if err != nil {
		return err
	}
	gen, err := strconv.Atoi(first)
	if err != nil {
		return err
	}
	s, err := b.Open(ctx, target)
	if err != nil {
		return err
	}
	tn := s.Tenant(id)
	for ; ; gen++ {
		fmt.Println("begin", gen)
		r, err := tn.Intake(ctx, generation(gen))
		if err != nil {
			return fmt.Errorf("generation %d: %w", gen, err)
		}
		fmt.Println("intake", gen)
		parent := 0
		if last, err := tn.Report(ctx, r.Dossier, report.Credit, 0); err == nil {
			parent = last.Number
		} else if !errors.Is(err, store.ErrNotFound) {
			return err
		}
		rev, err := tn.SaveReport(ctx, r.Dossier, store.Draft{Kind: report.Credit, Parent: parent, Body: []byte(mark(gen)), Actor: mark(gen)})
		if err != nil {
			return err
		}
		fmt.Println("report", rev.Number)
	}
}

func mark(gen int) string { return fmt.Sprintf("代%d号", gen) }

// generation is an intake in which every row carries its number, but for one document that stays.
func generation(gen int) store.Intake {
	docs := []*dossier.Document{paper("留.pdf", "不变", 2)}
	for i := range 3 {
		docs = append(docs, paper(fmt.Sprintf("%d.pdf", i), mark(gen), 3))
	}
	in := reading("卷", mark(gen), docs...)
	in.Actor = mark(gen)
	return in
}

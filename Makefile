# Aliases for those who like make; scripts/test needs only bash and Go.
.PHONY: help test lint demo bench eval
help:
	@echo 'make test   everything that must hold before a commit (scripts/test)'
	@echo 'make lint   check every data file'
	@echo 'make demo   run the main job on the bundled sample'
	@echo 'make bench  benchmarks'
	@echo 'make eval DATA=DIR  score dossiers with truths against the committed scorecard'
test:
	./scripts/test
lint:
	go run ./cmd/xindiao lint
demo:
	go run ./cmd/xindiao demo
bench:
	go test -run '^$$' -bench . ./retrieval ./agent/claims ./documents/read ./finance
eval:
	go run ./cmd/xindiao eval dossiers --data $(DATA) --baseline evals/scorecards/dossiers-dev.json

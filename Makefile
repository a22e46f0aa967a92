.DEFAULT_GOAL := help
SHELL := bash

help: ## Say what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

build: ## Build the binary ./warta
	go build -o warta ./cmd/warta

demo: ## Show the main job on sample sites, without network
	go run ./cmd/warta demo

# Under the race detector a command takes three times as long to start, and the
# scripts start hundreds: of those, the ones where much goes on at once are run so.
RACED = TestScripts/(serve|push|partner|deploy|embargo$$|review-verdicts|takedown$$|refresh-lock|refresh-failures)

test: tools lint ## Install what the tests need, check the code and run every test
	go test -race -shuffle=on -vet=off -timeout 25m $$(go list ./... | grep -v /cmd/)
	go test -race -vet=off -parallel 4 -run '$(RACED)' ./cmd/warta
	go test -shuffle=on -vet=off -parallel 4 -timeout 25m ./cmd/warta
	@if [ "$$CI" = true ]; then .ci/fuzz 6s sources/parse sources/normalize; fi

tools: ## Install the Debian packages that tests use, where they are missing
	@.ci/tools

lint: ## Check form and common mistakes
	@test -z "$$(gofmt -l cmd feed sources)" || { echo "not gofmt'd:"; gofmt -l cmd feed sources; exit 1; }
	go vet ./...
	go tool staticcheck ./...

FUZZTIME ?= 20s
fuzz: ## Fuzz every target for FUZZTIME (default 20s) each
	@.ci/fuzz $(FUZZTIME)

bench: ## Measure against newsboat and nginx (MINIFLUX=dir: and Miniflux), in one run, as ratios
	@.ci/bench

.PHONY: help build demo test tools lint fuzz bench

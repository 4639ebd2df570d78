# make demo    a simulated partner, from exports to the at-risk list
# make test    every test; ends in a count
# make build   the program, in .build/release/churn-risk
# make bench   how fast imports, features and trees are, against other tools; ARGS="--scale" for more
# make peers   judges the learners beside other libraries; TABLES="a.csv.gz b.csv.gz"
# make service-check  the HTTP service under hostile clients and load, and against its OpenAPI document
# make fuzz    feeds every parser with mutated bytes, SECONDS=60 each
# make golden-lists  writes the golden lists of the tests anew
# make golden  trains Models/simulated-91d anew and writes its golden scores
# make check   the formatter's rules
# make format  formats all sources
# make deps    installs missing Debian packages
# make clean   removes what was built and the demo

SHELL := /bin/bash
PROGRAM := .build/release/churn-risk
DEMO := demo
PEERS := .build/peers
# With the Swift runtime inside: the program runs where Swift is not installed, and reaches the runtime faster.
BUILD_FLAGS := -c release --static-swift-stdlib
# Optimised, because the tests train models; in a folder of their own, so that the program keeps its own
# build.
TEST_FLAGS := -c release -Xswiftc -enable-testing --scratch-path .build/tests

FUZZ := .build/fuzz

.PHONY: help demo test build bench peers service-check fuzz golden golden-lists check format deps clean

help:
	@sed -n 's/^# make/make/p' Makefile

deps:
	@.ci/install-packages

build: deps
	@echo "Building churn-risk (release). The first build takes a few minutes."
	@swift build $(BUILD_FLAGS) --product churn-risk

test: deps
	@echo "Building churn-risk and its tests (release), then running every one. This takes some minutes."
	@swift build $(TEST_FLAGS) --build-tests
	@swift test $(TEST_FLAGS) --skip-build --disable-xctest --no-parallel

bench: build $(PEERS)/installed
	@swift build $(BUILD_FLAGS) --product churn-bench
	@.build/release/churn-bench run $(ARGS)

peers: build $(PEERS)/installed
	@test -n "$(TABLES)" || { echo 'Name tables with the columns churn and fold: make peers TABLES="a.csv.gz b.csv.gz"'; exit 64; }
	@$(PEERS)/bin/python Training/peers/tables.py $(PROGRAM) $(TABLES)

service-check: build $(PEERS)/installed
	@.ci/install-packages curl gcc wrk
	@$(PEERS)/bin/python Training/peers/service.py $(PROGRAM) $(ARGS)

# The tools that are measured against, in a virtual environment of their own.
$(PEERS)/installed: Training/peers/requirements.txt
	@.ci/install-packages python3-venv
	@rm -rf $(PEERS)
	@python3 -m venv $(PEERS)
	@$(PEERS)/bin/pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@

# libFuzzer and AddressSanitizer of the Swift toolchain, one target after the other. A finding ends it: the input is in
# .build/fuzz/findings, its seed and what was wrong stand above. What was reached is kept for the next time. Leaks
# are not looked for: what a global holds by a pointer with a tag in it would be taken for one.
fuzz: deps
	@swift build -c release --sanitize=fuzzer --sanitize=address -Xswiftc -sanitize=fuzzer -Xswiftc -DFUZZER --scratch-path $(FUZZ) --product churn-fuzz
	@mkdir -p $(FUZZ)/findings
	@set -e; for target in $$(cd Training/fuzz-corpus && ls -d */ | tr -d /); do \
	  echo "== $$target"; \
	  mkdir -p $(FUZZ)/corpus/$$target; \
	  ASAN_OPTIONS=detect_leaks=0 SWIFT_BACKTRACE=enable=no CHURN_FUZZ_TARGET=$$target nice $(FUZZ)/release/churn-fuzz -max_total_time=$(or $(SECONDS),60) \
	    -print_final_stats=1 -verbosity=0 -timeout=30 -detect_leaks=0 -max_len=16384 \
	    -dict=Training/fuzz-corpus/words.dict -artifact_prefix=$(FUZZ)/findings/$$target- \
	    $(FUZZ)/corpus/$$target Training/fuzz-corpus/$$target; \
	done

golden: build
	@rm -rf .build/golden
	@$(PROGRAM) simulate --subscriptions 600 --weeks 52 --seed 7 --output .build/golden/exports
	@$(PROGRAM) import .build/golden/exports --store .build/golden/history.sqlite
	@$(PROGRAM) train --store .build/golden/history.sqlite --model Models/simulated-91d
	@$(PROGRAM) score --store .build/golden/history.sqlite --model Models/simulated-91d --output .build/golden/at-risk.json
	@jq -r '.subscriptions[] | [.subscriptionId, .churnProbability, .riskBand] | join(",")' .build/golden/at-risk.json > Models/simulated-91d/golden-scores.csv
	@echo "Review the difference: git diff Models"

# The simulated partner whose lists are kept: two weeks of it, by the model of a greater one.
PARTNER := .build/golden-partner
SCORE_PARTNER := $(PROGRAM) score --quiet --store $(PARTNER)/history.sqlite --model $(PARTNER)/model
golden-lists: build
	@rm -rf $(PARTNER)
	@$(PROGRAM) simulate --subscriptions 1500 --weeks 70 --seed 3 --output $(PARTNER)/greater
	@$(PROGRAM) import --quiet $(PARTNER)/greater --store $(PARTNER)/greater.sqlite
	@$(PROGRAM) train --store $(PARTNER)/greater.sqlite --as-of 2026-10-26 --learner logistic --model $(PARTNER)/model
	@$(PROGRAM) simulate --subscriptions 60 --weeks 60 --seed 7 --output $(PARTNER)/exports
	@$(PROGRAM) import --quiet $(PARTNER)/exports --store $(PARTNER)/history.sqlite
	@$(SCORE_PARTNER) --as-of 2026-11-09 --output $(PARTNER)/before.json
	@$(SCORE_PARTNER) --as-of 2026-11-16 --previous $(PARTNER)/before.json --output $(PARTNER)/at-risk.json
	@cp $(PARTNER)/at-risk.json Tests/UnitTests/Reporting/Golden/Simulated/at-risk.json
	@CHURN_RISK_WRITE_GOLDEN=1 swift test $(TEST_FLAGS) --disable-xctest --no-parallel --filter GoldenListTests
	@echo "Review the difference: git diff Tests"

check:
	@swift format lint --strict --recursive Sources Tests Package.swift
	@echo "The formatter has no complaints."

format:
	@swift format --in-place --recursive Sources Tests Package.swift

demo: build
	@rm -rf $(DEMO)
	@echo "== 1/4 Simulating a partner: 3,000 Azure subscriptions, 78 weekly exports"
	@$(PROGRAM) simulate --subscriptions 3000 --weeks 78 --seed 1 --output $(DEMO)/exports
	@echo "== 2/4 Importing the exports into the history $(DEMO)/history.sqlite"
	@$(PROGRAM) import $(DEMO)/exports --store $(DEMO)/history.sqlite
	@echo "== 3/4 Training on what was known"
	@$(PROGRAM) train --store $(DEMO)/history.sqlite --model $(DEMO)/model
	@echo "== 4/4 Scoring every Azure subscription"
	@$(PROGRAM) score --store $(DEMO)/history.sqlite --model $(DEMO)/model --output at-risk.json
	@echo "Done. README.md, 'Every week, with your own exports', says how to go on."

clean:
	@rm -rf .build $(DEMO)

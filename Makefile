# What a person types here. Every target that needs something sets it up first;
# a second run finds it done.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
SHELL := /bin/sh

BIN := .venv/bin
STEPFREE := $(BIN)/stepfree
# More options for the command, for instance: make check ARGS="--profile wcag22-aa"
ARGS ?=
# Tests run on all cores (tests/conftest.py); make test WORKERS=0 runs them in one process.
WORKERS ?= auto

# Make ends with 2 for whatever fails, with one exception: under -q it passes a 1 on,
# and lines that begin with + run all the same. So a blocked site is told from a
# broken command here too. MAKEFLAGS is emptied for what runs make itself.
JUDGING := check publish audit
ifneq ($(MAKECMDGOALS),)
ifeq ($(filter-out $(JUDGING),$(MAKECMDGOALS)),)
MAKEFLAGS += -q
endif
endif

# Every check and test starts processes: what each would compile anew is kept, whatever the environment says.
export PYTHONDONTWRITEBYTECODE :=

# Selenium's manager would otherwise count its runs at a third party.
export SE_AVOID_STATS := true

.PHONY: help setup check test test-quick lint format html publish preview serve devserver \
	audit new pictures lock clean benchmark-detection benchmark-provenance \
	benchmark-variation benchmark-planting benchmark-writing benchmark-documents benchmark-speed \
	benchmark-build

help: ## Show this list
	@echo 'Stepfree: the library'\''s website and its accessibility gate'
	@echo
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1|\2/p' Makefile | \
		while IFS='|' read -r target text; do printf '%-28s %s\n' "$$target" "$$text"; done

setup: ## Install what is needed (once; every other target does it by itself)
	+@MAKEFLAGS= sh setup/environment.sh
	+@MAKEFLAGS= sh setup/browser.sh

check: setup ## Build the site, audit every page, say whether it may be published
	+@$(STEPFREE) check $(ARGS)

html: setup ## Build the site for looking at it (development settings)
	@$(STEPFREE) build $(ARGS)

publish: setup ## Build and audit the site as it will be published
	+@$(STEPFREE) check --publish $(ARGS)

preview: setup ## Show the site in your browser; it follows every file you save
	@$(STEPFREE) preview $(ARGS)

serve devserver: preview

audit: setup ## Audit any folder or address: make audit TARGET=build/site
	+@$(if $(TARGET),,echo 'Say what to audit, for instance: make audit TARGET=build/site' >&2; exit 2;) \
		$(STEPFREE) audit "$(TARGET)" $(ARGS)

new: setup ## Start a new page: make new TYPE=program
	@$(if $(TYPE),,echo 'Say what to write, for instance: make new TYPE=program' >&2; exit 2;) \
		$(STEPFREE) new "$(TYPE)" $(ARGS)

pictures: setup ## Photograph every kind of page, in four widths, light and dark: build/pictures
	@$(STEPFREE) pictures $(ARGS)

test: lint ## Check the code and run all tests
	@$(BIN)/pytest -n $(WORKERS) --dist worksteal $(ARGS)

test-quick: setup ## Run the tests that open no browser and are not slow
	@$(BIN)/pytest -n $(WORKERS) --dist worksteal -m "not browser and not slow" $(ARGS)

lint: setup ## Check style and types only
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet || \
		{ echo 'Some files are not formatted: run make format.' >&2; exit 1; }
	@$(BIN)/oxlint --quiet
	@$(BIN)/oxfmt --list-different '**/*.js' || \
		{ echo 'These scripts are not formatted: run make format.' >&2; exit 1; }
	@$(BIN)/mypy

format: setup ## Put the code into its usual form
	@$(BIN)/ruff check --quiet --fix-only
	@$(BIN)/ruff format --quiet
	@$(BIN)/oxfmt '**/*.js'

benchmark-detection: setup ## Measure what the auditor finds on the public test pages
	@$(BIN)/python -m benchmarks.detection $(ARGS)

benchmark-provenance: setup ## Plant faults into a copy of the site, and see whether their lines are named
	@$(BIN)/python -m benchmarks.provenance $(ARGS)

benchmark-variation: setup ## See that rules say the same of their examples written in another way
	@$(BIN)/python -m benchmarks.variation $(ARGS)

benchmark-planting: setup ## Plant known failures into pages of the site (ARGS="FOLDER …": of another), and see what is said
	@$(BIN)/python -m benchmarks.planting $(ARGS)

benchmark-writing: setup ## See that clean texts that look like faults are left alone
	@$(BIN)/python -m benchmarks.writing $(ARGS)

benchmark-documents: setup ## Measure the rules about documents (ARGS="corpus --corpus FOLDER", planted, mutations, size)
	@$(BIN)/python -m benchmarks.documents $(ARGS)

benchmark-speed: setup ## Measure what an audit costs beside other tools (ARGS="--pages 200 --npm FOLDER", edits)
	@$(BIN)/python -m benchmarks.speed $(ARGS)

benchmark-build: setup ## Measure what a build costs beside plain Pelican (ARGS="--programs 10000")
	@$(BIN)/python -m benchmarks.build_speed $(ARGS)

lock: setup ## Remake requirements.lock (ARGS=--upgrade takes newer versions)
	@sh setup/lock.sh $(ARGS)

clean: ## Remove what was built (not the set-up)
	@rm -rf build output .cache .mypy_cache .pytest_cache .ruff_cache

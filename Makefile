# Everything that a person, or the machine that checks a change, asks of this house. Needs only python3 and make.
.DEFAULT_GOAL := help
.PHONY: help setup demo test check faults bench docs screenshots machine
.DELETE_ON_ERROR:

PYTHON ?= python3
PORT ?= 8000
HERE := $(CURDIR)
RUN := .venv/bin/python
BROWSER_SOURCES := $(shell find src/buurtbalans/site/static/src src/buurtbalans/site/locale -type f ! -name '*.mo' 2>/dev/null)
PACKAGING := pyproject.toml hatch_build.py package.json package-lock.json
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUTF8 := 1
export PYTHONDONTWRITEBYTECODE :=  # what was compiled is kept, whatever the shell says: each start reads it again
export NO_MKDOCS_2_WARNING := 1

# An environment that was made elsewhere, or for a Python that is gone, is made anew.
ifneq ($(shell cat .venv/made-in 2>/dev/null && $(RUN) -c pass 2>/dev/null),$(HERE))
$(shell rm -f .venv/locked .venv/installed)
endif

# Run something in silence; print what it said only when it fails.
quietly = said=$$($(1) 2>&1) || { printf '%s\n' "$$said"; failed=1; }

help: ## list these targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

setup: .venv/installed ## make .venv with everything in it
	@:

demo: setup ## start the demo on http://127.0.0.1:8000 (make demo PORT=8001 for another port)
	@exec .venv/bin/buurtbalans demo --port $(PORT)

test: setup machine ## run every test, on SQLite and on PostgreSQL
	@failed=0; \
	$(RUN) -m pytest -n 3 || failed=1; \
	$(RUN) -m tests.postgres || failed=1; \
	exit $$failed

check: setup ## lint, format, types, layers, settings, architecture: silent when all is well
	@failed=0; types=$$(mktemp); trap 'rm -f $$types' EXIT; \
	$(RUN) -m mypy >$$types 2>&1 & beside=$$!; \
	$(call quietly,$(RUN) -m ruff check --quiet .); \
	$(call quietly,$(RUN) -m ruff format --check --quiet .); \
	$(call quietly,.venv/bin/djangofmt --quiet --check src); \
	$(call quietly,$(RUN) -c 'import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_logo=True))'); \
	$(call quietly,$(RUN) -m tests.deploy); \
	$(call quietly,$(RUN) -m pytest -n 0 -p no:cacheprovider tests/architecture); \
	wait $$beside || { cat $$types; failed=1; }; \
	exit $$failed

faults: setup machine ## the long proofs, whole (takes a while)
	@HYPOTHESIS_PROFILE=long BUURTBALANS_FAULTS=1 $(RUN) -m pytest -n 2 -m "long or not long" tests/figures tests/method tests/faults \
		tests/site/test_access.py tests/site/test_walk.py tests/site/test_blur.py tests/browser/test_large_map_speed.py tests/browser/test_count_in_browser.py

bench: setup .venv/peers/installed ## measure and write docs/reference/benchmarks.md (make bench ONLY=placing,balance for those sections)
	@ONLY=$(ONLY) $(RUN) -m bench

docs: setup ## build the documentation in site-docs/
	@$(RUN) -m mkdocs build --strict --quiet
	@echo "Open site-docs/index.html"

screenshots: setup ## take the pictures in docs/images/ anew, from the demo
	@$(RUN) docs/screenshots.py

machine:
	@sh tests/machine.sh

# What the product is measured beside stands apart from it; without it those lines of the page say so.
.venv/peers/installed: bench/peers.txt .venv/locked
	@echo "Installing the peers of the benchmarks in .venv/peers"
	@$(RUN) -m venv .venv/peers && .venv/peers/bin/python -m pip install --quiet --requirement bench/peers.txt && \
		touch $@ || echo "The peers cannot be installed here: their lines are not measured"

.venv/installed: .venv/locked $(PACKAGING) $(BROWSER_SOURCES)
	@echo "Installing Buurtbalans in .venv"
	@$(RUN) -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/locked: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Buurtbalans needs Python 3.11 or newer. Install it, or name it: make setup PYTHON=python3.13"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "$(PYTHON) cannot make an environment. Install its package, for example: apt-get install $$($(PYTHON) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"; exit 1; }
	@echo "Making .venv"
	@rm -rf .venv
	@$(PYTHON) -m venv .venv
	@$(RUN) -m pip install --quiet --require-hashes --requirement requirements.lock
	@printf '%s' "$(HERE)" > .venv/made-in
	@touch $@

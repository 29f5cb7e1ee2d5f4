# One command per chore. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt
SOURCES := assistant index prompts eval app.py
export HF_HUB_OFFLINE := 1
export ANONYMIZED_TELEMETRY := False

.PHONY: help setup setup-dev browser run index test check fix eval screenshots clean

help:
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/'

setup: $(VENV)/.installed ## install what the assistant needs into .venv

setup-dev: $(VENV)/.installed-dev ## install the tools of `make test` too

$(VENV)/.installed: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) "torch==2.13.0"
	$(PIP) --editable .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(PIP) --editable ".[dev]"
	touch $@

browser: node_modules/axe-core ## install what the browser tests need, where that is allowed
	@command -v chromium >/dev/null && fc-list 2>/dev/null | grep -qi "noto.*cjk" || \
	{ test "$$(id -u)" = 0 && apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk >/dev/null; } || \
	echo "No chromium, and no right to install it: the browser tests will be skipped."

node_modules/axe-core:
	@npm install --no-save --no-package-lock --silent --fetch-retries=0 --fetch-timeout=30000 axe-core@4.14.1 || \
	echo "No npm: the page's accessibility will not be checked."

run: setup ## build the index if needed and start the page
	$(BIN)/python app.py

index: setup ## build the index
	$(BIN)/python -m index build

test: setup-dev browser check ## everything that must pass
	$(BIN)/python -m pytest

check: setup-dev ## lint, format, types
	$(BIN)/ruff check $(SOURCES) tests
	$(BIN)/ruff format --check $(SOURCES) tests
	$(BIN)/mypy $(SOURCES)

fix: setup-dev ## repair what ruff can
	$(BIN)/ruff check --fix $(SOURCES) tests
	$(BIN)/ruff format $(SOURCES) tests

eval: setup-dev index ## run the whole benchmark and compare with the reference results
	$(BIN)/python -m eval gate

screenshots: setup-dev browser index ## photograph the page for the README
	$(BIN)/python -m tests.take_screenshots

clean: ## remove the index and caches, not the environment
	rm -rf .index .pytest_cache .mypy_cache .ruff_cache .hypothesis

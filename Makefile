# The commands of this project. `make demo` shows it, `make test` proves it.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
COMPILE := $(BIN)/uv pip compile pyproject.toml --extra build --generate-hashes --universal --python-version 3.11 \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet

.PHONY: help setup demo test test-postgres test-reference test-spark lint bench bench-insight messages lock clean

help: ## Say what can be asked for
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: $(VENV)/.runtime ## Make .venv with the locked packages and the `trellis` command

demo: setup ## Load the fictional association and serve it on http://127.0.0.1:8000
	@$(BIN)/trellis demo --port $(PORT)

test: $(VENV)/.test ## Linters, types, and the whole suite with a real browser
	@bash tests/run.sh

test-postgres: $(VENV)/.test ## The suite again on PostgreSQL, named by DATABASE_URL
	@bash tests/run-postgres.sh

test-reference: $(VENV)/.test ## Our measures beside R's own, and our badges before verifiers of others (R, Node and npm)
	@bash tests/run-reference.sh

test-spark: ## Figures about groups on Apache Spark (two workers) beside DuckDB, to the last cell (Java)
	@bash tests/run-spark.sh

lint: $(VENV)/.test ## Linters and types only
	@bash tests/lint.sh

bench: $(VENV)/.test ## Measure pages and saves beside a floor, in one run
	@$(BIN)/python -m bench

bench-insight: $(VENV)/.test ## Measure questions about groups over 100 million ratings, each beside its rival (20 minutes, 8 GB of disk)
	@$(BIN)/python -m bench.insight

messages: $(VENV)/.test ## Bring the translations up to date with the strings in the code, and compile them
	@$(BIN)/python tools/messages.py

lock: $(VENV)/.test ## Make requirements/*.txt anew from pyproject.toml
	$(COMPILE) -o requirements/runtime.txt
	$(COMPILE) --extra test -o requirements/test.txt
	$(COMPILE) --extra test --extra spark -o requirements/spark.txt

clean: ## Remove the environment and the demo's data
	rm -rf $(VENV) .venv-spark var

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Trellis needs Python 3.11 or newer; set PYTHON=python3.x"; exit 1; }
	@bash tools/make-venv.sh $(PYTHON) $(VENV)

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml | $(BIN)/python
	@echo "Installing the packages (about half a minute the first time) ..."
	@$(PIP) install --require-hashes --requirement requirements/runtime.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.runtime
	@echo "Installing the packages for tests ..."
	@$(PIP) install --require-hashes --requirement requirements/test.txt
	@touch $@

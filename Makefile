# The commands of the project; `make help` lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
export GOVMEDIA_HOME ?= $(CURDIR)/var
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup run test check format bench lock docs clean

help: ## list these commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: .venv/.ready ## make .venv with the locked dependencies and the govmedia command

.venv/.ready: requirements/run.lock requirements/dev.lock pyproject.toml scripts/setup
	PYTHON=$(PYTHON) scripts/setup
	touch $@

run: setup ## start the demonstration province: both sites, the worker and the emulator
	$(BIN)/govmedia demo --if-empty
	exec $(BIN)/govmedia serve --port $(PORT)

test: setup ## install what the tests need, then all tests: SQLite, PostgreSQL, browser
	scripts/test

check: setup ## format, lint, import rules, types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy

format: setup ## put the code into the one format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup ## all benchmarks, one JSON object a line
	$(BIN)/python -m bench

docs: setup ## write the generated pages of the reference anew
	$(BIN)/python scripts/reference.py

lock: setup ## renew the lock files from pyproject.toml
	scripts/lock

clean: ## remove the environment and the demonstration's data
	rm -rf .venv var

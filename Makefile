# The two commands of the README, and what developers need beside them. `make` alone lists them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt
# Tests run in so many processes, each of which has the models and counts with one thread.
JOBS ?= 2
# With bytecode written, whatever the environment says: tests start hundreds of processes, and each would
# compile the package anew.
PYTEST := PYTHONDONTWRITEBYTECODE= OMP_NUM_THREADS=1 $(BIN)/python -m pytest --numprocesses $(JOBS) --dist worksteal

.PHONY: help demo test lint types unit quick gate judge docs format clean
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(VENV)/demo: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	@echo "Installing mlcheck and its models into $(VENV) (a minute or two, once)"
	$(PIP) --editable .
	@touch $@

$(VENV)/test: $(VENV)/demo
	$(PIP) --upgrade 'pip>=25.1'  # the first that knows dependency groups
	$(PIP) torch
	$(PIP) --editable '.[formats,sentence-transformers]' --group dev
	@touch $@

demo: $(VENV)/demo ## install, and check the sample texts
	$(BIN)/mlcheck check samples/call.en.txt samples/call.ru.txt
	$(BIN)/mlcheck check samples/call.en.txt samples/call.ru-flawed.txt || [ $$? -eq 1 ]

test: lint types unit ## install what tests need, then lint, types and tests

lint: $(VENV)/test
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/test
	$(BIN)/mypy

unit: $(VENV)/test
	$(PYTEST)

quick: $(VENV)/test ## the tests that are done in a minute or two: no models, browser, documentation or long texts
	$(PYTEST) -m 'not model and not browser and not docs and not slow'

gate: $(VENV)/test ## measure quality, and hold it against benchmarks/floors.json (half an hour; COMMIT=HASH takes a part)
	$(BIN)/python benchmarks/gate.py $(if $(COMMIT),--part $(COMMIT))

judge: $(VENV)/test ## train the judge anew, in build/judge (an hour; needs the evaluation data, and fetches texts)
	$(BIN)/python -m training.judge.run

docs: $(VENV)/test ## build the documentation into build/site; a link that leads nowhere fails
	$(BIN)/python docs/make_site.py

format: $(VENV)/test ## put the code into its format
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

clean: ## remove what the targets made
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

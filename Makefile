# Two commands: `make handbook` builds the handbook into site/, `make serve` previews it with live reload.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: handbook serve check rules test lint types unit bench screenshots clean

handbook: $(VENV)/installed
	$(BIN)/policygraph build --strict

serve: $(VENV)/installed
	$(BIN)/policygraph serve

check: $(VENV)/installed
	$(BIN)/policygraph check

rules: $(VENV)/installed
	$(BIN)/policygraph rules --write docs/rules

test: $(VENV)/tested
	$(BIN)/ruff check plugins tests benchmarks
	$(BIN)/ruff format --check plugins tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto

bench: $(VENV)/tested
	$(BIN)/python benchmarks/compare.py

screenshots: $(VENV)/tested
	$(BIN)/python tests/browser/screenshots.py

$(VENV)/installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "policygraph needs Python 3.11 or newer.")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/tested: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --group test
	sh tests/install-system.sh
	touch $@

clean:
	rm -rf $(VENV) site .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis

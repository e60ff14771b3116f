# Two commands: `make handbook` builds the handbook into site/, `make serve` previews it with live reload.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

LOCALES := plugins/policygraph/publishing/words

.PHONY: handbook serve check rules words test lint types unit bench screenshots pictures clean

handbook: $(VENV)/installed
	$(BIN)/policygraph build --strict

serve: $(VENV)/installed
	$(BIN)/policygraph serve

check: $(VENV)/installed
	$(BIN)/policygraph check

rules: $(VENV)/installed
	$(BIN)/policygraph rules --write docs/rules

words: $(VENV)/installed
	$(BIN)/pybabel -q extract -F pyproject.toml -k NP_:1c,2 -k NN_:1,2 --add-location=file --sort-by-file --omit-header \
		--no-wrap -o $(LOCALES)/policygraph.pot plugins/policygraph
	for catalogue in $(LOCALES)/*.po; do \
		$(BIN)/pybabel -q update -i $(LOCALES)/policygraph.pot -o $$catalogue -l $$(basename $$catalogue .po) \
			--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap || exit 1; \
	done

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

pictures: $(VENV)/tested
	$(BIN)/python tests/browser/screenshots.py --docs

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

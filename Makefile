# make demo   the example: graph, trace and network, in example-graph/
# make test   what CI runs: format, lint, types, tests, against the installed package
# make check  the same in a development environment (editable)
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin

# make gains DOCS=folder OLD=old/graph.nq   which claims a change made appear and vanish
# make accuracy   docs/accuracy.md and data/confidence.csv; figures of the development set too, where it lies beside
DEV := $(if $(wildcard ../shared/gold/dev),--also ../shared/seeds ../shared/gold/dev)
.PHONY: demo test check golden accuracy gains soak bench clean

demo: $(VENV)/.installed
	$(BIN)/kg demo --out example-graph

test: $(VENV)/.installed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto -rs

check: $(VENV)/.editable
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto -rs

golden: $(VENV)/.editable
	$(BIN)/python -m tests.golden.write
	$(BIN)/python tests/test_readme.py

accuracy: $(VENV)/.editable
	$(BIN)/kg evaluate data/examples tests/gold/examples $(DEV) --calibrate data/confidence.csv --report docs/accuracy.md

gains: $(VENV)/.editable
	$(BIN)/python scripts/gains.py $(DOCS) $(OLD)

bench: $(VENV)/.editable
	$(BIN)/python benchmarks/guard.py
	$(BIN)/python benchmarks/throughput.py
	$(BIN)/python benchmarks/reading.py
	$(BIN)/python benchmarks/entities.py
	$(BIN)/python benchmarks/store.py 100_000
	$(BIN)/python benchmarks/validation.py 100_000 --reference
	$(BIN)/python benchmarks/reuse.py
	$(BIN)/python benchmarks/diffusion.py
	$(BIN)/python benchmarks/diffusion_evidence.py
	$(BIN)/python benchmarks/explorer.py 1_000

soak: $(VENV)/.editable
	$(BIN)/pytest -n auto --hypothesis-profile=soak
	$(BIN)/python scripts/soak.py
	$(BIN)/python scripts/soak_build.py
	$(BIN)/python scripts/soak_throughput.py
	$(BIN)/python scripts/soak_serve.py --requests 50000 --load 60 --beside

# The package itself, as a user gets it: a file forgotten in the wheel fails the tests.
$(VENV)/.installed: pyproject.toml $(shell find kg ontology data viz -type f 2>/dev/null)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps .
	$(BIN)/python -m pip install --quiet --disable-pip-version-check ".[test]"
	rm -f $(VENV)/.editable
	touch $@

$(VENV)/.editable: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[test]"
	rm -f $(VENV)/.installed
	touch $@

clean:
	rm -rf $(VENV) build dist example-graph .pytest_cache .mypy_cache .ruff_cache .hypothesis

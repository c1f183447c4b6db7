# Every command of the house. All it needs is make and a Python of 3.11 or newer.
PYTHON ?=
PY := .venv/bin/python
PYTEST := $(PY) -m pytest
# While a part has no tests yet, pytest ends with 5.
MAYBE_NONE := || [ $$? -eq 5 ]
LOCK := uv pip compile --universal --python-version 3.11 --fork-strategy fewest $(WITH) \
	--generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links --quiet
# Named after their lock, so that a new lock installs and an old one starts at once.
RUN := .venv/.run-$(shell cksum < requirements.lock | cut -d ' ' -f 1)
TEST := .venv/.test-$(shell cksum < requirements-test.lock | cut -d ' ' -f 1)

.PHONY: help run test install check proof lock
.DELETE_ON_ERROR:

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(RUN) ## Load the demo production, serve it and open the page
	@$(PY) main.py demo
	@$(PY) main.py serve --open

test: install ## Run the test suite
	$(PYTEST) -m "not proof"

install: $(TEST) ## Set up everything, what the tests need included
	@$(PY) -m tests.services.browser

check: install ## Format, lint, types, imports, fast tests, one browser run, a minute of faults
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy .
	.venv/bin/lint-imports
	$(PYTEST) -n auto --dist loadfile -m "not e2e and not proof"
	$(PYTEST) -m "e2e and not proof" $(MAYBE_NONE)
	[ ! -e tests/faults/__main__.py ] || $(PY) -m tests.faults --seconds 60 --seed 1

proof: install ## All the rest: long faults, every page, benchmarks
	$(PYTEST) -m proof $(MAYBE_NONE)
	[ ! -e tests/bench/__main__.py ] || $(PY) -m tests.bench

lock: ## Lock the dependencies again, WITH=--upgrade to the newest (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv on the PATH: pip install uv" >&2; exit 1; }
	$(LOCK) pyproject.toml -o requirements.lock
	$(LOCK) pyproject.toml --extra test --constraint requirements.lock -o requirements-test.lock

$(RUN): $(PY)
	@PYTHON="$(PYTHON)" sh .ci/setup $@ requirements.lock

# The test lock holds the run-time lock too, so that afterwards `make run` starts at once.
$(TEST): $(PY)
	@PYTHON="$(PYTHON)" sh .ci/setup $@ requirements-test.lock
	@touch $(RUN)

# Missing, or its Python is gone: whatever stands on it is made again.
$(PY): ;

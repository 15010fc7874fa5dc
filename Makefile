# Needs make and Python 3.11 or later; everything else is installed into .venv, in the versions and with the hashes of requirements/,
# and what only checks our files into .venv-validators.
# Stamp files there mark what is done, so that a second run is quick. Paths are relative: the project may lie in a folder whose name
# has spaces.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help setup demo wheel test test-all lint format bench fuzz docs screenshots lock browser gdal proxies clean FORCE
# Processes that tests start would compile all of Overt again, each for itself, where nothing compiled may be kept.
unexport PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
# Only files whose hash is in the lockfile, and none that has to be built: a build would fetch what no lockfile names.
LOCKED := --require-hashes --no-deps --only-binary :all:
# Overt itself, built by what requirements/build.txt has installed.
OURSELVES := --no-deps --no-index --no-build-isolation
CHECKERS_PIP := .venv-validators/bin/python -m pip --disable-pip-version-check --no-input --quiet
# More arguments for what a target runs: make demo ARGS="--port 9000", make test ARGS="tests/model -k dates".
ARGS ?=
# One more than the cores that can be expected: tests that look at pages wait for much of their time.
# Files run in their order: by how many tests they have, the long ones that look at pages would come last, one alone.
WORKERS ?= 3
BUILT := src/overt/static/built
# What `make lint` checks for names that say nothing.
CLEAN := src/overt tests bench tools web/src web/tools
WEB := $(shell find web \( -name node_modules -o -name '.*' \) -prune -o -type f -print)

help: ## Show this list
	@echo "make TARGET, where TARGET is one of"
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  \1|\2/p' Makefile | awk -F'|' '{ printf "%-12s %s\n", $$1, $$2 }'

setup: .venv/stamp-install .venv/stamp-web ## Install Overt into .venv and build the front end

demo: setup ## Build the edition that Overt ships, serve it, and print the address
	$(BIN)/overt demo $(ARGS)

wheel: setup .venv/stamp-wheel ## Build the wheel into dist/, with its list of parts and its provenance beside it
	rm -f dist/overt-*.whl dist/overt-*.json
	$(PIP) wheel $(OURSELVES) --wheel-dir dist .
	@ls dist/overt-*.whl
	@$(BIN)/python -m tools.sbom_and_provenance dist/overt-*.whl

test: .venv/stamp-test .venv/stamp-web .venv-validators/stamp-ftm browser gdal lint ## Lint, and run the tests (10 minutes at most once set up)
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

test-all: .venv/stamp-spark .venv/stamp-web .venv-validators/stamp-ftm browser gdal proxies lint ## Lint, and run all tests: kill loops, scale, fuzz, the real data
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder --slow $(ARGS)

lint: .venv/stamp-test ## Check style, names, types and who imports whom
	$(BIN)/ruff check --quiet
	$(BIN)/ruff format --check --quiet
	$(BIN)/python -m tools.banned_names $(CLEAN)
	$(BIN)/python -m mypy --no-error-summary
	$(BIN)/lint-imports --no-logo > .venv/imports.log || { cat .venv/imports.log; exit 1; }

format: .venv/stamp-test ## Bring the code into its usual form
	$(BIN)/ruff check --quiet --fix-only
	$(BIN)/ruff format

bench: .venv/stamp-test .venv-validators/stamp-ftm gdal ## Run the benchmarks one after the other; each says what it measures
	$(BIN)/python -m bench.run $(ARGS)

fuzz: .venv/stamp-test ## Send random requests to a public server for an hour (ARGS="--minutes 5"), and print each that fails
	$(BIN)/python -m bench.server.fuzzing $(ARGS)

docs: .venv/stamp-install ## Write the generated pages of docs/ again
	$(BIN)/python -m tools.docs

screenshots: .venv/stamp-test .venv/stamp-web browser ## Take the pictures of docs/ again, from the edition that Overt ships
	$(BIN)/python -m tools.screenshots $(ARGS)

lock: .venv-lock/stamp ## Write requirements/ again after a change in pyproject.toml (ARGS=--upgrade: newer versions)
	.venv-lock/bin/python -m tools.lockfile $(ARGS)

browser: # Chromium for the tests that look at pages
	@tools/chromium.sh

gdal: # GDAL for the tests that read our files as others do
	@tools/gdal.sh

proxies: # nginx and Caddy for the tests of the examples in docs/operating.md
	@tools/proxies.sh

clean: ## Remove .venv and what was built; the next run sets up anew
	rm -rf .venv .venv-lock .venv-validators $(BUILT) web/node_modules dist build

FORCE:

.venv/stamp-python:
	@python=$$(tools/python.sh) && "$$python" -m venv .venv
	@touch $@

# Libraries are compiled when they are first imported: the demo imports few of them, and a clean clone waits for the rest.
.venv/stamp-install: .venv/stamp-python pyproject.toml requirements/overt.txt requirements/build.txt
	$(PIP) install --no-compile $(LOCKED) --requirement requirements/overt.txt --requirement requirements/build.txt
	$(PIP) install --no-compile $(OURSELVES) --editable .
	@touch $@

.venv/stamp-test: .venv/stamp-install requirements/test.txt requirements/wheel.txt
	$(PIP) install $(LOCKED) --requirement requirements/test.txt
	@touch $@

.venv/stamp-wheel: .venv/stamp-install requirements/wheel.txt
	$(PIP) install $(LOCKED) --requirement requirements/wheel.txt
	@touch $@

# Large, so only for the tests that start a real Spark.
.venv/stamp-spark: .venv/stamp-test requirements/spark.txt requirements/setuptools.txt
	$(PIP) install $(LOCKED) --requirement requirements/setuptools.txt
	$(PIP) install $(LOCKED) --no-binary pyspark --no-build-isolation --use-pep517 --requirement requirements/spark.txt
	@touch $@

# uv, which resolves for all systems at once.
.venv-lock/stamp: .venv/stamp-python
	$(BIN)/python -m venv --clear .venv-lock
	.venv-lock/bin/python -m pip --disable-pip-version-check --no-input --quiet install $(LOCKED) --requirement requirements/lock.txt
	@touch $@

# Other communities' validators, apart from what Overt needs: tests run them as processes of their own.
.venv-validators/stamp: .venv/stamp-python tests/validators/requirements.txt tests/validators/requirements-schemas.txt
	$(BIN)/python -m venv --clear .venv-validators
	$(CHECKERS_PIP) install --requirement tests/validators/requirements.txt
	$(CHECKERS_PIP) install --no-deps --requirement tests/validators/requirements-schemas.txt
	@touch $@

.venv-validators/stamp-ftm: .venv-validators/stamp tests/validators/requirements-ftm.txt
	@tools/icu.sh .venv-validators/bin/python
	$(CHECKERS_PIP) install --requirement tests/validators/requirements-ftm.txt
	@touch $@

# Also when somebody removed what was built.
.venv/stamp-web: .venv/stamp-install $(WEB) $(if $(wildcard $(BUILT)/*),,FORCE)
	$(BIN)/python web/build.py
	@touch $@

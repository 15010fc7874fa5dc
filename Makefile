# Needs make and Python 3.11 or later. Python packages are installed into .venv, in the versions and with the hashes of
# requirements/; validators that only check our files go into .venv-validators. Stamp files there mark the steps that are done, so
# that a second run is quick. All paths are relative, because the project's folder may have a name with spaces.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help setup demo wheel setup-test test test-ci test-all lint format bench fuzz docs screenshots lock browser gdal proxies clean FORCE
# With PYTHONDONTWRITEBYTECODE, each process that a test starts would compile all of Overt again.
unexport PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
# Install only files whose hash is in the lockfile, and only wheels: building a package would fetch packages that no lockfile names.
LOCKED := --require-hashes --no-deps --only-binary :all:
# Build and install Overt itself with the packages of requirements/build.txt, without downloading anything.
OURSELVES := --no-deps --no-index --no-build-isolation
CHECKERS_PIP := .venv-validators/bin/python -m pip --disable-pip-version-check --no-input --quiet
# Extra arguments for the command that a target runs: make demo ARGS="--port 9000", make test ARGS="tests/model -k dates".
ARGS ?=
# One more than the two cores that a machine can be expected to have, because browser tests spend much of their time waiting.
# The options below run test files in the usual order. Sorted by their number of tests, the long browser tests would run last, one
# of them while all other workers are idle.
WORKERS ?= 3
PYTEST = $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder
BUILT := src/overt/static/built
# Folders in which `make lint` looks for names that say nothing.
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

setup-test: .venv/stamp-test .venv/stamp-web ## Install what most tests need, to run a few: .venv/bin/pytest tests/model -k dates

test: .venv/stamp-test .venv/stamp-web .venv-validators/stamp-ftm gdal lint ## Lint, and run the tests of engine, sources, pages and APIs
	$(PYTEST) -m "not ci" $(ARGS)

test-ci: .venv/stamp-test .venv/stamp-web .venv-validators/stamp-ftm browser gdal ## Run the tests of whole programs: commands, servers, browser, attacks, wheel
	$(PYTEST) -m ci $(ARGS)

test-all: .venv/stamp-spark .venv/stamp-web .venv-validators/stamp-ftm browser gdal proxies lint ## Lint, and run all tests: kill loops, scale, fuzz, the real data
	$(PYTEST) --slow $(ARGS)

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
	$(BIN)/python -m tools.docs_screenshots $(ARGS)

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

# Libraries are compiled when they are first imported. The demo imports only some of them, so compiling all would delay its first
# start.
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

# Spark is large, so only `make test-all` installs it, for the tests that start a real Spark.
.venv/stamp-spark: .venv/stamp-test requirements/spark.txt requirements/setuptools.txt
	$(PIP) install $(LOCKED) --requirement requirements/setuptools.txt
	$(PIP) install $(LOCKED) --no-binary pyspark --no-build-isolation --use-pep517 --requirement requirements/spark.txt
	@touch $@

# Install uv, which resolves versions for all operating systems at once.
.venv-lock/stamp: .venv/stamp-python
	$(BIN)/python -m venv --clear .venv-lock
	.venv-lock/bin/python -m pip --disable-pip-version-check --no-input --quiet install $(LOCKED) --requirement requirements/lock.txt
	@touch $@

# Other projects' validators have their own environment, apart from Overt's dependencies. Tests run them in separate processes.
.venv-validators/stamp: .venv/stamp-python tests/validators/requirements.txt tests/validators/requirements-schemas.txt
	$(BIN)/python -m venv --clear .venv-validators
	$(CHECKERS_PIP) install --requirement tests/validators/requirements.txt
	$(CHECKERS_PIP) install --no-deps --requirement tests/validators/requirements-schemas.txt
	@touch $@

.venv-validators/stamp-ftm: .venv-validators/stamp tests/validators/requirements-ftm.txt
	@tools/icu.sh .venv-validators/bin/python
	$(CHECKERS_PIP) install --requirement tests/validators/requirements-ftm.txt
	@touch $@

# FORCE: build again if somebody deleted the built files.
.venv/stamp-web: .venv/stamp-install $(WEB) $(if $(wildcard $(BUILT)/*),,FORCE)
	$(BIN)/python web/build.py
	@touch $@

# The two commands of the README are `make site` and `make test`; each makes what it needs.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --quiet --disable-pip-version-check

.PHONY: site serve test audit check bench bench-rules engines twins conformance mutants lock clean deviations fonts record

site: $(VENV)/site-installed          ## build the site into output/
	$(BIN)/pelican content

serve: $(VENV)/site-installed         ## build, serve on http://127.0.0.1:8000 and build again after each change
	$(BIN)/pelican content --autoreload --listen --extra-settings CORS_SERIES_MINIFY=false

test: $(VENV)/dev-installed           ## lint, types and every test
	tests/install-browser
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

audit: $(VENV)/dev-installed $(VENV)/audit-installed    ## the built site through vnu, html-validate, linkinator and Lighthouse
	tests/install-browser
	$(BIN)/python -m pytest -m audit tests/audit

check: $(VENV)/site-installed         ## read the content and report every problem, without building
	$(BIN)/cors-series check

bench: $(VENV)/dev-installed          ## the build of 1,000 posts beside plain Pelican's
	$(BIN)/python benchmarks/build.py

bench-rules: $(VENV)/dev-installed    ## a verdict's cost in Python and in Chromium, beside the browser's new URL()
	tests/install-browser
	$(BIN)/python benchmarks/verdicts.py
	$(BIN)/python benchmarks/typing_to_verdict.py

engines: $(VENV)/dev-installed        ## 10,000 random scenarios in three real browsers, beside the rules
	tests/install-browser
	$(BIN)/python benchmarks/engines.py

deviations: $(VENV)/dev-installed     ## each deviation in the real browsers that have it → the day and versions that the site names
	tests/install-browser
	$(BIN)/python benchmarks/deviations.py
record: $(VENV)/dev-installed         ## three real browsers on the recorded scenarios → the data that tests and the site go by
	tests/install-browser
	$(BIN)/python tests/lab/record.py

twins: $(VENV)/dev-installed          ## 200,000 random scenarios through Python and through JavaScript
	PYTHONPATH=tests $(BIN)/python tests/rules/random_twins.py --count 200000

conformance: $(VENV)/dev-installed    ## every foreign row in both languages → the data that the site shows
	PYTHONPATH=tests $(BIN)/python tests/rules/conformance.py

mutants: $(VENV)/dev-installed        ## change the rules one by one and see that rows notice; RULES="F cookies" names some
	PYTHONPATH=tests $(BIN)/python tests/rules/mutants.py $(RULES)

lock: $(VENV)/dev-installed           ## pin the newest versions that pyproject.toml allows
	$(PIP) install uv==0.13.9
	$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --upgrade --group site -o requirements.txt
	$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --upgrade -c requirements.txt --group dev -o requirements-dev.txt

fonts: $(VENV)/site-installed         ## the theme's fonts of their author's package, by npm; only another version needs it
	$(BIN)/python theme/fonts/sources.py

clean:
	rm -rf $(VENV) output

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; this is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/site-installed: requirements.txt pyproject.toml | $(VENV)/bin/python
	$(PIP) install --require-hashes -r requirements.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev-installed: requirements-dev.txt $(VENV)/site-installed
	$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@

$(VENV)/audit-installed: tests/audit/package-lock.json | $(VENV)/bin/python
	@command -v npm >/dev/null && command -v java >/dev/null || { echo "make audit needs Node.js 20 with npm, and a Java runtime" >&2; exit 1; }
	npm ci --prefix tests/audit --ignore-scripts --no-audit --no-fund
	@touch $@

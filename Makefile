# make run    the site with its worker, filled with demo data, on http://localhost:8000/ (PORT=… for another port)
# make test   the whole suite, journeys in a real browser included, on SQLite; on PostgreSQL what could differ there
# make bench  what counting and saving cost, on both databases (docs/benchmark.md)
# make check  format, lint, layers, types, templates, migrations, settings

PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
TESTS := $(BIN)/python -m pytest -n 2 --dist worksteal -q --instafail
BENCH := $(BIN)/python -m pytest -q -p no:randomly -o python_files='bench_*.py' -o faulthandler_timeout=0 --site-settings=tests.bench.settings --autovacuum tests/bench
# A server's settings, with a database that is never opened.
SERVER := DEMO=0 SECRET_KEY=only-for-make-check-abcdefghijklmnopqrstuvwxyz-0123456789 DATABASE_URL=sqlite://:memory: \
	SITE_URL=https://monitor.example ALLOWED_HOSTS=monitor.example

.PHONY: run test check bench
.DELETE_ON_ERROR:

run: .venv/installed
	DEMO=$${DEMO:-1} PORT=$(PORT) exec $(BIN)/python manage.py run_site

test: .venv/installed-dev
	@command -v chromium chromium-browser google-chrome >/dev/null || tests/harness/install_chromium
	$(TESTS) --database=sqlite
	$(TESTS) --database=postgresql --only-what-differs

check: .venv/installed-dev
	$(BIN)/ruff format --check --quiet
	$(BIN)/ruff check --quiet
	$(BIN)/lint-imports --no-logo --no-cache
	$(BIN)/mypy
	find templates -name '*.html' -exec $(BIN)/djade --check {} +
	$(BIN)/python -m pytest -q tests/contracts/test_templates.py
	$(SERVER) $(BIN)/python manage.py makemigrations --check --dry-run
	$(SERVER) $(BIN)/python manage.py check --deploy --fail-level WARNING

bench: .venv/installed-dev
	$(BENCH) --database=sqlite
	$(BENCH) --database=postgresql

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11 …" >&2; exit 1; }
	$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/installed: requirements.txt | .venv/bin/python
	$(PIP) -r requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	$(PIP) -r requirements-dev.txt
	@touch $@

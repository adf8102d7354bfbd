# One command each, the same in .ci/run. `make help` lists them.

# The first Python that is new enough; name another with PYTHON=.
ifndef PYTHON
PYTHON := $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)
endif
PORT ?= 8000
BIN := .venv/bin/python

# Only here is it said that this is not production.
export CONCORDANCE_ENV := development

NEW_ENOUGH = import sys; sys.exit(sys.version_info < (3, 11))
define environment
@"$(PYTHON)" -c '$(NEW_ENOUGH)' 2>/dev/null || { \
	echo "Concordance needs Python 3.11 or newer, and there is none here$(if $(PYTHON), under the name $(PYTHON)).";\
	echo "Install one (python.org, or your system's packages), or name it: make $@ PYTHON=/path/to/python3.12"; exit 1; } >&2
@"$(PYTHON)" scripts/environment.py $(1)
endef

.DEFAULT_GOAL := help
# Every target but the file of npm is a name.
.PHONY: $(shell sed -n 's/^\([a-z-]*\):.*/\1/p' $(firstword $(MAKEFILE_LIST)))

help: ## List the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | \
		while IFS="$$(printf '\t')" read -r name text; do printf '  make %-18s %s\n' "$$name" "$$text"; done

run: ## Serve on 127.0.0.1:8000 (PORT= another), with a database and the data set made at the first start
	$(call environment,local)
	@PORT="$(PORT)" $(BIN) -m config.development

stop: ## Stop the embedded PostgreSQL, which outlives `make run`; its data stay
	$(call environment,local)
	@$(BIN) -m config.postgres stop

manage: ## Run one of Django's commands: make manage do="compare A B"
	$(call environment,local)
	@$(BIN) manage.py $(or $(do),help)

# Tests that need more than Python and PostgreSQL, each with a target of its own.
APART := $(foreach folder,browser workshop clients with_redis,--ignore tests/$(folder))

# Each process makes a database of its own, which is not worth it for a few tests.
test: ## All tests that need only Python and PostgreSQL (args="-k word" for some)
	$(call environment,dev)
	@$(BIN) -m pytest $(APART) $(or $(args),-q -n auto --maxprocesses 4 --dist worksteal)

test-browser: npm-packages ## The tests in a browser; needs Chromium (apt install chromium, or CHROMIUM=/path/to/it), Node.js 20 and npm
	@$(BIN) -m pytest -q tests/browser $(or $(args),-n auto --maxprocesses 4)
	@$(BIN) -m pytest -q tests/workshop $(or $(args),-n auto --maxprocesses 4)

test-clients: npm-packages ## Both clients of the API made, installed, and asked for ten things; needs Node.js 20 and npm
	@$(BIN) -m pytest tests/clients $(or $(args),-q)

test-redis: environment ## Requests counted in a Redis server; needs one (apt install redis-server)
	@$(BIN) -m pytest tests/with_redis $(or $(args),-q)

bench: ## What the engine, the API, the admin's largest page and a comparison's page cost here, beside floors of the same run
	$(call environment,dev)
	@$(BIN) scripts/bench.py
	@$(BIN) -m scripts.bench_api
	@$(BIN) -m scripts.bench_admin
	@$(BIN) -m scripts.bench_pages
	@$(if $(corpus),$(BIN) -m scripts.bench_corpora)

scale: environment ## Time and memory against the size of a collection, into docs/scale.csv and its picture (args="--sizes 100 1000 6000 60000")
	@$(BIN) -m scripts.bench_scale $(args)

corpus: environment ## Write a corpus of invented agreements for measuring: make corpus out=DIR (agreements= clauses= seed=)
	@$(BIN) -m scripts.corpus --out "$(out)" --agreements $(or $(agreements),2000) --clauses $(or $(clauses),60000) --seed $(or $(seed),7)

coverage: ## Which lines and branches of proposals and parties no test runs; a table, and pages in .coverage-report/ (args= as in make test)
	$(call environment,dev)
	@$(BIN) -m pytest $(APART) \
		--cov --cov-report=term-missing:skip-covered --cov-report=html --cov-report=json:.coverage-report/all.json \
		$(or $(args),-q -n auto --maxprocesses 4)
	@$(BIN) -m scripts.branches .coverage-report/all.json 95

mutants: ## Change the engine's decisions in a thousand small ways, and see which of them no test notices (some minutes)
	$(call environment,dev)
	@CONCORDANCE_POSTGRES=$${CONCORDANCE_POSTGRES:-$(CURDIR)/.postgres} $(BIN) -m mutmut run
	@$(BIN) -m mutmut results

faults: environment ## One fault after the other under load, with figures (args=restart for one; scripts/faults/causes.py lists them)
	@$(BIN) -m scripts.faults $(args)

hosts: environment ## Two web hosts, workers, a database and a proxy under load, one cut off after the other; needs HAProxy (apt install haproxy)
	@$(BIN) -m scripts.hosts $(args)

bench-queue: ## What 1, 2 and 3 workers take for a corpus, and one that is killed (args="--proposals 300"); minutes
	$(call environment,dev)
	@$(BIN) -m scripts.bench_queue --kill $(args)

accuracy: ## Write docs/accuracy.md anew: the engine against pairs read by hand, on the data that `make run` loads
	$(call environment,local)
	@$(BIN) manage.py report_accuracy --gold tests/alignment/gold --readings tests/alignment/readings \
		--same-texts tests/alignment/same_texts.yaml --about tests/alignment/about_pairs.yaml --out docs/accuracy.md

check: format-check lint types promises deploy-check lint-migrations ## Format, lint, types, who imports whom, missing migrations, openapi.yaml, settings of production

format: environment ## Rewrite the code in the project's format
	@$(BIN) -m ruff check --quiet --fix-only --select I .
	@$(BIN) -m ruff format .

check-api: environment ## Thousands of good and bad requests to every operation, on a database of its own (args=quick for half)
	@$(BIN) -m scripts.check_api $(args)

fuzz: environment ## Some 30,000 hostile cases to import, API, pages, admin and uploads (seed=7 and cases=300 for others)
	@FUZZ_CASES=$(or $(cases),1500) $(BIN) -m pytest -q tests/fuzz -n 4 --dist worksteal --show-capture=no --tb=short -p no:logging \
		--hypothesis-profile fuzz --hypothesis-seed $(or $(seed),1648) $(args)

audit: environment ## Whether a locked dependency has a known vulnerability; needs the network, and says what it could not look up
	@$(BIN) scripts/audit.py

lint-api: npm-packages ## Lint openapi.yaml by the rules of .redocly.yaml; needs Node.js 20 and npm
	@node_modules/.bin/redocly lint --config .redocly.yaml openapi.yaml

clients: npm-packages ## Write the TypeScript and Python clients into clients/; needs Node.js 20 and npm
	@$(BIN) -m scripts.clients

examples: environment ## Write the examples of the API anew, and a first one for each new operation; then: make openapi
	@$(BIN) -m scripts.examples

release: npm-packages ## Check, build clients and image context into dist/, and tag (args=--dry-run only looks)
	@$(BIN) -m scripts.release $(args)

release-contract: environment ## Keep openapi.yaml as the released document that later ones must not break
	@$(BIN) -m scripts.contract release

openapi: environment ## Write openapi.yaml anew after a change of the API
	@$(BIN) manage.py spectacular --validate --fail-on-warn --file openapi.yaml

data-format: environment ## Write docs/data-format.md and docs/exchange.schema.json anew after a change of models or format
	@$(BIN) scripts/data_format.py

lock: environment ## Write the lock files anew after a change of a requirements*.in (args="--upgrade" for newer versions)
	@$(BIN) scripts/lock.py $(args)

npm-packages: environment
	@command -v npm >/dev/null || { echo "npm is missing. Debian: apt install nodejs npm; else nodejs.org. It needs Node.js 20." >&2; exit 1; }
	@$(MAKE) --silent node_modules/.package-lock.json

node_modules/.package-lock.json: package.json package-lock.json
	@npm ci --silent
	@touch $@

environment:
	$(call environment,dev)

format-check: environment
	@$(BIN) -m ruff format --check .

lint: environment
	@$(BIN) -m ruff check .

types: environment
	@$(BIN) -m mypy

lint-migrations: environment ## What migrations since the last release do to a database in use (docs/decisions/migrations.md)
	@$(BIN) -m scripts.lint_migrations

release-backup: environment ## Keep a small backup of this release, which later ones restore in their tests
	@$(BIN) -m scripts.released_backup

load: environment ## A realistic mix at 80 % of what it bears, then three times as much (minutes=10); writes nothing
	@$(BIN) -m scripts.load $(if $(minutes),--minutes $(minutes))

# Import contracts, missing migrations, drift of openapi.yaml, lock files; also part of `make test`.
promises: environment
	@$(BIN) -m pytest -q tests/test_project.py

# As in production, with values that only look real; nothing is connected to.
deploy-check: environment
	@CONCORDANCE_ENV=production DATABASE_URL=postgresql://nobody@localhost/none ALLOWED_HOSTS=example.org \
		SECRET_KEY=$$($(BIN) -c 'import secrets; print(secrets.token_urlsafe(50))') \
		$(BIN) manage.py check --deploy --fail-level WARNING

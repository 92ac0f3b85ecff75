# Every target is a script below scripts/, which makes what it needs below .cache/ and can be called by itself.

# The newest ansible-core that a Python of this machine can run; or one of those in tests/requirements.
CORE ?= newest

.DEFAULT_GOAL := help
.PHONY: help demo fleet test test-all lint format sanity unit integration campaigns simulator bench build clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

demo: ## a guided tour on a simulated platform: no account needed
	@scripts/demo.sh

test: ## every check and test; the integration tests in full on the newest ansible-core that this machine can run
	@scripts/test.sh $(if $(EVERY_CORE),--every-core)

test-all: ## the same, with the campaigns, the oldest ansible-core in full and the candidate of the next one
	@scripts/test.sh --all

lint: ## ruff, mypy, licences, ansible-lint, documentation and changelog
	@scripts/lint.sh

format: ## rewrite the Python files as `make lint` wants them
	@scripts/format.sh

sanity: ## ansible-test sanity [CORE=2.19]
	@scripts/sanity.sh $(CORE)

unit: ## unit tests [CORE=2.19]
	@scripts/pytest.sh $(CORE) tests/unit

integration: ## integration tests [CORE=2.19]
	@scripts/pytest.sh $(CORE) tests/integration -n 2

campaigns: ## faults, kills, canaries and fuzzers [CORE=2.19] [SEED=1]
	@scripts/pytest.sh $(CORE) tests/campaigns -n 3 $(if $(SEED),--campaign-seed $(SEED))

simulator: ## the simulator, until interrupted [PORT=...] [SEED=file]
	@scripts/simulator.sh $(if $(PORT),--port $(PORT)) $(if $(SEED),--seed $(SEED))

fleet: ## a fleet of simulated accounts: provisioned, altered, mended [N=100]
	@scripts/fleet.sh $(N)

bench: ## seconds and CPU beside Ansible's floor; some minutes, see tests/benchmark
	@scripts/bench.sh

build: ## the collection's archive
	@scripts/build.sh

clean: ## remove environments, caches and results
	rm -rf .cache

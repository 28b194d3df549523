PREFIX ?= /usr/local
SWIFT ?= swift
# Nothing looks up symbols of the binary; a table of them makes it start later. So does a place in memory that is decided at
# each start, as it is not for programs of Go either: 131,000 pointers would have to be adapted, in 450 pages.
# The program looks for libraries where the system has them, not beside itself, and what it linked cannot be changed later.
# Whether two parts change one variable at once is checked in the tests, which run with all checks.
# Types of collections are made from what the compiler knows: made from their names, each first use of one searches all
# conformances of the program.
# What is jumped to begins at a multiple of 32 bytes: where it begins else decides up to a seventh of how long policies take.
RELEASE = -c release --static-swift-stdlib --disable-local-rpath -Xswiftc -enforce-exclusivity=unchecked \
  -Xswiftc -Xllvm -Xswiftc -align-all-nofallthru-blocks=5 \
  -Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors \
  -Xlinker --no-export-dynamic -Xlinker -no-pie -Xlinker -z -Xlinker relro -Xlinker -z -Xlinker now
LINTEL = .build/release/lintel
PROGRAM = $(CURDIR)/.build/policies.program
PACKAGES = libyaml-dev libre2-dev libjemalloc-dev zlib1g-dev libcrypt-dev libedit-dev libjs-codemirror pkg-config

.PHONY: all deps build demo test test-browser soak differential differential-charts builtin-limits sbom dependencies images lint format docs bench rego-bench corpus pack new-policy catalogue definitions assets install clean man dist image

all: build

# Installs the Debian packages the build needs, only those that are missing.
deps:
	@missing=""; for package in $(PACKAGES); do \
	  dpkg -s $$package >/dev/null 2>&1 || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	  if [ "$$(id -u)" = 0 ]; then sudo=""; else sudo=sudo; fi; \
	  $$sudo apt-get update -q && $$sudo apt-get install -qy --no-install-recommends $$missing; \
	fi

# The policies are compiled once, here, and not at each start, of which tests and long runs make thousands.
build test soak: export LINTEL_POLICY_PROGRAM = $(PROGRAM)
COMPILED = mkdir -p .build && touch -a $(PROGRAM) && $(SWIFT) build $(1) --product lintel-pack && \
  $$($(SWIFT) build $(1) --show-bin-path)/lintel-pack --program $(PROGRAM)

build: deps
	$(call COMPILED,$(RELEASE))
	$(SWIFT) build $(RELEASE) --product lintel

# The examples hold mistakes on purpose: exit code 1, as docs/exit-codes.md says, is the success of this target.
demo: build
	@code=0; $(LINTEL) check examples || code=$$?; \
	echo "lintel check examples ended with exit code $$code"; \
	[ $$code -eq 1 ]

# Those that run servers and watch the clock have the machine for themselves.
test: deps
	$(call COMPILED)
	$(SWIFT) test --skip 'WebhookTests|PlaygroundTests'
	$(SWIFT) test --skip-build --no-parallel --filter 'WebhookTests|PlaygroundTests'
	$(if $(OPA),$(MAKE) differential CALLS=5000 RULES=1000 GLOBS=1000)

# Long runs of what CI runs for seconds: SECONDS of generated and mutated input, another seed each time, first inside one
# process, then through every surface of the program with all checks of a debug build. SANITIZE=address adds those of memory.
SECONDS ?= 1800
soak: DEBUG = $(if $(SANITIZE),--sanitize $(SANITIZE) --scratch-path .build/$(SANITIZE))
# `operator new` has to be that of the C++ library, which asks the sanitizer, and not that of jemalloc. What lives until the
# end is no leak. Sanitized programs are slow.
soak: CHECKED = $(if $(SANITIZE),ASAN_OPTIONS=detect_leaks=0 LD_PRELOAD=$$(clang++ -print-file-name=libstdc++.so.6))
soak: PATIENCE = $(if $(SANITIZE),--patience 600)
soak: deps
	$(call COMPILED)
	seed=$$(date +%s); echo "LINTEL_FUZZ_SEED=$$seed"; \
	LINTEL_FUZZ_SECONDS=$(SECONDS) LINTEL_FUZZ_SEED=$$seed $(SWIFT) test --filter FuzzTests && \
	LINTEL_FIX_LAYOUTS=500 LINTEL_FIX_SEED=$$((seed % 1000000)) $(SWIFT) test --filter PolicyFixTests && \
	$(SWIFT) build $(DEBUG) --product lintel && \
	program=$$($(SWIFT) build $(DEBUG) --show-bin-path)/lintel && \
	$(CHECKED) python3 Tests/Soak/soak.py $$program --seconds $(SECONDS) --seed $$seed $(PATIENCE)$(if $(OPA), && \
	$(MAKE) differential SEED=$$((seed % 1000000)))

# Random calls, rule sets and globs against OPA's library in the folder OPA; Tests/Differential/README.md says where it is from.
# CALLS, RULES and GLOBS say how many, SEED which.
OPA ?=
CALLS ?= 200000
RULES ?= 50000
GLOBS ?= 24000
SEED ?= 1
differential: build
	@[ -n "$(OPA)" ] || { echo "make differential OPA=FOLDER: the folder with libopabridge.so, see Tests/Differential/README.md"; exit 1; }
	$(SWIFT) build $(RELEASE) --product differential
	$(LINTEL) capabilities > .build/capabilities.json
	python3 Tests/Differential/builtins.py $(OPA) .build/release/differential .build/capabilities.json --count $(CALLS) --seed $(SEED)
	python3 Tests/Differential/rules.py $(OPA) .build/release/differential --count $(RULES) --seed $(SEED)
	python3 Tests/Differential/globs.py $(OPA) .build/release/differential --count $(GLOBS) --seed $(SEED)

# Random calls of Helm's functions, CHARTS of them, and a quarter as many random templates, rendered by the program HELM too.
HELM ?= helm
CHARTS ?= 12000
differential-charts: build
	python3 Tests/Differential/charts.py $(HELM) $(LINTEL) --count $(CHARTS) --seed $(SEED)
	python3 Tests/Differential/charts.py $(HELM) $(LINTEL) --count $$(($(CHARTS) / 4)) --seed $(SEED) --kind templates

# How long each builtin goes on when a budget is spent, written to TABLE.
TABLE ?= $(CURDIR)/.build/builtin-limits.md
builtin-limits: deps
	LINTEL_BUILTIN_TABLE=$(TABLE) $(SWIFT) test -c release -Xswiftc -enable-testing --filter BuiltinLimitTests
	cat $(TABLE)

# The parts of the program as CycloneDX, written to SBOM.
SBOM ?= lintel.cdx.json
sbom:
	scripts/dependencies sbom $(SBOM)

# Whether what a build takes is what docs/dependencies.lock names.
dependencies:
	scripts/dependencies check

# The playground and the compliance report in headless Chromium.
test-browser: PACKAGES += chromium chromium-driver python3-pip
test-browser: export PYTHONPATH = .build/browser-tests
test-browser: build
	-@python3 -c 'import axe_core_python' 2>/dev/null || \
	  python3 -m pip install --quiet --disable-pip-version-check --root-user-action ignore --no-deps --require-hashes \
	    --target .build/browser-tests -r Tests/Browser/requirements.txt
	python3 Tests/Browser/compliance_report.py $(LINTEL)
	python3 Tests/Browser/reports.py $(LINTEL)
	python3 Tests/Browser/playground.py $(LINTEL)

# The pictures of the documentation.
images: PACKAGES += chromium chromium-driver fonts-inter fonts-jetbrains-mono
images: build
	python3 Tests/Browser/compliance_report.py $(LINTEL) --images docs/images
	python3 Tests/Browser/playground_images.py $(LINTEL)

# Layout, and the rules of docs/architecture.md that can be read off the sources.
lint:
	.ci/structure
	$(SWIFT) format lint --recursive --strict --parallel Package.swift Sources Tests

format:
	$(SWIFT) format --recursive --in-place --parallel Package.swift Sources Tests

# Pages generated from the policies; a test fails when they are stale.
docs: pack build
	rm -rf docs/policies
	$(LINTEL) policies docs --output docs/policies --known-checks policies/known-checks.yaml

# Findings of whole folders against the recorded run: make corpus CORPUS="examples deploy PATH…", RECORD=--record to keep it.
CORPUS ?= examples deploy
corpus: build
	python3 Tests/Corpus/corpus.py $(LINTEL) $(RECORD) $(CORPUS)

bench: build
	Benchmarks/run.sh

# Lintel's side of Benchmarks/compare.py, built as the program is.
rego-bench: deps
	$(SWIFT) build $(RELEASE) --package-path Benchmarks --product rego-bench

# Packs policies/ for the binary; a test fails when the pack is stale.
pack: deps
	@[ -f Sources/CPackedPolicies/policies.pack ] || : > Sources/CPackedPolicies/policies.pack
	$(SWIFT) run lintel-pack policies Sources/CPackedPolicies/policies.pack

# Writes the four files of a policy: make new-policy NAME=category/what-is-wrong
new-policy:
	scripts/new-policy $(NAME) $(ID)

# Packs the types of the Kubernetes API from FACTS, the condensed facts of the published documents (kubernetes-openapi.json).
catalogue: deps
	$(SWIFT) run lintel-catalogue $(FACTS) Sources/CSchemaCatalogue/kubernetes.catalogue

# Packs the schemas of well-known custom resources: DEFINITIONS are FILE=ORIGIN, as certificates.yaml="cert-manager 2026-08-22".
definitions: deps
	$(SWIFT) run lintel-catalogue --definitions Sources/CSchemaCatalogue/definitions.pack $(DEFINITIONS)

# Lists the files of the playground's page for the compiler; after adding or removing one.
assets:
	Sources/CPlaygroundAssets/list.sh

# Manual pages, from the help of the commands.
man: build
	scripts/man-pages $(LINTEL) .build/man

# Without symbols the program is a third of the size.
install: build man
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1
	install -s -m 755 $(LINTEL) $(DESTDIR)$(PREFIX)/bin/lintel
	install -m 644 .build/man/*.1 $(DESTDIR)$(PREFIX)/share/man/man1
	install -d $(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/share/zsh/site-functions
	install -d $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	$(LINTEL) completions bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/lintel
	$(LINTEL) completions zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_lintel
	$(LINTEL) completions fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/lintel.fish

# What a release needs, in DIST: tarball, .deb, bill of materials, checksums and the recipe of the image.
DIST ?= .build/dist
dist: SBOM = .build/lintel.cdx.json
dist: build sbom
	scripts/dist $(LINTEL) $(DIST) $(SBOM)

# The image for both machines; needs docker with buildx. PUSH=--push IMAGE=NAME:TAG publishes it.
IMAGE ?= lintel
PUSH ?=
image:
	docker buildx build --platform linux/amd64,linux/arm64 --tag $(IMAGE) $(PUSH) .

clean:
	rm -rf .build

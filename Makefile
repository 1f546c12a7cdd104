# The only entry point, for people and for CI: `make help`.
MAKEFLAGS += --warn-undefined-variables --no-builtin-rules --no-print-directory
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help run run-steps test test-steps build native images sources reproduce lock lock-check crds release-crds fmt verify bench bench-images check up down deploy kubeconfig trust cli clean

export ASHLAR_HOME := $(CURDIR)
export XDG_CACHE_HOME ?= $(HOME)/.cache
export JAVA_HOME := $(shell for jdk in "$${JAVA_HOME:-}" /usr/lib/jvm/*; do \
	if grep -qs '^JAVA_VERSION="25' "$$jdk/release"; then echo "$$jdk"; break; fi; done)

# Not the literal $(MAKE), whose lines run even under `make -n`.
SELF := $(MAKE)
# A folder that `make sources` filled, which everything is then built from, without a network.
SOURCES ?=
export ASHLAR_SOURCES := $(abspath $(SOURCES))
# A jar has the modes of its files, whoever builds it.
MVN := umask 022; mvn -B -ntp $(if $(SOURCES),-gs .mvn/sources.xml -s .mvn/sources.xml)
QUIET := $(MVN) -q
APP := operator/target/quarkus-app
ASHLAR := $(CURDIR)/operator/ashlar
PROGRAM := pom.xml $(wildcard */pom.xml) $(shell find crds/src/main images/src/main operator/src/main -type f)
CLUSTER ?=
NODES ?=
# Only a cluster on this machine needs root: network namespaces, mounts, cgroups.
AS_ROOT := $(if $(filter 0,$(shell id -u))$(filter existing,$(CLUSTER)),,sudo --preserve-env=ASHLAR_HOME,ASHLAR_SOURCES,XDG_CACHE_HOME,JAVA_HOME,CLUSTER,KUBECONFIG,PLATFORMS)
# Two at once in one checkout would write the same files: the second waits.
LOCKED := mkdir -p target; exec 9>target/make.lock; \
	flock -n 9 || { echo 'Another make works in this checkout: waiting until it ends.'; flock 9; };

# What explains a failed test, before the cluster goes and takes its logs along.
KEEP_LOGS = rm -rf target/logs; mkdir -p target/logs; \
	cp -r */target/*-reports $(XDG_CACHE_HOME)/ashlar/cluster/log $(XDG_CACHE_HOME)/ashlar/cluster/data/var-log-pods target/logs 2>&1 || true; \
	echo 'The tests failed: reports, logs of components and pods are in target/logs.'

help: ## what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## from nothing to two Sites in a browser
	@$(LOCKED) $(SELF) run-steps

run-steps: check up deploy
	@$(ASHLAR) demo

test: ## unit tests, then the tests against a real cluster (which it brings up and, if it was down, takes down again)
	@$(LOCKED) $(SELF) test-steps

test-steps: images
	@$(MVN) test -Dquarkus.build.skip=true
	@for program in caddy forward gitea health local-path-provisioner postgres registry-forwarder; do (cd images/$$program && PATH="$$PATH:/usr/local/go/bin" go test ./...); done
	@if $(ASHLAR) cluster status --quiet; then after=true; else after='$(SELF) down'; fi; \
	trap "[ \$$? = 0 ] || { $(KEEP_LOGS); }; $$after" EXIT; \
	$(SELF) up deploy; \
	$(MVN) verify -DskipUnitTests -Dquarkus.build.skip=true

build: $(APP)/quarkus-run.jar ## the program: operator and command line

$(APP)/quarkus-run.jar: $(PROGRAM)
	@overlays/dev/infra/preflight.sh build
	@$(if $(SOURCES),images/maven.sh check $(ASHLAR_SOURCES))
	@start=$$SECONDS; echo '· the program: Maven compiles it'; \
	$(QUIET) package -DskipTests; images/maven.sh check; touch $@; \
	echo "✓ the program: $$((SECONDS - start)) s"

images: build ## every image and host program, from locked sources; for two processors: PLATFORMS=linux/amd64,linux/arm64 make images
	@$(ASHLAR) image build

DIR ?=

sources: build ## gathers everything that builds read in one folder: make sources DIR=folder; then: SOURCES=folder make images
	@[ -n '$(DIR)' ] || { echo 'Say where to: make sources DIR=folder'; exit 1; }
	@$(ASHLAR) image sources '$(DIR)'

native: ## the operator as a native executable, and its image; where GraalVM's native-image is installed
	@command -v native-image >/dev/null || { echo 'There is no native-image on PATH: install GraalVM for JDK 25 and set JAVA_HOME to it.'; exit 1; }
	@$(SELF) build
	@$(QUIET) package -DskipTests -Pnative
	@$(ASHLAR) image build ashlar-native

reproduce: build ## builds images again from nothing, as another user at another time elsewhere, and compares: make reproduce IMAGE=nginx
	@$(ASHLAR) image verify --reproduce $(IMAGE)

lock: build ## looks up versions and hashes again: make lock IMAGE=nginx
	@$(ASHLAR) image lock $(IMAGE)
	@$(if $(IMAGE),,images/maven.sh lock)

lock-check: build ## fetches locked sources anew; says which is gone, which has a newer version: make lock-check IMAGE=nginx
	@$(ASHLAR) image lock --check $(IMAGE)

IMAGE ?=

crds: ## generates the CRDs and the kustomize material from the types
	@$(QUIET) -pl crds compile exec:java

release-crds: ## for a release: makes the CRDs those that later ones are compared with
	@cp crds/*.ashlar.dev.yaml crds/released/

fmt: ## formats the Java sources
	@$(QUIET) spotless:apply

verify: ## fails when something is not formatted, a generated file is not as committed, or a CRD takes away what was released
	@$(QUIET) spotless:check
	@fresh=$$(mktemp -d); trap 'rm -rf "$$fresh"' EXIT; \
	$(QUIET) -pl crds compile exec:java exec:java@compare -Dcrds.out="$$fresh"; \
	(cd "$$fresh"; find * -type f) | while read -r file; do \
	diff -u "crds/$$file" "$$fresh/$$file" || { echo "crds/$$file is not as generated: run \`make crds\` and commit it"; exit 1; }; done

check: ## says what this machine lacks; changes nothing
	@overlays/dev/infra/preflight.sh

# What the cluster consists of; built before it is brought up, which may be as root.
CLUSTER_IMAGES := cni containerd coredns etcd forward kubernetes nft pause registry registry-forwarder runc

up: build ## brings the cluster up, or repairs it; the local one with several nodes: make up NODES=3
	@$(ASHLAR) image build $(CLUSTER_IMAGES)
	@$(if $(AS_ROOT),echo 'The cluster needs root (network namespaces, mounts, cgroups): sudo asks for your password.';)
	@$(AS_ROOT) $(ASHLAR) cluster up $(if $(NODES),--nodes $(NODES))

down: build ## ends the cluster; the registry keeps its content
	@$(AS_ROOT) $(ASHLAR) cluster down

deploy: build ## builds and pushes the images of overlays/dev, and applies it
	@$(ASHLAR) deploy dev

kubeconfig: ## prints the path of the local cluster's kubeconfig
	@echo $(XDG_CACHE_HOME)/ashlar/cluster/kubeconfig

UNDO ?=

trust: build ## has this machine trust the cluster's own CA, so that https shows no warning; to undo it: make trust UNDO=1
	@$(if $(AS_ROOT),echo 'The store of certificates belongs to root: sudo asks for your password.';)
	@$(AS_ROOT) $(ASHLAR) trust $(if $(UNDO),--undo)

cli: build ## links `ashlar` into ~/.local/bin
	@$(ASHLAR) link

bench-images: build ## times building, pushing and serving images, beside the floor, jib-core and Debian's nginx
	@$(QUIET) -pl images test-compile dependency:build-classpath -Dmdep.outputFile=target/bench.classpath -Dmdep.includeScope=test
	@$(JAVA_HOME)/bin/java -cp "images/target/test-classes:images/target/classes:$$(cat images/target/bench.classpath)" \
	dev.ashlar.images.bench.ImagesBench

# Which parts: people, thousand, converge, drift, start, pods, gateway; all of them without it.
BENCH ?=

bench: images cli up deploy ## goals and values, also in target/bench.tsv; a part of them: make bench BENCH=converge
	@$(QUIET) -pl operator -am test-compile dependency:build-classpath -Dquarkus.build.skip=true -Dmdep.outputFile=target/bench.classpath -Dmdep.includeScope=test
	@operator/bench/bench.sh $(if $(BENCH),'$(BENCH)')

clean: down ## forgets what was built and what the registry holds
	@$(AS_ROOT) rm -rf $(XDG_CACHE_HOME)/ashlar
	@rm -rf target */target

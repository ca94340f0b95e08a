SCRIPTS := src/scripts
# As root, or where this user is in Docker's group, the same as without.
WITH_DOCKER := $(SCRIPTS)/with-docker.sh
MVN := ./mvnw -B
# Maven's steps, without its downloads and without warnings, which are for those who change the code.
LOGGER := -Dorg.slf4j.simpleLogger.log.org.apache.maven
STEPS_ONLY := -ntp $(LOGGER).plugin.compiler=error $(LOGGER).plugins.shade=error
GENERATED := crds helm docs/commands.md docs/compatibility.md docs/reference
VERSION = $(shell sed -n 's:^  <version>\(.*\)</version>:\1:p' pom.xml)
IMAGE = longshore:$(VERSION)
BENCH = java -cp target/longshore.jar:target/bench

.DEFAULT_GOAL := help
.PHONY: help build image test test-daemons verify fmt crds chart compatibility reference alerts sbom bench bench-archive bench-far bench-hosts bench-plots bench-room bench-scale bench-schedules bench-soak quickstart quickstart-cluster quickstart-cluster-delete clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-26s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

quickstart: ## Run the quickstart on this machine, without a cluster
	@$(SCRIPTS)/quickstart.sh

quickstart-cluster: ## Run the quickstart on the cluster of KUBECONFIG
	@$(SCRIPTS)/quickstart-cluster.sh

quickstart-cluster-delete: ## Delete the resources of quickstart-cluster
	@$(SCRIPTS)/quickstart-cluster.sh --delete

build: ## Build target/longshore.jar and its launchers, longshore and kubectl-longshore
	@$(SCRIPTS)/ensure-jdk.sh
	@echo '==> building target/longshore.jar, without tests; the first time, Maven downloads itself and the libraries'
	$(MVN) $(STEPS_ONLY) -Dmaven.test.skip=true -Dspotless.check.skip package
	@echo '==> building target/longshore and target/kubectl-longshore, with a class data archive for a faster start'
	@$(SCRIPTS)/launcher.sh
	@echo '==> done: target/longshore --help'

image: build ## Build the container image IMAGE; IMAGE_ARGS are extra arguments of docker build
	$(WITH_DOCKER) docker build --build-arg VERSION=$(VERSION) --build-arg REVISION=$$(git rev-parse HEAD) \
	  $(IMAGE_ARGS) --tag $(IMAGE) .

test: ## Run all tests, with a real Docker daemon and API server if available
	@$(SCRIPTS)/ensure-jdk.sh
	@$(SCRIPTS)/ensure-docker.sh --for-tests
	@$(WITH_DOCKER) $(SCRIPTS)/ensure-image.sh
	@$(SCRIPTS)/ensure-python.sh
	$(WITH_DOCKER) $(MVN) verify

test-daemons: ## Run the tests on Docker 20.10, today's Docker with both image stores and on cgroup v2, and Podman, or on DAEMONS; root only
	@$(SCRIPTS)/test-daemons.sh $(DAEMONS)

fmt: ## Format the Java code
	$(MVN) -q spotless:apply

crds: ## Generate crds/ and the chart's copy from the Java types
	$(MVN) -q test -Dtest=CrdsTest -Dcrds.write=true

chart: ## Generate the chart's README and the Kustomize base from the chart
	$(MVN) -q test -Dtest=ChartFilesTest -Dchart.write=true

compatibility: ## Generate docs/compatibility.md from the tests' table
	$(MVN) -q test -Dtest=CompatibilityTest -Dcompatibility.write=true

alerts: ## Check and test the alert rules; needs promtool, from Debian's package prometheus
	promtool check rules helm/longshore/files/alerts.yaml
	promtool test rules $(SCRIPTS)/alerts-test.yaml

bench: bench-classes ## Benchmark against a plain loop over the Docker API, and without the daemon; takes 25 minutes; pins cores as root only
	$(WITH_DOCKER) $(BENCH) Beside
	$(BENCH) Throughput

bench-archive: bench-classes ## Benchmark the log archive: makespan with and without it, and 5 GiB of one log
	$(WITH_DOCKER) $(BENCH) Archive

bench-far: bench-classes ## Benchmark with a daemon whose answers take 200 ms; takes 20 minutes
	$(BENCH) FarAway 200
	$(WITH_DOCKER) $(BENCH) FarAway 200 5 60 0 /var/run/docker.sock

bench-hosts: bench-classes ## Benchmark with 10, 100 and 1,000 hosts, the last for an hour, or for MINUTES
	$(BENCH) Hosts 10 $(or $(MINUTES),10)
	$(BENCH) Hosts 100 $(or $(MINUTES),10)
	$(BENCH) Hosts 1000 $(or $(MINUTES),60)

bench-plots: ## Draw docs/images/performance-*.svg from the results of bench, bench-far, bench-hosts and bench-room
	@bench/plot.py

bench-room: bench-classes ## Benchmark with 1,000 jobs of mixed sizes on hosts with little room, with each strategy
	$(BENCH) Room

bench-scale: bench-classes ## Benchmark with thousands of jobs; takes 15 minutes
	$(BENCH) Scale

bench-schedules: bench-classes ## Benchmark with 1,000 schedules that are due each minute; takes 6 minutes
	$(BENCH) Schedules

bench-soak: bench-classes ## Run steady load with restarts for an hour
	$(BENCH) Soak

.PHONY: bench-classes
bench-classes: build
	@mkdir -p target/bench
	@javac -d target/bench -cp target/longshore.jar bench/*.java

reference: ## Generate docs/commands.md from the commands' own descriptions, and docs/reference/ from the CRDs
	$(MVN) -q test -Dtest=CommandReferenceTest,ReferencePagesTest -Dcommands.write=true -Dreference.write=true

sbom: ## Write a CycloneDX SBOM and the list of licenses into target/
	@$(SCRIPTS)/ensure-jdk.sh
	$(MVN) -q cyclonedx:makeBom license:add-third-party
	@ls target/longshore-sbom.json target/longshore-licenses.txt

verify: test ## Run all tests, and check the format and the generated files
	$(MVN) -q spotless:check
	$(MAKE) crds chart compatibility reference
	@git diff --exit-code -- $(GENERATED) && test -z "$$(git status --porcelain -- $(GENERATED))" \
	  || { echo "$(GENERATED): not what the code generates; commit it" >&2; exit 1; }

clean: ## Delete build output
	$(MVN) -q clean

#!/usr/bin/env bash
# From a fresh machine to a finished job, without a cluster: provides what is missing, then runs examples/quickstart.
# The job with its resulting status goes to stdout as YAML, everything else to stderr.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=src/scripts/machine.sh
source src/scripts/machine.sh

manifests=examples/quickstart
started=$SECONDS

src/scripts/ensure-jdk.sh
src/scripts/ensure-docker.sh
src/scripts/with-docker.sh src/scripts/ensure-image.sh
src/scripts/ensure-jar.sh

if [[ -n ${DOCKER_HOST:-} ]]; then
  [[ $DOCKER_HOST =~ ^(unix|tcp):// && -z ${DOCKER_TLS_VERIFY:-} ]] ||
    give_up "the quickstart supports DOCKER_HOST only as unix:// or tcp:// without TLS." "See examples/tls-host for TLS."
  manifests=$(mktemp -d)
  trap 'rm -rf "$manifests"' EXIT
  cp examples/quickstart/*.yaml "$manifests"
  sed -i "s|endpoint: .*|endpoint: $DOCKER_HOST|" "$manifests"/*.yaml
fi

say "longshore run -o yaml examples/quickstart"
code=0
src/scripts/with-docker.sh "${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -jar target/longshore.jar run -o yaml "$manifests" || code=$?
say "done in $((SECONDS - started))s. Next: examples/ and docs/"
exit "$code"

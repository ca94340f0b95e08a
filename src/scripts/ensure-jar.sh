#!/usr/bin/env bash
# Builds target/longshore.jar unless it is there and newer than all of its sources.
set -euo pipefail
# shellcheck source=src/scripts/machine.sh
source "$(dirname "$0")/machine.sh"

readonly JAR=target/longshore.jar

if [[ -f $JAR && -z $(find pom.xml crds src/main -newer "$JAR" -print -quit) ]]; then
  exit 0
fi
say "building $JAR (the first time, Maven downloads itself and the libraries)"
# Formatting is for those who change the code: here it would only be one more download.
./mvnw -B -ntp -Dmaven.test.skip=true -Dspotless.check.skip package >&2

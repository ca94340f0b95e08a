#!/usr/bin/env bash
# test-daemons.sh [DAEMON...]: runs the tests that need a daemon (@OnEachDaemon), and the quickstart, on each of: machine (the
# daemon of DOCKER_HOST, or this machine's), docker, docker-containerd, docker-cgroup2, podman (see with-daemon.sh); without
# arguments on all.
# Prints versions, times, and what passed where. With RECORD=true, if all of it passed on all: docs/compatibility.md then names
# these versions.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=src/scripts/machine.sh
source src/scripts/machine.sh

readonly ALL=(machine docker docker-containerd docker-cgroup2 podman)
readonly OUT=target/daemons
readonly MVN=(./mvnw -B -ntp -Dspotless.check.skip)
# A test that would be skipped without a daemon or an API server fails.
export LONGSHORE_REQUIRE_DOCKER=true LONGSHORE_REQUIRE_API_SERVER=true LONGSHORE_REQUIRE_REGISTRY=true

refuse_what_cannot_be_done() {
  local daemon
  [[ $EUID -eq 0 ]] || give_up "test-daemons starts daemons in namespaces of their own, which requires root." \
    "Run it as root; or one test on a daemon that you have: DOCKER_HOST=... ./mvnw verify -Dit.test=JobRunsIT."
  for daemon in "${daemons[@]}"; do
    [[ " ${ALL[*]} " == *" $daemon "* ]] || give_up "there is no daemon $daemon: use ${ALL[*]}."
  done
  [[ ${RECORD:-} != true || ${daemons[*]} == "${ALL[*]}" ]] || give_up "RECORD=true requires a run on all daemons."
}

# What a daemon's namespaces cannot download: classes, what Maven runs tests with, an API server.
prepare() {
  src/scripts/ensure-jdk.sh
  src/scripts/ensure-docker.sh --for-tests
  [[ ${daemons[*]} == machine ]] || src/scripts/with-daemon.sh --prepare
  say "building the jar and the tests, with the output in $OUT/build.log"
  { src/scripts/ensure-jar.sh && "${MVN[@]}" -q test-compile failsafe:integration-test failsafe:verify -Dit.test=CrdsIT; } \
    >"$OUT/build.log" 2>&1 || { tail -n 20 "$OUT/build.log" >&2 && give_up "the build failed: see its output above."; }
}

# Beside its daemon, with DOCKER_HOST set.
beside() {
  if [[ $1 == machine ]]; then "${@:2}"; else src/scripts/with-daemon.sh "$@"; fi
}

run() {
  local daemon=$1 out=$OUT/$1 began=$SECONDS code=0 options=()
  rm -rf target/failsafe-reports "$out"
  mkdir -p "$out"
  [[ $daemon == machine ]] || options+=(-o)
  # Its kernel has one processor, which system calls keep busy.
  [[ $daemon != docker-cgroup2 ]] || options+=(-Djunit.jupiter.execution.parallel.enabled=false)
  say "$daemon: running the tests, with their output in $out/log"
  beside "$daemon" "${MVN[@]}" "${options[@]}" failsafe:integration-test failsafe:verify -Dgroups=daemons \
    -Ddaemons.record="$PWD/$out" ${TESTS:+-Dit.test="$TESTS"} >"$out/log" 2>&1 || code=1
  mv target/failsafe-reports "$out/reports" 2>/dev/null || code=1
  if [[ -z ${TESTS:-} ]] && ! beside "$daemon" src/scripts/quickstart.sh >"$out/quickstart.yaml" 2>"$out/quickstart"; then
    tail -n 5 "$out/quickstart" >&2
    code=1
  fi
  ((code == 0)) || failed+=("$daemon")
  echo "$daemon $((SECONDS - began)) $code" >>"$OUT/times"
  ((code == 0)) || grep -E '^\[ERROR\]' "$out/log" | head -n 40 >&2 || true
}

# A table with a row for each first word of a line, a column for each daemon, and a cell of the rest of the line.
table() {
  awk -v title="$1" -v daemons="${daemons[*]}" '
    BEGIN { count = split(daemons, column, " "); row[0] = title; for (d in column) cell[title, column[d]] = column[d]; rows = 1 }
    { daemon = $1; name = $2; sub(/^[^ ]+ [^ ]+ /, "")
      if (!((name) in seen)) { seen[name]; row[rows++] = name }
      cell[name, daemon] = $0 }
    END { for (r = 0; r < rows; r++) {
            printf "%-34s", row[r]
            for (d = 1; d <= count; d++) printf " %-20s", ((row[r], column[d]) in cell) ? cell[row[r], column[d]] : "-"
            print "" } }'
}

# From the reports: "JobRunsIT 12 ok 31s".
classes() {
  local daemon report
  for daemon in "${daemons[@]}"; do
    for report in "$OUT/$daemon"/reports/TEST-*.xml; do
      [[ -f $report ]] || continue
      sed -n 's/.*<testsuite .*name="[^"]*\.\([^".]*\)" time="\([0-9.]*\)" tests="\([0-9]*\)" errors="\([0-9]*\)" skipped="\([0-9]*\)" failures="\([0-9]*\)".*/\1 \2 \3 \4 \5 \6/p' "$report" |
        awk -v daemon="$daemon" '{ bad = $4 + $6
          print daemon, $1, bad ? bad " of " $3 " FAILED" : $3 - $5 " ok" ($5 ? ", " $5 " skipped" : ""), int($2 + 0.5) "s" }'
    done
  done | sort -k2,2 -s
}

# One failure outweighs all successes.
capabilities() {
  local daemon
  for daemon in "${daemons[@]}"; do
    [[ -f $OUT/$daemon/capabilities ]] || continue
    sort "$OUT/$daemon/capabilities" | awk -v daemon="$daemon" '{ if (!($1 in result) || $2 == "FAILED") result[$1] = $2 }
      END { for (name in result) print daemon, name, result[name] }' | sort
  done
}

report() {
  local daemon seconds code
  echo
  classes | table "TEST"
  echo
  capabilities | table "CAPABILITY"
  echo
  while read -r daemon seconds code; do
    printf '%-18s %-6s %4ds  %s\n' "$daemon" "$( ((code == 0)) && echo passed || echo FAILED)" "$seconds" \
      "$(cut -d= -f2- "$OUT/$daemon/version" 2>/dev/null || echo 'did not start')"
  done <"$OUT/times"
}

record() {
  local versions=src/test/resources/daemons.properties
  { sed -n '/^#/p' "$versions" && for daemon in "${ALL[@]}"; do cat "$OUT/$daemon/version"; done; } >"$OUT/versions"
  grep -q ^DOCKER_20= "$OUT/versions" || give_up "RECORD=true: the daemon of this machine is not Docker 20.10."
  mv "$OUT/versions" "$versions"
  "${MVN[@]}" -q test -Dtest=CompatibilityTest -Dcompatibility.write=true
}

(($# > 0)) || set -- "${ALL[@]}"
daemons=("$@")
failed=()
refuse_what_cannot_be_done
mkdir -p "$OUT"
prepare
rm -f "$OUT/times"
for daemon in "${daemons[@]}"; do run "$daemon"; done
report
if ((${#failed[@]} > 0)); then
  say "failed on: ${failed[*]}"
  exit 1
fi
[[ ${RECORD:-} != true ]] || record

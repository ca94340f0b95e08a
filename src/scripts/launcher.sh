#!/usr/bin/env bash
# Makes the launchers beside target/longshore.jar, and an archive of the classes that short commands load, from which Java
# starts in half the time. Without the archive the launchers work as well, only slower.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=src/scripts/machine.sh
source src/scripts/machine.sh

# The commands whose classes are in the archive: those that people wait for.
readonly COMMANDS=(
  "--help"
  "crds"
  "run --help"
  "run src/launcher/none.yaml"
  "validate examples/quickstart"
  "render examples/quickstart"
)

# Those on a cluster, of which a stand-in is enough.
readonly CLUSTER_COMMANDS=(
  "list"
  "list --context certificate"
  "describe hello"
  "submit hello --wait"
  "logs hello"
  "hosts"
)

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
# As the launcher writes it: Java compares the paths.
target=$(cd target && pwd -P)
jar=$target/longshore.jar

# Adds the classes that each of the commands loads to $work/all.
record() {
  local command
  for command; do
    # A command may well end with an error: its classes are loaded all the same.
    # shellcheck disable=SC2086
    "$java" -Xshare:off -XX:DumpLoadedClassList="$work/one" -jar "$jar" $command >/dev/null 2>&1 </dev/null || true
    cat "$work/one" >>"$work/all" && rm "$work/one"
  done
}

make_archive() {
  local version
  version=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.version = //p')
  [[ -n $version ]] || return 1
  record "${COMMANDS[@]}"
  # shellcheck disable=SC2016
  timeout 120 "$java" src/scripts/StandInCluster.java "$work" bash -c 'record "$@"' record "${CLUSTER_COMMANDS[@]}" >"$work/log" 2>&1 ||
    say "failed to record the commands on a cluster, so they start slower: $(tail -n 1 "$work/log")"
  # Ids differ from run to run, and only classes of loaders of their own need them; there are none.
  sed -e '/ source: /d' -e 's/ id: [0-9]*$//' "$work/all" | awk '!seen[$0]++' >"$work/classes"
  # Only with this collector are there objects in the archive, too; any collector can load them.
  "$java" -Xshare:dump -XX:+UseG1GC -XX:SharedClassListFile="$work/classes" -XX:SharedArchiveFile="$work/archive" \
    -cp "$jar" >"$work/log" 2>&1 || return 1
  mv "$work/archive" "$target/longshore-$version.jsa"
}

install -m 755 src/launcher/longshore "$target/longshore"
ln -sfn longshore "$target/kubectl-longshore"

rm -f "$target"/longshore-*.jsa
work=$(mktemp -d)
export java jar work
export -f record
trap 'rm -rf "$work"' EXIT
make_archive || say "failed to create the class data archive, so target/longshore starts slower: $(tail -n 1 "$work/log" 2>/dev/null)"

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

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
# As the launcher writes it: Java compares the paths.
target=$(cd target && pwd -P)
jar=$target/longshore.jar

make_archive() {
  local version command
  version=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.version = //p')
  [[ -n $version ]] || return 1
  for command in "${COMMANDS[@]}"; do
    # A command may well end with an error: its classes are loaded all the same.
    # shellcheck disable=SC2086
    "$java" -Xshare:off -XX:DumpLoadedClassList="$work/one" -jar "$jar" $command >/dev/null 2>&1 </dev/null || true
    cat "$work/one" >>"$work/all" && rm "$work/one"
  done
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
trap 'rm -rf "$work"' EXIT
make_archive || say "failed to create the class data archive, so target/longshore starts slower: $(tail -n 1 "$work/log" 2>/dev/null)"

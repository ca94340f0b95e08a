#!/usr/bin/env bash
# Sees that there is a JDK to build and run Longshore with. Installs nothing: which JDK is the user's choice.
set -euo pipefail
# shellcheck source=src/scripts/machine.sh
source "$(dirname "$0")/machine.sh"

readonly NEEDED=17
readonly ADVICE=(
  "On Debian or Ubuntu: apt-get install openjdk-17-jdk-headless (or a later one)."
  "If several are installed, set JAVA_HOME to the one to use."
)

bin=${JAVA_HOME:+$JAVA_HOME/bin/}
has "${bin}javac" || give_up "JDK $NEEDED or later is required, and ${bin}javac was not found." "${ADVICE[@]}"

# "javac 17.0.15", and "javac 1.8.0_402" before version 9.
said=$("${bin}javac" -version 2>&1 | tail -n 1)
version=$(sed -n 's/^javac \([0-9]*\).*/\1/p' <<<"$said")
if ((${version:-0} < NEEDED)); then
  give_up "JDK $NEEDED or later is required, and ${bin}javac is: $said." "${ADVICE[@]}"
fi

#!/usr/bin/env bash
# Installs the packages of examples/python into target/python, for the tests that run it. Without Python or a package index
# those tests are skipped; with LONGSHORE_REQUIRE_PYTHON=true this fails.
set -euo pipefail
# shellcheck source=src/scripts/machine.sh
source "$(dirname "$0")/machine.sh"

readonly REQUIREMENTS=examples/python/requirements.txt
readonly VENV=target/python
readonly INSTALL_SECONDS=300

cannot() {
  [[ ${LONGSHORE_REQUIRE_PYTHON:-} != true ]] || give_up "$1, which LONGSHORE_REQUIRE_PYTHON=true requires." "${@:2}"
  say "$1: the tests of examples/python will be skipped"
  exit 0
}

# Debian has venv in a package of its own.
can_make_venv() {
  has python3 && python3 -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 10))' 2>/dev/null
}

cmp -s "$REQUIREMENTS" "$VENV/requirements.txt" && exit 0

if ! can_make_venv && has apt-get && may_be_root; then
  say "missing for the tests: installing python3-venv with apt-get"
  # In a subshell, since it ends where apt-get fails.
  (apt_install python3 python3-venv) || true
fi
can_make_venv || cannot "Python 3.10 or later with venv is missing" "On Debian or Ubuntu: apt-get install python3-venv."

say "installing the packages of $REQUIREMENTS into $VENV"
said=$(mktemp)
trap 'rm -f "$said"' EXIT
if ! { python3 -m venv --clear "$VENV" &&
  timeout "$INSTALL_SECONDS" "$VENV/bin/pip" install -q --disable-pip-version-check --retries 1 -r "$REQUIREMENTS"; } >"$said" 2>&1; then
  tail -n 5 "$said" >&2
  rm -rf "$VENV"
  cannot "failed to install the packages of $REQUIREMENTS" "pip needs a package index: see its output above."
fi
cp "$REQUIREMENTS" "$VENV/requirements.txt"

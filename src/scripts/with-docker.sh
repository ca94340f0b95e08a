#!/usr/bin/env bash
# Runs a command with access to Docker's socket: as it is where the socket lets this user in, else, where sudo asks for no
# password, with the group of the socket added for this one command. Membership that lasts is the user's decision.
set -euo pipefail
# shellcheck source=src/scripts/machine.sh
source "$(dirname "$0")/machine.sh"

readonly SOCKET=/var/run/docker.sock

if [[ $EUID -eq 0 || -n ${DOCKER_HOST:-} || -w $SOCKET ]] || ! may_be_root; then
  exec "$@"
fi

# sudo drops most of the environment, and PATH, HOME and JAVA_HOME decide what the command is.
mapfile -d '' -t environment < <(env -0)
exec sudo -n env -i "${environment[@]}" setpriv --reuid "$(id -u)" --regid "$(id -g)" \
  --groups "$(id -G | tr ' ' ,),$(stat -c %g "$SOCKET")" "$@"

#!/usr/bin/env bash
# Sees that a Docker daemon answers, at DOCKER_HOST or on the local socket; installs and starts what is missing where this
# user may, after saying so. With --for-tests also the packages that the tests run against.
set -euo pipefail
# shellcheck source=src/scripts/machine.sh
source "$(dirname "$0")/machine.sh"

readonly READY_WITHIN=60
socket=/var/run/docker.sock
log=

usage() {
  give_up "usage: ensure-docker.sh [--for-tests]"
}

dockerd_runs() {
  grep -qsx dockerd /proc/[0-9]*/comm
}

# Everything that could stop us is said here, before anything was changed.
refuse_what_cannot_be_done() {
  if ! may_be_root && { dockerd_runs || [[ -S $socket ]]; }; then
    give_up "Docker is installed, but $(id -un) cannot connect to its socket $socket." \
      "If it is running, join its group and log in again: usermod -aG docker $(id -un) (as root; the group grants root privileges)." \
      "If it is not: systemctl start docker (as root)." \
      "For a daemon elsewhere, set DOCKER_HOST, such as unix:///run/user/$(id -u)/docker.sock."
  fi
  if has dockerd && has docker; then
    may_be_root || give_up "Docker is installed but not running, and $(id -un) is not allowed to start it." \
      "As root: systemctl start docker, or service docker start." "Then run this again."
    return 0
  fi
  if ! has apt-get; then
    give_up "Docker is not installed, and automatic installation supports only Debian and Ubuntu." \
      "Install the Docker Engine (https://docs.docker.com/engine/install/), start it, and run this again."
  fi
  may_be_root || give_up "Docker is not installed, and $(id -un) is not allowed to install it." \
    "As root: apt-get install --no-install-recommends $(docker_packages | tr '\n' ' ')" \
    "then: usermod -aG docker $(id -un), log in again, and run this again." \
    "Or set DOCKER_HOST to a daemon elsewhere, such as tcp://build-1:2375 (requires the docker command)."
}

packages_for_docker() {
  { has dockerd && has docker && has iptables; } || docker_packages
}

packages_for_tests() {
  static_busybox >/dev/null || echo busybox-static
  has docker-registry || echo docker-registry
}

start_daemon() {
  if [[ -d /run/systemd/system ]]; then
    say "starting Docker: systemctl start docker"
    as_root systemctl start docker || true
  elif [[ -x /etc/init.d/docker ]] && as_root service docker start >/dev/null 2>&1; then
    say "started Docker: service docker start"
    log=/var/log/docker.log
  else
    log=$(mktemp -d)/dockerd.log
    say "starting Docker: dockerd, in the background, with its log in $log"
    # A session of its own, so that it outlives this terminal.
    as_root setsid "$(command -v dockerd)" </dev/null >"$log" 2>&1 &
  fi
}

explain_failed_start() {
  say "Docker did not become ready. The end of its log:"
  if [[ -n $log ]]; then
    # dockerd ends its long report on what went well with the line that matters.
    as_root tail -n 200 "$log" | grep -v level=info | tail -n 10 >&2 || true
  elif has journalctl; then
    as_root journalctl -u docker -n 20 --no-pager >&2 || true
  fi
  give_up "failed to start dockerd." \
    "In a container it needs privileges: docker run --privileged, or a socket mounted from the host." \
    "Or set DOCKER_HOST to a daemon elsewhere."
}

wait_until_ready() {
  local waited=0
  # Under sudo it is root's answer that counts: with-docker.sh opens the socket to this user's commands.
  until docker_answers || { [[ $EUID -ne 0 ]] && docker_answers sudo -n; }; do
    # The first seconds belong to whoever forks it.
    if ((waited >= READY_WITHIN)) || { ((waited > 5)) && ! dockerd_runs; }; then explain_failed_start; fi
    sleep 1
    waited=$((waited + 1))
  done
}

provide_daemon() {
  docker_answers && return
  if [[ -n ${DOCKER_HOST:-} ]]; then
    has docker || give_up "DOCKER_HOST=$DOCKER_HOST requires the docker command, which is not installed."
    give_up "the Docker daemon at DOCKER_HOST=$DOCKER_HOST does not respond." "Unset DOCKER_HOST to use the local one."
  fi
  refuse_what_cannot_be_done
  local packages
  mapfile -t packages < <(packages_for_docker | tr ' ' '\n')
  if ((${#packages[@]} > 0)); then
    say "Docker is missing: installing ${packages[*]} with apt-get, then starting it"
    apt_install "${packages[@]}"
  fi
  docker_answers || { [[ $EUID -ne 0 ]] && docker_answers sudo -n; } || start_daemon
  wait_until_ready
}

provide_test_packages() {
  local packages
  mapfile -t packages < <(packages_for_tests)
  ((${#packages[@]} > 0)) || return 0
  if ! has apt-get || ! may_be_root; then
    say "cannot install ${packages[*]} as $(id -un). Tests that need them will report it"
    return 0
  fi
  say "missing for the tests: installing ${packages[*]} with apt-get"
  apt_install "${packages[@]}"
}

case $#${1:-} in
  0) provide_daemon ;;
  1--for-tests)
    provide_daemon
    provide_test_packages
    ;;
  *) usage ;;
esac

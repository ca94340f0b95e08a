# shellcheck shell=bash
# What the scripts beside this one share: messages, and what this user may do on this machine. To be sourced.

# Debian leaves the folders of dockerd and service out of a user's PATH.
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

say() {
  printf '==> %s\n' "$1" >&2
}

# Ends with the code of bad input: first line what is wrong, further lines what to do.
give_up() {
  printf 'longshore: %s\n' "$1" >&2
  shift
  (($# == 0)) || printf '  %s\n' "$@" >&2
  exit 2
}

has() {
  command -v "$1" >/dev/null 2>&1
}

may_be_root() {
  [[ $EUID -eq 0 ]] || { has sudo && sudo -n true 2>/dev/null; }
}

as_root() {
  if [[ $EUID -eq 0 ]]; then "$@"; else sudo -n "$@"; fi
}

# Asks the daemon itself: a socket file alone says nothing.
docker_answers() {
  has docker && timeout 10 "$@" docker version --format '{{.Server.Version}}' >/dev/null 2>&1
}

# Where docker-cli is a package of its own, docker.io does not bring the command.
docker_packages() {
  echo docker.io iptables
  if apt-cache show docker-cli >/dev/null 2>&1; then echo docker-cli; fi
}

static_busybox() {
  local file
  file=$(command -v busybox) || return 1
  # ldd fails on a static file, which is what we look for; a machine without it has no opinion.
  ! ldd "$file" >/dev/null 2>&1 && echo "$file"
}

# Quiet while it works; what apt-get said is shown where it did not.
apt_install() {
  local said
  said=$(mktemp)
  as_root apt-get update -qq >"$said" 2>&1 || say "apt-get update failed; continuing with the existing package lists"
  if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >>"$said" 2>&1; then
    tail -n 20 "$said" >&2
    give_up "apt-get failed to install $*: see its output above."
  fi
  rm "$said"
}

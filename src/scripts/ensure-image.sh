#!/usr/bin/env bash
# Sees that the daemon has the image of the examples: pulls it, or makes a small stand-in where no registry answers.
set -euo pipefail
# shellcheck source=src/scripts/machine.sh
source "$(dirname "$0")/machine.sh"

readonly IMAGE=busybox:stable
readonly PULL_SECONDS=20

# Leaves the machine's own busybox package alone: the file is all that is needed.
unpack_busybox() {
  local folder=$1
  has apt-get && has dpkg-deb || return 1
  may_be_root && { as_root apt-get update -qq || true; }
  (cd "$folder" && apt-get download -qq -o APT::Sandbox::User=root busybox-static >&2 && dpkg-deb -x busybox-static_*.deb .) || return 1
  find "$folder" -path '*/bin/busybox' -type f | head -n 1
}

make_image() {
  local work=$1 busybox applet
  busybox=$(static_busybox || unpack_busybox "$work") ||
    give_up "failed to pull $IMAGE, and no static busybox was found to build it from." \
      "As root on Debian or Ubuntu: apt-get install busybox-static." "Elsewhere: docker load an image named $IMAGE."
  say "building a replacement for $IMAGE from $busybox"
  mkdir -p "$work"/root/{bin,etc,root,tmp}
  chmod 1777 "$work/root/tmp"
  cp "$busybox" "$work/root/bin/busybox"
  "$busybox" --list | while read -r applet; do
    [[ $applet == busybox ]] || ln -s busybox "$work/root/bin/$applet"
  done
  printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n' >"$work/root/etc/passwd"
  printf 'root:x:0:\nnogroup:x:65534:\n' >"$work/root/etc/group"
  tar -C "$work/root" --owner=0 --group=0 -c . |
    docker import -m "made offline for Longshore's examples" -c 'CMD ["sh"]' \
      -c 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' - "$IMAGE" >/dev/null
}

docker image inspect "$IMAGE" >/dev/null 2>&1 && exit 0

say "pulling $IMAGE"
if timeout "$PULL_SECONDS" docker pull -q "$IMAGE" >/dev/null 2>&1; then
  exit 0
fi
say "failed to pull $IMAGE within ${PULL_SECONDS}s"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
make_image "$work"

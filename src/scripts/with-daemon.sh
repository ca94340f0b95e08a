#!/usr/bin/env bash
# with-daemon.sh DAEMON COMMAND...: runs a command beside a container daemon of its own, which DOCKER_HOST names: docker,
# docker-containerd (the containerd image store, and the oldest API version that Docker 29 speaks), podman, or docker-cgroup2
# (cgroup v2 on any machine, by a kernel in user mode). Each is the newest of Debian's sid, in a chroot that is created once a
# week. Daemon and command share a network namespace that reaches nothing else, so that a registry on the loopback interface is
# one for both; all of it ends with the command.
set -euo pipefail
# shellcheck source=src/scripts/machine.sh
source "$(dirname "$0")/machine.sh"

readonly CHROOT=${LONGSHORE_SID:-/var/cache/longshore/sid}
readonly DAEMONS="docker docker-containerd docker-cgroup2 podman"
PACKAGES=docker.io,iptables,ca-certificates,podman,crun,conmon,netavark,aardvark-dns,nftables,catatonit
[[ $(uname -m) != x86_64 ]] || PACKAGES+=,user-mode-linux,kmod,iproute2
readonly PACKAGES
readonly KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg
readonly READY_WITHIN=60
# Of the kernel in user mode, and of this machine as seen from it.
readonly GUEST=192.0.2.2 GATEWAY=192.0.2.1
# Of servers on any free port, of which Podman has to know by name which have no TLS.
readonly FIRST_PORT=40000 LAST_PORT=40499

usage() {
  give_up "usage: with-daemon.sh ${DAEMONS// /|} COMMAND..." \
    "with-daemon.sh --prepare only makes the chroot of Debian's sid, $CHROOT."
}

refuse_what_cannot_be_done() {
  [[ $EUID -eq 0 ]] || give_up "with-daemon.sh makes a chroot and namespaces, which requires root." "Run this as root."
}

# What this script runs, and Debian's package of each.
provide_commands() {
  local each commands=() packages=()
  for each in ip=iproute2 curl=curl sysctl=procps flock=util-linux setpriv=util-linux unshare=util-linux debootstrap=debootstrap; do
    has "${each%=*}" || { commands+=("${each%=*}") && packages+=("${each#*=}"); }
  done
  [[ -f $KEYRING ]] || { commands+=("$KEYRING") && packages+=(debian-archive-keyring); }
  ((${#packages[@]} > 0)) || return 0
  has apt-get || give_up "with-daemon.sh requires ${commands[*]}: not installed, and automatic installation supports only Debian and Ubuntu."
  say "missing for with-daemon.sh: installing ${packages[*]} with apt-get"
  apt_install "${packages[@]}"
}

# Where this machine gets Debian's packages from, and through which proxy.
mirror() {
  # shellcheck disable=SC2016
  apt-get indextargets --format '$(LABEL) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
    awk '$1 == "Debian" { uri = $2; exit } END { print uri ? uri : "http://deb.debian.org/debian/" }'
}

apt_proxy() {
  local proxy=
  if has apt-config; then eval "$(apt-config shell proxy Acquire::http::Proxy)"; fi
  echo "$proxy"
}

make_chroot() {
  local new=$CHROOT.new log=$CHROOT.log from
  from=$(mirror)
  say "making a chroot of Debian's sid in $CHROOT, from $from"
  rm -rf --one-file-system "$new"
  mkdir -p "$new"
  if ! http_proxy=${http_proxy:-$(apt_proxy)} debootstrap --variant=minbase --keyring="$KEYRING" --include="$PACKAGES" \
    sid "$new" "$from" >"$log" 2>&1; then
    tail -n 5 "$log" "$new/debootstrap/debootstrap.log" >&2 2>/dev/null || true
    give_up "debootstrap failed to make a chroot of Debian's sid from $from: see its output above, and $log." \
      "It requires network access to that mirror, and about 1 GB in $(dirname "$CHROOT")."
  fi
  echo "$PACKAGES" >"$new/packages"
  rm -rf --one-file-system "$CHROOT"
  mv "$new" "$CHROOT"
}

has_all_packages() {
  [[ $(cat "$CHROOT/packages" 2>/dev/null) == "$PACKAGES" ]]
}

# Created by debootstrap within a week.
chroot_is_fresh() {
  has_all_packages && [[ -n $(find "$CHROOT" -maxdepth 0 -mtime -7) ]]
}

# Returns with a shared lock on the chroot, which this process and all that it starts hold until they end: what a daemon runs
# in is not replaced. An old one that is in use is used once more; one that lacks packages is waited for.
provide_chroot() {
  mkdir -p "$(dirname "$CHROOT")"
  exec {lock}>>"$CHROOT.lock"
  until flock --shared "$lock" && chroot_is_fresh; do
    # A conversion that fails has lost the shared lock.
    if flock --nonblock "$lock" || { ! has_all_packages && flock "$lock"; }; then
      chroot_is_fresh || make_chroot
    else
      flock --shared "$lock"
      say "$CHROOT is older than a week, and in use: not replacing it now"
      return
    fi
  done
}

# In the chroot, with $1 as folder for the socket and all data.
daemon_command() {
  local docker="--data-root $1/data --exec-root /run/docker --pidfile /run/docker.pid"
  case $DAEMON in
    docker) echo "dockerd --storage-driver overlay2 --host unix://$1/docker.sock $docker" ;;
    docker-containerd)
      echo "env DOCKER_MIN_API_VERSION=1.44 dockerd --feature containerd-snapshotter=true --host unix://$1/docker.sock $docker"
      ;;
    docker-cgroup2)
      echo "env TMPDIR=$1 linux.uml mem=3G rootfstype=hostfs rw init=$1/init con0=null,fd:1 con=null vec0:transport=tap,ifname=guest0"
      ;;
    podman)
      echo "env CONTAINERS_CONF=$1/containers.conf CONTAINERS_REGISTRIES_CONF=$1/registries.conf podman --root $1/data" \
        "--runroot /run/podman system service --time=0 unix://$1/docker.sock"
      ;;
  esac
}

# The first process of the kernel in user mode, whose root filesystem is the chroot as this machine has it. Its loopback
# addresses are this machine's, for the registries there. Debian builds it without NAT.
write_init() {
  cat >"$folder/init" <<INIT
#!/bin/sh
set -eu
export PATH=/usr/sbin:/usr/bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t cgroup2 cgroup2 /sys/fs/cgroup
mount -t devtmpfs devtmpfs /dev
mkdir /dev/pts /dev/shm /dev/mqueue
mount -t devpts devpts /dev/pts
mount -t tmpfs tmpfs /dev/shm
mount -t mqueue mqueue /dev/mqueue
mount -t tmpfs tmpfs /run
mkdir -p /usr/lib/modules /run/data
ln -s "/usr/lib/uml/modules/\$(uname -r)" /usr/lib/modules/
for module in overlay veth bridge; do modprobe \$module; done
ip address add $GUEST/24 dev vec0
ip link set vec0 up
echo 1 >/proc/sys/net/ipv4/conf/vec0/route_localnet
ip route add 127.0.0.0/8 via $GATEWAY
exec catatonit -- dockerd --label longshore.kernel=user-mode --storage-driver overlay2 --iptables=false --ip6tables=false --tls=false --host tcp://$GUEST:2375 \
  --data-root /run/data --exec-root /run/docker --pidfile /run/docker.pid
INIT
  chmod +x "$folder/init"
}

# For a machine without systemd, and with limits that no machine is below. Docker trusts registries on the loopback interface,
# Podman each that is named.
write_podmans_configuration() {
  cat >"$folder/containers.conf" <<'CONF'
[containers]
default_ulimits = ["nofile=1024:4096"]
[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
CONF
  seq "$FIRST_PORT" "$LAST_PORT" |
    sed 's/.*/[[registry]]\nlocation = "127.0.0.1:&"\ninsecure = true/' >"$folder/registries.conf"
}

# Four devices that are none, longshore.dev/gpu=0 to 3: each adds a device node and an environment variable to a container.
write_devices() {
  local gpu devices=()
  mkdir -p "$folder/upper/etc/cdi"
  for gpu in 0 1 2 3; do
    devices+=("{\"name\": \"$gpu\", \"containerEdits\": {\"env\": [\"LONGSHORE_GPU_$gpu=yes\"],
      \"deviceNodes\": [{\"path\": \"/dev/longshore-gpu$gpu\", \"hostPath\": \"/dev/null\"}]}}")
  done
  (IFS=,; echo "{\"cdiVersion\": \"0.6.0\", \"kind\": \"longshore.dev/gpu\", \"devices\": [${devices[*]}]}") \
    >"$folder/upper/etc/cdi/longshore.json"
  export LONGSHORE_CDI_DEVICES=true
}

# The chroot stays as it is: what is written goes into a layer above. Whatever happens to this script, the kernel ends the
# daemon and its containers with the first process of the namespace, and the mounts with the last.
start_daemon() {
  mkdir "$folder"/{root,upper,work}
  write_devices
  # shellcheck disable=SC2016
  setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child --propagation slave bash -euc '
    cd "$0"
    mount -t overlay overlay -o "lowerdir=$1,upperdir=$0/upper,workdir=$0/work" root
    mount -t proc proc root/proc
    for folder in /sys /dev /tmp; do mount --rbind "$folder" "root$folder"; done
    mount -t tmpfs tmpfs root/run
    exec chroot root catatonit -- "${@:2}"' "$folder" "$CHROOT" "$@" >"$folder/log" 2>&1 </dev/null &
  daemon=$!
}

# In a PID namespace of its own, so that the kernel ends all of what it started, too. It shares the mounts below /tmp.
run_command() {
  # shellcheck disable=SC2016
  setpriv --pdeathsig KILL unshare --pid --fork --kill-child --mount-proc --propagation unchanged bash -c '
    "$@" || exit' -- "$@"
}

await_daemon() {
  local waited=0 ping=(--unix-socket "$folder/docker.sock" http://daemon/_ping)
  [[ $DOCKER_HOST == unix://* ]] || ping=("http${DOCKER_HOST#tcp}/_ping")
  until curl -sf "${ping[@]}" >/dev/null; do
    if ((waited++ >= READY_WITHIN * 5)) || ! kill -0 "$daemon" 2>/dev/null; then
      tail -n 20 "$folder/log" >&2
      give_up "failed to start $DAEMON: see the end of its log above."
    fi
    sleep 0.2
  done
}

# By the first process of its namespace, which unshare waits for.
end_daemon() {
  if [[ -n ${daemon:-} ]] && kill -KILL "$(cat "/proc/$daemon/task/$daemon/children" 2>/dev/null)" 2>/dev/null; then
    wait "$daemon" 2>/dev/null || true
  fi
  umount --lazy "$folder"
  rmdir "$folder"
}

run_beside_daemon() {
  # /tmp is the same for both, with what is mounted there later.
  mount --bind /tmp /tmp
  mount --make-shared /tmp
  folder=$(mktemp -d /tmp/longshore-"$DAEMON".XXXXXX)
  # In memory: it goes with the namespace, and is faster.
  mount -t tmpfs tmpfs "$folder"
  trap end_daemon EXIT
  ip link set lo up
  sysctl -q -w net.ipv4.ip_local_port_range="$FIRST_PORT $LAST_PORT"
  export DOCKER_HOST=unix://$folder/docker.sock
  case $DAEMON in
    docker-cgroup2)
      DOCKER_HOST=tcp://$GUEST:2375
      ip tuntap add guest0 mode tap
      ip address add "$GATEWAY/24" dev guest0
      ip link set guest0 up
      sysctl -q -w net.ipv4.conf.guest0.route_localnet=1
      write_init
      ;;
    podman) write_podmans_configuration ;;
  esac
  # shellcheck disable=SC2046
  start_daemon $(daemon_command "$folder")
  await_daemon
  run_command "$@"
}

refuse_what_cannot_be_done
if [[ ${1:-} == --prepare && $# -eq 1 ]]; then
  provide_commands
  provide_chroot
  exit
fi
(($# >= 2)) || usage
readonly DAEMON=$1
if [[ ${LONGSHORE_NAMESPACE:-} != own ]]; then
  [[ " $DAEMONS " == *" $DAEMON "* ]] || usage
  provide_commands
  provide_chroot
  LONGSHORE_NAMESPACE=own exec unshare --net --mount "$0" "$@"
fi
unset LONGSHORE_NAMESPACE
run_beside_daemon "${@:2}"

#!/usr/bin/env bash
# Says everything that this machine lacks, all at once, and changes nothing. `preflight.sh build` looks only at what a build needs.
set -euo pipefail

findings=()
lacks() { findings+=("$1"); }

cache=${XDG_CACHE_HOME:-$HOME/.cache}/ashlar
warm=false
[ -d "$cache/build" ] && warm=true

tools() {
  [ -n "${JAVA_HOME:-}" ] || lacks "No JDK 25 in JAVA_HOME or /usr/lib/jvm: install one (Temurin 25, or Debian's openjdk-25-jdk), or set JAVA_HOME."
  local tool tools=(mvn git dpkg-deb go apt-get)
  [ -z "${ASHLAR_SOURCES:-}" ] || tools=(mvn git dpkg-deb) # the others only fetch
  for tool in "${tools[@]}"; do
    command -v "$tool" >/dev/null || lacks "$tool is not on the PATH: install it (Debian: maven, golang-go, git, apt, dpkg)."
  done
  [ -n "${ASHLAR_SOURCES:-}" ] || command -v pip >/dev/null || command -v pip3 >/dev/null || lacks "pip is not on the PATH: install it (Debian: python3-pip)."
}

# Nearest existing folder above the cache: where the disk is that will be filled.
disk() {
  local folder=$cache need=16 free
  $warm && need=4
  while [ ! -d "$folder" ]; do folder=$(dirname "$folder"); done
  [ -w "$folder" ] || lacks "$folder is not writable by $(id -un): the cache goes there; set XDG_CACHE_HOME to a folder of yours."
  free=$(($(df -Pk "$folder" | awk 'NR==2 {print $4}') / 1024 / 1024))
  [ "$free" -ge "$need" ] || lacks "$folder has $free GiB free, $need are needed: free some, or set XDG_CACHE_HOME to a larger disk."
}

memory() {
  local available
  available=$(($(awk '/^MemAvailable:/ {print $2}' /proc/meminfo) / 1024))
  [ "$available" -ge 3000 ] || lacks "$available MiB of memory are available, 3000 are needed: end something large."
}

root() {
  [ "$(id -u)" = 0 ] || command -v sudo >/dev/null || lacks "The local cluster needs root for network namespaces, mounts and cgroups: install sudo, or run as root."
}

# In cgroup v2 as the root group lists it, else in v1 as enabled.
controller() {
  grep -qsw "$1" /sys/fs/cgroup/cgroup.controllers || awk -v name="$1" '$1 == name && $4 == 1 {found = 1} END {exit !found}' /proc/cgroups
}

kernel() {
  local what
  for what in overlay cgroup; do
    grep -qw "$what" /proc/filesystems || modprobe -n -q "$what" 2>/dev/null || lacks "The kernel knows no $what file system: the container runtime needs it."
  done
  for what in cpu memory pids; do
    controller "$what" || lacks "The kernel offers no cgroup controller $what: enable it at boot (cgroup_enable=$what on the kernel's command line)."
  done
  [ -d /proc/sys/net/bridge ] || lacks "The kernel does not filter what crosses a bridge, so that pods would not reach Services of their own node: sudo modprobe br_netfilter."
}

# While a local cluster holds the machine, its forward answers on the ports; `ashlar cluster up` looks at them again.
ports() {
  local port
  [ -e /run/ashlar/holder.json ] && return
  for port in 8080 8443 2321 5000; do
    if (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      lacks "Port $port of 127.0.0.1 is taken: end what listens there (ss -ltnp sport = :$port)."
    fi
  done
}

tools
disk
if [ "${1:-}" != build ]; then
  memory
  if [ "${CLUSTER:-}" != existing ] && ! docker info >/dev/null 2>&1; then
    root
    kernel
    ports
  fi
fi

if [ "${#findings[@]}" -gt 0 ]; then
  printf '✗ %s\n' "${findings[@]}" >&2
  exit 1
fi

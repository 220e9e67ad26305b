# Clients of network block devices, for the tests of our server. Sourced, not run.
# shellcheck shell=bash

# What is missing, by Debian's package names.
missing_nbd_clients() {
  command -v qemu-img >/dev/null && command -v qemu-io >/dev/null || echo qemu-utils
  command -v nbdinfo >/dev/null && command -v nbdcopy >/dev/null || echo libnbd-bin
}

# Installs them as root, else says that the tests which need them will be skipped.
see_to_nbd_clients() {
  local -a packages
  mapfile -t packages < <(missing_nbd_clients)
  ((${#packages[@]} > 0)) || return 0
  if ((EUID == 0)) && command -v apt-get >/dev/null; then
    echo "Installing ${packages[*]} ..."
    apt-get update -qq </dev/null >/dev/null || echo "(apt-get update had problems; going on)" >&2
    if DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      "${packages[@]}" </dev/null >/dev/null; then
      return
    fi
  fi
  echo "Missing (Debian's names): ${packages[*]}. The tests that need them will be reported as skipped." >&2
}

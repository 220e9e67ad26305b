# The real ovirt-imageio and qemu's tools, for the tests of oVirt's data path. Sourced, not run.
# shellcheck shell=bash

# The newest on PyPI; it is GPL software that runs as a process of its own and is never shipped.
imageio_version=2.5.1

# What is missing, by Debian's package names.
missing_for_imageio() {
  local tool
  for tool in qemu-img qemu-io qemu-nbd; do
    command -v "$tool" >/dev/null || {
      echo qemu-utils
      break
    }
  done
  command -v gcc >/dev/null || echo gcc
  python3 -c 'import venv, ensurepip' 2>/dev/null || echo python3-venv
  # The package's extension in C is built on the spot.
  python3 -c 'import os, sys, sysconfig
sys.exit(not os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")))' 2>/dev/null ||
    echo python3-dev
}

# Says why the tests against the real imageio will be skipped; the rest goes on.
without_imageio() {
  echo "No real ovirt-imageio: $1. The tests that need it will be reported as skipped." >&2
}

# Installs ovirt-imageio into a virtual environment unless it is there already.
install_imageio() {
  local place=$1
  if [[ $(cat -- "$place/version" 2>/dev/null) == "$imageio_version" ]] &&
    "$place/bin/ovirt-imageio" --help >/dev/null 2>&1; then
    return
  fi
  echo "Installing ovirt-imageio $imageio_version into $place ..."
  rm -rf -- "$place"
  mkdir -p -- "$(dirname -- "$place")" &&
    python3 -m venv "$place" &&
    "$place/bin/pip" install -q --disable-pip-version-check "ovirt-imageio==$imageio_version" </dev/null &&
    "$place/bin/ovirt-imageio" --help >/dev/null &&
    echo "$imageio_version" >"$place/version"
}

# Exports STILLPOINT_IMAGEIO, the program's path, or leaves it unset and says why.
see_to_imageio() {
  local place=${XDG_CACHE_HOME:-$HOME/.cache}/stillpoint-verify/imageio
  local -a packages
  unset STILLPOINT_IMAGEIO
  mapfile -t packages < <(missing_for_imageio)
  if ((${#packages[@]} > 0)); then
    if ((EUID != 0)) || ! command -v apt-get >/dev/null; then
      without_imageio "missing (Debian's names): ${packages[*]}"
      return
    fi
    echo "Installing ${packages[*]} ..."
    apt-get update -qq </dev/null >/dev/null || echo "(apt-get update had problems; going on)" >&2
    if ! DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      "${packages[@]}" </dev/null >/dev/null; then
      without_imageio "apt-get could not install ${packages[*]}"
      return
    fi
  fi
  if ! install_imageio "$place"; then
    without_imageio "it could not be installed from PyPI"
    return
  fi
  export STILLPOINT_IMAGEIO=$place/bin/ovirt-imageio
}

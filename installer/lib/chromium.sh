# A browser, for the journeys through the console. Sourced, not run.
# shellcheck shell=bash

have_chromium() {
  local program
  for program in "${STILLPOINT_CHROMIUM:-/nowhere}" /usr/bin/chromium /usr/bin/chromium-browser; do
    [[ -x $program ]] && return
  done
  return 1
}

# Installs Debian's chromium, and the font of the portal's stand-in, as root, else says that the journeys will be skipped.
see_to_chromium() {
  if have_chromium; then
    return
  fi
  if ((EUID == 0)) && command -v apt-get >/dev/null; then
    echo "Installing chromium ..."
    apt-get update -qq </dev/null >/dev/null || echo "(apt-get update had problems; going on)" >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-open-sans \
      </dev/null >/dev/null || echo "apt-get could not install chromium." >&2
  fi
  have_chromium || echo "No Chromium (Debian's name: chromium); STILLPOINT_CHROMIUM may name one." \
    "The journeys through the console will be skipped." >&2
}

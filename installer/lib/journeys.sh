# A browser and an engine's web server, for the journeys through the console. Sourced, not run.
# shellcheck shell=bash

have_chromium() {
  have_one_of "${STILLPOINT_CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser
}

have_apache() {
  have_one_of "${STILLPOINT_APACHE:-}" /usr/sbin/apache2 /usr/sbin/httpd
}

have_one_of() {
  local program
  for program; do
    [[ -x $program ]] && return
  done
  return 1
}

# Installs Debian's chromium with the portal's font and Apache's program (no service), as root, else says what is skipped.
see_to_journeys() {
  local missing=()
  have_chromium || missing+=(chromium fonts-open-sans)
  have_apache || missing+=(apache2-bin)
  if ((${#missing[@]} == 0)); then
    return
  fi
  if ((EUID == 0)) && command -v apt-get >/dev/null; then
    echo "Installing ${missing[*]} ..."
    apt-get update -qq </dev/null >/dev/null || echo "(apt-get update had problems; going on)" >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" \
      </dev/null >/dev/null || echo "apt-get could not install ${missing[*]}." >&2
  fi
  have_chromium || echo "No Chromium (Debian's name: chromium); STILLPOINT_CHROMIUM may name one." \
    "The journeys through the console will be skipped." >&2
  have_apache || echo "No Apache (Debian's name: apache2-bin); STILLPOINT_APACHE may name one." \
    "The journeys will go without the engine's web server." >&2
}

# A real PostgreSQL, for the tests of large sites' database. Sourced, not run.
# shellcheck shell=bash

# The tests start servers of their own from these programs and leave the machine's alone.
have_postgres() {
  local program
  for program in "${STILLPOINT_POSTGRES:-/nowhere}"/initdb /usr/lib/postgresql/*/bin/initdb; do
    [[ -x $program ]] && return
  done
  return 1
}

# Installs Debian's postgresql, without a server that runs all the time, or says why not.
see_to_postgres() {
  local policy=/usr/sbin/policy-rc.d
  if have_postgres; then
    return
  fi
  if ((EUID != 0)) || ! command -v apt-get >/dev/null; then
    echo "No PostgreSQL: missing (Debian's name): postgresql." \
      "The tests that need it will be reported as skipped." >&2
    return
  fi
  echo "Installing postgresql ..."
  apt-get update -qq </dev/null >/dev/null || echo "(apt-get update had problems; going on)" >&2
  if [[ ! -e $policy ]]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
  else
    policy=
  fi
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql \
    </dev/null >/dev/null || echo "apt-get could not install postgresql." >&2
  [[ -z $policy ]] || rm -f -- "$policy"
  have_postgres || echo "The tests that need PostgreSQL will be reported as skipped." >&2
}

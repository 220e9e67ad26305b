#!/usr/bin/env bash
# Measures the first page of every list with a million restore points, on SQLite and on PostgreSQL.
set -euo pipefail

case ${1:-} in
  -h | --help | '' | -*)
    cat <<'TEXT'
Usage: lists.sh DIR [sqlite|postgres]

Makes databases with 1,000,000 restore points of 10,000 VMs and 100,000 runs in a new folder in DIR (some
4 GiB for each, one after the other), reads the first page of each list 200 times and prints the median,
the 95th percentile and the worst. PostgreSQL is a server of its own, from the programs of Debian's package.
Build first: mvn -q -pl plugin-backend/benchmarks -am -DskipTests package
Exit code 0: all within 50 ms; 3: a list was slower.
TEXT
    exit 2
    ;;
esac

here=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)
which=${2:-both}
work=$(mktemp -d -- "$1/stillpoint-lists.XXXXXX")
server=''
# shellcheck disable=SC2317 # The trap calls it.
clean() {
  [[ -z $server ]] || kill -INT "$server" 2>/dev/null || true
  [[ -z $server ]] || wait "$server" 2>/dev/null || true
  rm -rf -- "$work"
}
trap clean EXIT

bench() {
  java -Xmx256m -cp "$here/target/classes:$here/target/lib/*" dev.stillpoint.benchmarks.ListBench "$@"
}

postgres() {
  local -a as=()
  local programs port=54999
  programs=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
  if ((EUID == 0)); then
    chown postgres "$work"
    as=(setpriv --reuid=postgres --clear-groups --)
  fi
  cd -- "$work"
  "${as[@]}" "$programs/initdb" -D "$work/data" -U bench --auth=trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
  "${as[@]}" "$programs/postgres" -D "$work/data" -p "$port" -c listen_addresses=127.0.0.1 \
    -c unix_socket_directories= -c shared_buffers=256MB -c max_wal_size=1GB >"$work/log" 2>&1 &
  server=$!
  until "$programs/psql" -qh 127.0.0.1 -p "$port" -U bench postgres -c 'create database lists' 2>/dev/null; do
    kill -0 "$server"
    sleep 0.2
  done
  bench "jdbc:postgresql://127.0.0.1:$port/lists" bench
}

result=0
if [[ $which != postgres ]]; then
  echo 'SQLite'
  bench "$work/stillpoint.db" || result=$?
  rm -f -- "$work"/stillpoint.db*
fi
if [[ $which != sqlite ]]; then
  echo 'PostgreSQL'
  postgres || result=$?
fi
exit "$result"

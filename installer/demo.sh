#!/usr/bin/env bash
# Shows Stillpoint at work on a machine that has nothing yet: see README.md.
#   installer/demo.sh [--exit] [--report FILE] [--fresh] [--work DIR]
set -euo pipefail

project=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
# shellcheck source=installer/lib/prerequisites.sh
source "$project/installer/lib/prerequisites.sh"

stillpoint=$project/plugin-backend/server/target/stillpoint
lab=$project/hypervisor-adapters/lab/target/stillpoint-lab
stamp=$project/plugin-backend/server/target/demo-build.stamp
log=$project/plugin-backend/server/target/demo-build.log

# A line that changes with anything the build is made of: names, sizes and times of all sources.
sources() {
  find "$project/pom.xml" "$project/.mvn" "$project/plugin-backend" "$project/hypervisor-adapters" \
    "$project/plugin-ui" "$project/installer/ovirt-plugin.sh" \
    \( -name target -o -name node_modules \) -prune -o -type f -printf '%P %s %T@\n' | LC_ALL=C sort | cksum
}

build() {
  local now
  now=$(sources)
  if [[ -x $stillpoint/bin/stillpoint && -x $lab/bin/stillpoint-lab && -r $stamp ]] &&
    [[ $(<"$stamp") == "$now" ]]; then
    return
  fi
  echo "Building Stillpoint; the first time Maven fetches what it needs, which takes minutes ..."
  mkdir -p -- "$(dirname -- "$log")"
  rm -f -- "$stamp"
  if ! (cd -- "$project" && mvn -B -q -DskipTests -Dspotless.check.skip -Dcheckstyle.skip package) \
    </dev/null >"$log" 2>&1; then
    echo "The build failed. The end of $log:" >&2
    tail -n 40 -- "$log" >&2
    exit 1
  fi
  "$stillpoint/bin/stillpoint-archive"
  printf '%s\n' "$now" >"$stamp"
}

settle_environment
for argument in "$@"; do
  case $argument in
    -h | --help)
      echo "Usage: installer/demo.sh [--exit] [--report FILE] [--fresh] [--work DIR]"
      echo "  --exit         end after the check, with code 0 only when every disk matched"
      echo "  --report FILE  write the result as JSON"
      echo "  --fresh        forget what earlier demos left, the lab's disks too"
      echo "  --work DIR     where to work; else stillpoint-demo in XDG_CACHE_HOME or ~/.cache"
      exit 0
      ;;
  esac
done
see_to_prerequisites
build
exec "$JAVA_HOME/bin/java" -Xmx256m -cp "$lab/lib/*" dev.stillpoint.hypervisor.lab.demo.Demo \
  --stillpoint "$stillpoint" --lab "$lab" "$@"

#!/usr/bin/env bash
# Measures Stillpoint's repository beside restic, borg and qemu-img on the same image.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: compare.sh [OPTION…] IMAGE [CHANGED_IMAGE CHANGED_LIST]

Backs up IMAGE (a raw disk) and a later state of it with Stillpoint, borg, restic and qemu-img in turn,
several times, and prints medians, ratios, CPU seconds, peak memory and stored bytes, with the targets.
CHANGED_LIST is JSON, [{"start":BYTES,"length":BYTES}]. Without them, 1 % of IMAGE's data is rewritten
as 64 KiB extents, half random and half text, in the work folder.

  --runs N       how often everything is done (default 3)
  --work DIR     where repositories and restored images go (default: a new folder beside IMAGE, which must
                 be on the same file system; it needs about 4 times the data, and is removed at the end)
  --json FILE    the figures as JSON
  --tools LIST   which, separated by commas (default stillpoint,borg,restic,qemu-img)
  --no-install   stop where a tool is missing, instead of installing it

Stillpoint's JVM gets a heap of 256 MiB, as promised. The image is read once before every step, so that
all read it from the page cache; what was written is synced between steps. STILLPOINT names the command to
measure; without it the one of this source tree is used, and built if it is not there.
Exit code 0: all worked; 1: something failed; 3: a target was missed.
TEXT
}

say() { printf '%s\n' "$*" >&2; }
die() { say "compare.sh: $*"; exit 1; }

runs=3 work='' json='' tools=stillpoint,borg,restic,qemu-img install=yes
arguments=()
while [ $# -gt 0 ]; do
  case $1 in
    --runs | --work | --json | --tools) [ $# -ge 2 ] || die "$1 needs a value."; declare "${1#--}=$2"; shift ;;
    --no-install) install=no ;;
    -h | --help) usage; exit 0 ;;
    -*) die "There is no option $1; see compare.sh --help." ;;
    *) arguments+=("$1") ;;
  esac
  shift
done
[ ${#arguments[@]} -eq 1 ] || [ ${#arguments[@]} -eq 3 ] || { usage >&2; exit 2; }
[[ $runs =~ ^[1-9][0-9]*$ ]] || die "'$runs' is not a number of runs."
for file in "${arguments[@]}"; do [ -f "$file" ] || die "'$file' is not a file."; done
image=$(realpath -- "${arguments[0]}")
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
root=$(cd -- "$here/../.." && pwd)
tools=",$tools,"
export LC_ALL=C.UTF-8

has() { [[ $tools == *",$1,"* ]]; }

# --- tools -----------------------------------------------------------------------------------------
need() { # command debian-package fedora-package pip-package
  command -v "$1" >/dev/null && return
  [ "$install" = yes ] || die "'$1' is missing. Install it, or leave --no-install out."
  say "installing $1"
  if command -v apt-get >/dev/null; then
    apt-get -qq update >/dev/null 2>&1 || true
    DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$2" >/dev/null 2>&1 || true
  elif command -v dnf >/dev/null; then
    dnf -q -y install "$3" >/dev/null 2>&1 || true
  fi
  if ! command -v "$1" >/dev/null && [ -n "${4:-}" ]; then
    pip3 install --quiet "$4" || true
  fi
  command -v "$1" >/dev/null || die "'$1' is missing and could not be installed (as root: apt-get install $2). Install it by hand, or choose others with --tools."
}
! has borg || need borg borgbackup borgbackup borgbackup
! has restic || need restic restic restic
! has qemu-img || need qemu-img qemu-utils qemu-img
need /usr/bin/time time time
need java openjdk-17-jre-headless java-17-openjdk-headless

programs=(java -cp "$here/target/classes:$here/target/lib/*")
if [ ! -d "$here/target/lib" ] || [ ! -e "$here/target/classes/dev/stillpoint/benchmarks/CompareReport.class" ]; then
  say "building the benchmarks"
  (cd "$root" && mvn -q -DskipTests -pl plugin-backend/benchmarks -am package)
fi
if has stillpoint; then
  stillpoint=${STILLPOINT:-$root/plugin-backend/server/target/stillpoint/bin/stillpoint}
  if [ ! -x "$stillpoint" ]; then
    [ -z "${STILLPOINT:-}" ] || die "STILLPOINT names '$stillpoint', which cannot be run."
    say "building Stillpoint"
    (cd "$root" && mvn -q -DskipTests -pl plugin-backend/server -am package)
  fi
  # As an installation has it.
  archive=$(dirname -- "$stillpoint")/stillpoint-archive
  [ ! -x "$archive" ] || "$archive"
fi

# --- the work folder -------------------------------------------------------------------------------
mine=''
if [ -z "$work" ]; then
  work=$(mktemp -d -- "$(dirname -- "$image")/compare.XXXXXX")
  mine=$work
fi
mkdir -p -- "$work"
work=$(cd -- "$work" && pwd)
trap '[ -z "$mine" ] || rm -rf -- "$mine"' EXIT
[ -z "$(ls -A -- "$work")" ] || die "'$work' is not empty."
mkdir "$work/source" "$work/logs"
ln "$image" "$work/source/vm.raw" 2>/dev/null || die "'$work' must be on the same file system as '$image'. Choose another --work."

if [ ${#arguments[@]} -eq 3 ]; then
  changed=$(realpath -- "${arguments[1]}")
  list=$(realpath -- "${arguments[2]}")
else
  changed=$work/changed.raw list=$work/changed.json
  say "rewriting 1 % of the data"
  cp --sparse=always "$image" "$changed"
  "${programs[@]}" dev.stillpoint.benchmarks.RewriteImage "$changed" 1 65536 1 "$list"
fi
ln "$changed" "$work/changed-link" 2>/dev/null || die "'$changed' must be on the same file system as '$work'."
data=$(du -s --block-size=1 -- "$image" | cut -f1)
[ "$data" -lt "$(awk '/^MemTotal/ {printf "%d", $2 * 700}' /proc/meminfo)" ] || say "Warning: the image is too large for the page cache; the disk will be measured too."
changed_bytes=$("${programs[@]}" dev.stillpoint.benchmarks.ChangedBytes "$changed" "$list")

export RESTIC_PASSWORD=compare BORG_BASE_DIR="$work/borg-home"
export BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK=yes BORG_RELOCATED_REPO_ACCESS_IS_OK=yes BORG_DELETE_I_KNOW_WHAT_I_AM_DOING=YES

# --- measuring -------------------------------------------------------------------------------------
results=$work/results.tsv
: >"$results"
failures=0
bytes_in() { [ ! -e "$1" ] || find "$1" -type f -printf '%s\n' | awk '{sum += $1} END {printf "%d", sum}'; }
use() { ln -f "$1" "$work/source/vm.raw"; } # the same name for every state of the disk

# Runs one step: reads what it will read into the page cache, takes time, adds a line of results.
measure() { # tool work repository-folder file-to-warm-up command…
  local tool=$1 name=$2 repository=$3 warm=$4 before after log
  shift 4
  log=$work/logs/$tool-$name-$run
  before=$(bytes_in "$repository")
  sync
  if [ -d "$warm" ]; then find "$warm" -type f -exec cat {} + >/dev/null; else cat -- "$warm" >/dev/null; fi
  if /usr/bin/time -q -f '%e %U %S %M' -o "$log.time" "$@" >"$log.out" 2>"$log.err"; then
    after=$(bytes_in "$repository")
    read -r wall user system kib <"$log.time"
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$tool" "$name" "$wall" \
      "$(awk "BEGIN {print $user + $system}")" "$((kib * 1024))" "${before:-0}" "${after:-0}" >>"$results"
    say "  run $run: $tool $name: $wall s"
  else
    say "  run $run: $tool $name FAILED:"
    tail -n 5 "$log.err" >&2
    printf '%s\t%s\tfailed\n' "$tool" "$name" >>"$results"
    failures=$((failures + 1))
    return 1
  fi
}
check() { # tool restored-file expected-image
  if ! cmp -- "$2" "$3" >&2; then
    say "  run $run: what $1 restored DIFFERS from the image"
    printf '%s\texport\tfailed\n' "$1" >>"$results"
    failures=$((failures + 1))
  fi
  rm -rf -- "$work/out"
}

run_stillpoint() {
  local repository=$work/stillpoint first second command=(env JDK_JAVA_OPTIONS=-Xmx256m "$stillpoint" repository)
  "${command[@]}" init "$repository" --reserve none >"$work/logs/init" 2>&1 || { cat "$work/logs/init" >&2; die "Stillpoint could not make a repository."; }
  measure stillpoint full "$repository" "$image" "${command[@]}" import "$repository" "$image" --vm vm --disk vm.raw || return 0
  first=$(tail -n 1 "$work/logs/stillpoint-full-$run.out")
  cp -a "$repository" "$repository-list"
  measure stillpoint changed-list "$repository-list" "$changed" "${command[@]}" import "$repository-list" "$changed" \
    --vm vm --disk vm.raw --previous "$first" --changed "$list" || true
  if second=$(tail -n 1 "$work/logs/stillpoint-changed-list-$run.out") && [ -n "$second" ]; then
    mkdir "$work/out"
    "${command[@]}" export "$repository-list" "$second" "$work/out/vm.raw" >/dev/null 2>&1 || true
    check stillpoint "$work/out/vm.raw" "$changed"
  fi
  rm -rf "$repository-list"
  measure stillpoint changed "$repository" "$changed" "${command[@]}" import "$repository" "$changed" \
    --vm vm --disk vm.raw --previous "$first" || return 0
  second=$(tail -n 1 "$work/logs/stillpoint-changed-$run.out")
  mkdir "$work/out"
  if measure stillpoint export "$repository" "$repository" "${command[@]}" export "$repository" "$second" "$work/out/vm.raw"; then
    check stillpoint "$work/out/vm.raw" "$changed"
  fi
  rm -rf "$work/out"
  measure stillpoint verify "$repository" "$repository" "${command[@]}" verify "$repository" || true
  if "${command[@]}" expire "$repository" "$first" >"$work/logs/expire" 2>&1; then
    measure stillpoint collect "$repository" "$repository" "${command[@]}" collect "$repository" || true
  else
    say "  run $run: stillpoint expire FAILED: $(tail -n 1 "$work/logs/expire")"
    failures=$((failures + 1))
  fi
}

run_borg() {
  local repository=$work/borg
  local create=(borg create -C zstd --chunker-params 'fixed,65536' --files-cache disabled)
  borg init -e none "$repository"
  cd "$work/source"
  use "$image"
  measure borg full "$repository" "$image" "${create[@]}" "$repository::first" vm.raw || return 0
  use "$changed"
  measure borg changed "$repository" "$changed" "${create[@]}" "$repository::second" vm.raw || return 0
  mkdir "$work/out"
  cd "$work/out"
  if measure borg export "$repository" "$repository" borg extract --sparse "$repository::second"; then
    check borg "$work/out/vm.raw" "$changed"
  fi
  cd "$work"
  rm -rf "$work/out"
  measure borg verify "$repository" "$repository" borg check --verify-data "$repository" || true
  borg delete "$repository::first"
  measure borg collect "$repository" "$repository" borg compact --threshold 0 "$repository" || true
}

run_restic() {
  local repository=$work/restic
  restic init -q --repository-version 2 -r "$repository"
  cd "$work/source"
  use "$image"
  measure restic full "$repository" "$image" restic -r "$repository" --no-cache backup vm.raw || return 0
  use "$changed"
  measure restic changed "$repository" "$changed" restic -r "$repository" --no-cache backup vm.raw || return 0
  if measure restic export "$repository" "$repository" restic -r "$repository" --no-cache restore latest --target "$work/out"; then
    check restic "$work/out/vm.raw" "$changed"
  fi
  cd "$work"
  rm -rf "$work/out"
  measure restic verify "$repository" "$repository" restic -r "$repository" --no-cache check --read-data || true
  measure restic collect "$repository" "$repository" restic -r "$repository" --no-cache forget --keep-last 1 --prune --max-unused 0 || true
}

run_qemu() {
  mkdir "$work/qemu" "$work/out"
  measure qemu-img full "$work/qemu" "$image" qemu-img convert -c -O qcow2 -o compression_type=zstd "$image" "$work/qemu/vm.qcow2" || return 0
  if measure qemu-img export "$work/qemu" "$work/qemu" qemu-img convert -O raw "$work/qemu/vm.qcow2" "$work/out/vm.raw"; then
    check qemu-img "$work/out/vm.raw" "$image"
  fi
}

for run in $(seq "$runs"); do
  for tool in stillpoint borg restic qemu-img; do
    has "$tool" || continue
    case $tool in
      stillpoint) run_stillpoint ;;
      borg) run_borg ;;
      restic) run_restic ;;
      qemu-img) run_qemu ;;
    esac
    cd "$work"
    rm -rf "$work/stillpoint" "$work/stillpoint-list" "$work/borg" "$work/borg-home" "$work/restic" "$work/qemu" "$work/out"
  done
done

# --- the report ------------------------------------------------------------------------------------
versions=()
! has borg || versions+=("$(borg --version)")
! has restic || versions+=("$(restic version | cut -d' ' -f1,2)")
! has qemu-img || versions+=("$(qemu-img --version | head -n 1)")
printf '%s cores (%s), %s GiB of memory; %s; image %s MiB with %s MiB of data; %s runs; changed bytes compressed: %s\n\n' \
  "$(nproc)" "$(awk -F': ' '/^model name/ {print $2; exit}' /proc/cpuinfo)" \
  "$(awk '/^MemTotal/ {printf "%d", $2 / 1048576 + 0.5}' /proc/meminfo)" "$(IFS=,; echo "${versions[*]}")" \
  "$(($(stat -c %s "$image") >> 20))" "$((data >> 20))" "$runs" "$changed_bytes"
report=("${programs[@]}" dev.stillpoint.benchmarks.CompareReport "$results" "$changed_bytes")
[ -z "$json" ] || report+=("$(realpath -m -- "$json")")
cd "$OLDPWD"
missed=0
"${report[@]}" || missed=$?
[ "$failures" -eq 0 ] || { say "$failures steps failed."; exit 1; }
exit "$missed"

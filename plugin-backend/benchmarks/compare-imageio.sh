#!/usr/bin/env bash
# Measures the oVirt adapter's data path beside ovirt-imageio's own client, on one real daemon.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: compare-imageio.sh IMAGE [--runs N] [--work DIR]

Serves IMAGE (a raw disk) as a qcow2 disk through qemu-nbd and a real ovirt-imageio with TLS, and moves it in turn
with the package's own client (to and from a raw file) and with Stillpoint's adapter (to and from a repository):
the whole disk, a disk of nine tenths holes, 1 % of changed blocks through a dirty bitmap, and an upload to a new
disk. Prints medians and ratios. The clock of each side runs within its process, from opening the ticket to the
end: committed, or flushed. STILLPOINT_IMAGEIO names the daemon; without it, it is installed.

  --runs N    how often everything is done (default 3)
  --work DIR  where disks and repositories go (default: a new folder beside IMAGE; it is removed at the end)
TEXT
}
die() { printf 'compare-imageio.sh: %s\n' "$*" >&2; exit 1; }

runs=3 work='' image=''
while [ $# -gt 0 ]; do
  case $1 in
    --runs | --work) [ $# -ge 2 ] || die "$1 needs a value."; declare "${1#--}=$2"; shift ;;
    -h | --help) usage; exit 0 ;;
    -*) die "There is no option $1; see --help." ;;
    *) image=$1 ;;
  esac
  shift
done
[ -f "$image" ] || { usage >&2; exit 2; }
image=$(realpath -- "$image")
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
root=$(cd -- "$here/../.." && pwd)
# shellcheck source=installer/lib/imageio.sh
source "$root/installer/lib/imageio.sh"
[ -n "${STILLPOINT_IMAGEIO:-}" ] || see_to_imageio
[ -n "${STILLPOINT_IMAGEIO:-}" ] || die "there is no ovirt-imageio here."
python=$(dirname -- "$STILLPOINT_IMAGEIO")/python3
if [ ! -e "$here/target/classes/dev/stillpoint/benchmarks/TransferBench.class" ] || [ ! -d "$here/target/lib" ]; then
  (cd "$root" && mvn -q -DskipTests -pl plugin-backend/benchmarks -am package)
fi
ours=(java -Xmx256m -XX:+UseSerialGC -cp "$here/target/classes:$here/target/lib/*" dev.stillpoint.benchmarks.TransferBench)
seconds() { "$@" | grep -E '^[0-9]+\.[0-9]+$'; } # Java's log comes the same way.

[ -n "$work" ] || work=$(mktemp -d -- "$(dirname -- "$image")/imageio.XXXXXX")
mkdir -p -- "$work"
run_dir=$(mktemp -d) # Paths of sockets must be short.
started=()
stop() {
  [ ${#started[@]} -eq 0 ] || kill "${started[@]}" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf -- "$work" "$run_dir"
}
trap stop EXIT
trap 'exit 1' INT TERM

# --- the daemon ------------------------------------------------------------------------------------
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext 'subjectAltName=DNS:localhost' \
  -keyout "$run_dir/key.pem" -out "$run_dir/ca.pem" 2>/dev/null
mkdir -p "$run_dir/conf/conf.d"
cat >"$run_dir/conf/conf.d/bench.conf" <<TEXT
[daemon]
systemd_enable = false
drop_privileges = false
run_dir = $run_dir
[tls]
enable = true
key_file = $run_dir/key.pem
cert_file = $run_dir/ca.pem
ca_file = $run_dir/ca.pem
[remote]
host = localhost
port = 0
[local]
enable = false
[control]
transport = unix
socket = $run_dir/control
[handlers]
keys = stderr
[logger_root]
level = INFO
handlers = stderr
TEXT
"$STILLPOINT_IMAGEIO" -c "$run_dir/conf" 2>"$run_dir/daemon.log" &
started+=($!)
port=''
for _ in $(seq 100); do
  port=$(sed -nE "s/.*remote.*listening on .*[^0-9]([0-9]+)[^0-9]*$/\1/Ip" "$run_dir/daemon.log" | head -n 1)
  [ -z "$port" ] || break
  sleep 0.1
done
[ -n "$port" ] || die "the daemon does not listen: $(tail -n 3 "$run_dir/daemon.log")"

# Serves a qcow2 disk under a new ticket, in $url; the disk's qemu-nbd is $nbd.
number=0
serve() { # disk read|write dirty(true|false) qemu-nbd-option…
  local disk=$1 mode=$2 dirty=$3 size
  shift 3
  number=$((number + 1))
  size=$(qemu-img info --output json "$disk" | "$python" -c 'import json, sys; print(json.load(sys.stdin)["virtual-size"])')
  [ "$mode" = write ] || set -- -r "$@"
  qemu-nbd -t -f qcow2 -k "$run_dir/nbd$number" -e 8 --cache=writeback --discard=unmap "$@" "$disk" &
  nbd=$!
  started+=("$nbd")
  for _ in $(seq 100); do [ ! -S "$run_dir/nbd$number" ] || break; sleep 0.05; done
  "$python" - "$run_dir/control" "ticket$number" "$size" "$mode" "$dirty" "$run_dir/nbd$number" <<'PYTHON'
import http.client, json, socket, sys

control, name, size, mode, dirty, nbd = sys.argv[1:]
body = json.dumps({"uuid": name, "size": int(size), "url": "nbd:unix:" + nbd, "timeout": 3000,
                   "ops": ["read"] if mode == "read" else ["read", "write"], "dirty": dirty == "true", "sparse": True})
connection = http.client.HTTPConnection("localhost")
connection.sock = socket.socket(socket.AF_UNIX)
connection.sock.connect(control)
connection.request("PUT", "/tickets/" + name, body, {"content-type": "application/json"})
answer = connection.getresponse()
assert answer.status == 200, answer.read()
PYTHON
  url=https://localhost:$port/images/ticket$number
  disk_bytes=$size
}
unserve() { kill "$nbd"; wait "$nbd" 2>/dev/null || true; }

theirs() { # download|upload file
  "$python" - "$1" "$url" "$2" "$run_dir/ca.pem" <<'PYTHON'
import sys, time
from ovirt_imageio import client

what, url, path, ca = sys.argv[1:]
start = time.monotonic()
if what == "download":
    client.download(url, path, ca, fmt="raw")
else:
    client.upload(path, url, ca, disk_is_zero=True)
print("%.3f" % (time.monotonic() - start))
PYTHON
}

# --- the disks -------------------------------------------------------------------------------------
echo "making the disks ..." >&2
qemu-img convert -O qcow2 "$image" "$work/full.qcow2"
qemu-img create -q -f qcow2 "$work/holes.qcow2" 8G
# 800 MiB of data in 8 GiB: random and text by turns, as far apart as can be.
dd if="$image" bs=1M iflag=skip_bytes skip=200M count=800 of="$work/part.raw" status=none
split -b 8M -d -a 3 "$work/part.raw" "$work/part8."
for i in $(seq 0 99); do printf 'write -q -s %s/part8.%03d %dM 8M\n' "$work" "$i" "$((i * 80))"; done >"$work/holes.cmd"
qemu-io -f qcow2 "$work/holes.qcow2" <"$work/holes.cmd" >/dev/null
cp --reflink=auto "$work/full.qcow2" "$work/changed.qcow2"
qemu-img bitmap --add --enable "$work/changed.qcow2" before
data=$(du -s --block-size=1 -- "$image" | cut -f1)
"$python" - "$(stat -c %s "$image")" "$data" >"$work/changes.cmd" <<'PYTHON'
import random, sys

size, data = map(int, sys.argv[1:])
random.seed(1)
for cell in random.sample(range(size // 65536), max(1, data // 100 // 65536)):
    print("write -q -P %d %d 65536" % (random.randrange(1, 256), cell * 65536))
PYTHON
qemu-io -f qcow2 "$work/changed.qcow2" <"$work/changes.cmd" >/dev/null
rm -f "$work"/part* "$work"/*.cmd

results=$work/results
note() { printf '%s %s %s\n' "$1" "$2" "$3" >>"$results"; printf '  run %s: %s %s: %s s\n' "$run" "$1" "$2" "$3" >&2; }
warm() { sync; cat -- "$@" >/dev/null; }

for run in $(seq "$runs"); do
  for disk in full holes; do
    serve "$work/$disk.qcow2" read false
    warm "$work/$disk.qcow2"
    note theirs "download-$disk" "$(theirs download "$work/out.raw")"
    [ "$disk" = full ] || rm -f "$work/out.raw"
    [ "$disk" = holes ] || mv "$work/out.raw" "$work/raw"
    warm "$work/$disk.qcow2"
    rm -rf "$work/repository-$disk"
    note ours "download-$disk" "$(seconds "${ours[@]}" full "$url" "$run_dir/ca.pem" "$disk_bytes" "$work/repository-$disk" p1)"
    unserve
  done
  serve "$work/changed.qcow2" read true -B before
  warm "$work/changed.qcow2"
  note ours changes "$(seconds "${ours[@]}" changes "$url" "$run_dir/ca.pem" "$disk_bytes" "$work/repository-full" p2 p1)"
  unserve
  for side in theirs ours; do
    qemu-img create -q -f qcow2 "$work/new.qcow2" "$disk_bytes"
    serve "$work/new.qcow2" write false
    if [ $side = theirs ]; then
      warm "$work/raw"
      note theirs upload "$(theirs upload "$work/raw")"
    else
      warm "$work"/repository-full/packs/*
      note ours upload "$(seconds "${ours[@]}" restore "$url" "$run_dir/ca.pem" "$disk_bytes" "$work/repository-full" p1)"
    fi
    unserve
    qemu-img compare -q -F qcow2 -f raw "$image" "$work/new.qcow2" || die "what $side uploaded differs."
    rm -f "$work/new.qcow2"
  done
  rm -rf "$work/repository-full" "$work/repository-holes" "$work/raw"
done

"$python" - "$results" <<'PYTHON'
import statistics, sys

figures = {}
for line in open(sys.argv[1]):
    side, work, seconds = line.split()
    figures.setdefault((work, side), []).append(float(seconds))
median = {key: statistics.median(values) for key, values in figures.items()}
print("| work | Stillpoint s | client s | speed ratio |")
print("|---|---|---|---|")
for work in ("download-full", "download-holes", "upload"):
    a, b = median[work, "ours"], median[work, "theirs"]
    print("| %s | %.2f | %.2f | %.2f |" % (work, a, b, b / a))
changes, full = median["changes", "ours"], median["download-full", "ours"]
print("| 1 %% of changes | %.2f | | %.1f %% of the full's time |" % (changes, 100 * changes / full))
PYTHON

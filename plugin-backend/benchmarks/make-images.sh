#!/usr/bin/env bash
# Makes the disk images that the benchmarks read, from the real files of this machine. Needs no root.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: make-images.sh DIR [GIB]

Makes in DIR, from about GIB (default 5) GiB of this machine's own files:
  a.raw            an ext4 image of programs, libraries and documents; one directory lies in it twice
  a1.raw a1.json   a.raw with 1 % of its data rewritten as 64 KiB extents at random places of the
                   64 KiB grid (half random bytes, half text), and the list of what changed
  a5.raw a5.json   the same for 5 %
  u1.raw u1.json   1 % again, but at random 4 KiB blocks: extents that straddle the grid
  up.raw           a.raw after packages in it were upgraded (new file beside the old one, then renamed)
  c.raw            a second machine with some of a.raw's software, laid out otherwise
  b.raw            another machine: packed archives, wheels, crates, a database, logs, incompressible media
  b1.raw b5.raw    the same changes for b.raw (and b1.json, b5.json)

Everything random is seeded. Only what is missing is made; choose with ONLY="a a1 b" in the environment.
Needs mke2fs and debugfs, java 17, and for up.raw apt-get and dpkg-deb with two versions of a package.
TEXT
}

say() { printf '%s\n' "$*" >&2; }
die() { say "make-images.sh: $*"; exit 1; }

case ${1:---help} in
  -h | --help) usage; exit 2 ;;
esac
dir=$1
gib=${2:-5}
[[ $gib =~ ^[1-9][0-9]*$ ]] || die "'$gib' is not a whole number of GiB."
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
rewrite="$here/src/main/java/dev/stillpoint/benchmarks/RewriteImage.java"
only=" ${ONLY:-a a1 a5 u1 up c b b1 b5} "
PATH=$PATH:/usr/sbin:/sbin
export DEBIAN_FRONTEND=noninteractive LC_ALL=C
for tool in mke2fs debugfs java; do
  command -v "$tool" >/dev/null || die "$tool is missing. Install e2fsprogs and a JDK 17."
done
mkdir -p -- "$dir"
dir=$(cd -- "$dir" && pwd)
stage=$(mktemp -d -- "$dir/stage.XXXXXX")
trap 'rm -rf -- "$stage"' EXIT

wanted() { # name → whether it is asked for and missing
  [[ $only == *" $1 "* ]] && [ ! -e "$dir/$1.raw" ]
}

# Copies directories, in the order given, until the stage holds that many MiB; of one that is too large
# the parts that fit.
fill() { # MiB directory…
  left=$1
  shift
  fill_from "$@"
  say "  filled; $left MiB short of what was asked for"
}
fill_from() {
  local size source
  for source in "$@"; do
    if [ ! -d "$source" ] || [ -L "${source%/}" ]; then continue; fi
    source=${source%/}
    size=$(du -sxm -- "$source" | cut -f1)
    if [ "$size" -le "$left" ]; then
      mkdir -p "$stage/root$(dirname "$source")"
      cp -a --no-preserve=ownership "$source" "$stage/root$(dirname "$source")/" 2>/dev/null || true
      left=$((left - size))
    elif [ "$left" -gt 16 ]; then
      fill_from "$source"/*/
    fi
  done
}

make_ext4() { # name
  local mib
  mib=$(du -sxm "$stage/root" | cut -f1)
  rm -f "$dir/$1.part"
  truncate -s "$((mib * 16 / 10))M" "$dir/$1.part"
  E2FSPROGS_FAKE_TIME=1790000000 mke2fs -q -F -t ext4 -b 4096 -m 0 -L "$1" \
    -U 5719901d-0000-4000-8000-000000000001 -E hash_seed=5719901d-0000-4000-8000-000000000002 \
    -d "$stage/root" "$dir/$1.part"
  mv "$dir/$1.part" "$dir/$1.raw"
  rm -rf "$stage/root"
  say "  $dir/$1.raw: $(du -m "$dir/$1.raw" | cut -f1) MiB of data in $(stat -c %s "$dir/$1.raw") bytes"
}

# The packages of the upgrade, and the oldest and newest version that the distribution's archive has.
upgrades=${UPGRADE:-openjdk-17-jre-headless libpython3.11-stdlib}
versions() { apt-cache madison "$1" | awk -F'|' '{gsub(/ /, "", $2); print $2}' | awk '!seen[$0]++'; }
fetch() { # package version folder: unpacks it there
  mkdir -p "$3"
  (cd "$stage" && rm -f ./*.deb && apt-get -qq -o APT::Sandbox::User=root download "$1=$2" && dpkg-deb -x ./*.deb "$3" && rm -f ./*.deb)
}

if wanted a; then
  say "a.raw: copying files"
  mkdir -p "$stage/root"
  twin=${TWIN:-/usr/lib/jvm}
  [ -d "$twin" ] || twin=/usr/share/doc
  twin_mib=$(du -sxm "$twin" | cut -f1)
  mapfile -t libraries < <(find /usr/lib /usr/local -mindepth 1 -maxdepth 1 -type d ! -name google-cloud-sdk | sort)
  mapfile -t others < <(find /opt "$HOME" -mindepth 1 -maxdepth 1 -type d ! -name '.git' 2>/dev/null | sort)
  fill $((gib * 1024 - twin_mib)) "$twin" /usr/bin /usr/sbin /usr/share /usr/include "${libraries[@]}" "${others[@]}"
  mkdir -p "$stage/root/srv"
  cp -a --no-preserve=ownership "$twin" "$stage/root/srv/twin"
  if command -v apt-get >/dev/null; then
    for package in $upgrades; do
      old=$(versions "$package" | tail -n 1)
      [ -n "$old" ] || continue
      say "  $package $old goes in, to be upgraded in up.raw"
      fetch "$package" "$old" "$stage/root"
    done
  fi
  make_ext4 a
fi

generation() { # name of-image percent grid seed
  if wanted "$1"; then
    [ -e "$dir/$2.raw" ] || die "$dir/$2.raw is missing; make it first."
    say "$1.raw: rewriting $3 % of the data"
    cp --sparse=always "$dir/$2.raw" "$dir/$1.part"
    java "$rewrite" "$dir/$1.part" "$3" "$4" "$5" "$dir/$1.json"
    mv "$dir/$1.part" "$dir/$1.raw"
  fi
}
generation a1 a 1 65536 1
generation a5 a 5 65536 5
generation u1 a 1 4096 11

# What a package manager does: write the new file, then let its name point to it. The old file's blocks
# become free with their content still in them, as on a real disk without discard.
upgrade_script() { # folder of the new version → commands for debugfs
  (cd "$1" && find . -type f ! -name '*[" ]*' -printf '/%P\n' | sort) | while read -r file; do
    local parent name
    parent=$(dirname "$file")
    name=$(basename "$file")
    printf 'cd "%s"\nwrite "%s" "%s.dpkg-new"\nrm "%s"\nln "%s.dpkg-new" "%s"\nunlink "%s.dpkg-new"\n' \
      "$parent" "$1$file" "$name" "$name" "$name" "$name" "$name"
  done
}

if wanted up; then
  [ -e "$dir/a.raw" ] || die "$dir/a.raw is missing; make it first."
  command -v dpkg-deb >/dev/null || die "dpkg-deb is missing: up.raw needs a Debian system. Leave 'up' out of ONLY."
  say "up.raw: upgrading $upgrades"
  for package in $upgrades; do
    new=$(versions "$package" | head -n 1)
    [ "$new" != "$(versions "$package" | tail -n 1)" ] || die "The archive has one version of $package only; name others in UPGRADE."
    say "  $package $(versions "$package" | tail -n 1) → $new"
    fetch "$package" "$new" "$stage/new"
  done
  cp --sparse=always "$dir/a.raw" "$dir/up.part"
  (cd "$stage/new" && find . -mindepth 1 -type d -printf 'mkdir "/%P"\n') >"$stage/commands"
  upgrade_script "$stage/new" >>"$stage/commands"
  debugfs -w -f "$stage/commands" "$dir/up.part" >"$stage/debugfs.log" 2>&1
  ! grep -i 'no free space\|could not allocate' "$stage/debugfs.log" >&2 || die "The upgrade does not fit into a.raw."
  mv "$dir/up.part" "$dir/up.raw"
  rm -rf "$stage/new"
fi

if wanted c; then
  say "c.raw: copying files"
  mkdir -p "$stage/root"
  mapfile -t libraries < <(find /usr/lib /usr/local -mindepth 1 -maxdepth 1 -type d ! -name google-cloud-sdk | sort -r)
  fill $((gib * 1024 / 2)) /usr/share /usr/bin "${libraries[@]}"
  make_ext4 c
fi

if wanted b; then
  say "b.raw: copying archives, making a database, logs and media"
  mkdir -p "$stage/root/data"
  fill $((gib * 1024 / 2)) "$HOME/.m2" "$HOME/.cargo" "$HOME/.npm" "$HOME/.cache" "$HOME/go" /var/cache /var/lib \
    "$HOME/.rustup" /opt/wheels
  java "$rewrite" --files "$stage/root/data" $((gib * 1024 / 4)) 21
  make_ext4 b
fi
generation b1 b 1 65536 1
generation b5 b 5 65536 5

#!/usr/bin/env bash
# Puts Stillpoint's console into the administration portal of the oVirt engine on this machine: see docs/admin.
#   ovirt-plugin.sh --site NAME [--backend URL] [--from DIR] [--root DIR]
#   ovirt-plugin.sh --check | --remove [--root DIR]
set -euo pipefail

here=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
mark='// Written by ovirt-plugin.sh. Without this line it is yours, and is left alone.'

usage() {
  cat <<'TEXT'
Usage: ovirt-plugin.sh --site NAME [--backend URL] [--from DIR] [--root DIR]
       ovirt-plugin.sh --check [--from DIR] [--root DIR]
       ovirt-plugin.sh --remove [--root DIR]
Puts descriptor, resources and web server file of Stillpoint's console into the engine on this machine.
Doing it again is fine; what is as it should be is not touched. Nothing has to be restarted: the portal
reads its plug-ins at each load of its page, and the web server is told to reload.
  --site NAME    what Stillpoint calls this engine (stillpoint sites list)
  --backend URL  where Stillpoint's server listens (default: http://127.0.0.1:8470/)
  --from DIR     the console's ui-plugins folder (default: the one this came with)
  --root DIR     instead of / ; nothing is reloaded then
  --check        changes nothing; code 0 only when all is in place
  --remove       takes it all away again
TEXT
}

fail() {
  echo "ovirt-plugin.sh: $*" >&2
  exit 2
}

action=install
site=
backend=http://127.0.0.1:8470/
from=
root=
while (($# > 0)); do
  case $1 in
    --site | --backend | --from | --root)
      [[ -n ${2:-} ]] || fail "$1 needs a value"
      printf -v "${1#--}" '%s' "$2"
      shift 2
      ;;
    --check | --remove)
      action=${1#--}
      shift
      ;;
    -h | --help)
      usage
      exit 0
      ;;
    *) fail "there is no option $1; see --help" ;;
  esac
done
if [[ -z $from ]]; then
  for from in "$here/ui-plugins" "$here/plugin-ui/target/ui-plugins"; do
    [[ -d $from ]] && break
  done
fi
root=${root%/}
plugins=$root/usr/share/ovirt-engine/ui-plugins
resources=$plugins/stillpoint-resources
config=$root/etc/ovirt-engine/ui-plugins/stillpoint-config.json
proxy=$root/etc/httpd/conf.d/z-ovirt-engine-stillpoint-proxy.conf

proxy_file() {
  cat <<TEXT
# Written by Stillpoint's ovirt-plugin.sh, which replaces it.
RedirectMatch ^/ovirt-engine-stillpoint\$ /ovirt-engine-stillpoint/
<Location /ovirt-engine-stillpoint/>
    ProxyPass $backend timeout=3600 flushpackets=on
    ProxyPassReverse $backend
    RequestHeader set X-Forwarded-Proto "https"
    # The server compresses what gains by it; events must not wait in a compressor.
    SetEnv no-gzip 1
</Location>
TEXT
}

config_file() {
  printf '%s\n{ "config": { "site": "%s" } }\n' "$mark" "$site"
}

# Writes what comes in into a file unless that is what it holds: the portal goes by the files' times.
put() {
  local file=$1 new
  new=$(mktemp -- "$(dirname -- "$file")/.stillpoint.XXXXXX")
  cat >"$new"
  if cmp -s -- "$new" "$file"; then
    rm -f -- "$new"
    return
  fi
  chmod 644 "$new"
  mv -f -- "$new" "$file"
  [[ -n $root ]] || ! command -v restorecon >/dev/null || restorecon "$file"
  echo "wrote $file"
}

ours() {
  [[ -r $config ]] && [[ $(head -n 1 -- "$config") == "$mark" ]]
}

reload_web_server() {
  [[ -z $root ]] || return 0
  if ! httpd -t 2>/dev/null; then
    rm -f -- "$proxy"
    fail "the web server does not take $proxy, which was removed again; see: httpd -t"
  fi
  systemctl reload httpd
}

install_it() {
  [[ -n $site ]] || ours || [[ -e $config ]] || fail "say with --site what Stillpoint calls this engine"
  [[ $site =~ ^[^\"\\[:cntrl:]]*$ ]] || fail "the site's name may not hold quotes, backslashes or control characters"
  [[ $backend =~ ^https?://[A-Za-z0-9.:_-]+(/[A-Za-z0-9._/-]*)?$ ]] || fail "--backend $backend is no address"
  [[ $backend == */ ]] || backend=$backend/
  [[ -r $from/stillpoint.json ]] || fail "there is no stillpoint.json in $from; name the folder with --from"
  [[ -n $root || -d $plugins ]] || fail "there is no oVirt engine on this machine: $plugins is missing"
  mkdir -p -- "$resources" "$(dirname -- "$config")" "$(dirname -- "$proxy")"
  local name
  for name in host.html host.js; do
    put "$resources/$name" <"$from/stillpoint-resources/$name"
  done
  if [[ -e $config ]] && ! ours; then
    echo "left alone, as somebody edited it: $config"
  elif [[ -n $site ]]; then
    config_file | put "$config"
  fi
  proxy_file | put "$proxy"
  reload_web_server
  # Last: from here on the portal looks for the rest.
  put "$plugins/stillpoint.json" <"$from/stillpoint.json"
  echo "Reload the administration portal: Backup is in its menu."
}

remove_it() {
  rm -f -- "$plugins/stillpoint.json" "$resources/host.html" "$resources/host.js" "$proxy"
  [[ ! -d $resources ]] || rmdir -- "$resources" || echo "left alone, as it holds files that are not ours: $resources"
  if ours; then
    rm -f -- "$config"
  elif [[ -e $config ]]; then
    echo "left alone, as somebody edited it: $config"
  fi
  reload_web_server
}

check_it() {
  local wrong=0 name
  say() {
    echo "$*"
    wrong=1
  }
  for name in stillpoint.json stillpoint-resources/host.html stillpoint-resources/host.js; do
    cmp -s -- "$from/$name" "$plugins/$name" || say "missing or of another version: $plugins/$name"
  done
  [[ -r $config ]] || say "missing: $config"
  [[ -r $proxy ]] || say "missing: $proxy"
  if [[ -z $root ]]; then
    ! command -v getsebool >/dev/null || [[ $(getsebool httpd_can_network_connect 2>/dev/null) != *off ]] ||
      say "SELinux does not let the web server connect: setsebool -P httpd_can_network_connect on"
    curl -ksS --max-time 10 -o /dev/null --fail https://localhost/ovirt-engine-stillpoint/api/v1/health ||
      say "Stillpoint does not answer through the web server; is its service running?"
  fi
  ((wrong)) || echo "All is in place."
  return "$wrong"
}

"${action}_it"

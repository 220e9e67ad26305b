# What both scripts need: programs on the machine, and a build. Sourced, not run.
# shellcheck shell=bash

# Ends with code 2: something has to be installed by somebody else.
need() {
  printf '%s\n' "$@" >&2
  exit 2
}

# The major version of a JDK's javac, or 0.
javac_version() {
  local text
  text=$("$1" -version 2>&1) || text=
  [[ $text =~ javac\ (1\.)?([0-9]+) ]] && echo "${BASH_REMATCH[2]}" || echo 0
}

# A JDK 17 or newer: JAVA_HOME, the one on the PATH, or the usual places. Sets JAVA_HOME.
find_jdk() {
  local javac found=
  for javac in "${JAVA_HOME:+$JAVA_HOME/bin/javac}" "$(command -v javac || true)" \
    /usr/lib/jvm/*17*/bin/javac /usr/lib/jvm/*/bin/javac; do
    if [[ -n $javac && -x $javac ]] && (($(javac_version "$javac") >= 17)); then
      found=$javac
      break
    fi
  done
  [[ -n $found ]] || return 1
  JAVA_HOME=$(dirname -- "$(dirname -- "$(readlink -f -- "$found")")")
  export JAVA_HOME
}

# Maven 3.8 or newer.
have_maven() {
  local text
  command -v mvn >/dev/null || return 1
  text=$(mvn --version 2>/dev/null) || return 1
  [[ $text =~ Apache\ Maven\ ([0-9]+)\.([0-9]+) ]] || return 1
  ((BASH_REMATCH[1] > 3 || (BASH_REMATCH[1] == 3 && BASH_REMATCH[2] >= 8)))
}

# Node.js as Vite 8 wants it, with npm.
have_node() {
  local text
  command -v npm >/dev/null || return 1
  text=$(node --version 2>/dev/null) || return 1
  [[ $text =~ ^v([0-9]+)\.([0-9]+) ]] || return 1
  ((BASH_REMATCH[1] > 22 || (BASH_REMATCH[1] == 22 && BASH_REMATCH[2] >= 12) ||
    (BASH_REMATCH[1] == 20 && BASH_REMATCH[2] >= 19)))
}

# mke2fs makes the lab's file systems; it may lie outside a user's PATH.
have_mke2fs() {
  PATH=$PATH:/usr/sbin:/sbin command -v mke2fs >/dev/null
}

# What is missing, by the names of the machine's packages.
missing_packages() {
  local jdk=openjdk-17-jdk-headless
  if command -v dnf >/dev/null; then
    jdk=java-17-openjdk-devel
    # Newer Fedora has only newer ones.
    dnf -q info "$jdk" >/dev/null 2>&1 || jdk=java-latest-openjdk-devel
  elif command -v apt-cache >/dev/null && [[ -z $(apt-cache -q policy "$jdk" 2>/dev/null) ]]; then
    jdk=default-jdk-headless
  fi
  find_jdk || echo "$jdk"
  have_maven || echo maven
  have_mke2fs || echo e2fsprogs
}

# Sees to a JDK 17+, Maven 3.8+ and e2fsprogs: installs them as root, else says what to install.
see_to_prerequisites() {
  # Distributions' packages are too old for the console's build.
  have_node || need "Node.js 20.19, 22.12 or newer, with npm, is missing: see https://nodejs.org/en/download"
  if find_jdk && have_maven && have_mke2fs; then
    return
  fi
  local -a packages
  if command -v apt-get >/dev/null; then
    if ((EUID == 0)); then
      echo "Refreshing the list of packages ..."
      apt-get update -qq </dev/null >/dev/null || echo "(apt-get update had problems; going on)" >&2
    fi
    mapfile -t packages < <(missing_packages)
    ((EUID == 0)) || need "Something is missing. Install it as root, then start this again:" \
      "    apt-get update && apt-get install -y ${packages[*]}"
    echo "Installing ${packages[*]} ..."
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${packages[@]}" </dev/null >/dev/null
  elif command -v dnf >/dev/null; then
    mapfile -t packages < <(missing_packages)
    ((EUID == 0)) || need "Something is missing. Install it as root, then start this again:" \
      "    dnf install -y ${packages[*]}"
    echo "Installing ${packages[*]} ..."
    dnf install -y -q "${packages[@]}" </dev/null
  else
    need "Something is missing, and there is neither apt-get nor dnf here to install it with." \
      "Install these by your system's means, then start this again:" \
      "    a JDK 17 or newer, Maven 3.8 or newer, e2fsprogs (mke2fs)"
  fi
  find_jdk || need "There is still no JDK 17 or newer: install one, or set JAVA_HOME."
  have_maven || need "There is still no Maven 3.8 or newer: see https://maven.apache.org/install.html"
  have_mke2fs || need "There is still no mke2fs: install e2fsprogs."
}

# Tools that run on the machine as it comes: UTF-8 for the names of VMs, no colours in logs.
settle_environment() {
  case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
    *[Uu][Tt][Ff]8 | *[Uu][Tt][Ff]-8) ;;
    *) export LC_ALL=C.UTF-8 ;;
  esac
  export PATH=$PATH:/usr/sbin:/sbin
}

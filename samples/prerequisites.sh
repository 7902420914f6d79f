# shellcheck shell=bash
# What the scripts of this repository need of a machine. Source it, then call
#   prerequisites NAME [TOOL=PACKAGE…]
# NAME heads the line that says what is missing. What Debian's packages have is installed, as root or by sudo; for the
# rest there is one line that says what to do, and exit code 1. Run again, it finds everything and says nothing.

prerequisites() {
  local name=$1 lacking=() packages=() one
  shift
  swift_is_there "$name"

  # SwiftPM asks pkg-config where SQLite is, and without it warns of a missing library that is not missing.
  command -v pkg-config >/dev/null || { lacking+=(pkg-config) && packages+=(pkg-config); }
  has_sqlite_headers || { lacking+=("SQLite's header") && packages+=(libsqlite3-dev); }
  [ -e "${TZDIR:-/usr/share/zoneinfo}/America/Mexico_City" ] || { lacking+=("time-zone data") && packages+=(tzdata); }
  for one in "$@"; do
    command -v "${one%%=*}" >/dev/null || { lacking+=("${one%%=*}") && packages+=("${one#*=}"); }
  done
  [ ${#packages[@]} -gt 0 ] || return 0

  install_packages "$name" "${packages[@]}"
  has_sqlite_headers || missing "$name" "SQLite's header" "install libsqlite3-dev"
}

# missing NAME WHAT MEND: the one line.
missing() {
  echo "$1: $2 is missing; $3" >&2
  exit 1
}

swift_is_there() {
  local version
  command -v swift >/dev/null ||
    missing "$1" "swift" "install Swift 6.2 or later (https://www.swift.org/install/linux) and put it into PATH"
  version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\)\.\([0-9]*\).*/\1 \2/p' | head -n 1)
  case "$version" in
    [7-9]\ * | [1-9][0-9]\ * | 6\ [2-9] | 6\ [1-9][0-9]) ;;
    *) missing "$1" "Swift 6.2 or later" "'swift' is version ${version/ /.}: put a newer one first in PATH" ;;
  esac
}

has_sqlite_headers() {
  [ -e /usr/include/sqlite3.h ] || pkg-config --exists sqlite3 2>/dev/null
}

# install_packages NAME PACKAGE…: from Debian's archive.
install_packages() {
  local name=$1 as_root=()
  shift
  local command="apt-get install $*"
  command -v apt-get >/dev/null || missing "$name" "$*" "install it with this system's own packages"
  if [ "$(id -u)" -ne 0 ]; then
    # Without a terminal sudo must not wait for a password that nobody can type.
    if ! command -v sudo >/dev/null || ! { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
      missing "$name" "$*" "run as root: $command"
    fi
    as_root=(sudo)
  fi
  echo "$name: installing $*"
  if ! { "${as_root[@]}" apt-get -qq update &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@"; } >/dev/null
  then
    missing "$name" "$*" "apt-get could not install it: see above, then run '$command'"
  fi
}

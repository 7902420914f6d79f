# shellcheck shell=bash
# What the scripts of this repository need of a machine. Source it, then call
#   prerequisites NAME [TOOL=PACKAGE…]
# NAME heads the lines that say what is missing. What Debian's packages have is installed, as root or by sudo; for what
# cannot be there is a line that says what to do, and exit code 1. Run again, it finds everything and says nothing.

prerequisites() {
  local name=$1 lacking=() packages=() one
  shift
  swift_is_there "$name"

  # SwiftPM asks pkg-config where SQLite is, and without it warns of a missing library that is not missing.
  command -v pkg-config >/dev/null || lacking+=("pkg-config=pkg-config")
  has_sqlite_headers || lacking+=("SQLite's header=libsqlite3-dev")
  [ -e "${TZDIR:-/usr/share/zoneinfo}/America/Mexico_City" ] || lacking+=("the time zones' data=tzdata")
  for one in "$@"; do
    command -v "${one%%=*}" >/dev/null || lacking+=("$one")
  done
  [ ${#lacking[@]} -gt 0 ] || return 0

  for one in "${lacking[@]}"; do packages+=("${one#*=}"); done
  install_packages "$name" "${packages[@]}" && return 0
  for one in "${lacking[@]}"; do echo "$name: ${one%%=*} is missing; $mend" >&2; done
  exit 1
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

# install_packages NAME PACKAGE…: from Debian's archive. When that cannot be, `mend` says what to do instead.
install_packages() {
  local name=$1 as_root=() log
  shift
  if ! command -v apt-get >/dev/null; then
    mend="install what this system calls $*"
    return 1
  fi
  mend="run as root: apt-get install $*"
  if [ "$(id -u)" -ne 0 ]; then
    # Without a terminal sudo must not wait for a password that nobody can type.
    command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; } || return 1
    as_root=(sudo)
  fi
  echo "$name: installing $*"
  log=$({ "${as_root[@]}" apt-get -qq update || true; } 2>&1 && "${as_root[@]}" \
    env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@" 2>&1) && return 0
  echo "$log" >&2
  return 1
}

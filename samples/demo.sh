#!/usr/bin/env bash
# Builds plazo and makes its sample desk, as 'plazo demo' does: seven weeks of history and what that Friday's reader
# finds. The same every run.
#   bash samples/demo.sh [FOLDER]       else samples/out/demo
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
# shellcheck source=samples/prerequisites.sh
source "$here/prerequisites.sh"
prerequisites demo

# A debug build: it is ready in a third of the time, and this desk is small.
echo "demo: building plazo"
if ! log=$(swift build --package-path "$root" --product plazo 2>&1); then
  echo "$log"
  echo "demo: the build failed; its errors are above" >&2
  exit 1
fi
binary=$root/.build/debug/plazo

# Only a folder that an earlier demo made is taken away.
desk=${1:-$here/out/demo}
if [ -e "$desk" ]; then
  if [ ! -e "$desk/.made-by-demo" ]; then
    echo "demo: '$desk' was not made by this demo; give another folder: bash samples/demo.sh FOLDER" >&2
    exit 1
  fi
  rm -rf "$desk"
fi
mkdir -p "$(dirname "$desk")"
desk=$(cd "$(dirname "$desk")" && pwd)/$(basename "$desk")

unset PLAZO_NOW PLAZO_DESK
"$binary" demo "$desk"
touch "$desk/.made-by-demo"

#!/usr/bin/env bash
# Runs the commands of every guide in samples/guides, each guide in an empty folder of its own, on the built program; and
# those of the README's table of what people want.
#   bash Tests/guides.sh [GUIDE…]      such as tecnico.md or README.md; else all. Build first: swift build --product plazo
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
binaries=$(swift build --package-path "$root" --show-bin-path)
[ -x "$binaries/plazo" ] || { echo "guides: build first, with 'swift build --product plazo'" >&2; exit 1; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
unset PLAZO_DESK PLAZO_NOW

guides=("$@")
[ ${#guides[@]} -gt 0 ] || mapfile -t guides < <(cd "$root/samples/guides" && ls -- *.md; echo README.md)

# commands GUIDE: what stands in its blocks of shell; of the README, in the table's quotes, after what it says goes before.
commands() {
  if [ "$1" != README.md ]; then
    awk '/^```sh/ { code = 1; next } /^```/ { code = 0 } code' "$root/samples/guides/$1"
    return
  fi
  echo 'plazo demo >/dev/null'
  sed -n '/^## I want to/,/^## /p' "$root/README.md" | sed '/^`plazo help`/,$d' | grep -oE '`(export|plazo) [^`]+`' | tr -d '`'
}

failed=0
for guide in "${guides[@]}"; do
  mkdir "$scratch/${guide%.md}"
  cd "$scratch/${guide%.md}"
  commands "$guide" >"$scratch/commands"
  count=$(grep -c . "$scratch/commands")
  if [ "$count" -gt 0 ] && PATH=$binaries:$PATH bash -euo pipefail -x "$scratch/commands" >"$scratch/log" 2>&1; then
    echo "guides: $guide: $count lines ran"
  else
    echo "guides: $guide failed; its last lines:" >&2
    tail -n 5 "$scratch/log" >&2
    failed=1
  fi
done
exit $failed

#!/usr/bin/env bash
# Fuzzes every parser with libFuzzer, so many seconds each (60 when it is not said), as many at a time as there are
# processors, from the texts in Tests/Fuzz/corpus and those that earlier runs kept.
#   Tests/fuzz.sh 300             five minutes each
#   Tests/fuzz.sh 60 csv tzif     these two
# What it finds is kept in .build-fuzz/found/PARSER; make a named test of it, and then mend it.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=samples/prerequisites.sh
source "$root/samples/prerequisites.sh"
prerequisites fuzz
cd "$root"

seconds=${1:-60}
[[ $seconds =~ ^[0-9]+$ ]] || { echo "fuzz: '$seconds' is no number of seconds; write Tests/fuzz.sh 60" >&2; exit 2; }
parsers=("${@:2}")
[ ${#parsers[@]} -gt 0 ] || mapfile -t parsers < <(cd Tests/Fuzz/corpus && ls)
for parser in "${parsers[@]}"; do
  [ -d "Tests/Fuzz/corpus/$parser" ] || { echo "fuzz: there is no parser '$parser'" >&2; exit 2; }
done

# fuzz_one PARSER SECONDS: says in a line how it went.
fuzz_one() {
  local parser=$1 seconds=$2 code=0 runs log=.build-fuzz/$1.log
  mkdir -p ".build-fuzz/grown/$parser" ".build-fuzz/found/$parser"
  # A text of kilobytes says as much as one of megabytes, and a parser that takes five seconds for one hangs.
  PLAZO_FUZZ=$parser .build-fuzz/debug/Fuzz ".build-fuzz/grown/$parser" "Tests/Fuzz/corpus/$parser" \
    -max_total_time="$seconds" -max_len=8192 -timeout=5 -rss_limit_mb=2048 -print_final_stats=1 \
    -artifact_prefix=".build-fuzz/found/$parser/" >"$log" 2>&1 || code=$?
  runs=$(sed -n 's/.*number_of_executed_units: *//p' "$log")
  if [ $code -eq 0 ] && [ "${runs:-0}" -gt 0 ]; then
    echo "fuzz: $parser: $runs texts in $seconds s, nothing found"
  else
    echo "fuzz: $parser: FOUND something: .build-fuzz/found/$parser, .build-fuzz/$parser.log" >&2
    tail -n 25 "$log" >&2
    return 1
  fi
}
export -f fuzz_one

PLAZO_FUZZ_BUILD=1 swift build --scratch-path .build-fuzz --product Fuzz
# xargs runs the others to their end when one fails.
if ! printf '%s\n' "${parsers[@]}" | xargs -P "$(nproc)" -I{} bash -c 'fuzz_one "$@"' fuzz {} "$seconds"; then
  echo "fuzz: something was found: see above" >&2
  exit 1
fi
echo "fuzz: ${#parsers[@]} parsers, nothing found"

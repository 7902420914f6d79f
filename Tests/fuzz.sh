#!/usr/bin/env bash
# Fuzzes every parser with libFuzzer, so many seconds each (60 when it is not said), from the texts in Tests/Fuzz/corpus.
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

PLAZO_FUZZ_BUILD=1 swift build --scratch-path .build-fuzz --product Fuzz
failed=()
for parser in "${parsers[@]}"; do
  [ -d "Tests/Fuzz/corpus/$parser" ] || { echo "fuzz: there is no parser '$parser'" >&2; exit 2; }
  mkdir -p ".build-fuzz/grown/$parser" ".build-fuzz/found/$parser"
  echo "fuzz: $parser, $seconds s"
  # A text of kilobytes says as much as one of megabytes, and a parser that takes five seconds for one hangs.
  if ! PLAZO_FUZZ=$parser .build-fuzz/debug/Fuzz ".build-fuzz/grown/$parser" "Tests/Fuzz/corpus/$parser" \
    -max_total_time="$seconds" -max_len=8192 -timeout=5 -rss_limit_mb=2048 -print_final_stats=1 \
    -artifact_prefix=".build-fuzz/found/$parser/" >".build-fuzz/$parser.log" 2>&1; then
    failed+=("$parser")
    tail -n 25 ".build-fuzz/$parser.log" >&2
  fi
  grep -E 'stat::(number_of_executed_units|peak_rss_mb)|DONE' ".build-fuzz/$parser.log" || true
done
if [ ${#failed[@]} -gt 0 ]; then
  echo "fuzz: found something in ${failed[*]}; the texts are in .build-fuzz/found" >&2
  exit 1
fi
echo "fuzz: ${#parsers[@]} parsers, nothing found"

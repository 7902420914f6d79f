#!/usr/bin/env bash
# Which share of the lines of each module the tests run, the built program's part included; fails below 90 % in a library.
#   bash Tests/coverage.sh [FILE…]     with files, also their lines that no test runs, such as Sources/SLA/Zone.swift
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
# shellcheck source=samples/prerequisites.sh
source samples/prerequisites.sh
prerequisites tests

scratch=.build-coverage
# The compiler's own reader of profiles: another version's refuses them.
llvm=$(dirname "$(readlink -f "$(command -v swift)")")
swift build --build-tests --enable-code-coverage --scratch-path "$scratch" 2>&1 | grep -E 'error|warning' && exit 1
profiles=$(mktemp -d)
trap 'rm -rf "$profiles"' EXIT
binaries=$(swift build --show-bin-path --scratch-path "$scratch")
# Programs that the tests start write profiles of their own, one for each process.
LLVM_PROFILE_FILE="$profiles/%p-%m.profraw" PLAZO_CASES="${PLAZO_CASES:-6}" \
  swift test --skip-build --enable-code-coverage --scratch-path "$scratch" --parallel >"$profiles/log" 2>&1 ||
  { tail -20 "$profiles/log"; exit 1; }
find "$profiles" "$binaries/codecov" -name '*.profraw' >"$profiles/list"
"$llvm/llvm-profdata" merge -sparse --input-files="$profiles/list" -o "$profiles/all"
objects=("$binaries/plazoPackageTests.xctest" -object "$binaries/plazo")
if [ $# -gt 0 ]; then
  "$llvm/llvm-cov" show "${objects[@]}" -instr-profile "$profiles/all" "$@" | grep -E '^ *[0-9]+\| +0\||^/' || true
fi
"$llvm/llvm-cov" export "${objects[@]}" -instr-profile "$profiles/all" -format=lcov -summary-only >/dev/null
"$llvm/llvm-cov" export "${objects[@]}" -instr-profile "$profiles/all" -format=lcov |
  awk -F: -v root="$PWD/Sources/" '
    $1 == "SF" { file = index($2, root) == 1 ? substr($2, length(root) + 1) : "" }
    $1 == "LF" && file != "" { split(file, part, "/"); lines[part[1]] += $2; all += $2 }
    $1 == "LH" && file != "" { split(file, part, "/"); hit[part[1]] += $2; run += $2 }
    END {
      for (module in lines) {
        share = 100 * hit[module] / lines[module]
        poor = share < 90 && module !~ /^(plazo|Embed)$/
        printf "%-12s %6d of %6d lines %6.1f %%%s\n", module, hit[module], lines[module], share, poor ? "  below 90" : ""
        failed += poor
      }
      printf "%-12s %6d of %6d lines %6.1f %%\n", "all", run, all, 100 * run / all
      exit failed > 0
    }' | sort

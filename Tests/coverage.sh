#!/usr/bin/env bash
# Which share of the lines of each module the tests run, the built program's part included; fails below 90 % in a library.
#   bash Tests/coverage.sh              builds, tests and counts
#   bash Tests/coverage.sh FILE…        the lines of these files that no test ran the last time, such as Sources/SLA/Zone.swift
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
# shellcheck source=samples/prerequisites.sh
source samples/prerequisites.sh
prerequisites tests

scratch=.build-coverage
profiles=$scratch/profiles
# The compiler's own reader of profiles: another version's refuses them.
llvm=$(dirname "$(readlink -f "$(command -v swift)")")

if [ $# -eq 0 ]; then
  rm -rf "$profiles"
  mkdir -p "$profiles"
  swift build --build-tests --enable-code-coverage --scratch-path "$scratch" >"$profiles/log" 2>&1 ||
    { grep 'error:' "$profiles/log" >&2; exit 1; }
  # Thousands of processes run: all of them add to these four files, rather than each write one of its own. A process of
  # many passes would only run the same lines again, and one that may not write files cannot write what it ran either.
  LLVM_PROFILE_FILE="$root/$profiles/%4m.profraw" PLAZO_CASES="${PLAZO_CASES:-6}" \
    swift test --skip-build --scratch-path "$scratch" --parallel --skip DeskFaultTests --skip EnduranceTests >"$profiles/log" 2>&1 ||
    { grep '✘' "$profiles/log" >&2; failed=1; }
  # A process that is killed as it writes leaves a file that cannot be read.
  "$llvm/llvm-profdata" merge -sparse -failure-mode=all "$profiles"/*.profraw -o "$profiles/all"
fi
[ -e "$profiles/all" ] || { echo "coverage: nothing was counted yet; run it without a file first" >&2; exit 1; }
binaries=$(swift build --show-bin-path --scratch-path "$scratch")
objects=("$binaries/plazoPackageTests.xctest" -object "$binaries/plazo")

if [ $# -gt 0 ]; then
  "$llvm/llvm-cov" show "${objects[@]}" -instr-profile "$profiles/all" "$@" | grep -E '^ *[0-9]+\| +0\||^/' || true
  exit
fi
"$llvm/llvm-cov" export "${objects[@]}" -instr-profile "$profiles/all" -format=lcov -skip-functions |
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
[ -z "${failed:-}" ] || { echo "coverage: tests failed: see above" >&2; exit 1; }

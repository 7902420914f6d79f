#!/usr/bin/env bash
# All tests, in parallel. Arguments go to 'swift test', such as --filter SLATests.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=samples/prerequisites.sh
source "$root/samples/prerequisites.sh"
prerequisites tests

# The command line is tested by running the built program, which 'swift test' builds, too.
if swift test --package-path "$root" --parallel "$@"; then
  echo "tests: all passed"
else
  echo "tests: something failed; 'bash Tests/run.sh --filter NAME' runs a part" >&2
  exit 1
fi

#!/usr/bin/env bash
# usage: test.sh   everything that checks the project, set-up done. The tests' own closing line comes last.
set -euo pipefail
scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=Scripts/common.sh
. "$scripts/common.sh"
cd "$root"

say "checking the format"
swift format lint --strict -r Sources Tests Examples Benchmarks Package.swift || fail "the format differs; run: make format"
if command -v shellcheck >/dev/null; then
  shellcheck -x -P . .ci/run Scripts/*.sh || fail "shellcheck found something in Scripts/"
fi

say "building with tests (the first time takes some minutes)"
"$scripts/swift.sh" build -c release --build-tests

say "testing"
# All tests are Swift Testing's; XCTest's part would only say that it found none.
exec "$scripts/swift.sh" test -c release --skip-build --disable-xctest

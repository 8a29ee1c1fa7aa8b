#!/usr/bin/env bash
# usage: test.sh   everything that checks the project, set-up done. The tests' own closing line comes last.
# SANITIZE names the sanitizers that the tests are run under first: "address thread" on Linux, none elsewhere, where they were never tried.
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

# Its source is built with the rest; that its own package still fits costs only a look at the manifest.
swift package --package-path Examples/WeakerSide describe >/dev/null || fail "the manifest Examples/WeakerSide/Package.swift cannot be read"
say "writing manual, completions and documentation from what was built"
"$scripts/manual.sh" completions >/dev/null
"$scripts/manual.sh" page >/dev/null
"$scripts/docs.sh" >/dev/null

[ "$(uname -s)" = Linux ] && usual="address thread" || usual=
read -ra sanitizers <<<"${SANITIZE-$usual}"
((${#sanitizers[@]} == 0)) || "$scripts/sanitize.sh" "${sanitizers[@]}"

say "testing"
# All tests are Swift Testing's; XCTest's part would only say that it found none.
exec "$scripts/swift.sh" test -c release --skip-build --disable-xctest

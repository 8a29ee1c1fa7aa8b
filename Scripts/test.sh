#!/usr/bin/env bash
# usage: test.sh   runs everything that checks the project; needs set-up. The last line is the summary of the tests.
# SANITIZE names the sanitizers that the tests run under first: by default "address thread" on Linux and none elsewhere, where they were
# never tried.
set -euo pipefail
scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=Scripts/common.sh
. "$scripts/common.sh"
cd "$root"

say "checking the format"
swift format lint --strict -r Sources Tests Examples Benchmarks Package.swift || fail "the formatting differs; run: make format"
if command -v shellcheck >/dev/null; then
  shellcheck -x -P . .ci/run Scripts/*.sh || fail "shellcheck found something in Scripts/"
fi
if command -v node >/dev/null; then
  node --check Sources/Report/Resources/report.js || fail "Sources/Report/Resources/report.js is not valid JavaScript"
fi

say "building with tests (the first time takes some minutes)"
"$scripts/swift.sh" build -c release --build-tests

# The example's source is built with everything else; here its own manifest is checked.
swift package --package-path Examples/WeakerSide describe >/dev/null || fail "the manifest Examples/WeakerSide/Package.swift cannot be read"
say "writing man page, completions and documentation"
"$scripts/manual.sh" completions >/dev/null
"$scripts/manual.sh" page >/dev/null
"$scripts/docs.sh" >/dev/null

[ "$(uname -s)" = Linux ] && usual="address thread" || usual=
read -ra sanitizers <<<"${SANITIZE-$usual}"
((${#sanitizers[@]} == 0)) || "$scripts/sanitize.sh" "${sanitizers[@]}"

say "testing"
# All tests use Swift Testing; XCTest would only report that it found none.
exec "$scripts/swift.sh" test -c release --skip-build --disable-xctest

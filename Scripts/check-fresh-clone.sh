#!/usr/bin/env bash
# usage: check-fresh-clone.sh   clones the last commit into a temporary folder, where nothing is installed or built, and runs set-up
# twice, the demo and the tests there, as a newcomer would. Fails if one of them fails, if the second set-up is slow, or if they leave
# files that git reports as untracked or changed.
set -euo pipefail
scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=Scripts/common.sh
. "$scripts/common.sh"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
git clone -q "$root" "$folder/splitface"
cd "$folder/splitface"
[ -z "$(git ls-files -s | awk '$1 == "120000"')" ] || fail "a symbolic link is committed; use the file itself"

make setup
SECONDS=0
make setup
[ "$SECONDS" -le 2 ] || fail "the second set-up took $SECONDS s, although everything was installed"
make demo
make test
[ -z "$(git status --porcelain)" ] || fail "set-up, demo or tests left files in the work tree: $(git status --porcelain | head -3)"
say "a fresh clone sets up, runs and passes its tests"

#!/usr/bin/env bash
# usage: [VIDEO=path] demo.sh   builds in release and processes the demo clip (or VIDEO) into demo/.
set -euo pipefail
scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=Scripts/common.sh
. "$scripts/common.sh"

video=${VIDEO:-$installed/demo/carphone.mp4}
[ -f "$video" ] || fail "there is no video $video; give one with: make demo VIDEO=path/of/a/video"

say "building (the first time takes some minutes)"
"$scripts/swift.sh" build -c release --product splitface
program=$("$scripts/swift.sh" build -c release --show-bin-path)/splitface

say "processing $video"
# The program prints the paths of its outputs.
"$program" process -o "$root/demo" --force -- "$video"

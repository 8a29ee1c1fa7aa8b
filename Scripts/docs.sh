#!/usr/bin/env bash
# usage: docs.sh   writes the library's DocC archive to .build/docs/SplitFace.doccarchive; a warning is an error.
# The archive is made from the existing release build, with the toolchain's own tools: swift-docc-plugin would be one more dependency for
# everyone who uses the library, and would build everything a second time.
set -euo pipefail
scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=Scripts/common.sh
. "$scripts/common.sh"
cd "$root"

# Prints the path of a tool: from the PATH, otherwise Xcode's.
tool() { command -v "$1" || xcrun --find "$1" 2>/dev/null || fail "$1 was not found; it is part of Swift's toolchain"; }

say "building"
"$scripts/swift.sh" build -c release --target SplitFace
products=$("$scripts/swift.sh" build -c release --show-bin-path)
graphs=$root/.build/docs/graphs
archive=$root/.build/docs/SplitFace.doccarchive
rm -rf "$graphs" "$archive"
mkdir -p "$graphs"

target=$(swift -print-target-info | sed -n 's/^ *"unversionedTriple": "\(.*\)",/\1/p' | head -1)
arguments=(-module-name SplitFace -I "$products/Modules" -target "$target" -output-dir "$graphs" -minimum-access-level public -skip-inherited-docs)
if [ "$(uname -s)" = Darwin ]; then arguments+=(-sdk "$(xcrun --show-sdk-path)"); fi
# The module maps of all C modules that the Swift modules import.
for map in "$products"/*.build/module.modulemap Sources/CFFmpegLibraries/module.modulemap; do
  arguments+=(-Xcc "-fmodule-map-file=$map")
done

say "writing the documentation"
"$(tool swift-symbolgraph-extract)" "${arguments[@]}"
"$(tool docc)" convert Sources/SplitFace/SplitFace.docc --additional-symbol-graph-dir "$graphs" --fallback-display-name SplitFace \
  --fallback-bundle-identifier splitface.SplitFace --warnings-as-errors --output-path "$archive"
say "the documentation is written; to read it: python3 -m http.server -d .build/docs/SplitFace.doccarchive, then http://localhost:8000/documentation/splitface/"
printf '%s\n' "$archive"

#!/usr/bin/env bash
# usage: [PREFIX=path] install.sh   puts a link to the built program into PREFIX/bin (by default ~/.local/bin), and says how to put that
# folder on the PATH. It is a link and not a copy because the program looks for what set-up installed relative to its real place.
set -euo pipefail
scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=Scripts/common.sh
. "$scripts/common.sh"
cd "$root"

folder=${PREFIX:-$HOME/.local}/bin
program=$("$scripts/swift.sh" build -c release --show-bin-path)/splitface
[ -x "$program" ] || fail "the program $program does not exist; run: make build"
if [ -e "$folder/splitface" ] && [ ! -L "$folder/splitface" ]; then fail "$folder/splitface exists and is not a link; remove it, or choose another folder with PREFIX=path"; fi
mkdir -p "$folder"
ln -sfn "$program" "$folder/splitface"
case ":$PATH:" in
  *":$folder:"*) say "splitface is on your PATH" ;;
  *) say "to run it as splitface, put its folder on your PATH: export PATH=\"$folder:\$PATH\"" ;;
esac
printf '%s\n' "$folder/splitface"

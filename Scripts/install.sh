#!/usr/bin/env bash
# usage: [PREFIX=path] install.sh   puts a link to the built program into PREFIX/bin (by default ~/.local/bin), and tells how to have that
# on the PATH. A link, not a copy: the program looks for what set-up installed from where it really lies.
set -euo pipefail
scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=Scripts/common.sh
. "$scripts/common.sh"
cd "$root"

folder=${PREFIX:-$HOME/.local}/bin
program=$("$scripts/swift.sh" build -c release --show-bin-path)/splitface
[ -x "$program" ] || fail "there is no $program; run: make build"
if [ -e "$folder/splitface" ] && [ ! -L "$folder/splitface" ]; then fail "$folder/splitface is there and is no link; remove it, or choose another folder with PREFIX=path"; fi
mkdir -p "$folder"
ln -sfn "$program" "$folder/splitface"
case ":$PATH:" in
  *":$folder:"*) say "splitface is on your PATH" ;;
  *) say "to call it splitface, put its folder on your PATH: export PATH=\"$folder:\$PATH\"" ;;
esac
printf '%s\n' "$folder/splitface"
